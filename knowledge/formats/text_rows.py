"""Tables whose columns a text parts by tabs or wide gaps, written with `|` like all others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.formats.tables import is_beside

_TAB = re.compile(r"\t")
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PLAIN = r"[-–+(]?\s?\d[\d.,/]*\s*%?\)?"
_FIGURE = re.compile(_PLAIN)
# "320 km", "Từ 5%", "trên 40 hộ": a figure with its bound and unit.
_MEASURED = re.compile(
    rf"(?:(?:trên|dưới|từ|khoảng|gần|hơn)\s)?{_PLAIN}(?:\s?\S{{1,12}}){{0,3}}", re.IGNORECASE
)
_FEWEST_ROWS = 3  # the header, too: two lines may stand side by side for their layout only
_FEWEST_COLUMNS = 3
_MOST_ABOVE = 6  # lines right above a table that look like rows, too


@dataclass(frozen=True, slots=True)
class _Row:
    """A line that may be a table's row: its cells and where each begins and ends on the line."""

    line: str
    cells: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def with_bars(text: str) -> str:
    """The text, in which tables parted by tabs or by two or more spaces are rows `| a | b |`.

    Such a table has a title for each column and figures in the rows below; all other lines stay as they are.
    """
    if "\t" in text:
        text = "\n".join(_rewritten(text.split("\n"), _TAB, _by_tabs))
    return "\n".join(_rewritten(text.split("\n"), _GAP, _by_gaps)) if "  " in text else text


def _rewritten(
    lines: Sequence[str], gap: re.Pattern[str], arranged: Callable[[Sequence[_Row]], list[list[str]]]
) -> Iterator[str]:
    """The lines, those of tables written anew. A blank line parts rows of the same width, too."""
    run: list[_Row] = []
    for i, line in enumerate(lines):
        row = _row(line, gap)
        following = _row(lines[i + 1], gap) if not line.strip() and i + 1 < len(lines) else None
        goes_on = bool(run) and following is not None and len(following.cells) == len(run[-1].cells)
        if row is not None or goes_on:
            run.append(row or _Row("", (), ()))
            continue
        yield from _written(run, arranged)
        run = []
        yield line
    yield from _written(run, arranged)


def _row(line: str, gap: re.Pattern[str]) -> _Row | None:
    """The row that a line may be, None where nothing on it stands apart."""
    if line.startswith("|") or gap.search(line.rstrip()) is None:
        return None
    bounds = [(0, 0), *(m.span() for m in gap.finditer(line)), (len(line), len(line))]
    spans = tuple((left[1], right[0]) for left, right in pairwise(bounds))
    return _Row(line, tuple(" ".join(line[a:b].split()) for a, b in spans), spans)


def _written(run: Sequence[_Row], arranged: Callable[[Sequence[_Row]], list[list[str]]]) -> Iterator[str]:
    """The lines of a run: as the rows of a table from its header on, else as they were."""
    for begin in range(min(len(run), _MOST_ABOVE)):
        rows = [row for row in run[begin:] if row.cells]
        table = arranged(rows) if run[begin].cells and _may_be_table(rows) else []
        if table and _holds_figures(table):
            yield from (row.line for row in run[:begin])
            bars = iter(table)
            for row in run[begin:]:
                cells = next(bars) if row.cells else []
                yield "| " + " | ".join(c.replace("|", "¦") or " " for c in cells) + " |" if cells else ""
            return
    yield from (row.line for row in run)


def _may_be_table(rows: Sequence[_Row]) -> bool:
    """Whether there is a header with a title for each column, and nothing of a letterhead or signature."""
    header = rows[0].cells
    if len(rows) < _FEWEST_ROWS or len(header) < max(len(row.cells) for row in rows):
        return False
    if any(is_beside(cell) for row in rows for cell in row.cells):
        return False
    figures = [c for c in header if _FIGURE.fullmatch(c) and not _YEAR.fullmatch(c)]
    return sum(map(bool, header)) > 1 and not figures


def _holds_figures(table: Sequence[Sequence[str]]) -> bool:
    """Whether most rows hold a figure behind their first cell; with two columns, every row."""
    body = table[1:]
    with_figures = sum(any(_MEASURED.fullmatch(cell) for cell in row[1:]) for row in body)
    return with_figures == len(body) or (len(table[0]) >= _FEWEST_COLUMNS and 2 * with_figures > len(body))


def _by_tabs(rows: Sequence[_Row]) -> list[list[str]]:
    """The cells of rows whose last ones may have been left out with their tabs."""
    width = len(rows[0].cells)
    return [[*row.cells, *[""] * (width - len(row.cells))] for row in rows]


def _by_gaps(rows: Sequence[_Row]) -> list[list[str]]:
    """The cells of rows, where some are empty by what they stand below; [] where that is in doubt."""
    width = len(rows[0].cells)
    full = [row for row in rows if len(row.cells) == width]
    if width < _FEWEST_COLUMNS or len(full) < 2:
        return []
    columns = [(min(r.spans[c][0] for r in full), max(r.spans[c][1] for r in full)) for c in range(width)]
    apart = all(left[1] <= right[0] for left, right in pairwise(columns))
    out: list[list[str]] = []
    for row in rows:
        if len(row.cells) == width:
            out.append(list(row.cells))
            continue
        places = [[c for c, (a, b) in enumerate(columns) if a < z and y < b] for y, z in row.spans]
        at = [p[0] for p in places if len(p) == 1]
        if not apart or len(at) != len(row.cells) or len(set(at)) != len(at):
            return []
        words = dict(zip(at, row.cells, strict=True))
        out.append([words.get(c, "") for c in range(width)])
    return out
