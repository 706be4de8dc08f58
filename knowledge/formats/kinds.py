"""What a file is, told by its first bytes; a name may say anything."""

from __future__ import annotations

import re

from knowledge.formats.encodings import utf16_of

# What `hoidap ingest FOLDER` looks for.
READABLE_SUFFIXES = frozenset(
    {".txt", ".md", ".docx", ".docm", ".dotx", ".doc", ".rtf", ".odt", ".pdf", ".html", ".htm", ".xhtml",
     ".xlsx", ".xlsm", ".png", ".jpg", ".jpeg", ".tif", ".tiff"}
)  # fmt: skip
HEAD_BYTES = 4096

_MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|div|table|p)[\s>]", re.IGNORECASE)
# Bytes that no text has: control characters other than those of layout.
_BINARY = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_MIME = re.compile(rb"(?:From:|MIME-Version:)[^\n]{0,200}\n", re.IGNORECASE)


def kind_of(head: bytes, suffix: str) -> str:
    """The kind of file that begins with `head`: text, html, pdf, zip, ole, rtf, image, mhtml or unknown.

    `suffix` counts only between text and HTML, which both are text.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if utf16_of(head):
        return "html" if _HTML.search(head.replace(b"\x00", b"")[:1000]) else "text"
    if _MIME.match(head):
        return "mhtml"
    if _HTML.search(head[:1000]) and (suffix not in {".txt", ".md"} or _opens_page(head)):
        return "html"
    if suffix in {".html", ".htm", ".xhtml"}:
        return "html"
    return "unknown" if _BINARY.search(head) and suffix not in {".txt", ".md"} else "text"


def _opens_page(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:100].lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head"))
