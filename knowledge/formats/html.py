"""The text of a web page, or of what Word saved as one: blocks, lists, tables, footnotes; no scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from knowledge.formats.encodings import decode
from knowledge.formats.numbering import number
from knowledge.formats.tables import GridCell, table_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_OMITTED = frozenset(
    ("head", "script", "style", "noscript", "template", "nav", "iframe", "object", "svg", "select", "button",
     "textarea", "audio", "video", "canvas", "map", "title")
)  # fmt: skip
_BLOCKS = frozenset(
    ("html", "body", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "section", "article",
     "main", "header", "footer", "aside", "blockquote", "pre", "dl", "dt", "dd", "address", "center", "form",
     "fieldset", "figure", "figcaption", "hr", "table", "caption", "tbody", "details", "summary")
)  # fmt: skip
_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
_MARK = re.compile(r"[\[(]?(\d{1,3}|[⁰¹²³⁴-⁹]{1,3})[\])]?")
_RETURNS = re.compile(r"\s*[↩↑⏎]\ufe0e?\s*$")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_CAPITALS = re.compile(r"text-transform\s*:\s*uppercase", re.IGNORECASE)
_BREAK = "\u2028"  # a line break that the collapsing of blanks leaves alone


@dataclass(slots=True)
class _Page:
    """A page while it is read: finished blocks, the words of the open one, footnote marks by their target."""

    notes: dict[str, str] = field(default_factory=dict)
    blocks: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    label: str = ""

    def end_block(self) -> None:
        """Closes the block that is open."""
        text = " ".join("".join(self.words).split(" ")) if self.words else ""
        text = re.sub(r"[ \t\r\n\f\u00a0]+", " ", text)
        text = "\n".join(line.strip() for line in text.split(_BREAK)).strip()
        text = _RETURNS.sub("", text)
        self.words = []
        if text:
            self.blocks.append(text if text.startswith(self.label) else f"{self.label} {text}")
            self.label = ""


def read_html(data: bytes, *, name: str) -> str:
    """The page's blocks, a blank line between them. Raises NotText for an encoding that is not declared."""
    root = etree.fromstring(_decoded(data, name), etree.HTMLParser(remove_comments=True, remove_pis=True))
    if root is None:
        return ""
    page = _Page(_notes(root))
    _read(root, page, capitals=False)
    page.end_block()
    return "\n\n".join(page.blocks)


def _decoded(data: bytes, name: str) -> str:
    """The page as text: in the encoding that it declares, else UTF-8 or UTF-16."""
    declared = _CHARSET.search(data[:2048])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return _without_declaration(data.decode(declared[1].decode()))
        except (LookupError, UnicodeDecodeError):
            pass  # what a page says of itself is often wrong
    return _without_declaration(decode(data, name=name))


def _without_declaration(text: str) -> str:
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff")) or " "


def _notes(root: _Element) -> dict[str, str]:
    """The marks of footnotes by the id that each links to."""
    out: dict[str, str] = {}
    for link in root.iter("a"):
        target = link.get("href", "")
        words = _text(link).strip()
        m = _MARK.fullmatch(words)
        if not m or not target.startswith("#") or len(target) < 2:
            continue
        parent = link.getparent()
        inside = (parent is not None and parent.tag == "sup") or link.find(".//sup") is not None
        out.setdefault(target[1:], words.translate(_RAISED) if inside and words.isdigit() else words)
    return out


def _read(element: _Element, page: _Page, *, capitals: bool) -> None:
    tag = element.tag
    style = element.get("style", "")
    if tag in _OMITTED or element.get("hidden") is not None or _HIDDEN.search(style):
        return
    capitals = capitals or _CAPITALS.search(style) is not None
    if tag == "table":
        page.end_block()
        page.blocks += filter(None, [table_text(list(_cells(element, page, capitals=capitals)))])
        return
    if tag == "br":
        page.words.append(_BREAK)
    elif tag == "sup":
        page.words += _raised(_text(element))
        return
    block = tag in _BLOCKS
    if block:
        page.end_block()
        page.label = _label(element, page) or page.label
    _read_inside(element, page, capitals=capitals)
    if block:
        page.end_block()


def _read_inside(element: _Element, page: _Page, *, capitals: bool) -> None:
    keep = element.tag == "pre"
    page.words.append(_shown(element.text or "", capitals=capitals, keep=keep))
    for child in element:
        _read(child, page, capitals=capitals)
        page.words.append(_shown(child.tail or "", capitals=capitals, keep=keep))


def _shown(words: str, *, capitals: bool, keep: bool) -> str:
    words = words.upper() if capitals else words
    return words.replace("\n", _BREAK) if keep else words


def _raised(words: str) -> list[str]:
    stripped = words.strip()
    return [stripped.translate(_RAISED) if re.fullmatch(r"[0-9()]+", stripped) else words]


def _label(element: _Element, page: _Page) -> str:
    """What a browser prints before a list's item, or the mark of a footnote's body."""
    mark = page.notes.get(element.get("id", "")) or page.notes.get(element.get("name", ""))
    if mark:
        return mark
    if element.tag != "li" or "list-style-type:none" in element.get("style", "").replace(" ", ""):
        return ""
    parent = element.getparent()
    if parent is None or parent.tag != "ol":
        return "-"
    form = parent.get("type", "1")
    printed = number(_position(element, parent), _LIST_FORMS.get(form, "decimal"))
    return f"{printed}." if form in {"1", "I", "A"} else f"{printed})"


def _position(item: _Element, parent: _Element) -> int:
    n = _integer(parent.get("start"), 1) - 1
    for other in parent.iterchildren("li"):
        n = _integer(other.get("value"), n + 1)
        if other is item:
            break
    return n


def _text(element: _Element) -> str:
    return "".join(str(words) for words in element.itertext())


def _integer(words: str | None, otherwise: int) -> int:
    return int(words) if words and re.fullmatch(r"\d{1,6}", words.strip()) else otherwise


def _cells(table: _Element, page: _Page, *, capitals: bool) -> Iterator[GridCell]:
    taken: set[tuple[int, int]] = set()
    for row, tr in enumerate(_rows(table)):
        column = 0
        for cell in tr.iterchildren("td", "th"):
            while (row, column) in taken:
                column += 1
            rows = min(max(1, _integer(cell.get("rowspan"), 1)), 1000)
            columns = min(max(1, _integer(cell.get("colspan"), 1)), 200)
            taken |= {(row + r, column + c) for r in range(rows) for c in range(columns)}
            inside = _Page(page.notes)
            _read_inside(cell, inside, capitals=capitals)
            inside.end_block()
            yield GridCell(tuple(inside.blocks), row, column, rows, columns)
            column += columns


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from child.iterchildren("tr")
