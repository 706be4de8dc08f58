"""Filters turned into a mask over documents, from columns that are read once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.records import Document, Filters
from knowledge.vietnamese import fold

Mask = NDArray[np.bool_]


class _Column:
    """One text column: its distinct values and, for each document, the number of its value."""

    def __init__(self, values: Sequence[str]) -> None:
        numbers: dict[str, int] = {}
        self._codes = np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int32)
        self._values = list(numbers)

    def mask(self, accept: Callable[[str], bool]) -> Mask:
        """Which documents hold a value that `accept` takes."""
        taken = np.array([accept(value) for value in self._values], dtype=np.bool_)
        return taken[self._codes] if len(self._codes) else np.zeros(0, dtype=np.bool_)


class FilterColumns:
    """The columns that filters look at."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._reports = _Column([document.report_id for document in documents])
        self._places = _Column([fold(document.place) for document in documents])
        self._kinds = _Column([document.kind for document in documents])
        self._sections = _Column([document.section for document in documents])
        self._starts = np.array([_ordinal(d.period_start or d.period_end) for d in documents], dtype=np.int32)
        self._ends = np.array([_ordinal(d.period_end or d.period_start) for d in documents], dtype=np.int32)

    def mask(self, filters: Filters | None) -> Mask | None:
        """Which documents `filters` let through; None if they let all through."""
        masks = [] if filters is None else self._masks(filters)
        return np.logical_and.reduce(masks) if masks else None

    def _masks(self, filters: Filters) -> list[Mask]:
        masks = []
        if filters.report_ids is not None:
            masks.append(self._reports.mask(filters.report_ids.__contains__))
        if filters.places is not None:
            places = frozenset(map(fold, filters.places))
            masks.append(self._places.mask(places.__contains__))
        if filters.kinds is not None:
            masks.append(self._kinds.mask(filters.kinds.__contains__))
        if filters.section:
            masks.append(self._sections.mask(lambda path: f"{path}.".startswith(f"{filters.section}.")))
        if filters.period is not None:
            first, last = (day.toordinal() for day in filters.period)
            masks.append((self._starts > 0) & (self._starts <= last) & (self._ends >= first))
        return masks


def _ordinal(day: date | None) -> int:
    """The proleptic day number; 0, which no date has, for none."""
    return 0 if day is None else day.toordinal()
