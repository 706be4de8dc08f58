"""Restores diacritics that were not typed: "ty le ho so" → "tỷ lệ hồ sơ".

The spellings of each syllable are weighed by what stands around them (forward–backward over pairs, then, for
those that remain, over triples of syllables: Rabiner 1989). What stays in doubt stays as it was typed: a word
without diacritics may be any that folds so, and a wrong one would be only itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.spelling_domain import DomainSpelling
from index.spelling_model import BOUNDARY, Ids, Piece, pieces
from knowledge.vietnamese import fold, nfc

# A spelling at least so likely is taken.
SURE: Final = 0.9
# Spellings less likely than that among pairs are not looked at among triples.
_UNLIKELY: Final = 0.002
# Nor is one that is so much rarer than the others that fold alike.
_RARE: Final = 0.0005
# Where no more than this share of the diacritics that one expects were typed, they are missing.
_FEW: Final = 0.5
_LEAST_EXPECTED: Final = 0.5
# A pasted page is restored in parts of so many pieces, each with a few of those before it.
_AT_ONCE, _OVERLAP = 200, 20

Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reading:
    """A piece of a text as it was most likely meant, and how likely that is."""

    piece: Piece
    spelt: str
    probability: float


class Restorer:
    """Restores diacritics in the spelling of a domain; of general Vietnamese without one."""

    def __init__(self, domain: DomainSpelling | None = None) -> None:
        self._domain = domain or DomainSpelling.of(())
        self._known: dict[str, tuple[Ids, float]] = {}

    def restored(self, text: str, *, names: Iterable[tuple[int, str]] = (), sure: float = SURE) -> str:
        """`text` with the diacritics that are at least that likely: as long as `nfc(text)`, and folded alike.

        `names` stand in it, each with the offset where it begins and its spelling; one that does not fold as
        the text there is left out. A text that was typed with diacritics comes back as it is (in NFC).
        """
        text = nfc(text)
        if not self.is_bare(text):
            return text
        for start, name in names:
            text = _with_name(text, start, name)
        out, at = [], 0
        for reading in self.readings(text):
            start, end = reading.piece.start, reading.piece.end
            if reading.probability >= sure:
                out += [text[at:start], _written(reading.spelt, text[start:end])]
                at = end
        return "".join([*out, text[at:]])

    def is_bare(self, text: str) -> bool:
        """Whether most of the diacritics that `text` would have are missing."""
        marked, expected = 0, 0.0
        for piece in pieces(text):
            if not piece.spelt.isascii():
                marked += 1
            else:
                expected += self._spellings(piece.spelt)[1]
        return expected >= _LEAST_EXPECTED and marked <= _FEW * (marked + expected)

    def readings(self, text: str) -> list[Reading]:
        """The most likely spelling of each syllable of `text` that has several; the others stay out.

        Syllables with diacritics are taken as they are, and so are abbreviations in capitals.
        """
        found = pieces(text)
        shouted = text.isupper()
        short = [not shouted and text[p.start : p.end].isupper() for p in found]
        choices = [self._choices(p, abbreviated=is_short) for p, is_short in zip(found, short, strict=True)]
        out: list[Reading] = []
        for first in range(0, len(found), _AT_ONCE):
            begin, end = max(0, first - _OVERLAP), min(len(found), first + _AT_ONCE)
            likely = self._likely(choices[begin:end])
            parts = zip(found[first:end], choices[first:end], likely[first - begin :], strict=True)
            out += [reading for part in parts if (reading := self._reading(*part))]
        return out

    def _reading(self, piece: Piece, ids: Ids, shares: Shares) -> Reading | None:
        """The best spelling of a piece; None where there is nothing to restore."""
        best = int(np.argmax(shares))
        meant = self._domain.spelt(int(ids[best]))
        restorable = len(ids) > 1 or (piece.spelt.isascii() and fold(meant) == piece.spelt != meant)
        return Reading(piece, meant, float(shares[best])) if restorable else None

    def _choices(self, piece: Piece, *, abbreviated: bool) -> Ids:
        """The ids of the syllables that a piece may be."""
        if not abbreviated and piece.spelt.isascii():
            found = self._spellings(piece.spelt)[0]
            if len(found):
                return found
        return np.array([self._domain.number(piece.spelt)])

    def _spellings(self, folded: str) -> tuple[Ids, float]:
        """The ids of what a syllable without diacritics may be, and how much of it bears diacritics."""
        if folded not in self._known:
            ids = np.array(self._domain.spellings(folded), dtype=np.int64)
            likely = self._domain.frequencies(ids)
            likely /= max(likely.sum(), 1e-12)
            marked = np.array([not self._domain.spelt(number).isascii() for number in ids], dtype=np.bool_)
            self._known[folded] = ids[likely >= _RARE], float(likely[marked].sum())
        return self._known[folded]

    def _likely(self, choices: Sequence[Ids]) -> list[Shares]:
        """How likely each of the choices is, place by place."""
        edge = np.array([BOUNDARY])
        lattice = [edge, *choices, edge]
        rough = _posteriors_of_pairs(lattice, self._domain)
        kept = [shares >= min(_UNLIKELY, shares.max()) for shares in rough]
        fine = _posteriors_of_triples([c[k] for c, k in zip(lattice, kept, strict=True)], self._domain)
        out = []
        for mask, shares in zip(kept[1:-1], fine[1:-1], strict=True):
            whole = np.zeros(len(mask))
            whole[mask] = shares
            out.append(whole)
        return out


def _posteriors_of_pairs(lattice: Sequence[Ids], domain: DomainSpelling) -> list[Shares]:
    steps = []
    for before, at in pairwise(lattice):
        steps.append((np.repeat(before, len(at)), np.tile(at, len(before))))
    logs = domain.pair(*(np.concatenate(side) for side in zip(*steps, strict=True)))
    moves, first = [], 0
    for before, at in pairwise(lattice):
        size = len(before) * len(at)
        moves.append(_scaled(logs[first : first + size].reshape(len(before), len(at))))
        first += size
    forward = [np.ones(1)]
    for move in moves:
        forward.append(_normal(forward[-1] @ move))
    backward = [np.ones(1)]
    for move in reversed(moves):
        backward.append(_normal(move @ backward[-1]))
    return [_normal(f * b) for f, b in zip(forward, reversed(backward), strict=True)]


def _posteriors_of_triples(lattice: Sequence[Ids], domain: DomainSpelling) -> list[Shares]:
    shapes = [tuple(map(len, lattice[i : i + 3])) for i in range(len(lattice) - 2)]
    grids = [np.meshgrid(*lattice[i : i + 3], indexing="ij") for i in range(len(lattice) - 2)]
    if not grids:
        return [np.ones(len(ids)) / len(ids) for ids in lattice]
    logs = domain.triple(*(np.concatenate([g[i].ravel() for g in grids]) for i in range(3)))
    moves, first = [], 0
    for shape in shapes:
        size = shape[0] * shape[1] * shape[2]
        moves.append(_scaled(logs[first : first + size].reshape(shape)))
        first += size
    opening = domain.pair(np.repeat(lattice[0], len(lattice[1])), lattice[1])
    forward = [_normal(_scaled(opening)[None, :])]
    for move in moves:
        forward.append(_normal((forward[-1][:, :, None] * move).sum(axis=0)))
    backward = [np.ones((len(lattice[-2]), len(lattice[-1])))]
    for move in reversed(moves):
        backward.append(_normal((move * backward[-1][None, :, :]).sum(axis=2)))
    both = [_normal(f * b) for f, b in zip(forward, reversed(backward), strict=True)]
    return [np.ones(1), *(shares.sum(axis=0) for shares in both)]


def _scaled(logs: NDArray[np.float32]) -> Shares:
    """Probabilities of which the greatest is 1: none vanishes."""
    scaled: Shares = np.exp(logs - logs.max(), dtype=np.float64)
    return scaled


def _normal(values: Shares) -> Shares:
    shares: Shares = values / np.add.reduce(values, axis=None)
    return shares


def _with_name(text: str, start: int, name: str) -> str:
    end = start + len(name)
    typed = text[start:end]
    return text[:start] + _written(name, typed) + text[end:] if fold(typed) == fold(name) else text


def _written(spelt: str, typed: str) -> str:
    """`spelt` in the letters that were typed: capitals, and "i" for "y" ("tỷ" for "Ti" is "Tỉ")."""
    return "".join(_letter(letter, given) for letter, given in zip(spelt, typed, strict=True))


@cache
def _letter(letter: str, given: str) -> str:
    if fold(letter) != fold(given):
        mark = unicodedata.normalize("NFD", letter)[1:]
        letter = unicodedata.normalize("NFC", given.lower() + mark)
    return letter.upper() if given.isupper() else letter.lower()
