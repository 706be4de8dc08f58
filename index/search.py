"""An opened index: a question in, ranked passages out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from index.asked import Asked
from index.candidates import Candidates, gather
from index.dense import Numbers
from index.embedding import Embedder
from index.fusion import WEIGHTS, WEIGHTS_WITHOUT_DIACRITICS, Scores, fuse, order, relative
from index.query import analyse
from index.records import Filters, Hit
from index.segment import Opened
from index.thesaurus import Thesaurus

if TYPE_CHECKING:
    from collections.abc import Callable

# How many candidates each leg proposes; every candidate is then scored exactly by every leg.
_POOL: Final = 64
# Where duplicates are folded, so many times more hits are looked at.
_FOLDED_FROM: Final = 3


@dataclass(frozen=True, slots=True)
class Serving:
    """A generation as it is searched."""

    name: str
    segments: tuple[Opened, ...]
    embedder: Embedder


class Index:
    """The published generation, opened. Several threads may call `search`, also while it reloads."""

    def __init__(
        self, serving: Serving, *, thesaurus: Thesaurus, reopen: Callable[[Serving], Serving | None]
    ) -> None:
        self._serving, self._thesaurus, self._reopen = serving, thesaurus, reopen

    @property
    def generation(self) -> str:
        """The name of the generation that is being searched."""
        return self._serving.name

    def __len__(self) -> int:
        lives = [(opened.live, len(opened.segment)) for opened in self._serving.segments]
        return sum(size if live is None else int(live.sum()) for live, size in lives)

    def reload_if_changed(self) -> bool:
        """Whether another generation has been published since, and is now the one searched.

        Searches that run meanwhile finish on the old one.

        Raises:
            SearchError: the new one cannot be opened; the old one keeps serving.
        """
        serving = self._reopen(self._serving)
        if serving is None:
            return False
        self._serving = serving
        return True

    def search(
        self,
        query: str,
        *,
        k: int = 20,
        filters: Filters | None = None,
        fold_duplicates: bool = False,
        restored: str = "",
    ) -> list[Hit]:
        """The best `k` documents for `query` that `filters` let through, best first; [] if it is blank.

        With `fold_duplicates` a document that says the very same as a better one (a sentence that every
        month's report repeats) is listed with that one instead of taking a place of its own. `restored` is
        the query with the diacritics that were not typed (`index.restoration`), where the caller knows them.
        """
        serving = self._serving  # once: a reload in between must not mix two generations
        question = analyse(query, self._thesaurus, restored=restored)
        if not question.folded or k <= 0 or not serving.segments:
            return []
        wanted = k * _FOLDED_FROM if fold_duplicates else k
        asked = Asked(question, [opened.segment.lexical for opened in serving.segments])
        vector = serving.embedder.encode_queries([query])
        pool = max(_POOL, wanted)
        found = gather(serving.segments, asked, vector, filters, pool=pool)
        if not len(found.parts):
            return []
        weights = WEIGHTS if question.has_diacritics else WEIGHTS_WITHOUT_DIACRITICS
        fused = fuse(found.legs, weights)
        best = order(fused, found.positions)[:wanted]
        best = best[np.maximum(found.legs["folded"], found.legs["dense"])[best] > 0]
        hits = _hits(serving.segments, found, best, relative(fused))
        if not fold_duplicates:
            return hits
        return _folded(hits, [found.key(serving.segments, int(at)) for at in best])[:k]


def _hits(segments: Sequence[Opened], found: Candidates, best: Numbers, fused: Scores) -> list[Hit]:
    """The chosen candidates as hits."""
    parts, documents = found.parts[best].tolist(), found.documents[best].tolist()
    spans, scores = found.spans[best].tolist(), fused[best].tolist()
    legs = {leg: values[best].tolist() for leg, values in found.legs.items()}
    return [
        Hit(
            id=segments[parts[at]].segment.ids[documents[at]],
            score=scores[at],
            legs={leg: values[at] for leg, values in legs.items()},
            sentence=(spans[at][0], spans[at][1]) if spans[at][1] else None,
        )
        for at in range(len(best))
    ]


def _folded(hits: Sequence[Hit], keys: Sequence[int]) -> list[Hit]:
    """`hits` with those of an equal text put into the first of them."""
    first: dict[int, int] = {}
    others: dict[int, list[str]] = {}
    for place, (hit, key) in enumerate(zip(hits, keys, strict=True)):
        if first.setdefault(key, place) != place:
            others.setdefault(first[key], []).append(hit.id)
    return [replace(hits[place], duplicates=tuple(others.get(place, ()))) for place in first.values()]
