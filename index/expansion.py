"""Texts as the features of a static embedding model: folded syllables, folded bigrams, letter trigrams.

A syllable outside the vocabulary (mistyped, foreign) is read as its letter trigrams, which fall into hash
buckets; a bigram outside it is left out. Figures count by their shape only. Diacritics never matter.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from index.segmentation import spelt_syllables
from knowledge.vietnamese import canonical_tone, fold

# Names the expansion in a model's folder; a model made for another one is refused.
EXPANSION: Final = "folded-syllables-bigrams-trigrams-2"
# The feature of any figure that the vocabulary does not hold itself (as it holds years and small numbers).
FIGURE: Final = "#figure"


class Expansion:
    """The rows of a text's features in a model of this vocabulary (feature → row)."""

    def __init__(self, vocabulary: dict[str, int], buckets: int) -> None:
        self.vocabulary, self.buckets = vocabulary, buckets
        # Bounded, since what is typed is not.
        self._of_syllable = lru_cache(maxsize=100_000)(self._rows_of_syllable)
        self._names = list(vocabulary)

    def tokens(self, text: str, *, syllables: int) -> list[str]:
        """The features of the first `syllables` of `text`, by name."""
        return [self._names[row] for row in self.ids(text, syllables=syllables)]

    def ids(self, text: str, *, syllables: int) -> list[int]:
        """The rows of the features of the first `syllables` of `text`."""
        folded = folded_syllables(text)[:syllables]
        rows: list[int] = []
        for syllable in folded:
            rows += self._of_syllable(syllable)
        known = map(self.vocabulary.get, bigrams(folded))
        rows += [row for row in known if row is not None]
        return rows

    def _rows_of_syllable(self, syllable: str) -> tuple[int, ...]:
        row = self.vocabulary.get(syllable)
        if row is not None:
            return (row,)
        if syllable[0].isdigit():
            return (self.vocabulary[FIGURE],)
        return tuple(self.vocabulary[bucket(part, self.buckets)] for part in trigrams(syllable))


def folded_syllables(text: str) -> list[str]:
    """The folded syllables and figures of `text`, spelt alike with and without diacritics."""
    return list(map(_folded, spelt_syllables(text)))


@lru_cache(maxsize=65_536)
def _folded(syllable: str) -> str:
    return canonical_tone(fold(syllable))


def bigrams(folded: Sequence[str]) -> Iterator[str]:
    """Neighbouring syllables as one token ("ho_so")."""
    return (f"{left}_{right}" for left, right in pairwise(folded))


def trigrams(syllable: str) -> list[str]:
    """The letter trigrams of a syllable with its edges marked: "thu" → "<th", "thu", "hu>"."""
    marked = f"<{syllable}>"
    return [marked[at : at + 3] for at in range(max(1, len(marked) - 2))]


def bucket(feature: str, buckets: int) -> str:
    """The token of the bucket that a trigram falls into: the same on every machine."""
    return f"#{zlib.crc32(feature.encode('utf-8', 'surrogatepass')) % buckets}"
