"""How much a word insists on being said: names of things do, common verbs and words that only join do not."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from knowledge.vietnamese import canonical_tone, fold

_Counts = tuple[int, int, int]
# Words this rare in the tagged text are wholly telling; those this common are not.
_RARE, _COMMON = 20, 8000
_JOINING = 0.1
_LEAST_NOUN, _LEAST_VERB, _LEAST_LONG_VERB = 0.35, 0.15, 0.45
_HALF = 50
_MOST_REPETITION = 2.5


@dataclass(frozen=True, slots=True)
class WordUse:
    """How general text uses a word.

    `nouns` and `verbs` are the shares of its uses as such, 0 to 1; `repetition` is how often it comes
    again, on the mean, in a passage that has it: 0.05 ("lo"), 2.0 ("luật sư").
    """

    nouns: float
    verbs: float
    repetition: float


# A word that the tables lack is taken for a name.
UNKNOWN_USE: Final = WordUse(0.0, 0.0, 1.0)


def use_of(word: str, *, marked: bool = False) -> WordUse:
    """How a word as typed is used; typed without diacritics, as all the words that it may be.

    `marked`: it stands in a text typed with diacritics, so that "lo" is "lo".
    """
    typed = canonical_tone(word).lower()
    spelt = marked or typed != fold(typed)
    total, nouns, weak = (_table().get(typed) if spelt else None) or _folded().get(fold(typed), (0, 0, 0))
    stands, times = (_repetition().get(typed) if spelt else None) or _folded_repetition().get(
        fold(typed), (0, 0)
    )
    repetition = min(times / stands - 1, _MOST_REPETITION) if stands else UNKNOWN_USE.repetition
    verbs = max(0, 100 - nouns - weak) if total else 0
    return WordUse(nouns / 100, verbs / 100, repetition)


def words() -> Iterator[str]:
    """The words of the table, as spelt."""
    return iter(_table())


def insistence(word: str, *, marked: bool = False) -> float:
    """From 0 (may be left unsaid) to 1 (must be said), for a word as typed, syllables parted by one space.

    A word typed without diacritics counts as all the words that it may be, unless it stands in a text
    that was typed with them (`marked`); an unknown one is a name.
    """
    typed = canonical_tone(word).lower()
    found = _table().get(typed) if marked or typed != fold(typed) else None
    total, nouns, weak = found or _folded().get(fold(typed), (0, 0, 0))
    if not total:
        return 1.0
    long = " " in typed
    rare = min(1.0, max(0.0, math.log(_COMMON / total) / math.log(_COMMON / _RARE)))
    if weak >= _HALF:
        return _JOINING
    if nouns >= _HALF:
        return 1.0 if long else _LEAST_NOUN + (1 - _LEAST_NOUN) * rare
    least = _LEAST_LONG_VERB if long else _LEAST_VERB
    return least + (1 - least) * rare


def is_word(spelt: str) -> bool:
    """Whether general text has a word spelt so: "lượt" is one, a mistyped "luợt" is not."""
    return canonical_tone(spelt).lower() in _table()


def is_spelt_syllable(typed: str) -> bool:
    """Whether a word of general text has a syllable spelt so: "nhiêu" in "bao nhiêu"; none has "dọng"."""
    return canonical_tone(typed).lower() in _syllables()


def spelt_otherwise(typed: str) -> bool:
    """Whether words, each with diacritics, only fold as a word of general text does: "dấu mới", "đầu mối"."""
    spelt = canonical_tone(typed).lower()
    marked = not any(s.isascii() for s in spelt.split())
    return marked and spelt not in _table() and fold(spelt) in _folded()


@cache
def _syllables() -> frozenset[str]:
    return frozenset(syllable for word in _table() for syllable in word.split())


@cache
def _table() -> dict[str, _Counts]:
    """Words as spelt: their count, of a hundred how many are nouns, how many only join."""
    return {canonical_tone(word): counts for word, counts in _rows()}


@cache
def _folded() -> dict[str, _Counts]:
    """The same of words without diacritics, each the sum of the words that it may be."""
    sums: dict[str, list[int]] = {}
    for word, (total, nouns, weak) in _rows():
        row = sums.setdefault(fold(word), [0, 0, 0])
        for i, n in enumerate((total, total * nouns, total * weak)):
            row[i] += n
    return {word: (total, nouns // total, weak // total) for word, (total, nouns, weak) in sums.items()}


@cache
def _repetition() -> dict[str, tuple[int, int]]:
    """Of each word as spelt in how many passages it stands, and how often in all."""
    out = {}
    for line in files("index").joinpath("data/repetition.tsv").read_text(encoding="utf-8").splitlines():
        word, stands, times = line.split("\t")
        out[word] = (int(stands), int(times))
    return out


@cache
def _folded_repetition() -> dict[str, tuple[int, int]]:
    """The same of words without diacritics, each the sum of the words that it may be."""
    sums: dict[str, tuple[int, int]] = {}
    for word, (stands, times) in _repetition().items():
        before = sums.get(fold(word), (0, 0))
        sums[fold(word)] = (before[0] + stands, before[1] + times)
    return sums


def _rows() -> Iterator[tuple[str, _Counts]]:
    for line in files("index").joinpath("data/word_classes.tsv").read_text(encoding="utf-8").splitlines():
        word, *counts = line.split("\t")
        total, nouns, weak = map(int, counts)
        yield word, (total, nouns, weak)
