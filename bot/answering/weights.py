"""How much a word tells: rare in the language and in the reports weighs much, common in either little."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

_RAREST = 9.0


class Weights:
    """Weights of folded syllables, from 0 (says nothing) to 1 (says everything)."""

    def __init__(self, passages: int, counts: Mapping[str, int]) -> None:
        self._passages, self._counts = passages, counts
        self._known: dict[str, float] = {}
        self._phrases: dict[tuple[str, ...], float] = {}

    @classmethod
    def of(cls, passages: Iterable[Sequence[str]]) -> Weights:
        """The weights for reports with these passages, each a sequence of folded syllables."""
        counts: Counter[str] = Counter()
        total = 0
        for tokens in passages:
            counts.update(set(tokens))
            total += 1
        return cls(total, counts)

    def token(self, token: str) -> float:
        """The weight of a folded syllable."""
        weight = self._known.get(token)
        if weight is None:
            weight = self._known[token] = self._weigh(token)
        return weight

    def phrase(self, tokens: Sequence[str]) -> float:
        """The weight of a phrase: that of its weightiest syllable, a little more for each further one."""
        key = tuple(tokens)
        if key not in self._phrases:
            weights = sorted((self.token(t) for t in tokens), reverse=True)
            self._phrases[key] = weights[0] + 0.35 * sum(weights[1:])
        return self._phrases[key]

    def _weigh(self, token: str) -> float:
        if token[0].isdigit():
            return 0.5
        total, counts = _general()
        general = math.log((total + 1) / (counts.get(token, 0) + 0.5)) / _RAREST
        local = math.log((self._passages + 2) / (self._counts.get(token, 0) + 0.5)) / math.log(
            self._passages + 2
        )
        # A syllable is telling only where it is so both in the language and here: the general table has the
        # vote of the many passages, the reports have that of the domain ("hồ sơ" is rare in the language and
        # everywhere here).
        return max(0.03, min(1.0, general * 1.6) * 0.5 + min(1.0, local) * 0.5) * (
            0.6 if min(general * 2, local) < 0.25 else 1.0
        )


@cache
def common_syllables() -> frozenset[str]:
    """The folded syllables that general Vietnamese text uses often enough to be no slip of the fingers."""
    total, counts = _general()
    return frozenset(word for word, n in counts.items() if n > total / 20_000)


@cache
def _general() -> tuple[int, dict[str, int]]:
    """The number of passages of general text, and in how many of them each syllable stands."""
    lines = files("index").joinpath("data/frequencies.tsv").read_text(encoding="utf-8").splitlines()
    table = dict(line.split("\t") for line in lines)
    total = int(table.pop(""))
    return total, {word: int(n) for word, n in table.items()}
