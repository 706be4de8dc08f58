"""The styles, scripts and pictures of the service's own pages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.served_files import ServedFiles, served_file, version_of

FOLDER = Path(__file__).parent / "web" / "static"


@cache
def static_files() -> ServedFiles:
    """The files of `bot/web/static`. Reads the folder at the first call."""
    contents = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir())}
    files = {name: served_file(name, content) for name, content in contents.items()}
    return ServedFiles(version_of(contents), files)


def static_address(name: str) -> str:
    """Where a page finds the file, of this version.

    Raises:
        KeyError: there is no such file.
    """
    if name not in static_files().files:
        raise KeyError(name)
    return f"/static/{static_files().version}/{name}"
