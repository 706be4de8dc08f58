"""How likely spelt syllables follow each other in Vietnamese: a trigram model, read from `data/spelling.npz`.

Probabilities are those of interpolated absolute discounting (Kneser and Ney 1995), kept for the sequences
that tell most and backed off for the others. Each is one byte: its logarithm in steps of `STEP`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.vietnamese import canonical_tone, fold

# What a sequence holds beside syllables: the end of a phrase, a figure, a syllable that the model lacks.
BOUNDARY: Final = 0
FIGURE: Final = 1
UNKNOWN: Final = 2
SPECIAL: Final = ("", "0", "?")
STEP: Final = 1 / 12

_PIECE: Final = re.compile(r"[^\W\d_]+|\d[^\W_]*(?:[.,/-]\d+)*|[.,:;!?()…\n\"“”–]")
_BITS: Final = np.uint64(16)

Ids = NDArray[np.int64]
Logs = NDArray[np.float32]
Codes = NDArray[np.uint8] | NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Piece:
    """A syllable, a figure or a mark of punctuation of a text, in one spelling, and where it stands."""

    spelt: str
    start: int
    end: int


def pieces(text: str) -> list[Piece]:
    """The pieces of `text`, lower-case, in canonical spelling; their offsets are those of `nfc(text)`."""
    return [Piece(m.group(), *m.span()) for m in _PIECE.finditer(canonical_tone(text).lower())]


class SpellingModel:
    """The probability of a spelt syllable behind two others."""

    def __init__(self, arrays: dict[str, Codes]) -> None:
        self.vocabulary: tuple[str, ...] = tuple(bytes(arrays["vocabulary"]).decode("utf-8").split("\n"))
        self.ids = {spelt: number for number, spelt in enumerate(self.vocabulary)}
        self.spellings: dict[str, tuple[int, ...]] = {}
        for number, spelt in enumerate(self.vocabulary[len(SPECIAL) :], start=len(SPECIAL)):
            folded = fold(spelt)
            self.spellings[folded] = (*self.spellings.get(folded, ()), number)
        self._single = _logs(arrays["single"])
        self._single_left = _logs(arrays["single_left"])
        self._pair_keys = _keys(arrays["pair_held"], arrays["pair_next"])
        self._pair = _logs(arrays["pair"])
        # Only few pairs have syllables behind them: the others lose nothing by backing off.
        self._pair_left = np.zeros(len(self._pair) + 1, dtype=np.float32)
        held = arrays["triple_held"]
        self._pair_left[:-1][held > 0] = _logs(arrays["pair_left"])
        self._triple_keys = _keys(held, arrays["triple_next"])
        self._triple = _logs(arrays["triple"])

    def number(self, spelt: str) -> int:
        """The id of a piece as it is spelt."""
        if spelt[0].isdigit():
            return FIGURE
        return self.ids.get(spelt, UNKNOWN) if spelt[0].isalpha() else BOUNDARY

    def single(self, at: Ids) -> Logs:
        """Logarithms of how likely syllables are behind nothing that is known, element by element."""
        found: Logs = self._single[at]
        return found

    def pair(self, before: Ids, at: Ids) -> Logs:
        """Logarithms of how likely `at` is behind `before`, element by element."""
        place, held = _find(self._pair_keys, before, at)
        backed = self._single_left[before] + self._single[at]
        found: Logs = np.where(held, self._pair[place], backed)
        return found

    def triple(self, second: Ids, before: Ids, at: Ids) -> Logs:
        """Logarithms of how likely `at` is behind `second` and `before`, element by element."""
        context, known = _find(self._pair_keys, second, before)
        place, held = _find(self._triple_keys, context, at)
        held &= known
        left = self._pair_left[np.where(known, context, len(self._pair_left) - 1)]
        return np.where(held, self._triple[place], left + self.pair(before, at))


@cache
def spelling_model() -> SpellingModel:
    """The model that comes with the package, read once."""
    with files("index").joinpath("data/spelling.npz").open("rb") as file:
        stored = np.load(file)
        return SpellingModel({name: stored[name] for name in stored.files})


def encoded(logs: Iterable[float] | NDArray[np.float64]) -> NDArray[np.uint8]:
    """Logarithms of probabilities as bytes."""
    steps = -np.asarray(logs, dtype=np.float64) / STEP
    return np.clip(np.rint(steps), 0, 255).astype(np.uint8)


def _logs(codes: Codes) -> Logs:
    return codes.astype(np.float32) * np.float32(-STEP)


def _keys(held: Codes, following: Codes) -> NDArray[np.uint64]:
    """Sorted keys of sequences: how many each context has, and what follows in them."""
    contexts = np.repeat(np.arange(len(held), dtype=np.uint64), held.astype(np.int64))
    return (contexts << _BITS) | following.astype(np.uint64)


def _find(keys: NDArray[np.uint64], context: Ids, at: Ids) -> tuple[Ids, NDArray[np.bool_]]:
    """Where sequences stand among the keys, and which of them do."""
    wanted = (context.astype(np.uint64) << _BITS) | at.astype(np.uint64)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return place, keys[place] == wanted
