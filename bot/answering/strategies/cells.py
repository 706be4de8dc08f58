"""The figures of a table that a question asks for by naming rows, and the column by words or unit.

"xã A nộp trực tuyến nhiều hơn xã B mấy hồ sơ?": the rows are found in the typed text, since the names of
places are no concepts of the question; the column is that whose header says most of what else is typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.answering.case import ENOUGH, Case
from bot.answering.figure_words import fact_of, printed
from bot.answering.shelf import Evidence, ShelvedReport, padded, tokens_of
from bot.answering.strategies.amounts import amount
from bot.answering.strategies.grid import Column, Table, tables
from bot.answering.strategies.groups import Row
from bot.answering.strategies.headers import asked_as, header_said, initials, telling
from bot.answering.strategies.row_names import names_in
from bot.understanding.cues import plain

_COUNTED = re.compile(r"\b(?:bao nhieu|may) (?!phan tram|%|diem)(\w+)")
_QUALITY = re.compile(r"\b(?:tot|cao|thap|kem|nhanh|cham)(?: \w+){0,6} (?:hon|nhat|nhau)\b")
_MANY = re.compile(
    r"\b(?P<n>hai|ba|bon|nam|sau|bay|tam|chin|muoi|\d+|cac|tat ca(?: cac)?)\s+(?P<kind>(?:\w+ ?){1,2})"
)
_NUMBERS = {"hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_RATE, _NUMBER, _CLEAR, _SAID = 0.3, 0.1, 0.05, 0.15


@dataclass(frozen=True, slots=True)
class Cells:
    """The figures of one column in the rows that the question names, in the order of the table."""

    column: Column
    rows: tuple[Row, ...]
    score: float


def asked_cells(case: Case, *, percent: bool | None = None) -> Cells | None:
    """The figures of the rows and the column that the question names, or None where in doubt.

    With `percent` rates are wanted, with False none; without it the words decide.
    """
    found = []
    for shelved in case.scope.reports:
        for table in tables(shelved):
            names, rest = _rows_of(case, shelved, table)
            cells = _of_column(case, table, names, rest, percent) if len(names) > 1 else None
            if cells:
                found.append(cells)
    found.sort(key=lambda c: -c.score)
    if not found or (len(found) > 1 and found[1].score > found[0].score - _CLEAR):
        return None
    return found[0]


def of_two_times(case: Case) -> tuple[Row, Row] | None:
    """The figures of one row in the columns of the two periods that the question names, or None."""
    asked = [m.period for m in case.question.periods if m.period]
    if len(asked) != 2:
        return None
    for shelved in case.scope.reports:
        for table in tables(shelved):
            names, _ = _rows_of(case, shelved, table)
            if len(names) != 1:
                continue
            pair = [
                _row(c.header, e, c, i)
                for period in asked
                for i, c in enumerate(table.columns)
                for name, e in c.cells
                if name == names[0] and (own := fact_of(e).period) and period.same(own) and not c.rates
            ]
            if len(pair) == 2 and _covers(case, pair):
                return pair[0], pair[1]
    return None


def _rows_of(case: Case, shelved: ShelvedReport, table: Table) -> tuple[list[str], list[str]]:
    """The rows that the question names, or those of a kind that it takes together; and its other words."""
    own = tokens_of(shelved.place.name) if shelved.place else ()
    names, rest = names_in(case.question.text, table.rows, own=own)
    return names or _of_kind(case, table), rest


def _of_kind(case: Case, table: Table) -> list[str]:
    """The rows of the kind that the question counts or takes together: "ba thành phố", "các bệnh viện"."""
    if not case.question.has("sum", "total", "average"):
        return []
    words = " ".join(plain(case.question.text).split())
    for m in _MANY.finditer(words):
        kind = m["kind"].strip()
        while kind:
            rows = [name for name in table.rows if padded(name).startswith(f" {kind} ")]
            number = _NUMBERS.get(m["n"], int(m["n"]) if m["n"].isdigit() else 0)
            if len(rows) > 1 and number in {0, len(rows)}:
                return rows
            kind = kind.rpartition(" ")[0]
    return []


def _of_column(
    case: Case, table: Table, names: Sequence[str], rest: Sequence[str], percent: bool | None
) -> Cells | None:
    """The figures of the column that the question means, or None where two may be meant."""
    words = " ".join(plain(case.question.text).split())
    noun = _COUNTED.search(words)
    said = frozenset(rest).union(*(c.syllables for c in case.question.concepts), initials(rest))
    said -= {noun.group(1)} if noun else set()
    quality = _QUALITY.search(words) is not None and noun is None
    scored, left, heading = [], 0.0, ""
    for column in table.columns:
        score = header_said(column.header, said, f" {' '.join(rest)} ", case.weights)
        # "Hồ sơ điện tử | Tỷ lệ": a rate without a name is of the column before it.
        nameless = column.rates and not telling(column.header)
        heading = heading if nameless else column.header
        score = max(score, left) if nameless else score
        left = score
        if _may_be_asked(case, column, words, percent, counted=noun is not None):
            unit = (_RATE if quality else 0.0) if column.rates else _NUMBER
            scored.append((score + unit, score, column, heading))
    scored.sort(key=lambda s: -s[0])
    if not scored or (len(scored) > 1 and scored[1][0] > scored[0][0] - _CLEAR):
        return None
    total, score, column, heading = scored[0]
    if score < _SAID and len(scored) > 1 and not column.rates:
        return None
    by_name = dict(column.cells)
    if any(name not in by_name for name in names):
        return None
    rows = [_row(name, by_name[name], column, i) for i, name in enumerate(names)]
    return Cells(column, tuple(rows), total) if _covers(case, rows, heading) else None


def _may_be_asked(case: Case, column: Column, words: str, percent: bool | None, *, counted: bool) -> bool:
    """Whether a column is of the unit, the time and the sort (planned, compared) that is asked for."""
    if percent is not None and column.rates != percent and (percent or counted):
        return False
    if not asked_as(column.header, words):
        return False
    if case.scope.periods and not all(case.scope.fits(e, figure=True) for _, e in column.cells):
        return False
    money = all(fact_of(e).kind == "money" for _, e in column.cells)
    return money or column.rates or not case.question.has("money")


def _row(name: str, evidence: Evidence, column: Column, index: int) -> Row:
    value = amount(evidence, percent=column.rates) or Decimal(0)
    return Row(name, evidence, value, printed(evidence), index=index)


def _covers(case: Case, rows: Sequence[Row], heading: str = "") -> bool:
    """Whether the figures together, under that heading, say what the question names."""
    missing = set.intersection(*({c.typed for c in case.match(r.evidence).missing} for r in rows))
    words = padded(heading)
    gone = [
        c
        for c in case.wanted
        if c.typed in missing and not any(f" {' '.join(a)} " in words for a in c.alternatives)
    ]
    lost = sum(case.weights.phrase(c.alternatives[0]) * c.insistence for c in gone)
    return lost <= (1 - ENOUGH) * sum(case.weights.phrase(c.alternatives[0]) for c in case.wanted)
