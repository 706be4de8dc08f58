"""Where the Rasa project is, and the environment that its Python runs in.

Rasa has a Python of its own (3.10); the service only ever starts it as a child process.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import NotReady

_BOT = Path(__file__).resolve().parent
# Offline and quiet; one worker and one thread each, since two cores carry the whole service.
_ALWAYS = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
    "OMP_NUM_THREADS": "1",
    "SANIC_WORKERS": "1",
    "PYTHONUNBUFFERED": "1",
    "PYTHONWARNINGS": "ignore",
}


@dataclass(frozen=True, slots=True)
class RasaProject:
    """The folders of the Rasa project; the defaults are those of the repository."""

    folder: Path = _BOT / "rasa"
    data: Path = _BOT.parent / "nlu_data"
    python: Path = field(default=_BOT / "rasa" / ".venv" / "bin" / "python")

    def command(self, *arguments: str) -> list[str]:
        """The command line of our entry to Rasa.

        Raises:
            NotReady: Rasa's environment has not been set up.
        """
        if not self.python.exists():
            raise NotReady(f"{self.python} is missing; run `make setup` to install Rasa's environment")
        return [str(self.python), str(self.folder / "start.py"), *arguments]


def child_environment(**more: str) -> Mapping[str, str]:
    """The environment of a Rasa process: ours but for our settings, and what keeps it quiet and offline."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HOIDAP_")}
    return {**inherited, **_ALWAYS, **more}
