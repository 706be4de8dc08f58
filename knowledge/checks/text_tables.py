"""What the text prints of a row of a table against the table itself."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from knowledge.checks.alike import words_of
from knowledge.checks.printed import amount, last_place
from knowledge.records import Fact, Finding, Report
from knowledge.table_facts import read_row
from knowledge.tables import is_table_row
from knowledge.vietnamese import fold

_KINDS = frozenset({"count", "money", "measure", "rate"})
_CLOSE = Decimal("0.5")  # a figure of another order is of something else, whatever its words


def text_against_table(report: Report) -> Iterator[Finding]:
    """A finding for each figure of the text whose words are exactly a row's head and its column's header.

    Only where one cell and no other is meant, of the same time and unit, and the two figures are not far off.
    """
    cells = _cells(report)
    if not cells:
        return
    for fact in report.facts:
        if fact.kind not in _KINDS or fact.value is None or fact.bound or fact.role in {"target", "part"}:
            continue
        if is_table_row(report.passages[fact.passage].span.of(report.text)):
            continue
        said = words_of(fact.indicator)
        meant = [c for c in cells.get(said, ()) if _comparable(fact, c)]
        if len(meant) == 1 and _differs(report, fact, meant[0]):
            yield _finding(report, fact, meant[0])


def _cells(report: Report) -> dict[frozenset[str], list[Fact]]:
    """The figures of tables by the words of their row and column, where those tell what they are of."""
    out: dict[frozenset[str], list[Fact]] = {}
    for fact in report.facts:
        passage = report.passages[fact.passage]
        if fact.kind in _KINDS and passage.lead and is_table_row(passage.span.of(report.text)):
            row = read_row(report.text, passage)
            words = words_of(fact.indicator)
            if words_of(row.head) and len(words) > len(words_of(row.head)):
                said = words | words_of(fact.unit if fact.kind == "count" else "")
                out.setdefault(said, []).append(fact)
    return out


def _comparable(fact: Fact, cell: Fact) -> bool:
    same_time = fact.as_of == cell.as_of and fact.period == cell.period
    units = not cell.unit or fact.kind != "count" or fold(cell.unit) == fold(fact.unit)
    return same_time and fact.kind == cell.kind and units and cell.role != "target"


def _differs(report: Report, fact: Fact, cell: Fact) -> bool:
    one, other = fact.value or Decimal(0), cell.value or Decimal(0)
    if one == other or not other or abs(one - other) > abs(other) * _CLOSE:
        return False
    # "1,25 tỷ đồng" is what a table in triệu đồng has as 1.249,8.
    return abs(one - other) >= max(last_place(report, fact), last_place(report, cell))


def _finding(report: Report, fact: Fact, cell: Fact) -> Finding:
    printed = amount(report, fact.value or Decimal(0), fact)
    table = amount(report, cell.value or Decimal(0), cell)
    return Finding(
        kind="table",
        text=f"Lời văn in {printed}, nhưng bảng in {table} cho “{cell.indicator}”.",
        printed=printed,
        recomputed=table,
        formula=f"{printed} ≠ {table}",
        span=fact.span,
        passage=fact.passage,
        certain=False,
    )
