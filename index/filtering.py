"""Filters turned into a mask over documents, from columns that are read once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.records import Document, Filters
from knowledge.vietnamese import fold

Mask = NDArray[np.bool_]


_TEXTS: Final = ("reports", "places", "kinds", "sections")
_NUMBERS: Final = ("starts", "ends", "figures", "syllables")


class _Column:
    """One text column: its distinct values and, for each document, the number of its value."""

    def __init__(self, values: Sequence[str], codes: NDArray[np.int32]) -> None:
        self.values, self.codes = values, codes

    @classmethod
    def of(cls, values: Iterable[str]) -> _Column:
        """The column of these values, one a document."""
        numbers: dict[str, int] = {}
        codes = np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int32)
        return cls(list(numbers), codes)

    def mask(self, accept: Callable[[str], bool]) -> Mask:
        """Which documents hold a value that `accept` takes."""
        taken = np.array([accept(value) for value in self.values], dtype=np.bool_)
        return taken[self.codes] if len(self.codes) else np.zeros(0, dtype=np.bool_)


class FilterColumns:
    """The columns that filters and the ranking look at; `figures` and `syllables` count those of a text."""

    def __init__(self, texts: Mapping[str, _Column], numbers: Mapping[str, NDArray[np.int32]]) -> None:
        self._texts, self._numbers = texts, numbers

    @property
    def figures(self) -> NDArray[np.int32]:
        """How many figures each document states."""
        return self._numbers["figures"]

    @property
    def syllables(self) -> NDArray[np.int32]:
        """How many syllables each document has."""
        return self._numbers["syllables"]

    @classmethod
    def of(cls, documents: Sequence[Document]) -> FilterColumns:
        """The columns of these documents."""
        texts = {
            "reports": _Column.of(document.report_id for document in documents),
            "places": _Column.of(fold(document.place) for document in documents),
            "kinds": _Column.of(document.kind for document in documents),
            "sections": _Column.of(document.section for document in documents),
        }
        starts = [_ordinal(d.period_start or d.period_end) for d in documents]
        ends = [_ordinal(d.period_end or d.period_start) for d in documents]
        figures = [document.figures for document in documents]
        syllables = [document.text.count(" ") + 1 for document in documents]
        columns = zip(_NUMBERS, (starts, ends, figures, syllables), strict=True)
        return cls(texts, {name: np.array(values, dtype=np.int32) for name, values in columns})

    @classmethod
    def merged(cls, parts: Sequence[FilterColumns], kept: Sequence[Mask]) -> FilterColumns:
        """The columns of the documents that stay, `kept[i]` those of part i."""
        texts = {}
        for name in _TEXTS:
            columns = [part._texts[name] for part in parts]
            numbers: dict[str, int] = {}
            codes = [
                np.array([numbers.setdefault(v, len(numbers)) for v in column.values], dtype=np.int32)[
                    column.codes[mask]
                ]
                for column, mask in zip(columns, kept, strict=True)
            ]
            texts[name] = _Column(list(numbers), np.concatenate(codes))
        pairs = list(zip(parts, kept, strict=True))
        return cls(
            texts,
            {name: np.concatenate([part._numbers[name][mask] for part, mask in pairs]) for name in _NUMBERS},
        )

    def save(self, folder: Path) -> None:
        """Write `columns.json` and `columns.npz`."""
        values = {name: list(column.values) for name, column in self._texts.items()}
        (folder / "columns.json").write_text(json.dumps(values), "utf-8")
        arrays: dict[str, Any] = {name: column.codes for name, column in self._texts.items()}
        np.savez(folder / "columns.npz", **(arrays | dict(self._numbers)))

    @classmethod
    def load(cls, folder: Path) -> FilterColumns:
        """What `save` wrote."""
        values = json.loads((folder / "columns.json").read_text("utf-8"))
        with np.load(folder / "columns.npz") as arrays:
            texts = {name: _Column(values[name], arrays[name]) for name in _TEXTS}
            return cls(texts, {name: arrays[name] for name in _NUMBERS})

    def mask(self, filters: Filters | None) -> Mask | None:
        """Which documents `filters` let through; None if they let all through."""
        masks = [] if filters is None else self._masks(filters)
        return np.logical_and.reduce(masks) if masks else None

    def _masks(self, filters: Filters) -> list[Mask]:
        masks = []
        if filters.report_ids is not None:
            masks.append(self._texts["reports"].mask(filters.report_ids.__contains__))
        if filters.places is not None:
            places = frozenset(map(fold, filters.places))
            masks.append(self._texts["places"].mask(places.__contains__))
        if filters.kinds is not None:
            masks.append(self._texts["kinds"].mask(filters.kinds.__contains__))
        if filters.section:
            masks.append(
                self._texts["sections"].mask(lambda path: f"{path}.".startswith(f"{filters.section}."))
            )
        if filters.period is not None:
            first, last = (day.toordinal() for day in filters.period)
            starts, ends = self._numbers["starts"], self._numbers["ends"]
            masks.append((starts > 0) & (starts <= last) & (ends >= first))
        return masks


def _ordinal(day: date | None) -> int:
    """The proleptic day number; 0, which no date has, for none."""
    return 0 if day is None else day.toordinal()
