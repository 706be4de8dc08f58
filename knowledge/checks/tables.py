"""A table's figures against each other.

Its total row against the rows, its column of rates against two other columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, permutations

from knowledge.checks.printed import places
from knowledge.checks.ratios import fits
from knowledge.numbers import format_number, format_percent
from knowledge.records import Finding, Passage, Report, Span
from knowledge.table_facts import Row, is_total, read_row
from knowledge.tables import is_table_row
from knowledge.vietnamese import fold

_RATE_HEADERS = ("ty le", "ti le", "%", "dat")
_GROWTH_HEADERS = ("tang", "giam")
_FEWEST_ROWS = 2


@dataclass(frozen=True, slots=True)
class _Line:
    """A row and the passage that it was read from."""

    passage: Passage
    row: Row


def total_row(report: Report) -> Iterator[Finding]:
    """A finding for each figure of a total row that is not the sum of its column."""
    for lines in _tables(report):
        totals = [line for line in lines if is_total(line.row.head)]
        parts = [line for line in lines if not is_total(line.row.head)]
        # Two totals, or rows that are parts of other rows ("I", "1", "2"), would be counted twice.
        if len(totals) != 1 or len(parts) < _FEWEST_ROWS or _nested(parts):
            continue
        for column, total in totals[0].row.figures.items():
            if _is_rate(totals[0].row.headers, column) or any(column not in p.row.figures for p in parts):
                continue
            figures = [p.row.figures[column] for p in parts]
            if any(f.unit != total.unit for f in figures):
                continue
            value = sum((f.number for f in figures), Decimal(0))
            if abs(value - total.number) > _tolerance([f.digits for f in (total, *figures)]):
                yield _sum_finding(totals[0], column, value, [f.digits for f in figures])


def rate_column(report: Report) -> Iterator[Finding]:
    """A finding for each rate that is not the quotient of the columns that the other rows' rates are."""
    for lines in _tables(report):
        headers = lines[0].row.headers
        for column in range(len(headers)):
            if _is_rate(headers, column):
                yield from _rates(lines, column)


def _rates(lines: Sequence[_Line], rate: int) -> Iterator[Finding]:
    """The findings of the one pair of columns that the rates are evidently quotients of.

    A row whose two figures are equal is no evidence: 100% is the quotient of either by the other.
    """
    columns = {c for line in lines for c in line.row.figures if c != rate}
    with_rate = [line for line in lines if rate in line.row.figures]
    found: list[tuple[int, int, int, list[_Line]]] = []
    for top, bottom in permutations(sorted(columns), 2):
        full = [
            line for line in with_rate
            if top in line.row.figures and bottom in line.row.figures and line.row.figures[bottom].number
        ]  # fmt: skip
        telling = [x for x in full if x.row.figures[top].number != x.row.figures[bottom].number]
        wrong = [line for line in full if not _fits(line.row, rate, top, bottom)]
        right = sum(1 for line in telling if line not in wrong)
        if not wrong and full:
            return
        found.append((right, top, bottom, wrong))
    best = max(found, key=lambda pair: pair[0], default=None)
    if best is None or [pair[0] for pair in found].count(best[0]) > 1:
        return
    right, top, bottom, wrong = best
    if right >= _FEWEST_ROWS and right >= len(wrong):
        for line in wrong:
            yield _rate_finding(line, rate, top, bottom)


def _fits(row: Row, rate: int, top: int, bottom: int) -> bool:
    printed = row.figures[rate].number
    exact = _exact(row, rate, top, bottom)
    decimals = places(row.figures[rate].digits)
    # A fall is printed with its sign or without it.
    return fits(printed, exact, decimals) or (_is_growth(row, rate) and fits(printed, -exact, decimals))


def _exact(row: Row, rate: int, top: int, bottom: int) -> Decimal:
    """The share that `top` is of `bottom`, or under a header of growth by how much it is more."""
    share = row.figures[top].number * 100 / row.figures[bottom].number
    return share - 100 if _is_growth(row, rate) else share


def _is_growth(row: Row, rate: int) -> bool:
    header = fold(row.headers[rate])
    return any(word in header for word in _GROWTH_HEADERS)


def _tables(report: Report) -> Iterator[list[_Line]]:
    """The rows of each table, of two rows or more."""
    rows = [p for p in report.passages if p.lead and is_table_row(p.span.of(report.text))]
    for _, group in groupby(rows, key=lambda p: p.lead[-1]):
        lines = [_Line(p, read_row(report.text, p)) for p in group]
        if len(lines) >= _FEWEST_ROWS:
            yield lines


def _nested(parts: Sequence[_Line]) -> bool:
    """Whether order numbers are of two kinds: "I" above "1" and "2", or "1" above "1.1"."""
    kinds = {("." in p.row.order, p.row.order[:1].isdigit()) for p in parts if p.row.order}
    return len(kinds) > 1


def _is_rate(headers: Sequence[str], column: int) -> bool:
    header = fold(headers[column]) if column < len(headers) else ""
    return any(word in header for word in _RATE_HEADERS)


def _tolerance(figures: Sequence[str]) -> Decimal:
    """Half a unit in the last place of each figure where there are decimals, nothing for whole numbers."""
    decimals = max(places(f) for f in figures)
    return Decimal(len(figures)).scaleb(-decimals) / 2 if decimals else Decimal(0)


def _sum_finding(total: _Line, column: int, value: Decimal, figures: Sequence[str]) -> Finding:
    cell = total.row.figures[column].cell
    header = total.row.headers[column] if column < len(total.row.headers) else ""
    recomputed, formula = format_number(value), " + ".join(figures)
    return Finding(
        kind="sum",
        text=f"Dòng “{total.row.head}”, cột “{header}” in {cell.text}, "
        f"nhưng {formula} cộng lại là {recomputed}.",
        printed=cell.text,
        recomputed=recomputed,
        formula=formula,
        span=cell.span,
        passage=total.passage.ordinal,
    )


def _rate_finding(line: _Line, rate: int, top: int, bottom: int) -> Finding:
    cell, digits = line.row.figures[rate].cell, line.row.figures[rate].digits
    a, b = line.row.figures[top], line.row.figures[bottom]
    formula = f"{a.digits} / {b.digits}" + (" - 1" if _is_growth(line.row, rate) else "")
    recomputed = format_percent(_exact(line.row, rate, top, bottom), max(2, places(digits)))
    printed = f"{digits}%"
    start = min(cell.span.start, a.cell.span.start, b.cell.span.start)
    end = max(cell.span.end, a.cell.span.end, b.cell.span.end)
    return Finding(
        kind="ratio",
        text=f"Dòng “{line.row.head}” in tỷ lệ {printed}, nhưng {formula} tính ra {recomputed}.",
        printed=printed,
        recomputed=recomputed,
        formula=formula,
        span=Span(start, end),
        passage=line.passage.ordinal,
    )
