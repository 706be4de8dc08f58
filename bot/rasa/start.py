"""Starts Rasa as a child of the service, and ends when the service is gone: `start.py run` is `rasa run`.

The service holds the other end of our standard input and never writes. When it ends, even by SIGKILL, the
pipe closes; so no Rasa is left behind that would hold the port against the next start.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path


def _end_with_parent() -> None:
    try:
        while os.read(0, 1024):
            pass
    finally:
        os._exit(0)


def main() -> None:
    """Runs Rasa's command line; its components are found beside this file."""
    folder = str(Path(__file__).resolve().parent)
    os.chdir(folder)
    sys.path.insert(0, folder)
    if os.environ.pop("HOIDAP_CHILD", "") == "1":
        threading.Thread(target=_end_with_parent, daemon=True, name="end-with-parent").start()
    from rasa.__main__ import main as rasa

    sys.argv[0] = "rasa"
    rasa()


if __name__ == "__main__":
    main()
