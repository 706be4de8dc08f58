"""Terms of a question looked up in one kind of inverted index of every segment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.postings import Documents, Impacts, Postings, rarity, saturations

# A name that more documents of a segment hold tells none of them apart.
_MOST_NAMED: Final = 20_000

Held = NDArray[np.bool_]


class Lookup:
    """Where terms stand in the postings of each segment, and how rare they are over all `size` documents.

    `places` numbers the terms that some document holds; `rare` is the idf of each of these.
    """

    def __init__(self, parts: Sequence[Postings], size: int, wanted: Iterable[int]) -> None:
        terms = list(dict.fromkeys(wanted))
        numbers = np.array(terms, dtype=np.uint64)
        ranges = [part.ranges(numbers) for part in parts]
        held = sum((r[:, 1] - r[:, 0] for r in ranges), start=np.zeros(len(terms), dtype=np.int64))
        known = np.flatnonzero(held)
        self._parts, self._ranges = parts, [r[known] for r in ranges]
        # As Python's own numbers, which are looked at one by one.
        self._bounds = [r.tolist() for r in self._ranges]
        self.places = {terms[at]: place for place, at in enumerate(known.tolist())}
        self.held: list[int] = held[known].tolist()
        self.rare = rarity(held[known], size)
        self.table = saturations(sum(part.length for part in parts) / max(size, 1))

    def add(self, part: int, place: int, weight: float, scores: Impacts) -> None:
        """Add what a term is worth to the scores of all documents of a segment."""
        start, end = self._bounds[part][place]
        if start < end:
            postings = self._parts[part]
            table = self.table * np.float32(weight)
            scores[postings.documents[start:end]] += table[postings.codes[start:end]]

    def values(self, part: int, chosen: Documents) -> tuple[Held, Impacts]:
        """Which terms the chosen documents of a segment hold, and what each is worth; (places, chosen)."""
        held, codes = self._parts[part].codes_in(self._ranges[part], chosen)
        worth: Impacts = np.where(held, self.table[codes], np.float32(0)) * self.rare[:, None]
        return held, worth

    def holding(self, part: int, places: Sequence[int]) -> Documents:
        """The documents of a segment that hold all of these terms, ascending; none where too many do."""
        bounds = sorted((self._bounds[part][place] for place in places), key=lambda b: b[1] - b[0])
        documents = self._parts[part].documents
        start, end = bounds[0]
        found: Documents = documents[start : end if end - start <= _MOST_NAMED else start]
        for start, end in bounds[1:]:
            if not len(found):
                break
            others = documents[start:end]
            at = np.minimum(np.searchsorted(others, found), len(others) - 1)
            found = found[others[at] == found]
        return found
