"""The lexical leg of one segment: what its documents say, as two inverted indexes.

"spelt" holds syllables with diacritics and underthesea's words, "folded" syllables without diacritics and
their bigrams. The second costs nothing with diacritics and makes their absence free.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.postings import Documents, Postings, build_postings, lengths_of, merge_postings
from index.records import Document
from index.segmentation import Segmented, segment
from index.terms import Terms, bigrams, of_sequence, of_syllables

# What a passage inherits (section titles, lead-ins, place) counts less than what it says.
HEADING_WEIGHT: Final = 0.4


@dataclass(frozen=True, slots=True)
class LexicalLeg:
    """The two inverted indexes over `size` documents."""

    spelt: Postings
    folded: Postings
    size: int

    def save(self, folder: Path) -> None:
        """Write both inverted indexes into `folder`."""
        self.spelt.save(folder, "spelt")
        self.folded.save(folder, "folded")

    @property
    def lengths(self) -> tuple[float, float]:
        """The sums of the documents' lengths, which `load` wants back."""
        return self.spelt.length, self.folded.length

    @classmethod
    def load(cls, folder: Path, *, size: int, lengths: tuple[float, float]) -> LexicalLeg:
        """What `save` wrote."""
        spelt = Postings.load(folder, "spelt", length=lengths[0])
        return cls(spelt, Postings.load(folder, "folded", length=lengths[1]), size)


class _Occurrences:
    """Terms, the documents they stand in and what each occurrence counts, gathered document by document."""

    def __init__(self) -> None:
        self._terms: list[Terms] = []
        self._numbers: list[int] = []
        self._weights: list[float] = []

    def add(self, document: int, terms: Terms, *, weight: float) -> None:
        """Note that `document` holds `terms`."""
        self._terms.append(terms)
        self._numbers.append(document)
        self._weights.append(weight)

    def postings(self, size: int) -> Postings:
        """All of them as an inverted index."""
        counts = [len(terms) for terms in self._terms]
        terms = np.concatenate(self._terms) if counts else np.zeros(0, dtype=np.uint64)
        documents = np.repeat(np.array(self._numbers, dtype=np.int32), counts)
        weights = np.repeat(np.array(self._weights, dtype=np.float32), counts)
        return build_postings(terms, documents, weights, size=size)


def build_lexical(documents: Sequence[Document], segmented: Sequence[Segmented]) -> LexicalLeg:
    """The lexical leg over `documents`, whose texts are given segmented in the same order."""
    spelt, folded = _Occurrences(), _Occurrences()
    for number, (document, body) in enumerate(zip(documents, segmented, strict=True)):
        spelt.add(number, of_syllables(body.syllables), weight=1.0)
        spelt.add(number, _of_words(body.words), weight=1.0)
        folded.add(number, folded_terms(body.folded), weight=1.0)
        head_spelt, head_folded = _heading(f"{document.heading} {document.place}")
        spelt.add(number, head_spelt, weight=HEADING_WEIGHT)
        folded.add(number, head_folded, weight=HEADING_WEIGHT)
    size = len(documents)
    return LexicalLeg(spelt.postings(size), folded.postings(size), size)


def folded_terms(folded: Sequence[str]) -> Terms:
    """The numbers of folded syllables and of their bigrams."""
    numbers = of_syllables(folded)
    return np.concatenate([numbers, bigrams(numbers)])


def merge_lexical(legs: Sequence[LexicalLeg], kept: Sequence[NDArray[np.bool_]]) -> LexicalLeg:
    """One leg of several; `kept[i]` says which documents of leg i stay. They keep their order."""
    moved, first = [], 0
    for mask in kept:
        numbers = np.where(mask, np.cumsum(mask) - 1 + first, -1).astype(np.int32)
        moved.append(numbers)
        first += int(mask.sum())
    spelt = _merged([leg.spelt for leg in legs], moved, kept)
    return LexicalLeg(spelt, _merged([leg.folded for leg in legs], moved, kept), first)


def _merged(
    parts: Sequence[Postings], moved: Sequence[Documents], kept: Sequence[NDArray[np.bool_]]
) -> Postings:
    lost = [
        float(lengths_of(part, len(mask))[~mask].sum()) if not mask.all() else 0.0
        for part, mask in zip(parts, kept, strict=True)
    ]
    return merge_postings(parts, moved, lost=sum(lost))


@lru_cache(maxsize=4096)
def _heading(text: str) -> tuple[Terms, Terms]:
    """The spelt and the folded terms of a heading; many documents have the same one."""
    head = segment(text, known_words=())
    return of_syllables(head.syllables), folded_terms(head.folded)


def _of_words(words: Iterable[str]) -> Terms:
    return np.fromiter(map(_of_word, words), dtype=np.uint64)


@lru_cache(maxsize=200_000)
def _of_word(word: str) -> int:
    return of_sequence(word.split("_"))
