"""How much a word insists on being said: names of things do, common verbs and words that only join do not."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from knowledge.vietnamese import canonical_tone, fold

_Counts = tuple[int, int, int]
# Words this rare in the tagged text are wholly telling; those this common are not.
_RARE, _COMMON = 20, 8000
_JOINING = 0.1
_LEAST_NOUN, _LEAST_VERB, _LEAST_LONG_VERB = 0.35, 0.15, 0.45
_HALF = 50


def insistence(word: str) -> float:
    """From 0 (may be left unsaid) to 1 (must be said), for a word as typed, syllables parted by one space.

    A word typed without diacritics counts as all the words that it may be; an unknown one is a name.
    """
    typed = canonical_tone(word).lower()
    found = _table().get(typed) if typed != fold(typed) else None
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


def _rows() -> Iterator[tuple[str, _Counts]]:
    for line in files("index").joinpath("data/word_classes.tsv").read_text(encoding="utf-8").splitlines():
        word, *counts = line.split("\t")
        total, nouns, weak = map(int, counts)
        yield word, (total, nouns, weak)
