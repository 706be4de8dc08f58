"""The generated parts of README.md: `python -m tests.documentation` writes them anew.

These are the table of settings, and what the program prints to each command in a block that begins with
``$ .venv/bin/hoidap``. Review the difference before a commit: it is what people are shown.
"""

from __future__ import annotations

import io
import re
import shlex
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

from bot.cli import main
from bot.settings import describe

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
REPORTS = ROOT / "knowledge/reports"
PROMPT = "$ .venv/bin/hoidap "

_EXAMPLE = re.compile(rf"(```console\n){re.escape(PROMPT)}(.*)\n(?:.*\n)*?(```)")
_SETTINGS = re.compile(r"(<!-- settings -->\n)(?:.*\n)*?(<!-- /settings -->)")


def rendered(text: str, data: Path) -> str:
    """`text` with its generated parts as the program over the data folder gives them now."""
    text = _SETTINGS.sub(lambda m: m[1] + settings_table() + m[2], text)
    return _EXAMPLE.sub(lambda m: f"{m[1]}{PROMPT}{m[2]}\n{printed(shlex.split(m[2]), data)}{m[3]}", text)


def commands(text: str) -> list[list[str]]:
    """The arguments of every example command."""
    return [shlex.split(found[2]) for found in _EXAMPLE.finditer(text)]


def settings_table() -> str:
    """The settings as rows of Markdown."""
    rows = []
    for name, default, meaning in describe():
        shown = f"`{default}`" if default else "–"
        rows.append(f"| `{name}` | {shown} | {meaning} |")
    return "\n".join(["| variable | default | meaning |", "|---|---|---|", *rows, ""])


def printed(arguments: list[str], data: Path) -> str:
    """What `hoidap` prints to these arguments, run from the root of the repository."""
    paths = [str(ROOT / a) if a.startswith("knowledge/") else a for a in arguments]
    out = io.StringIO()
    with redirect_stdout(out):
        code = main(["--data", str(data), *paths])
    if code:
        raise RuntimeError(f"hoidap {shlex.join(arguments)}: exit code {code}, expected 0")
    return out.getvalue()


def prepare(data: Path) -> None:
    """Read the repository's own reports into the data folder, as `make run` does."""
    printed(["ingest", str(REPORTS)], data)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        README.write_text(rendered(README.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")
    sys.exit(0)
