"""Text into the units that search compares: syllables, folded syllables, folded bigrams, words, sentences."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
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


def folded_features(folded: Sequence[str]) -> list[str]:
    """The folded syllables and their bigrams ("ho so"): equal for text with and without diacritics."""
    return [*folded, *(f"{left} {right}" for left, right in pairwise(folded))]


def sentences(text: str) -> list[str]:
    """The sentences of `text`, short ones joined to the next; none if it has only one. At most 16."""
    pieces: list[str] = []
    for piece in _SENTENCE_END.split(text):
        if pieces and len(pieces[-1]) < _SHORTEST_SENTENCE:
            pieces[-1] = f"{pieces[-1]} {piece}"
        elif piece.strip():
            pieces.append(piece)
    return pieces[:_MOST_SENTENCES] if len(pieces) > 1 else []


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


def text_key(text: str) -> str:
    """The key under which the segmentation of `text` is cached."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def segment_documents(
    documents: Sequence[Document], cache: Mapping[str, Sequence[str]], *, progress: Progress
) -> list[Segmented]:
    """The segmented texts of `documents`, in order; `cache` (by `text_key`) saves finding words again."""
    segmented = []
    for done, document in enumerate(documents, start=1):
        segmented.append(segment(document.text, known_words=cache.get(text_key(document.text))))
        progress("segment", done, len(documents))
    return segmented


class Lexicon:
    """The words that the indexed passages hold; finds them in a question without running a segmenter."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._longest = max((word.count("_") + 1 for word in self._known), default=1)

    def find(self, syllables: Sequence[str]) -> list[str]:
        """Every known word in `syllables`, overlapping ones too, in order of where they start."""
        found = []
        for start in range(len(syllables)):
            for end in range(start + 2, min(start + self._longest, len(syllables)) + 1):
                word = "_".join(syllables[start:end])
                if word in self._known:
                    found.append(word)
        return found
