"""The text of a Word document, as Word prints it.

Word's own elements are read, since no library gives numbering, footnotes, merged cells and tracked changes
together. Deleted and hidden text, comments, page headers, tables of contents and macros are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.errors import BrokenFile
from knowledge.formats.numbering import Numbering, W
from knowledge.formats.package import Package
from knowledge.formats.tables import GridCell, table_text
from knowledge.formats.word_styles import Look, Styles, look_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_OMITTED = frozenset(
    W + name
    for name in (
        "del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText", "annotationRef",
        "footnoteRef", "endnoteRef", "rt", "tblPr", "sectPr", "sdtPr", "sdtEndPr", "commentReference",
    )
)  # fmt: skip
_CHARACTERS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
}  # fmt: skip
_RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
_RAISABLE = re.compile(r"[0-9()]+")
_MARK = re.compile("\ue000([0-9]+)\ue001")
# Raised digits that are no enumerator ("⁽¹²⁾ …").
_RAISED_DIGITS = re.compile("(?<![⁽¹²³⁰⁴-⁹])[¹²³⁰⁴-⁹]+(?![⁾¹²³⁰⁴-⁹])")
_DEEPEST = 60


@dataclass(slots=True)
class _Document:
    """A document while it is read."""

    styles: Styles
    numbering: Numbering
    notes: dict[tuple[str, str], _Element]
    marked: list[_Element] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    carried: str = ""


def read_docx(package: Package) -> str:
    """The document's paragraphs and tables, a blank line between them, footnotes last. Raises ReportError."""
    main = next(iter(package.relations("").get("officeDocument", [])), "word/document.xml")
    root = package.xml(main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise BrokenFile("the Word file has no text part", remedy="open it with Word and save it anew")
    related = package.relations(main)
    document = _Document(
        Styles(_part(package, related, "styles")),
        Numbering(_part(package, related, "numbering")),
        _notes(package, related),
    )
    text = "\n\n".join(_blocks(body, document))
    notes = [" ".join(" ".join(_blocks(note, document)).split()) for note in document.marked]
    return _with_marks(text, notes)


def _part(package: Package, related: dict[str, list[str]], kind: str) -> _Element | None:
    return package.xml(related[kind][0]) if kind in related else None


def _notes(package: Package, related: dict[str, list[str]]) -> dict[tuple[str, str], _Element]:
    """The footnotes and endnotes by kind and id; separators are none."""
    out = {}
    for kind in ("footnote", "endnote"):
        root = _part(package, related, kind + "s")
        for note in root.iterfind(f"{W}{kind}") if root is not None else ():
            if note.get(f"{W}type", "normal") == "normal":
                out[kind, note.get(f"{W}id", "")] = note
    return out


def _with_marks(text: str, notes: list[str]) -> str:
    """The text with its footnote marks as printed, the footnotes below it.

    ``¹``, or ``[1]`` where raised digits stand for something else, too ("1.200 m²").
    """
    raised = len(notes) < 1000 and not _RAISED_DIGITS.search(text + "".join(notes))

    def mark(number: str) -> str:
        return number.translate(_RAISED) if raised else f"[{number}]"

    printed = _MARK.sub(lambda m: mark(m[1]), text)
    below = [f"{mark(str(i))} {_MARK.sub('', note)}" for i, note in enumerate(notes, start=1) if note]
    return "\n\n".join([printed, *below])


def _blocks(parent: _Element, document: _Document, depth: int = 0) -> Iterator[str]:
    """The paragraphs and tables in `parent`."""
    if depth > _DEEPEST:
        raise BrokenFile("tables or boxes are nested too deeply", expected=f"at most {_DEEPEST} levels")
    for element in parent:
        if element.tag == f"{W}p":
            text = _paragraph(element, document)
            boxes, document.boxes = document.boxes, []
            yield from (words for words in [text, *boxes] if words.strip())
        elif element.tag == f"{W}tbl":
            yield from filter(None, [table_text(list(_cells(element, document, depth)))])
        elif element.tag == f"{_MC}AlternateContent":
            yield from _blocks(_chosen(element), document, depth + 1)
        elif element.tag == f"{W}sdt":
            if not _is_contents(element):
                yield from _blocks(element, document, depth + 1)
        elif element.tag not in _OMITTED:
            yield from _blocks(element, document, depth + 1)


def _is_contents(sdt: _Element) -> bool:
    gallery = sdt.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and "Contents" in gallery.get(f"{W}val", "")


def _chosen(alternate: _Element) -> _Element:
    """The first of the alternatives that a newer and an older Word would show."""
    choice = alternate.find(f"{_MC}Choice")
    fallback = alternate.find(f"{_MC}Fallback")
    return choice if choice is not None else fallback if fallback is not None else alternate


def _paragraph(p: _Element, document: _Document) -> str:
    """The words of a paragraph behind the label that Word generates for it."""
    properties = p.find(f"{W}pPr")
    style = _value(properties, "pStyle") or document.styles.default_paragraph
    if document.styles.is_contents(style):
        return ""
    look = document.styles.look(style)
    words = document.carried + "".join(_runs(p, document, look, 0))
    document.carried = ""
    if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
        document.carried = words  # its end was deleted: it goes on in the next paragraph
        return ""
    words = "\n".join(line.strip(" ") for line in words.split("\n")).strip()
    label = _label(properties, style, document)
    return f"{label} {words}" if label and words else words


def _label(properties: _Element | None, style: str, document: _Document) -> str:
    own = properties.find(f"{W}numPr") if properties is not None else None
    from_style = document.styles.numbering(style)
    number = _value(own, "numId") or (from_style[0] if from_style else "")
    if not number or number == "0":
        return ""
    level = _value(own, "ilvl")
    if not level and from_style:
        tied = document.numbering.level_of_style(number, from_style[2])
        level = str(tied) if tied is not None else from_style[1] or ""
    return document.numbering.label(number, int(level) if level.isdigit() else 0)


def _value(parent: _Element | None, name: str) -> str:
    found = parent.find(f"{W}{name}") if parent is not None else None
    return found.get(f"{W}val", "") if found is not None else ""


def _runs(parent: _Element, document: _Document, look: Look, depth: int) -> Iterator[str]:
    """The words below `parent`, in their order; text boxes are put aside."""
    if depth > _DEEPEST:
        raise BrokenFile("a paragraph is nested too deeply", expected=f"at most {_DEEPEST} levels")
    for element in parent:
        read = _READERS.get(element.tag)
        if element.tag in _CHARACTERS:
            page_break = element.tag == f"{W}br" and element.get(f"{W}type") in {"page", "column"}
            yield "" if page_break else _CHARACTERS[element.tag]
        elif read is not None:
            yield from read(element, document, look, depth)
        elif element.tag not in _OMITTED:
            yield from _runs(element, document, look, depth + 1)


def _run(run: _Element, document: _Document, look: Look, depth: int) -> Iterator[str]:
    properties = run.find(f"{W}rPr")
    named = document.styles.look(_value(properties, "rStyle"))
    mine = look_of(properties).over(named).over(look)
    if not mine.hidden:
        yield from _runs(run, document, mine, depth + 1)


def _words(element: _Element, document: _Document, look: Look, depth: int) -> Iterator[str]:
    yield _as_printed(element.text or "", look)


def _box(box: _Element, document: _Document, look: Look, depth: int) -> Iterator[str]:
    document.boxes += list(_blocks(box, document, depth + 1))
    yield ""


def _alternate(element: _Element, document: _Document, look: Look, depth: int) -> Iterator[str]:
    return _runs(_chosen(element), document, look, depth + 1)


def _fraction(element: _Element, document: _Document, look: Look, depth: int) -> Iterator[str]:
    parts = [element.find(f"{_M}num"), element.find(f"{_M}den")]
    yield "/".join("".join(_runs(p, document, look, depth + 1)) for p in parts if p is not None)


def _note_mark(reference: _Element, document: _Document, look: Look, depth: int) -> Iterator[str]:
    """A stand-in for a footnote's mark; how it prints is known when all have been seen."""
    kind = "footnote" if reference.tag == f"{W}footnoteReference" else "endnote"
    note = document.notes.get((kind, reference.get(f"{W}id", "")))
    if note is None:
        return
    if not any(note is marked for marked in document.marked):
        document.marked.append(note)
    number = next(i for i, marked in enumerate(document.marked, start=1) if marked is note)
    yield f"\ue000{number}\ue001"


_READERS: dict[object, Callable[[_Element, _Document, Look, int], Iterator[str]]] = {
    f"{W}r": _run, f"{W}t": _words, f"{_M}t": _words, f"{_M}f": _fraction, f"{W}txbxContent": _box,
    f"{_MC}AlternateContent": _alternate, f"{W}footnoteReference": _note_mark,
    f"{W}endnoteReference": _note_mark,
}  # fmt: skip


def _as_printed(words: str, look: Look) -> str:
    if look.raised and _RAISABLE.fullmatch(words.strip()):
        return words.translate(_RAISED)
    return words.upper() if look.capitals else words


def _cells(table: _Element, document: _Document, depth: int) -> Iterator[GridCell]:
    """The cells of a table, those that Word draws as one made one."""
    grid: list[list[tuple[int, int, _Element]]] = []
    for row in _rows(table):
        properties = row.find(f"{W}trPr")
        column = _number(properties, "gridBefore")
        line = []
        for cell in _row_cells(row):
            span = max(1, _number(cell.find(f"{W}tcPr"), "gridSpan"))
            line.append((column, min(span, 200), cell))
            column += span
        grid.append(line)
    for number, line in enumerate(grid):
        for column, span, cell in line:
            if not _goes_on(cell):
                blocks = tuple(_blocks(cell, document, depth + 1))
                yield GridCell(blocks, number, column, _height(grid, number, column), span)


def _rows(table: _Element) -> Iterator[_Element]:
    for element in table:
        if element.tag == f"{W}tr":
            if element.find(f"{W}trPr/{W}del") is None:
                yield element
        elif element.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"}:
            yield from _rows(element)


def _row_cells(row: _Element) -> Iterator[_Element]:
    for element in row:
        if element.tag == f"{W}tc":
            yield element
        elif element.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml"}:
            yield from _row_cells(element)


def _goes_on(cell: _Element) -> bool:
    """Whether a cell is the lower part of the one above it."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _height(grid: list[list[tuple[int, int, _Element]]], row: int, column: int) -> int:
    height = 1
    for line in grid[row + 1 :]:
        below = next((cell for at, _, cell in line if at == column), None)
        if below is None or not _goes_on(below):
            break
        height += 1
    return height


def _number(properties: _Element | None, name: str) -> int:
    words = _value(properties, name)
    return min(int(words), 200) if words.isdigit() else 0
