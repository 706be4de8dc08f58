"""An inverted index of BM25 impacts: for each term its documents, and what it adds to their scores.

Scores are those of Lucene's BM25 (Robertson & Zaragoza 2009; Kamphuis et al. 2020), worked out at build
time as in bm25s (Lù 2024), so that a query only adds up slices. numpy arrays, memory-mapped when opened.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

K1: Final = 1.2
B: Final = 0.75

Documents = NDArray[np.int32]
Impacts = NDArray[np.float32]
# Terms of a document and how often each occurs; those of its heading count for less than one.
Bag = dict[str, float]


class Postings:
    """Terms, and for each term its documents (ascending) and impacts."""

    def __init__(
        self,
        terms: Sequence[str],
        offsets: NDArray[np.int64],
        documents: Documents,
        impacts: Impacts,
        *,
        size: int,
    ) -> None:
        self._numbers = {term: number for number, term in enumerate(terms)}
        self._offsets, self._documents, self._impacts = offsets.tolist(), documents, impacts
        self.size = size

    def __contains__(self, term: str) -> bool:
        return term in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def of(self, term: str) -> tuple[Documents, Impacts] | None:
        """The documents that hold `term` and its impacts there; None for a term that no document holds."""
        number = self._numbers.get(term)
        if number is None:
            return None
        cut = slice(self._offsets[number], self._offsets[number + 1])
        return self._documents[cut], self._impacts[cut]

    def rarity(self, term: str) -> float:
        """The idf of `term`; that of a term in half a document for one that no document holds."""
        number = self._numbers.get(term)
        held = 0.5 if number is None else self._offsets[number + 1] - self._offsets[number]
        return _idf(held, self.size)

    def scores(self, weighted: Iterable[tuple[str, float]]) -> Impacts:
        """The BM25 score of every document for weighted terms, shape (documents,)."""
        total = np.zeros(self.size, dtype=np.float32)
        for term, weight in weighted:
            found = self.of(term)
            if found is not None:
                total[found[0]] += np.float32(weight) * found[1]
        return total

    def impacts_in(self, term: str, documents: Documents) -> Impacts:
        """The impact of `term` in each of `documents`, 0 where it is not held."""
        found = self.of(term)
        if found is None or len(documents) == 0:
            return np.zeros(len(documents), dtype=np.float32)
        places = np.minimum(np.searchsorted(found[0], documents), len(found[0]) - 1)
        return np.where(found[0][places] == documents, found[1][places], np.float32(0)).astype(np.float32)

    def holding_all(self, terms: Sequence[str]) -> Documents:
        """The documents that hold every one of `terms`, ascending."""
        slices = []
        for term in terms:
            found = self.of(term)
            if found is None:
                return np.zeros(0, dtype=np.int32)
            slices.append(found[0])
        slices.sort(key=len)
        held = slices[0]
        for other in slices[1:]:
            held = np.intersect1d(held, other, assume_unique=True)
        return held

    def save(self, folder: Path, name: str) -> None:
        """Write `{name}.terms.json`, `{name}.offsets.npy`, `{name}.documents.npy`, `{name}.impacts.npy`."""
        (folder / f"{name}.terms.json").write_text(
            json.dumps(list(self._numbers), ensure_ascii=False), "utf-8"
        )
        np.save(folder / f"{name}.offsets.npy", np.asarray(self._offsets, dtype=np.int64))
        np.save(folder / f"{name}.documents.npy", self._documents)
        np.save(folder / f"{name}.impacts.npy", self._impacts)

    @classmethod
    def load(cls, folder: Path, name: str, *, size: int) -> Postings:
        """What `save` wrote; the two large arrays are memory-mapped."""
        terms = json.loads((folder / f"{name}.terms.json").read_text("utf-8"))
        offsets = np.load(folder / f"{name}.offsets.npy")
        documents = np.asarray(np.load(folder / f"{name}.documents.npy", mmap_mode="r"))
        impacts = np.asarray(np.load(folder / f"{name}.impacts.npy", mmap_mode="r"))
        return cls(terms, offsets, documents, impacts, size=size)


def build_postings(bags: Sequence[Mapping[str, float]]) -> Postings:
    """Postings of documents, each given as weighted term counts; their sum is the document's length."""
    size = len(bags)
    weights = [sum(bag.values()) for bag in bags]
    mean = (sum(weights) / size if size else 0.0) or 1.0
    held: dict[str, list[tuple[int, float]]] = {}
    for number, (bag, length) in enumerate(zip(bags, weights, strict=True)):
        penalty = K1 * (1 - B + B * length / mean)
        for term, count in bag.items():
            held.setdefault(term, []).append((number, count / (count + penalty)))
    terms = sorted(held)
    lengths = [len(held[term]) for term in terms]
    offsets = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.int64)
    flat = [pair for term in terms for pair in held[term]]
    documents = np.array([pair[0] for pair in flat], dtype=np.int32)
    saturated = np.array([pair[1] for pair in flat], dtype=np.float64)
    rarity = np.array([_idf(length, size) for length in lengths], dtype=np.float64)
    impacts = (saturated * np.repeat(rarity, lengths)).astype(np.float32)
    return Postings(terms, offsets, documents, impacts, size=size)


def _idf(held: float, size: int) -> float:
    return float(np.log1p((size - held + 0.5) / (held + 0.5)))
