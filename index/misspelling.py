"""Syllables that a mistyped one may have been meant for: one slip away."""

from __future__ import annotations

import string
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.terms import Terms, joined, of_syllables

_LETTERS: Final = string.ascii_lowercase
_SHORTEST: Final = 3
_LONGEST: Final = 9


def near(syllable: str) -> list[str]:
    """The letter strings one slip from a folded syllable: a letter lost, added, exchanged or transposed.

    [] for figures, and for what is too short to tell or too long to be a syllable.
    """
    if not (_SHORTEST <= len(syllable) <= _LONGEST and syllable.isascii() and syllable.isalpha()):
        return []
    cuts = [(syllable[:at], syllable[at:]) for at in range(len(syllable) + 1)]
    found = [left + right[1:] for left, right in cuts if right]
    found += [left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1]
    found += [left + letter + right[1:] for left, right in cuts if right for letter in _LETTERS]
    found += [left + letter + right for left, right in cuts for letter in _LETTERS]
    return [other for other in dict.fromkeys(found) if other != syllable]


def meant(
    syllable: str, beside: tuple[Terms, Terms], count: Callable[[Terms], NDArray[np.int64]]
) -> list[int]:
    """The term that goes best with its neighbours, and the pairs they form; [] if no document holds any.

    `beside` holds the neighbour on the left and on the right, or nothing; `count` says in how many documents
    terms stand.
    """
    numbers = of_syllables(near(syllable))
    held = count(numbers)
    numbers, held = numbers[held > 0], held[held > 0]
    if not len(numbers):
        return []
    left, right = beside
    pairs = [joined(np.repeat(left, len(numbers)), numbers)] if len(left) else []
    pairs += [joined(numbers, np.repeat(right, len(numbers)))] if len(right) else []
    together = [count(found) for found in pairs]
    # The neighbours tell best; what is common wins among those that they do not tell apart.
    best = int(np.lexsort((held, np.sum(together, axis=0) if together else held))[-1])
    return [int(numbers[best]), *(int(p[best]) for p, n in zip(pairs, together, strict=True) if n[best])]
