"""Which statements can say a concept at all: bit sets over a report's statements, made once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from bot.understanding.question import Concept

if TYPE_CHECKING:
    from bot.answering.shelf import Evidence


class Postings:
    """For each folded syllable the statements that say or inherit it; bit n stands for the n-th statement."""

    def __init__(self, statements: Sequence[Evidence]) -> None:
        sets: dict[str, int] = defaultdict(int)
        for n, statement in enumerate(statements):
            for token in statement.all_tokens:
                sets[token] |= 1 << n
        self._sets = dict(sets)

    def can_say(self, concept: Concept) -> int:
        """The statements that hold every syllable of one way to say the concept, or all of its parts.

        `bot.answering.matching.credit_of` gives no other statement any credit.
        """
        found = reduce(or_, (self._holding(phrase) for phrase in concept.alternatives), 0)
        if concept.parts:
            found |= reduce(and_, (self.can_say(part) for part in concept.parts))
        return found

    def _holding(self, phrase: Sequence[str]) -> int:
        return reduce(and_, (self._sets.get(token, 0) for token in phrase))


def worth_reading(sets: Sequence[int], weights: Sequence[float], least: float) -> Iterator[int]:
    """The numbers of the statements whose sets' weights come to more than `least`, in order."""
    open_bits = reduce(or_, sets, 0)
    while open_bits:
        lowest = open_bits & -open_bits
        open_bits ^= lowest
        if sum(w for s, w in zip(sets, weights, strict=True) if s & lowest) > least:
            yield lowest.bit_length() - 1
