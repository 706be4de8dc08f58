"""How the texts of one domain are spelt: counts that adapt the general model to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.spelling_model import BOUNDARY, UNKNOWN, Ids, Logs, SpellingModel, pieces, spelling_model
from knowledge.vietnamese import fold

# How many observations the model behind is worth (a Dirichlet prior: MacKay and Bauman Peto 1995).
_PAIR_PRIOR: Final = 50.0
_TRIPLE_PRIOR: Final = 8.0
_MOST_TRUSTED: Final = 0.65
# The part that what is frequent in the domain has, whatever stands before it.
_SHARE: Final = 0.1
# A syllable that the general model lacks is one of very many.
_LACKED: Final = -9.0
_BITS: Final = np.uint64(20)
# A collection of reports repeats itself: more pieces would change no probability.
_MOST_PIECES: Final = 3_000_000

_MOST_NAMES: Final = 1 << 20

Counts = NDArray[np.float64]
Stream = NDArray[np.int32]


class _Counted:
    """Sequences and how often each was met."""

    def __init__(self, keys: NDArray[np.uint64]) -> None:
        self._keys, counts = np.unique(keys, return_counts=True)
        self._counts = counts.astype(np.float64)

    def of(self, keys: NDArray[np.uint64]) -> Counts:
        """How often each of `keys` was met."""
        if not len(self._keys):
            return np.zeros(keys.shape)
        place = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        counts: Counts = np.where(self._keys[place] == keys, self._counts[place], 0.0)
        return counts


class Numbering:
    """Ids of syllables: those of the general model, then those that only the texts read so far have."""

    def __init__(self, model: SpellingModel) -> None:
        self.model = model
        self.names = list(model.vocabulary)
        self.own: dict[str, int] = {}
        self.spellings: dict[str, tuple[int, ...]] = {}

    def read(self, text: str) -> Stream:
        """The pieces of `text` as ids, a boundary at the end; new ids for syllables that nobody knew."""
        return np.array([*(self._id(piece.spelt) for piece in pieces(text)), BOUNDARY], dtype=np.int32)

    def _id(self, spelt: str) -> int:
        found = self.model.number(spelt)
        if found != UNKNOWN:
            return found
        if spelt not in self.own and len(self.names) < _MOST_NAMES:
            self.own[spelt] = len(self.names)
            self.names.append(spelt)
            self.spellings[fold(spelt)] = (*self.spellings.get(fold(spelt), ()), self.own[spelt])
        return self.own.get(spelt, UNKNOWN)


class GrowingDomain:
    """Spellings of collections of texts that differ little from each other: a text is read once."""

    def __init__(self) -> None:
        self._numbering = Numbering(spelling_model())
        self._read: dict[str, Stream] = {}

    def of(self, texts: Iterable[str]) -> DomainSpelling:
        """The general model adapted to exactly these texts."""
        known, numbering = self._read, self._numbering
        self._read = {text: known[text] if text in known else numbering.read(text) for text in texts}
        return DomainSpelling(numbering, [*self._read.values()])


class DomainSpelling:
    """The general model adapted to texts, as `numbering` read them; without any the general model."""

    def __init__(self, numbering: Numbering, streams: Sequence[Stream] = ()) -> None:
        self._numbering, self._model = numbering, numbering.model
        read = np.concatenate([np.array([BOUNDARY], dtype=np.int32), *streams])
        ids = read[:_MOST_PIECES].astype(np.uint64)
        self._total = len(ids)
        self._singles = np.bincount(ids.astype(np.int64), minlength=len(numbering.names)).astype(np.float64)
        self._pairs = _Counted(ids[:-1] << _BITS | ids[1:])
        inner = ids[1:-1] != BOUNDARY
        context = (ids[:-2] << _BITS | ids[1:-1])[inner]
        self._contexts = _Counted(context)
        self._triples = _Counted(context << _BITS | ids[2:][inner])

    @classmethod
    def of(cls, texts: Iterable[str]) -> DomainSpelling:
        """The model that comes with the package, adapted to `texts`."""
        numbering = Numbering(spelling_model())
        return cls(numbering, [numbering.read(text) for text in texts])

    def number(self, spelt: str) -> int:
        """The id of a piece as it is spelt."""
        found = self._model.number(spelt)
        return self._numbering.own.get(spelt, UNKNOWN) if found == UNKNOWN else found

    def spellings(self, folded: str) -> tuple[int, ...]:
        """The ids of the syllables that one without diacritics may be."""
        return (*self._model.spellings.get(folded, ()), *self._numbering.spellings.get(folded, ()))

    def spelt(self, number: int) -> str:
        """The syllable of that id."""
        return self._numbering.names[number]

    def frequencies(self, at: Ids) -> Counts:
        """How likely syllables are, whatever stands before them, in proportion."""
        general = np.exp(self._model.single(self._known(at)) + self._cost(at))
        mixed: Counts = (1 - _SHARE) * general + _SHARE * self._singles[at] / self._total
        return mixed

    def pair(self, before: Ids, at: Ids) -> Logs:
        """Logarithms of how likely `at` is behind `before`, element by element."""
        general = self._model.pair(self._known(before), self._known(at)) + self._cost(at)
        return np.log(self._behind_one(np.exp(general), before, at)).astype(np.float32)

    def triple(self, second: Ids, before: Ids, at: Ids) -> Logs:
        """Logarithms of how likely `at` is behind `second` and `before`, element by element."""
        known = (self._known(ids) for ids in (second, before, at))
        lower = self._behind_one(np.exp(self._model.triple(*known) + self._cost(at)), before, at)
        context = second.astype(np.uint64) << _BITS | before.astype(np.uint64)
        seen = self._triples.of(context << _BITS | at.astype(np.uint64))
        adapted = _mixed(lower, seen, self._contexts.of(context), prior=_TRIPLE_PRIOR)
        found: Logs = np.log(np.where(before == BOUNDARY, lower, adapted)).astype(np.float32)
        return found

    def _behind_one(self, general: Counts, before: Ids, at: Ids) -> Counts:
        """The general probabilities, adapted by what stands behind single syllables in the domain."""
        if self._total > 1:
            general = (1 - _SHARE) * general + _SHARE * self._singles[at] / self._total
        seen = self._pairs.of(before.astype(np.uint64) << _BITS | at.astype(np.uint64))
        adapted = _mixed(general, seen, self._singles[before], prior=_PAIR_PRIOR)
        # Messages begin otherwise than the phrases of a report.
        found: Counts = np.where(before == BOUNDARY, general, adapted)
        return found

    def _known(self, ids: Ids) -> Ids:
        """The ids as the general model has them."""
        return np.where(ids < len(self._model.vocabulary), ids, UNKNOWN)

    def _cost(self, ids: Ids) -> Logs:
        return np.where(ids < len(self._model.vocabulary), 0.0, _LACKED).astype(np.float32)


def _mixed(general: Counts, seen: Counts, whole: Counts, *, prior: float) -> Counts:
    """`general` and what was seen of the whole, by how much was seen; people write otherwise than reports."""
    trusted = np.minimum(whole / (whole + prior), _MOST_TRUSTED)
    mixed: Counts = (1 - trusted) * general + trusted * seen / np.maximum(whole, 1.0)
    return mixed
