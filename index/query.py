"""A question made ready for search: its syllables, what they weigh, its concepts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from index.segmentation import spelt_syllables
from index.thesaurus import Concept, Thesaurus
from knowledge.vietnamese import fold

# Words that ask rather than name ("bao nhiêu", "thế nào") stand by chance in passages: heard, but hardly.
ASKING_WEIGHT: Final = 0.1
# A question of at least this many syllables without one diacritic was typed without them.
_ENOUGH_TO_TELL: Final = 2
# Longer questions are cut: a pasted page must not cost more than a long question.
MOST_SYLLABLES: Final = 128
_LONGEST_ASKING: Final = 5
# Words that ask for a figure, folded.
_FIGURE_ASKED: Final = re.compile(
    r"(?<!\S)(?:bao nhieu|bnhieu|bn|may|ty le|tl|phan tram|so luong|tong so|so tien|luy ke)(?!\S)"
)


@dataclass(frozen=True, slots=True)
class Query:
    """A question as search sees it; `weights` belong to its syllables, one each.

    `asks_figure` says whether a figure would answer it.

    `renamed` holds, for each concept with other names, the concept and those inside it.
    """

    spelt: tuple[str, ...]
    folded: tuple[str, ...]
    weights: tuple[float, ...]
    concepts: tuple[Concept, ...]
    renamed: tuple[tuple[Concept, ...], ...]
    has_diacritics: bool
    asks_figure: bool


def analyse(question: str, thesaurus: Thesaurus, *, restored: str = "") -> Query:
    """`question` ready for search; only its first 128 syllables count.

    `restored` is the question with diacritics that were not typed: they say how its words are spelt. What it
    asks and names is taken from what was typed, which a wrong one cannot spoil.
    """
    spelt = spelt_syllables(question)[:MOST_SYLLABLES]
    folded = [fold(syllable) for syllable in spelt]
    concepts = thesaurus.concepts(folded, spelt=spelt)
    renamed = [thesaurus.nested(concept, folded, spelt=spelt) for concept in concepts]
    meant = spelt_syllables(restored)[:MOST_SYLLABLES]
    if [fold(syllable) for syllable in meant] != folded:
        meant = spelt
    return Query(
        spelt=tuple(meant),
        folded=tuple(folded),
        weights=tuple(_weights(spelt)),
        concepts=tuple(concepts),
        renamed=tuple(tuple(inner) for inner in renamed if inner),
        has_diacritics=meant != folded or len(folded) < _ENOUGH_TO_TELL,
        asks_figure="%" in question or _FIGURE_ASKED.search(" ".join(folded)) is not None,
    )


def _weights(spelt: Sequence[str]) -> list[float]:
    phrases = _asking_phrases()
    weights = [1.0] * len(spelt)
    for start in range(len(spelt)):
        for end in range(min(start + _LONGEST_ASKING, len(spelt)), start, -1):
            if tuple(spelt[start:end]) in phrases:
                weights[start:end] = [ASKING_WEIGHT] * (end - start)
                break
    return weights


@cache
def _asking_phrases() -> frozenset[tuple[str, ...]]:
    """The phrases, each as spelt and, unless it is marked "*", without diacritics."""
    text = files("index").joinpath("data", "asking_words.txt").read_text("utf-8")
    phrases: set[tuple[str, ...]] = set()
    for line in (line.partition("#")[0].strip() for line in text.splitlines()):
        spelt = tuple(spelt_syllables(line))
        phrases.add(spelt)
        if not line.endswith("*"):
            phrases.add(tuple(map(fold, spelt)))
    return frozenset(phrases) - {()}
