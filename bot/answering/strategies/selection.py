"""The members of a group that a question is about, and their order.

Three steps that combine freely: the members that it names, those that fulfil its conditions (each on a figure
of its own), the first of an order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.case import Case
from bot.answering.figure_words import fact_of
from bot.answering.strategies.groups import Group, Metric, Row, figure_of, named_rows
from bot.understanding.cues import plain
from bot.understanding.question import ValueFilter

_BACK = re.compile(r"\b(?:do|nay|ay|kia|tren|vua roi)\b")
_OF: dict[str, Metric] = {"base": "base", "part": "count", "rest": "remaining"}


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows that are left; `of` are those with the figures of the conditions, in the same order.

    `unknown` are the members without the figure that a condition is on.
    """

    rows: tuple[Row, ...]
    tested: tuple[tuple[Row, ...], ...] = ()
    unknown: int = 0


def selected(case: Case, group: Group) -> Selection:
    """The rows that the question names, all where it names none, which fulfil its conditions."""
    rows = _pointed_at(case, group) or named_rows(case, group.rows) or list(group.rows)
    kept, tested, unknown = [], [], len(group.listing.members) - len(group.rows)
    for row in rows:
        figures = [figure_of(group, row, _metric(f, row)) for f in case.question.filters]
        known = [f for f in figures if f]
        if len(known) < len(figures):
            unknown += 1
        elif all(c.holds(f.value) for c, f in zip(case.question.filters, known, strict=True)):
            kept.append(row)
            tested.append(tuple(known))
    return Selection(tuple(kept), tuple(tested), unknown)


def _pointed_at(case: Case, group: Group) -> list[Row]:
    """The rows that the last answer gave, where the question points back at several: "trong ba cái đó"."""
    same = case.question.dependent and case.focus.report_id == group.shelved.report.id
    if not same or not _BACK.search(plain(case.question.text)):
        return []
    rows = [r for r in group.rows if fact_of(r.evidence).ordinal in case.focus.facts]
    return rows if len(rows) > 1 else []


def ordered(case: Case, rows: Sequence[Row], side: str) -> list[Row]:
    """The first rows of an order from the largest ("max") or the smallest: as many as are asked for.

    Rows that equal the last of them belong to them. With `nth` it is the row in that place alone.
    """
    order = sorted(rows, key=lambda r: r.value, reverse=side == "max")
    q = case.question
    if q.nth:
        values = list(dict.fromkeys(r.value for r in order))
        return [r for r in order if len(values) >= q.nth and r.value == values[q.nth - 1]]
    n = min(q.top or 1, len(order))
    return [r for i, r in enumerate(order) if i < n or r.value == order[n - 1].value]


def _metric(condition: ValueFilter, row: Row) -> Metric:
    """The figure that a condition is on: "trên 1.000 hồ sơ" is on the base of a ratio."""
    if condition.unit == "%":
        return "percent"
    if condition.of:
        return _OF[condition.of]
    if condition.unit == "đồng":
        return "money"
    fact = fact_of(row.evidence)
    return "base" if fact.denominator is not None else "percent" if fact.unit == "%" else "count"
