"""The text of a report's file, decoded and cleaned of what is not text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import EmptyReport, TooCostly
from knowledge.formats.encodings import check_encoding, decode
from knowledge.formats.kinds import HEAD_BYTES, kind_of
from knowledge.formats.limits import DEFAULT_LIMITS, Limits
from knowledge.formats.sandbox import extract
from knowledge.formats.text_rows import with_bars

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


@dataclass(frozen=True, slots=True)
class Source:
    """A report's file as text: cleaned, and page by page as it was extracted.

    `paged`: the file has pages (PDF, pictures); `lined`: its own lines are text; else it is one page.
    """

    name: str
    text: str
    pages: tuple[str, ...]
    paged: bool
    lined: bool


@dataclass(frozen=True, slots=True)
class RawText:
    """What a file holds before it is cleaned: the bytes of a text file, or the text taken out of another."""

    name: str
    kind: str
    content: bytes | str


def read_source(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> Source:
    r"""The text of the file at `path` (NFC, line ends ``\\n``), whatever its format and its name.

    Raises ReportError: UnsupportedFormat, ProtectedFile, BrokenFile, TooCostly, MissingProgram, NotText,
    LegacyEncoding or EmptyReport.
    """
    return source_of(read_raw(path, limits=limits))


def read_raw(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> RawText:
    """What the file at `path` holds. A format other than text is read in a child process within `limits`.

    Raises ReportError, as `read_source`.
    """
    name = path.name
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    kind = kind_of(head, path.suffix.lower())
    most = limits.text_bytes if kind == "text" else limits.file_bytes
    if size > most:
        raise TooCostly(
            "the file is too large", file=name, value=f"{size:,} bytes", expected=f"at most {most:,} bytes",
            remedy="split it, or leave out its pictures",
        )  # fmt: skip
    if not head:
        raise _empty(name)
    content = path.read_bytes() if kind == "text" else extract(path, kind, limits, name=name)
    return RawText(name, kind, content)


def source_of(raw: RawText) -> Source:
    """The source that the raw text is, cleaned. Raises NotText, LegacyEncoding or EmptyReport."""
    name, content = raw.name, raw.content
    words = content if isinstance(content, str) else decode(content, name=name)
    text = clean(words, name=name)
    check_encoding(text, name=name)
    paged = raw.kind in {"pdf", "image"}
    pages = tuple(words.split("\f")) if paged else (words.replace("\r\n", "\n").replace("\r", "\n"),)
    return Source(name, text, pages, paged=paged, lined=raw.kind == "text")


def clean(raw: str, *, name: str) -> str:
    """`raw` in NFC with plain spaces and line ends, without invisible characters and emphasis marks."""
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text.replace("\f", "\n\n")))
    text = with_bars(text).replace("\t", "    ")
    text = _ITALIC.sub(r"\1", _BOLD.sub("", text))
    text = _AUTOLINK.sub(r"\1", _MD_HEADING.sub("", text))
    if not text.strip():
        raise _empty(name)
    return text


def _empty(name: str) -> EmptyReport:
    return EmptyReport(
        "the file holds no text", file=name, expected="a report's text",
        remedy="check that the right file was given",
    )  # fmt: skip
