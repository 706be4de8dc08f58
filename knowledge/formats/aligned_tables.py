"""Tables that are set without rules: words that keep to columns, line below line, figures among them.

Browsers print tables so. Cells that wrap are put together by the distance of their lines, rows by what stands
at one height.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from knowledge.formats.page import Line, Word, lines_of
from knowledge.formats.page_tables import DrawnTable
from knowledge.formats.tables import GridCell, table_text

_NUMBER = re.compile(r"[-–+(]?\d[\d.,/]*\s?%?\)?")
_WIDE = 1.2  # a gap in letter sizes that divides cells
_CLEAR = 0.4  # more than a blank between two words
_SOME = 6  # one row in so many shows that an edge is one
_GUTTER = 0.2  # the least free stripe between two columns
_FULL = 0.62  # of the text's width: no wider line without a gap is part of a table
_LINE_STEP = 1.9  # lines further apart than so many letter sizes belong to different blocks
_WRAPPED = 1.12  # of the usual distance of lines: two lines of one cell
_FEWEST_ROWS = 3
_MOST_LINES = 400
_MOST_WORDS = 6000


@dataclass(slots=True)
class _Cell:
    """The words of one column that stand close one below the other, and from which line to which."""

    column: int
    columns: int
    first: float
    last: float
    words: list[Word] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(line.text for line in lines_of(self.words))


def aligned_tables(pages: Sequence[tuple[Sequence[Word], frozenset[int]]]) -> list[list[DrawnTable]]:
    """The tables of each page among its words that are not taken; their words by their place on the page.

    What stands at the foot of a page and at the head of the next is one table where it keeps to its columns.
    """
    out: list[list[DrawnTable]] = [[] for _ in pages]
    runs: list[list[list[Line]]] = []
    places: list[dict[int, int]] = []
    for words, taken in pages:
        free = [w for i, w in enumerate(words) if i not in taken]
        runs.append(_runs(lines_of(free)) if len(free) <= _MOST_WORDS else [])
        places.append({id(w): i for i, w in enumerate(words)})
    for group in _over_pages(runs):
        for some in [group] if _keep_columns([run for _, run in group]) else [[part] for part in group]:
            found = _tables([run for _, run in some]) or []
            for (page, _), (text, inside) in zip(some, found, strict=False):
                held = frozenset(places[page][id(w)] for w in inside)
                out[page].append(_placed(text, inside, held))
    return out


def _keep_columns(runs: Sequence[Sequence[Line]]) -> bool:
    """Whether the runs of several pages have no fewer columns together than each that is a table alone."""
    together = len(_columns(runs))
    own = [run for run in runs if sum(map(_is_row, run)) >= _FEWEST_ROWS]
    return len(runs) > 1 and together > 0 and all(len(_columns([run])) <= together for run in own)


def _over_pages(runs: Sequence[Sequence[list[Line]]]) -> list[list[tuple[int, list[Line]]]]:
    """The runs with their pages, a page's last one and the next page's first one together."""
    groups: list[list[tuple[int, list[Line]]]] = []
    for page, found in enumerate(runs):
        for i, run in enumerate(found):
            goes_on = i == 0 and groups and groups[-1][-1][0] == page - 1
            if goes_on:
                groups[-1].append((page, run))
            else:
                groups.append([(page, run)])
    return groups


def _placed(text: str, inside: Sequence[Word], held: frozenset[int]) -> DrawnTable:
    top = min(w.base - w.size for w in inside)
    bottom = max(w.base for w in inside)
    return DrawnTable(min(w.x0 for w in inside), top, max(w.x1 for w in inside), bottom, text, held)


def _gaps(line: Line) -> list[tuple[float, float]]:
    """The wide gaps of a line: where they begin and end."""
    return [(a.x1, b.x0) for a, b in pairwise(line.words) if b.x0 - a.x1 > _WIDE * line.size]


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines in runs that may hold a table: close together, none of them a full line of prose."""
    left = min((line.x0 for line in lines), default=0.0)
    width = max((line.x1 for line in lines), default=0.0) - left
    runs: list[list[Line]] = []
    before: Line | None = None
    for line in lines:
        prose = not _gaps(line) and line.x1 - line.x0 > _FULL * width
        if not prose:
            near = before is not None and line.base - before.base <= _LINE_STEP * max(line.size, before.size)
            if near:
                runs[-1].append(line)
            else:
                runs.append([line])
        before = None if prose else line
    return [run for run in runs if any(map(_gaps, run)) and len(run) <= _MOST_LINES]


def _is_row(line: Line) -> bool:
    """Whether a line has a wide gap and a figure that stands by itself."""
    return bool(_gaps(line)) and any(_NUMBER.fullmatch(w.text) for w in line.words)


def _tables(runs: Sequence[Sequence[Line]]) -> list[tuple[str, list[Word]]] | None:
    """The text of each run's part of the table that they are, and its words; None where they are none."""
    edges = _columns(runs)
    if not edges or sum(_is_row(line) for run in runs for line in run) < _FEWEST_ROWS:
        return None
    cells = [_cells(run, edges) for run in runs]
    parts = [_rows(some) for some in cells]
    if not _is_table([row for part in parts for row in part], len(edges) + 1):
        return None
    out = []
    for some, part in zip(cells, parts, strict=True):
        grid = [
            GridCell((cell.text,), i, cell.column, 1, cell.columns)
            for i, row in enumerate(part) for cell in _joined(row)
        ]  # fmt: skip
        out.append((table_text(grid), [w for cell in some for w in cell.words]))
    return out


def _columns(runs: Sequence[Sequence[Line]]) -> list[float]:
    """The edges between the columns of the runs; none where no line has a figure by itself."""
    lines = [line for run in runs for line in run]
    rows = [line for line in lines if _is_row(line)]
    return _edges(rows, [line for line in lines if not _is_row(line)]) if rows else []


def _edges(rows: Sequence[Line], others: Sequence[Line]) -> list[float]:
    """Where columns divide: the middles of the stripes that no word of the rows covers, nor of the header."""
    spans = sorted((w.x0, w.x1) for line in rows for w in line.words)
    size = median(line.size for line in rows)
    stripes, reach = [], spans[0][1]
    for x0, x1 in spans:
        if x0 - reach > _GUTTER * size:
            stripes.append((reach, x0))
        reach = max(reach, x1)
    # Between two words of a long cell there is a stripe, too, but never a wide one.
    stripes = [s for s in stripes if sum(_divides(line, *s) for line in rows) * _SOME >= len(rows)]
    for line in others:
        stripes = [_free(stripe, line) for stripe in stripes]
    edges = [(left + right) / 2 for left, right in stripes]
    return _filled(edges, rows)


def _divides(line: Line, start: float, end: float) -> bool:
    """Whether the gap of a line at a stripe is more than a blank, or divides two figures."""
    left = max((w for w in line.words if w.x1 <= start + 0.1), key=lambda w: w.x1, default=None)
    right = min((w for w in line.words if w.x0 >= end - 0.1), key=lambda w: w.x0, default=None)
    return left is not None and right is not None and _apart(left, right, line.size)


def _apart(left: Word, right: Word, size: float) -> bool:
    figures = _NUMBER.fullmatch(left.text) and _NUMBER.fullmatch(right.text)  # no cell holds two
    return figures is not None or right.x0 - left.x1 > _CLEAR * size


def _free(stripe: tuple[float, float], line: Line) -> tuple[float, float]:
    """The widest part of a stripe that a line leaves free, of equals the last; all where it leaves none."""
    at, free = stripe[0], []
    for word in line.words:
        if word.x1 > stripe[0] and word.x0 < stripe[1]:
            free.append((at, word.x0))
            at = max(at, word.x1)
    free = [f for f in (*free, (at, stripe[1])) if f[1] - f[0] > 0.1 * line.size]
    if not free:
        return stripe
    widest = max(right - left for left, right in free)
    return [f for f in free if f[1] - f[0] > 0.6 * widest][-1]


def _filled(edges: list[float], rows: Sequence[Line]) -> list[float]:
    """The edges without those where every line with words behind has but a blank before them.

    Of a column that most lines fill, only the lines tell that fill the one before it, too; one of figures is
    always one.
    """
    for edge in reversed(edges):
        column = edges.index(edge)
        beside, told, figures = [], [], 0
        for line in rows:
            left = [w for w in line.words if _column(w.x0 + 0.1, edges) <= column]
            right = [w for w in line.words if _column(w.x0 + 0.1, edges) == column + 1]
            if left and right:
                told.append(_apart(left[-1], right[0], line.size))
                figures += len(right) == 1 and _NUMBER.fullmatch(right[0].text) is not None
                if _column(left[-1].x0 + 0.1, edges) == column:
                    beside.append(told[-1])
        sparse = len(told) * 3 < len(rows)
        evidence = told if sparse else beside
        if evidence and not any(evidence) and (sparse or 2 * figures < len(told)):
            edges = [e for e in edges if e != edge]
    return edges


def _column(x: float, edges: Sequence[float]) -> int:
    return sum(1 for edge in edges if x > edge)


def _cells(run: Sequence[Line], edges: Sequence[float]) -> list[_Cell]:
    """The cells: what follows closely in one column is one, unless figures follow each other so, too."""
    parts = [part for line in run for part in _parts(line, edges)]
    size = median(line.size for line in run)
    columns = [[p for p in parts if p.column == column] for column in range(len(edges) + 1)]
    steps = [b.first - a.first for column in columns for a, b in pairwise(column)]
    close = _WRAPPED * min((step for step in steps if step > 0.9 * size), default=0.0)
    figures = [[p for p in column if _NUMBER.fullmatch(p.text)] for column in columns]
    between = [b.first - a.first for column in figures for a, b in pairwise(column)]
    if sum(step <= close for step in between) * 2 > len(between):
        close = 0.0  # rows as close as lines
    out: list[_Cell] = []
    open_now: dict[int, _Cell] = {}
    for part in parts:
        above = open_now.get(part.column)
        joins = above is not None and above.columns == part.columns and 0 < part.first - above.last <= close
        if above is not None and joins:
            above.words += part.words
            above.last = part.last
            continue
        out.append(part)
        open_now[part.column] = part
    return out


def _parts(line: Line, edges: Sequence[float]) -> list[_Cell]:
    """The words of a line by the column that they stand in; where one lies over an edge they cover both."""
    out: list[_Cell] = []
    for run in _joined_words(line):
        first, last = _column(run[0].x0 + 0.1, edges), _column(run[-1].x1 - 0.1, edges)
        over = any(_column(w.x0 + 0.1, edges) != _column(w.x1 - 0.1, edges) for w in run)
        if over:
            out.append(_Cell(first, last - first + 1, line.base, line.base, list(run)))
            continue
        for word in run:
            column = _column(word.x0 + 0.1, edges)
            if out and out[-1].columns == 1 and out[-1].column == column:
                out[-1].words.append(word)
            else:
                out.append(_Cell(column, 1, line.base, line.base, [word]))
    return out


def _joined_words(line: Line) -> list[list[Word]]:
    """The words of a line, those together that only a blank divides."""
    runs = [[line.words[0]]]
    for before, word in pairwise(line.words):
        if word.x0 - before.x1 > 0.6 * line.size:
            runs.append([])
        runs[-1].append(word)
    return runs


def _rows(cells: Sequence[_Cell]) -> list[list[_Cell]]:
    """The cells in rows: those at one height, however many lines each has."""
    rows: list[tuple[float, float, list[_Cell]]] = []
    for cell in sorted(cells, key=lambda c: (c.last - c.first, c.first), reverse=True):
        slack = 0.25 * cell.words[0].size
        middle = (cell.first + cell.last) / 2
        found = next((r for r in rows if r[0] - slack <= middle <= r[1] + slack), None)
        if found is None:
            rows.append((cell.first, cell.last, [cell]))
        else:
            found[2].append(cell)
    return [row for _, _, row in sorted(rows, key=lambda r: r[0] + r[1])]


def _joined(row: Sequence[_Cell]) -> list[_Cell]:
    """One cell a column, from left to right."""
    out: list[_Cell] = []
    for cell in sorted(row, key=lambda c: (c.column, c.first)):
        if out and out[-1].column == cell.column:
            out[-1].words += cell.words
        else:
            out.append(cell)
    return out


def _is_table(rows: Sequence[Sequence[_Cell]], width: int) -> bool:
    """Whether columns are filled with figures, row by row; numbers of order alone are none."""
    for column in range(1, width):
        held = [c.text for row in rows for c in row if c.column == column]
        figures = [t for t in held if _NUMBER.fullmatch(t)]
        if len(figures) >= _FEWEST_ROWS - 1 and 2 * len(figures) >= len(held) and 3 * len(held) > len(rows):
            return width > 2 or len(figures) >= _FEWEST_ROWS
    return False

