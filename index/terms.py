"""Terms as 64-bit numbers: of a syllable by hashing, of a sequence of syllables by joining their numbers.

An index then needs no dictionary of strings: it opens at once, is looked up and merged as arrays, and a
million passages with six million different terms stay small. Two of that many terms share a number with a
chance of one in a million.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Terms = NDArray[np.uint64]

# Odd multipliers (the first is 2^64 divided by the golden ratio): joining is not symmetric, and mixes well.
_LEFT: Final = np.uint64(0x9E3779B97F4A7C15)
_RIGHT: Final = np.uint64(0xC2B2AE3D27D4EB4F)
_SHIFT: Final = np.uint64(29)
_LEFT_NUMBER: Final = int(_LEFT)
_RIGHT_NUMBER: Final = int(_RIGHT)


@lru_cache(maxsize=200_000)
def of_syllable(syllable: str) -> int:
    """The number of a syllable: the same on every machine."""
    return of_text(syllable)


def of_text(text: str) -> int:
    """The number of any text."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def of_syllables(syllables: Iterable[str]) -> Terms:
    """The numbers of syllables, in order."""
    return np.fromiter(map(of_syllable, syllables), dtype=np.uint64)


def joined(left: Terms, right: Terms) -> Terms:
    """The numbers of the sequences "left right", element by element."""
    mixed = left * _LEFT + right * _RIGHT
    mixed ^= mixed >> _SHIFT
    return np.asarray(mixed, dtype=np.uint64)


def joined_pair(left: int, right: int) -> int:
    """What `joined` gives for one pair; a few are joined sooner so than as arrays."""
    mixed = (left * _LEFT_NUMBER + right * _RIGHT_NUMBER) & 0xFFFF_FFFF_FFFF_FFFF
    return mixed ^ (mixed >> 29)


def of_sequence(syllables: Sequence[str]) -> int:
    """The number of one sequence of syllables."""
    numbers = of_syllables(syllables)
    total = numbers[:1]
    for place in range(1, len(numbers)):
        total = joined(total, numbers[place : place + 1])
    return int(total[0])


def bigrams(syllables: Terms) -> Terms:
    """The numbers of neighbouring pairs."""
    return joined(syllables[:-1], syllables[1:])
