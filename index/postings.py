"""An inverted index of one segment: for each term its documents, with how often it stands there.

Scores are those of Lucene's BM25 (Robertson & Zaragoza 2009; Kamphuis et al. 2020). What a score needs of a
document, the count of the term and the document's length, is kept as one byte: 8 classes of counts, 32 of
lengths. How rare a term is, and how long documents are on the whole, belongs to the collection and is put in
when searching (`saturations`), so that segments can be added, merged and dropped without being written anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.terms import Terms

K1: Final = 1.2
B: Final = 0.75

Documents = NDArray[np.int32]
Impacts = NDArray[np.float32]
Codes = NDArray[np.uint8]

# A term in a heading alone counts less than one.
_COUNTS: Final = np.array([0.4, 1.0, 1.4, 2.0, 3.0, 4.0, 6.0, 10.0], dtype=np.float32)
_LENGTHS: Final = np.geomspace(4.0, 1024.0, 32).astype(np.float32)
# Up to so many postings of a term are read through to find the candidates among them.
_READ_THROUGH: Final = 600
_FILES: Final = ("terms", "starts", "documents", "codes")


@dataclass(frozen=True, slots=True)
class Postings:
    """Terms ascending; documents and codes of term i stand at [starts[i], starts[i + 1])."""

    terms: Terms
    starts: NDArray[np.int64]
    documents: Documents
    codes: Codes
    length: float

    def ranges(self, terms: Terms) -> NDArray[np.int64]:
        """Where the documents of each of `terms` stand, shape (terms, 2); an empty range for unknown ones."""
        found = np.zeros((len(terms), 2), dtype=np.int64)
        if not len(self.terms):
            return found
        inside = np.minimum(np.searchsorted(self.terms, terms), len(self.terms) - 1)
        known = self.terms[inside] == terms
        found[known, 0] = self.starts[inside[known]]
        found[known, 1] = self.starts[inside[known] + 1]
        return found

    def codes_in(self, ranges: NDArray[np.int64], chosen: Documents) -> tuple[NDArray[np.bool_], Codes]:
        """Which of the chosen documents stand in each range, and with which code (0 where they do not).

        Both of shape (ranges, chosen). Short ranges are read through, all of them at once, since a call of
        numpy for each would cost more than it does; long ones are searched by halves.
        """
        held = np.zeros((len(ranges), len(chosen)), dtype=np.bool_)
        codes = np.zeros(held.shape, dtype=np.uint8)
        lengths = ranges[:, 1] - ranges[:, 0]
        long = lengths > _READ_THROUGH
        if len(chosen):
            self._read(ranges, np.flatnonzero(~long & (lengths > 0)), chosen, held, codes)
            self._halve(ranges, np.flatnonzero(long), chosen, held, codes)
        return held, codes

    def _read(
        self,
        ranges: NDArray[np.int64],
        rows: NDArray[np.int64],
        chosen: Documents,
        held: NDArray[np.bool_],
        codes: Codes,
    ) -> None:
        """Fill in the given rows by looking at each of their postings."""
        lengths = ranges[rows, 1] - ranges[rows, 0]
        firsts = np.repeat(ranges[rows, 0] - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
        places = np.arange(len(firsts)) + firsts
        column = np.full(int(chosen.max()) + 2, -1, dtype=np.int32)
        column[chosen] = np.arange(len(chosen), dtype=np.int32)
        columns = column[np.minimum(self.documents[places], len(column) - 1)]
        hit = columns >= 0
        where = np.repeat(rows, lengths)[hit], columns[hit]
        held[where] = True
        codes[where] = self.codes[places[hit]]

    def _halve(
        self,
        ranges: NDArray[np.int64],
        rows: NDArray[np.int64],
        chosen: Documents,
        held: NDArray[np.bool_],
        codes: Codes,
    ) -> None:
        """Fill in the given rows by searching each of the chosen documents by halves."""
        for row in rows.tolist():
            start, end = ranges[row].tolist()
            documents = self.documents[start:end]
            places = documents.searchsorted(chosen)
            places[places == end - start] = 0
            found = documents[places] == chosen
            held[row] = found
            codes[row] = self.codes[start:end][places] * found

    def save(self, folder: Path, name: str) -> None:
        """Write `{name}.terms.npy`, `{name}.starts.npy`, `{name}.documents.npy` and `{name}.codes.npy`."""
        for part in _FILES:
            np.save(folder / f"{name}.{part}.npy", getattr(self, part))

    @classmethod
    def load(cls, folder: Path, name: str, *, length: float) -> Postings:
        """What `save` wrote, memory-mapped; `length` is the sum of the documents' lengths."""
        terms, starts, documents, codes = (
            np.asarray(np.load(folder / f"{name}.{part}.npy", mmap_mode="r")) for part in _FILES
        )
        return cls(terms, starts, documents, codes, length)


def saturations(mean_length: float) -> Impacts:
    """What each code adds to a score before rarity, for documents of this mean length; shape (256,)."""
    penalty = K1 * (1 - B + B * _LENGTHS / max(mean_length, 1e-9))
    table: Impacts = (_COUNTS[:, None] / (_COUNTS[:, None] + penalty[None, :])).astype(np.float32)
    return table.ravel()


def rarity(held: NDArray[np.int64] | float, size: int) -> NDArray[np.float32]:
    """The idf of terms that `held` of `size` documents hold; that of half a document for an unknown one."""
    least = np.maximum(np.asarray(held, dtype=np.float64), 0.5)
    return np.log1p(np.maximum(size - least + 0.5, 0.5) / (least + 0.5)).astype(np.float32)


def build_postings(terms: Terms, documents: Documents, weights: Impacts, *, size: int) -> Postings:
    """Postings of occurrences: a term, the document it stands in, and what it counts there."""
    order = np.lexsort((documents, terms))
    terms, documents, weights = terms[order], documents[order], weights[order]
    if not len(terms):
        empty = np.zeros(0, dtype=np.int32)
        return Postings(terms, np.zeros(1, dtype=np.int64), empty, np.zeros(0, dtype=np.uint8), length=0.0)
    new = np.concatenate([[True], (terms[1:] != terms[:-1]) | (documents[1:] != documents[:-1])])
    firsts = np.flatnonzero(new)
    counts = np.add.reduceat(weights, firsts)
    lengths = np.bincount(documents, weights=weights, minlength=size)
    held = documents[firsts]
    classes = _nearest(_LENGTHS, lengths.astype(np.float32))[held]
    codes = np.asarray(_nearest(_COUNTS, counts) * len(_LENGTHS) + classes, dtype=np.uint8)
    return _grouped(terms[firsts], held, codes, length=float(lengths.sum()))


def merge_postings(parts: Sequence[Postings], moved: Sequence[Documents], *, lost: float) -> Postings:
    """One of several; `moved[i]` numbers part i's documents anew, -1 for what goes, `lost` long in all."""
    terms = np.concatenate([np.repeat(p.terms, np.diff(p.starts)) for p in parts])
    documents = np.concatenate([new[p.documents] for p, new in zip(parts, moved, strict=True)])
    codes = np.concatenate([p.codes for p in parts])
    kept = documents >= 0
    terms, documents, codes = terms[kept], documents[kept], codes[kept]
    # Stable: the parts come in the order of their documents, and so do the documents of a term.
    order = np.argsort(terms, kind="stable")
    length = sum(part.length for part in parts) - lost
    return _grouped(terms[order], documents[order], codes[order], length=max(length, 0.0))


def lengths_of(postings: Postings, size: int) -> Impacts:
    """The length class of each document, as a length; 0 for one without terms."""
    found = np.zeros(size, dtype=np.float32)
    found[postings.documents] = _LENGTHS[postings.codes % len(_LENGTHS)]
    return found


def _grouped(terms: Terms, documents: Documents, codes: Codes, *, length: float) -> Postings:
    """Postings of arrays that are in order by term and document."""
    firsts = np.flatnonzero(np.concatenate([[True], terms[1:] != terms[:-1]])) if len(terms) else terms[:0]
    starts = np.concatenate([firsts, [len(terms)]]).astype(np.int64)
    return Postings(terms[firsts.astype(np.int64)], starts, documents.astype(np.int32), codes, length=length)


def _nearest(classes: Impacts, values: Impacts) -> NDArray[np.int64]:
    """The number of the class nearest to each value, by ratio."""
    borders = np.sqrt(classes[1:] * classes[:-1])
    return np.searchsorted(borders, values).astype(np.int64)
