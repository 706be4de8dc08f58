"""The text of a report's file, decoded and cleaned of what is not text."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from knowledge.errors import EmptyReport, NotText, UnsupportedFormat

TEXT_SUFFIXES = frozenset({".txt", ".md"})

# Zero-width and byte-order characters that copying from PDF viewers and Word leaves behind; control
# characters
# other than line feed and tab.
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_BOLD = re.compile(r"\*\*")
# *italic* on one line; a lone "*" at the start of a line is a heading's bullet and stays.
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*?[^\s*])\*(?![\w*])")
_MD_HEADING = re.compile(r"^#{1,6}[ ]+", re.MULTILINE)
_AUTOLINK = re.compile(r"<(https?://[^\s<>]+)>")


def read_source(path: Path) -> str:
    r"""The cleaned text of the file at `path` (NFC, line ends ``\\n``).

    Raises UnsupportedFormat for a type no reader takes, NotText for bytes that are not UTF-8, EmptyReport
    for no text.
    """
    if path.suffix.lower() not in TEXT_SUFFIXES:
        raise UnsupportedFormat(
            "no reader takes this type of file",
            file=path.name,
            value=path.suffix,
            expected=" or ".join(sorted(TEXT_SUFFIXES)),
            remedy="save the report as plain text (UTF-8) and ingest that file",
        )
    return clean(decode(path.read_bytes(), name=path.name), name=path.name)


def decode(data: bytes, *, name: str) -> str:
    """`data` as text. Raises NotText naming the first line that is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(
            "the file is not UTF-8 text",
            file=name,
            line=data[: error.start].count(b"\n") + 1,
            value=data[error.start : error.start + 4].hex(" "),
            expected="UTF-8 text",
            remedy="open it in a text editor and save it with the encoding UTF-8",
        ) from error


def clean(raw: str, *, name: str) -> str:
    """`raw` in NFC with plain spaces and line ends, without invisible characters and emphasis marks."""
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
    text = _INVISIBLE.sub("", text.replace("\f", "\n\n").replace("\t", "    "))
    text = _SPACES.sub(" ", text)
    text = _ITALIC.sub(r"\1", _BOLD.sub("", text))
    text = _AUTOLINK.sub(r"\1", _MD_HEADING.sub("", text))
    if not text.strip():
        raise EmptyReport(
            "the file holds no text",
            file=name,
            expected="a report's text",
            remedy="check that the right file was given",
        )
    return text
