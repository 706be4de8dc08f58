"""The widget's files, as a browser gets them: read once, compressed, and with one version for all of them.

The version stands in the modules' addresses. So a browser may keep them for good, and never mixes the
files of two releases.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "web" / "widget"
LOADER = "widget.js"
_VERSION_MARK = b"__VERSION__"


@dataclass(frozen=True, slots=True)
class WidgetFile:
    """A file's bytes as they are, and compressed."""

    plain: bytes
    gzipped: bytes


@dataclass(frozen=True, slots=True)
class WidgetFiles:
    """Every file by its name, and the version of them all."""

    version: str
    files: Mapping[str, WidgetFile]


@cache
def widget_files() -> WidgetFiles:
    """The files of `bot/web/widget`. Reads the folder at the first call."""
    contents = {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.js"))}
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(f"{name} {len(content)}\n".encode() + content)
    version = digest.hexdigest()[:12]
    contents[LOADER] = contents[LOADER].replace(_VERSION_MARK, version.encode())
    # mtime 0: the same file is the same bytes, whenever it was compressed
    files = {n: WidgetFile(content, gzip.compress(content, mtime=0)) for n, content in contents.items()}
    return WidgetFiles(version, files)
