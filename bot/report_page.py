"""A report as blocks: headings, paragraphs, rows of tables and footnotes, with the places that links land on.

The blocks cover the whole of the report's text, so that nothing that was printed is missing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.anchors import citation_url, footnote_anchor, section_anchor
from knowledge.records import Footnote, Report, Section, Span
from knowledge.tables import cells, is_rule, is_table_row

# The longest label before an item's text, such as "- (15) " or "Bước 10. ".
_LABEL_LENGTH = 10
_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in a block: plain, lit up (the quoted words), or a footnote's mark, a link.

    `doubtful` are figures that a finding is about.
    """

    text: str
    marked: bool = False
    note: str = ""
    anchor: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph ("text"), a footnote, a table's row, or the rule below its header.

    `anchor` is its HTML id or "", `level` 2 to 6 for a heading and 1 for a table's header, `marker` and
    `back` a footnote's mark and the id of the place where it stands, `cells` what stands between a row's
    bars, `span` the place in the text.
    """

    kind: str
    pieces: tuple[Piece, ...]
    anchor: str = ""
    level: int = 0
    back: str = ""
    marker: str = ""
    cells: tuple[tuple[Piece, ...], ...] = ()
    span: Span = _NOWHERE


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the table of contents."""

    label: str
    title: str
    anchor: str
    depth: int


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding with the address of the place that it is about."""

    text: str
    printed: str
    recomputed: str
    section: str
    url: str
    anchor: str = ""
    span: Span = _NOWHERE


def finding_lines(report: Report, *, edition: str = "") -> list[FindingLine]:
    """The report's findings, each with its place and the id that its note in the text has."""
    paths = {passage.ordinal: passage.path for passage in report.passages}
    return [
        FindingLine(
            text=finding.text,
            printed=finding.printed,
            recomputed=finding.recomputed,
            section=path,
            url=citation_url(report.id, path, span=finding.span, edition=edition),
            anchor=f"canh-bao-{number}",
            span=finding.span,
        )
        for number, finding in enumerate(report.findings, start=1)
        for path in [paths.get(finding.passage, "")]
    ]


def outline(report: Report) -> list[OutlineEntry]:
    """The report's sections in the order of the text."""
    return [OutlineEntry(s.label, s.title, section_anchor(s.path), s.depth) for s in report.sections]


def blocks(report: Report, *, lit: Span | None = None) -> list[Block]:
    """The report's text as blocks, the words of `lit` marked."""
    layout = _Layout(report, lit)
    return [
        replace(block, span=Span(start, end))
        for start, end in layout.lines()
        for block in [layout.block(start, end)]
        if block.pieces
    ]


def _mark_anchor(note: Footnote) -> str:
    return "dau-" + footnote_anchor(note.marker, note.section)


def _mark_length(text: str, mark: int) -> int:
    """How many characters the mark at this offset has: a run of superscript digits, at least one."""
    end = mark
    while end < len(text) and text[end] in "⁰¹²³⁴⁵⁶⁷⁸⁹":
        end += 1
    return max(1, end - mark)


def parse_span(given: str, report: Report) -> Span | None:
    """The span that ``start-end`` in an address names, or None where it is not one of this report."""
    start, _, end = given.partition("-")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit() and len(given) < 20):
        return None
    span = Span(int(start), int(end))
    return span if span.start < span.end <= len(report.text) else None


class _Layout:
    """Cuts a report's text into lines and lines into pieces."""

    def __init__(self, report: Report, lit: Span | None) -> None:
        self._text, self._lit = report.text, lit
        leads = {lead.start: lead for passage in report.passages for lead in passage.lead}
        self._headers = {at for at, lead in leads.items() if is_table_row(lead.of(report.text).strip())}
        self._doubts = [finding.span for finding in report.findings]
        self._sections = sorted(report.sections, key=lambda s: s.heading.start)
        self._section_starts = [s.heading.start for s in self._sections]
        self._notes = sorted(report.footnotes, key=lambda n: n.span.start)
        self._note_starts = [n.span.start for n in self._notes]
        self._marks = {note.mark: note for note in report.footnotes}
        # the first passage of an item is the place to land on: an id stands once in a page
        firsts = {p.path: p.span.start for p in reversed(report.passages) if p.item}
        self._items = {start: section_anchor(path) for path, start in firsts.items()}

    def lines(self) -> Iterator[tuple[int, int]]:
        """Offsets of the lines; a heading and a footnote are always lines of their own."""
        cuts = {0, len(self._text), *(i + 1 for i, c in enumerate(self._text) if c == "\n")}
        for section in self._sections:
            cuts.update((section.heading.start, section.heading.end))
        for note in self._notes:
            cuts.update((note.span.start, note.span.end))
        return pairwise(sorted(cuts))

    def block(self, start: int, end: int) -> Block:
        """The block of a line; without pieces where the line is blank."""
        at = bisect_right(self._section_starts, start) - 1
        section = self._sections[at] if at >= 0 else None
        if section and start < max(section.heading.end, section.heading.start + 1):
            return self._heading(section, start, end)
        at = bisect_right(self._note_starts, start) - 1
        if at >= 0 and start < self._notes[at].span.end:
            note = self._notes[at]
            anchor = footnote_anchor(note.marker, note.section) if note.span.start == start else ""
            pieces = self._pieces(start, end)
            return Block("footnote", pieces, anchor, back=_mark_anchor(note), marker=note.marker)
        if is_table_row(line := self._text[start:end].strip()):
            return self._row(start, end, rule=is_rule(line))
        # an item whose label alone precedes it is the whole line: the line is what lights up
        item = next((i for i in range(start, min(end, start + _LABEL_LENGTH)) if i in self._items), None)
        anchor = self._items[item] if item is not None else ""
        return Block("text", self._pieces(start, end, without=item), anchor)

    def _row(self, start: int, end: int, *, rule: bool) -> Block:
        if rule:
            return Block("rule", self._pieces(start, end))
        found = cells(self._text, Span(start, start + len(self._text[start:end].rstrip())))
        inner = tuple(self._pieces(cell.span.start, cell.span.end) for cell in found)
        level = 1 if any(start <= header < end for header in self._headers) else 0
        return Block("row", self._pieces(start, end), level=level, cells=inner)

    def _heading(self, section: Section, start: int, end: int) -> Block:
        anchor = section_anchor(section.path) if section.heading.start == start else ""
        if section.heading.start == section.heading.end:
            # what stands before the first label has no heading: its first line is the place to land on
            return Block("text", self._pieces(start, end), anchor)
        return Block("heading", self._pieces(start, end), anchor, level=min(6, section.depth + 1))

    def _pieces(self, start: int, end: int, *, without: int | None = None) -> tuple[Piece, ...]:
        text, lit = self._text, self._lit
        if not text[start:end].strip():
            return ()
        end = start + len(text[start:end].rstrip())
        cuts = {start, end, *(i for i in range(start, end) if i in self._items and i != without)}
        for mark in range(start, end):
            if mark in self._marks:
                cuts.update((mark, min(end, mark + _mark_length(text, mark))))
        for span in (*self._doubts, *([lit] if lit else [])):
            cuts.update(cut for cut in (span.start, span.end) if start < cut < end)
        return tuple(self._piece(left, right, without) for left, right in pairwise(sorted(cuts)))

    def _piece(self, left: int, right: int, without: int | None) -> Piece:
        note, lit = self._marks.get(left), self._lit
        anchor = self._items.get(left, "") if left != without else ""
        return Piece(
            self._text[left:right],
            marked=lit is not None and lit.start <= left and right <= lit.end,
            note=footnote_anchor(note.marker, note.section) if note else "",
            anchor=anchor or (_mark_anchor(note) if note else ""),
            doubtful=any(span.start <= left and right <= span.end for span in self._doubts),
        )
