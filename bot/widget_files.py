"""The widget's files as a browser gets them: the loader, the chat as one module, and what it loads later."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from bot.served_files import ServedFiles, served_file, version_of
from bot.widget_joining import joined

FOLDER = Path(__file__).parent / "web" / "widget"
LOADER, CHAT = "widget.js", "chat.js"
_FIRST = "element.js"
# Loaded when it is needed, and not with the others.
_LATER = "strings.en.js"
_VERSION_MARK = b"__VERSION__"
# Only what stands on lines of its own. The lines stay, empty: an error in a browser names a line of the file.
_COMMENT = re.compile(rb"^[ \t]*(?://[^\n]*|/\*(?:[^*]|\*(?!/))*\*/[ \t]*)$", re.MULTILINE)


@cache
def widget_files() -> ServedFiles:
    """The files that browsers ask for. Reads `bot/web/widget` at the first call."""
    sources = {path.name: without_comments(path.read_bytes()) for path in sorted(FOLDER.glob("*.js"))}
    chat = joined({name: source.decode() for name, source in sources.items()}, _FIRST).encode()
    contents = {LOADER: sources[LOADER], CHAT: chat, _LATER: sources[_LATER]}
    version = version_of(contents)
    contents[LOADER] = contents[LOADER].replace(_VERSION_MARK, version.encode())
    return ServedFiles(version, {name: served_file(name, content) for name, content in contents.items()})


def chat_address() -> str:
    """Where a page of ours finds the chat, so that it is on its way before the loader asks for it."""
    return f"/widget/{widget_files().version}/{CHAT}"


def without_comments(script: bytes) -> bytes:
    """The script with the lines of comments empty; a person's browser has no use for them."""
    return _COMMENT.sub(lambda found: b"\n" * found[0].count(b"\n"), script)
