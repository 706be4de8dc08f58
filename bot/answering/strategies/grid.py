"""The tables of a report as rows and columns: each column's figures with the names of their rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

from bot.answering.figure_words import fact_of
from bot.answering.shelf import Evidence, ShelvedReport
from knowledge.vietnamese import fold

_TOTALS = frozenset({"tong cong", "cong", "tong", "tong so", "toan tinh", "toan huyen"})
_known: WeakKeyDictionary[ShelvedReport, tuple[Table, ...]] = WeakKeyDictionary()
_places: WeakKeyDictionary[ShelvedReport, dict[int, Column]] = WeakKeyDictionary()
_starts: WeakKeyDictionary[ShelvedReport, dict[int, Column]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Column:
    """One column under its header as read; `cells` are its figures with their rows' names, totals apart."""

    header: str
    cells: tuple[tuple[str, Evidence], ...]
    total: Evidence | None

    @property
    def rates(self) -> bool:
        """Whether it is of rates alone."""
        return all(fact_of(e).unit == "%" for _, e in self.cells)

    @property
    def planned(self) -> bool:
        """Whether it is of what was to be reached."""
        return all(fact_of(e).role == "target" for _, e in self.cells)


@dataclass(frozen=True)
class Table:
    """A table of figures; `start` tells the tables of a report apart."""

    start: int
    columns: tuple[Column, ...]

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """The names of its rows, in order, totals apart."""
        return tuple(dict.fromkeys(name for c in self.columns for name, _ in c.cells))


def tables(shelved: ShelvedReport) -> tuple[Table, ...]:
    """The tables of a report."""
    if shelved not in _known:
        _known[shelved] = _read(shelved)
    return _known[shelved]


def is_total(name: str) -> bool:
    """Whether a row's name says that it sums up the others."""
    return fold(name).strip(" :*") in _TOTALS


def column_of(cell: Evidence) -> Column | None:
    """The column that a figure stands in, or None where it stands in no table."""
    if cell.shelved not in _places:
        columns = [c for t in tables(cell.shelved) for c in t.columns]
        _places[cell.shelved] = {
            fact_of(e).ordinal: c for c in columns for e in (*(e for _, e in c.cells), c.total) if e
        }
    return _places[cell.shelved].get(fact_of(cell).ordinal)


def column_at(shelved: ShelvedReport, start: int) -> Column | None:
    """The column that has a figure beginning there, or None."""
    if shelved not in _starts:
        columns = [c for t in tables(shelved) for c in t.columns]
        _starts[shelved] = {fact_of(e).span.start: c for c in columns for _, e in c.cells}
    return _starts[shelved].get(start)


def _read(shelved: ShelvedReport) -> tuple[Table, ...]:
    found: dict[int, dict[str, list[tuple[str, Evidence]]]] = defaultdict(lambda: defaultdict(list))
    for e in shelved.facts:
        name, colon, header = fact_of(e).indicator.rpartition(": ")
        if colon and e.passage.lead and e.passage.span.of(e.report.text).startswith("|"):
            found[e.passage.lead[-1].start][header].append((name, e))
    return tuple(
        Table(start, tuple(_column(header, facts) for header, facts in columns.items()))
        for start, columns in found.items()
    )


def _column(header: str, facts: list[tuple[str, Evidence]]) -> Column:
    rows = tuple((name, e) for name, e in facts if not is_total(name))
    return Column(header, rows, next((e for name, e in facts if is_total(name)), None))
