"""Text into the units that search compares: syllables, folded syllables, folded bigrams, words, sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from index.records import Document, Progress
from knowledge.vietnamese import TOKEN, canonical_tone, fold

# A sentence ends at a mark followed by space, or at a line end; "1.576" and "58,31" hold no space and stay
# whole.
_SENTENCE_END: Final = re.compile(r"(?<=[.;!?…])\s+|\n+")
_SHORTEST_SENTENCE: Final = 20
_MOST_SENTENCES: Final = 16


@dataclass(frozen=True, slots=True)
class Segmented:
    """A text as search sees it: `syllables` keep their diacritics, `words` have two or more syllables."""

    syllables: tuple[str, ...]
    folded: tuple[str, ...]
    words: tuple[str, ...] = ()


def spelt_syllables(text: str) -> list[str]:
    """The syllables and figures of `text`, lower-case, with diacritics, in canonical spelling."""
    return TOKEN.findall(canonical_tone(text).lower())


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences of `text` stand, short ones joined to the next; none if it has one. At most 16."""
    cuts = [0, *(mark.end() for mark in _SENTENCE_END.finditer(text)), len(text)]
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        piece = text[start:end]
        first, last = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        if spans and spans[-1][1] - spans[-1][0] < _SHORTEST_SENTENCE and first < last:
            spans[-1] = (spans[-1][0], last)
        elif first < last:
            spans.append((first, last))
    return spans[:_MOST_SENTENCES] if len(spans) > 1 else []


def sentences(text: str) -> list[str]:
    """The sentences of `text`, as `sentence_spans` finds them."""
    return [text[start:end] for start, end in sentence_spans(text)]


def words(text: str) -> list[str]:
    """The words of two or more syllables that underthesea finds, joined by "_": about 0.4 ms a sentence."""
    from underthesea import word_tokenize

    found = (spelt_syllables(word) for word in word_tokenize(text))
    return ["_".join(parts) for parts in found if len(parts) > 1]


def segment(text: str, *, known_words: Sequence[str] | None = None) -> Segmented:
    """`text` segmented; with `known_words` (from an earlier run) underthesea is not called."""
    spelt = spelt_syllables(text)
    found = words(text) if known_words is None else known_words
    # Spelt once more: a letter that is no Vietnamese one ("kî") becomes one that is only by folding.
    folded = tuple(canonical_tone(fold(syllable)) for syllable in spelt)
    return Segmented(tuple(spelt), folded, tuple(found))


def segment_documents(documents: Sequence[Document], *, progress: Progress) -> list[Segmented]:
    """The segmented texts of `documents`, in order."""
    segmented = []
    for done, document in enumerate(documents, start=1):
        segmented.append(segment(document.text))
        progress("segment", done, len(documents))
    return segmented
