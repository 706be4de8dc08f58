"""Lines of pages as paragraphs: page numbers and running heads dropped, footnotes set apart, lines joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from knowledge.formats.aligned_tables import aligned_tables
from knowledge.formats.columns import LABEL, in_reading_order
from knowledge.formats.page import Line, Page, Rule, lines_of
from knowledge.formats.page_tables import DrawnTable, drawn_tables

_PAGE_NUMBER = re.compile(r"[-–]?\s*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–]?", re.IGNORECASE)
_NOTE = re.compile(r"[⁰¹²³⁴-⁹]{1,3}|\[\d{1,3}\]|\(\d{1,2}\)(?=\s)")
# Below the rule the mark need not be raised.
_PLAIN_NOTE = re.compile(rf"{_NOTE.pattern}|\d{{1,3}}(?=\s)")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_OPENER = re.compile(
    r"(?:Kính gửi|Nơi nhận|TM\.|KT\.|TL\.|TUQ\.|Q\. |BÁO CÁO|Trên đây là|Phụ lục|Biểu số|Bảng \d|Số:)"
)
_ENDED = re.compile(r"[.;:!?…]['\"”’)\]]*[¹²³⁰⁴-⁹]*$")
_MARGIN = 0.12


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page taken apart."""

    page: Page
    tables: Sequence[DrawnTable]
    body: list[Line]
    notes: list[Line]


def text_of(pages: Sequence[Page]) -> str:
    r"""The paragraphs and tables of the pages, divided by ``\f``, and the footnotes behind the last one."""
    drawn = [drawn_tables(page) for page in pages]
    inside = [frozenset(i for t in tables for i in t.words) for tables in drawn]
    aligned = aligned_tables([(p.words, held) for p, held in zip(pages, inside, strict=True)])
    taken = [_without(p, [*d, *a]) for p, d, a in zip(pages, drawn, aligned, strict=True)]
    heads = _running(pages, [lines for _, lines in taken])
    size = _body_size([line for _, lines in taken for line in lines])
    sheets: list[_Sheet] = []
    for page, (tables, lines) in zip(pages, taken, strict=True):
        open_note = bool(sheets and sheets[-1].notes) and not _ENDED.search(sheets[-1].notes[-1].text)
        body, notes = _footnotes(page, _inside(page, lines, heads), size, open_note=open_note)
        sheets.append(_Sheet(page, tables, body, notes))
    whole = _column([line for sheet in sheets for line in sheet.body], sure=True)
    out: list[list[str]] = []
    last: _Paragraph | None = None
    for sheet in sheets:
        last = _add_sheet(out, sheet, last, whole)
    below = _joined_notes([line for sheet in sheets for line in sheet.notes])
    return "\f".join("\n\n".join(blocks) for blocks in out) + "".join(f"\n\n{note}" for note in below)


def _without(page: Page, tables: list[DrawnTable]) -> tuple[list[DrawnTable], list[Line]]:
    """The tables of a page, and the lines that its other words stand on."""
    inside = frozenset(i for t in tables for i in t.words)
    return tables, lines_of(w for i, w in enumerate(page.words) if i not in inside)


def _body_size(lines: Sequence[Line]) -> float:
    """The letter size that most of the text has."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda s: sizes[s]) if sizes else 12.0


def _running(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> set[str]:
    """The words, digits left out, that stand in the margin of more than half of the pages."""
    seen: Counter[str] = Counter()
    for page, found in zip(pages, lines, strict=True):
        seen.update({_shape(line) for line in found if _in_margin(page, line)})
    return {shape for shape, n in seen.items() if shape and n > 1 and 2 * n > len(pages)}


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text).strip()


def _in_margin(page: Page, line: Line) -> bool:
    return line.base < _MARGIN * page.height or line.base > (1 - _MARGIN) * page.height


def _inside(page: Page, lines: Sequence[Line], heads: set[str]) -> list[Line]:
    """The lines without page numbers and running heads."""
    return [
        line
        for line in lines
        if not (_in_margin(page, line) and (_PAGE_NUMBER.fullmatch(line.text) or _shape(line) in heads))
    ]


def _footnotes(
    page: Page, lines: list[Line], size: float, *, open_note: bool
) -> tuple[list[Line], list[Line]]:
    """The lines of the running text, and those of the footnotes at the page's foot.

    `open_note`: the page before ends with a footnote, which may go on at this page's foot without a mark.
    """
    for i, line in enumerate(lines):
        below = lines[i:]
        small = all(other.size < 0.95 * size for other in below)
        ruled = any(_separates(rule, lines[i - 1] if i else None, line, page) for rule in page.rules)
        marked = (_PLAIN_NOTE if ruled else _NOTE).match(line.text) is not None
        if line.base > 0.3 * page.height and (
            (small and (marked or ruled)) or (ruled and (marked or open_note))
        ):
            return lines[:i], below
    return lines, []


def _separates(rule: Rule, above: Line | None, below: Line, page: Page) -> bool:
    """Whether a short rule stands right above a line, as above footnotes."""
    length = rule.x1 - rule.x0
    if not rule.horizontal or not 40 < length < 0.55 * page.width:
        return False
    top = below.base - below.size
    return top - 1.5 * below.size < rule.y0 < top + 0.5 * below.size and (
        above is None or above.base < rule.y0
    )


def _joined_notes(lines: Sequence[Line]) -> list[str]:
    """The footnotes, each on one line; one that goes on over the page is one."""
    out: list[str] = []
    for line in lines:
        plain = re.match(r"\d{1,3}(?=\s)", line.text)
        if plain and int(plain.group()) == len(out) + 1:
            out.append(plain.group().translate(_RAISED) + line.text[plain.end() :])
        elif _NOTE.match(line.text) or not out:
            out.append(line.text)
        else:
            out[-1] += " " + line.text
    return [re.sub(rf"^({_NOTE.pattern})(?=\S)", r"\1 ", note) for note in out]


def _without_rest_of_row(table: str, before: list[str]) -> list[str]:
    """The table, its first row joined to the last one of the page before where a page break cut that row."""
    first, _, rest = table.partition("\n")
    last_table = before[-1] if before else ""
    cells = [c.strip() for c in first.strip("|").split("|")]
    upper = [c.strip() for c in last_table.rpartition("\n")[2].strip("|").split("|")]
    figures = any(c[:1].isdigit() for c in cells)
    goes_on = first.startswith("|") and last_table.startswith("|") and len(cells) == len(upper)
    # The lower half of a row has words only where the upper half has, too, and nothing in the first cell.
    if not goes_on or cells[0] or figures or not all(u for c, u in zip(cells, upper, strict=True) if c):
        return [table]
    joined = " | ".join(f"{u} {c}".strip() or " " for c, u in zip(cells, upper, strict=True))
    before[-1] = f"{last_table.rpartition(chr(10))[0]}\n| {joined} |"
    return [rest] if rest else []


@dataclass(slots=True)
class _Column:
    """What lines keep to: their edges, the distance between them; `sure` where lines enough tell."""

    left: float
    right: float
    leading: float
    sure: bool = True


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that is put together: where its text goes, its last line, the column it stands in."""

    blocks: list[str]
    line: Line
    column: _Column


def _add_sheet(
    out: list[list[str]], sheet: _Sheet, last: _Paragraph | None, whole: _Column
) -> _Paragraph | None:
    """Adds a page's blocks; its first lines may go on with the paragraph that the page before left open."""
    blocks: list[str] = []
    out.append(blocks)
    lines = list(sheet.body)
    for table in sorted(sheet.tables, key=lambda t: t.top):
        above = [line for line in lines if line.base <= table.top + 2]
        lines = lines[len(above) :]
        _add_lines(blocks, above, last, whole)
        above_it = out[-2] if len(out) > 1 and not blocks and not sheet.notes else []
        blocks += _without_rest_of_row(table.text, above_it)
        last = None
    return _add_lines(blocks, lines, last, whole)


def _column(lines: Sequence[Line], *, sure: bool) -> _Column:
    """The edges of the text: what its long lines keep to."""
    if not lines:
        return _Column(0.0, 0.0, 0.0)
    lefts, rights = sorted(line.x0 for line in lines), sorted(line.x1 for line in lines)
    steps = [b.base - a.base for a, b in pairwise(lines) if 0 < b.base - a.base < 4 * b.size]
    right = rights[-1 - len(rights) // 20]
    full = sum(x > right - 0.15 * (right - lefts[0]) for x in rights)
    leading = median(steps) if steps else 0.0
    return _Column(
        lefts[len(lefts) // 20], right, leading, sure or (len(lines) > 7 and 3 * full > len(lines))
    )


def _add_lines(
    blocks: list[str], lines: Sequence[Line], last: _Paragraph | None, whole: _Column
) -> _Paragraph | None:
    for run in in_reading_order(lines):
        column = _column(run.lines, sure=False) if run.narrow else whole
        for line in run.lines:
            if last is not None and _goes_on(last, line, column):
                # "Nghị quyết số 50/NQ- / CP": no blank behind a hyphen within a word.
                last.blocks[-1] += ("" if re.search(r"\w-$", last.line.text) else " ") + line.text
                last.line, last.column = line, column
            else:
                blocks.append(line.text)
                last = _Paragraph(blocks, line, column)
    return last


def _goes_on(last: _Paragraph, line: Line, column: _Column) -> bool:
    """Whether `line` goes on with the paragraph before it."""
    before, ended = last.line, _ENDED.search(last.line.text) is not None
    if abs(before.size - line.size) > 0.15 * line.size or "   " in before.text + line.text:
        return False
    if before.bold is not line.bold and (before.bold or LABEL.match(line.text)):
        return False
    if _OPENER.match(line.text) or _is_capitals(before) is not _is_capitals(line):
        return False
    if not (column.sure and last.column.sure):
        inside = line.text[:1].islower() or line.text[:1].isdigit()
        return inside and not ended and not LABEL.match(line.text)
    first = line.words[0]
    room = last.column.right - before.x1 - 0.25 * before.size
    if first.x1 - first.x0 <= room - 1:
        return False  # its first word would have had room there
    return not _opens(last, line, column, ended=ended)


def _opens(last: _Paragraph, line: Line, column: _Column, *, ended: bool) -> bool:
    """Whether the line's place or its label says that a paragraph begins."""
    step = line.base - last.line.base
    turned = step <= 0  # the next page or column
    if not turned and column.leading and step > 1.75 * max(column.leading, 1.1 * line.size):
        return True
    indent = 0.6 * line.size
    indented = line.x0 - column.left > indent
    if indented and last.line.x0 - last.column.left <= indent:
        return True
    label = LABEL.match(line.text)
    # "giai đoạn 2022 / - 2025", "Lao động / - Thương binh": a dash may only have come to stand first.
    named = label is not None and label.group()[:1] not in "-–+•" and line.text[label.end() :][:1].isupper()
    labelled = named or (label is not None and (ended or indented))
    return labelled or (ended and (turned or indented))


def _is_capitals(line: Line) -> bool:
    letters = [c for c in line.text if c.isalpha()]
    return len(letters) > 3 and all(c.isupper() for c in letters)
