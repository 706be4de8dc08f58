"""A question as the answering core takes it: what is asked, about what, for which period and place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from index.word_classes import UNKNOWN_USE, WordUse
from knowledge.periods import PeriodMention


@dataclass(frozen=True)
class Concept:
    """One thing that a question names: every way to say it, as folded token sequences, the typed one first.

    `parts` are the smaller things that a longer phrase is made of: what counts where the phrase itself is not
    said. `named`: written as a name is, with a capital inside the sentence, so that nothing else will do.
    `insistence`, from 0 to 1: how much of its weight is lost on a statement that does not say it.
    `spelt`: a lone syllable as typed with diacritics, which is no other one that folds alike. `use`: how
    general text uses the words as typed.
    """

    start: int
    end: int
    alternatives: tuple[tuple[str, ...], ...]
    parts: tuple[Concept, ...] = ()
    named: bool = False
    insistence: float = 1.0
    spelt: str = ""
    use: WordUse = UNKNOWN_USE

    @cached_property
    def syllables(self) -> frozenset[str]:
        """The syllables of all the ways to say it."""
        own = frozenset(s for phrase in self.alternatives for s in phrase)
        return own.union(*(part.syllables for part in self.parts))

    @cached_property
    def typed(self) -> str:
        """The folded words as typed."""
        return " ".join(self.alternatives[0])


@dataclass(frozen=True, slots=True)
class ValueFilter:
    """A condition on a figure: low and high bounds (None for open), inclusive or not.

    `unit` is "%", "đồng" (then the bounds are in đồng) or ""; `of` tells the base of a ratio from its part
    and from what is left, where the words do.
    """

    low: Decimal | None
    high: Decimal | None
    low_inclusive: bool = True
    high_inclusive: bool = True
    unit: str = ""
    of: Literal["", "base", "part", "rest"] = ""

    def holds(self, value: Decimal) -> bool:
        """Whether `value` fulfils the condition."""
        if self.low is not None and not (value > self.low or (self.low_inclusive and value == self.low)):
            return False
        return self.high is None or value < self.high or (self.high_inclusive and value == self.high)


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart.

    `kind` is one of the intents, `cue_kind` the one that the asking words alone suggest; `cues` are the
    asking words found (percent, count, max, negative, …), `concepts` what it is about; `context` are the
    concepts carried over from the turn before, which are wished for, not required. `top` is how many are
    asked for of an order ("top 3"), `nth` which place of it ("nhiều thứ hai"). `occurrences` are its own
    concepts as often as it says them. `told` is a time told from now ("tháng này", "năm qua"), which is taken
    for the report's own, and said so. `typed` is the text as typed, where `text` has more diacritics; their
    offsets are the same.
    """

    text: str
    kind: str
    cues: frozenset[str]
    concepts: tuple[Concept, ...]
    periods: tuple[PeriodMention, ...] = ()
    places: tuple[str, ...] = ()
    document_numbers: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()
    filters: tuple[ValueFilter, ...] = ()
    top: int | None = None
    nth: int | None = None
    numbers: tuple[str, ...] = ()
    context: tuple[Concept, ...] = ()
    dependent: bool = False
    cue_kind: str = ""
    occurrences: tuple[Concept, ...] = ()
    told: str = ""
    typed: str = ""

    def has(self, *cues: str) -> bool:
        """Whether any of the cues was found."""
        return any(c in self.cues for c in cues)
