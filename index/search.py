"""An opened index: a question in, ranked passages out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from index.dense import DenseLeg, Numbers
from index.embedding import Embedder
from index.filtering import FilterColumns, Mask
from index.fusion import WEIGHTS, WEIGHTS_WITHOUT_DIACRITICS, Scores, fuse, order
from index.lexical import LexicalLeg
from index.query import Query, analyse
from index.records import Filters, Hit
from index.thesaurus import Thesaurus

if TYPE_CHECKING:
    from collections.abc import Callable

# How many candidates each leg proposes; every candidate is then scored exactly by every leg.
_POOL: Final = 64


@dataclass(frozen=True, slots=True)
class Opened:
    """The parts of one generation, in memory."""

    name: str
    ids: tuple[str, ...]
    columns: FilterColumns
    lexical: LexicalLeg
    dense: DenseLeg
    embedder: Embedder


class Index:
    """The published generation, opened. Several threads may call `search`, also while it reloads."""

    def __init__(
        self, opened: Opened, *, thesaurus: Thesaurus, reopen: Callable[[str], Opened | None]
    ) -> None:
        self._opened, self._thesaurus, self._reopen = opened, thesaurus, reopen

    @property
    def generation(self) -> str:
        """The name of the generation that is being searched."""
        return self._opened.name

    def __len__(self) -> int:
        return len(self._opened.ids)

    def reload_if_changed(self) -> bool:
        """Whether another generation has been published since, and is now the one searched.

        Searches that run meanwhile finish on the old one.

        Raises:
            SearchError: the new one cannot be opened; the old one keeps serving.
        """
        opened = self._reopen(self._opened.name)
        if opened is None:
            return False
        self._opened = opened
        return True

    def search(self, query: str, *, k: int = 20, filters: Filters | None = None) -> list[Hit]:
        """The best `k` documents for `query` that `filters` let through, best first; [] if it is blank."""
        opened = self._opened  # once: a reload in between must not mix two generations
        question = analyse(query, self._thesaurus)
        mask = opened.columns.mask(filters)
        if not question.folded or not opened.ids or k <= 0 or (mask is not None and not mask.any()):
            return []
        legs, pool = _score(opened, query, question, mask, pool=max(_POOL, k))
        weights = WEIGHTS if question.has_diacritics else WEIGHTS_WITHOUT_DIACRITICS
        fused = fuse(legs, weights)
        best = order(fused, pool)[:k]
        best = best[np.maximum(legs["folded"], legs["dense"])[best] > 0]
        coverage = opened.lexical.coverage(question, pool[best].astype(np.int32))
        return [
            Hit(
                id=opened.ids[pool[at]],
                score=float(fused[at]),
                legs={**{leg: float(scores[at]) for leg, scores in legs.items()}, "coverage": float(said)},
            )
            for at, said in zip(best, coverage, strict=True)
        ]


def _score(
    opened: Opened, text: str, question: Query, mask: Mask | None, *, pool: int
) -> tuple[dict[str, Scores], Numbers]:
    """The legs' scores of every candidate that any leg proposes, and the candidates' numbers, ascending."""
    spelt, folded = opened.lexical.scores(question)
    vector = opened.embedder.encode_queries([text])
    proposed = [_top(folded, pool, mask), opened.dense.candidates(vector, pool, mask)]
    if question.has_diacritics:
        proposed.append(_top(spelt, pool, mask))
    candidates = np.unique(np.concatenate(proposed))
    legs = {
        "spelt": spelt[candidates],
        "folded": folded[candidates],
        "dense": opened.dense.scores(vector, candidates),
    }
    return legs, candidates


def _top(scores: Scores, count: int, mask: Mask | None) -> Numbers:
    """The documents with the best scores above 0 that `mask` lets through, at most `count`, in no order."""
    found = np.flatnonzero(scores > 0 if mask is None else (scores > 0) & mask)
    if len(found) > count:
        found = found[np.argpartition(-scores[found], count)[:count]]
    return found.astype(np.int64)
