"""The widget's files as a browser gets them: without comments, compressed, all of one version.

The version stands in the modules' addresses. So a browser may keep them for good, and never mixes the
files of two releases.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "web" / "widget"
LOADER = "widget.js"
_VERSION_MARK, _MODULES_MARK = b"__VERSION__", b"__MODULES__"
# Only what stands on lines of its own. The lines stay, empty: an error in a browser names a line of the file.
_COMMENT = re.compile(rb"^[ \t]*(?://[^\n]*|/\*(?:[^*]|\*(?!/))*\*/[ \t]*)$", re.MULTILINE)
# Loaded when it is needed, and not with the others.
_LATER = {LOADER, "strings.en.js"}


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
    contents = {path.name: without_comments(path.read_bytes()) for path in sorted(FOLDER.glob("*.js"))}
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(f"{name} {len(content)}\n".encode() + content)
    version = digest.hexdigest()[:12]
    modules = " ".join(name for name in contents if name not in _LATER)
    loader = contents[LOADER].replace(_VERSION_MARK, version.encode())
    contents[LOADER] = loader.replace(_MODULES_MARK, modules.encode())
    # mtime 0: the same file is the same bytes, whenever it was compressed
    files = {n: WidgetFile(content, gzip.compress(content, mtime=0)) for n, content in contents.items()}
    return WidgetFiles(version, files)


def without_comments(script: bytes) -> bytes:
    """The script with the lines of comments empty; a person's browser has no use for them."""
    return _COMMENT.sub(lambda found: b"\n" * found[0].count(b"\n"), script)
