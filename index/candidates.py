"""The documents that any leg proposes for a question, scored by every leg, over all segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.asked import Asked
from index.dense import Numbers, Spans
from index.embedding import Vectors, nearness
from index.filtering import Mask
from index.fusion import Scores
from index.records import Filters
from index.segment import Opened

_LEGS: Final = ("spelt", "folded", "dense")
_EVIDENCE: Final = ("coverage", "figure", "substance")
# A text of fewer syllables is a title or a table's cell, which names a thing and says nothing about it.
_SAYS_SOMETHING: Final = 12


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidates, aligned: the segment each stands in, its number there and over all, its scores.

    `legs` holds the scores of the legs and what else speaks for a passage: "coverage", how much of the
    question it says; "figure", 1 where the question asks for a figure and it states one; "substance", less
    than 1 for a few words that say nothing.

    `spans` is where the sentence stands that comes nearest to the question, (0, 0) for a lone one.
    """

    parts: NDArray[np.int64]
    documents: Numbers
    positions: Numbers
    legs: dict[str, Scores]
    spans: Spans

    def key(self, segments: Sequence[Opened], at: int) -> int:
        """The number of what a candidate's text says."""
        return int(segments[self.parts[at]].segment.keys[self.documents[at]])


@dataclass(frozen=True, slots=True)
class _Proposed:
    """What one leg proposes, over all segments."""

    parts: NDArray[np.int64]
    documents: Numbers
    scores: Scores

    def best(self, count: int) -> tuple[NDArray[np.int64], Numbers]:
        """The `count` best proposals."""
        if len(self.scores) <= count:
            return self.parts, self.documents
        chosen = np.argpartition(-self.scores, count)[:count]
        return self.parts[chosen], self.documents[chosen]


def gather(
    segments: Sequence[Opened],
    asked: Asked,
    vector: Vectors,
    filters: Filters | None,
    *,
    pool: int,
) -> Candidates:
    """The `pool` best by words and the `pool` best by meaning, all of them scored by every leg."""
    said: list[_Proposed] = []
    meant: list[_Proposed] = []
    for part, opened in enumerate(segments):
        mask = _mask(opened, filters)
        if mask is not None and not mask.any():
            continue
        said.append(_top(part, asked.proposals(part), pool, mask))
        documents, similar = opened.vectors.candidates(vector, pool, mask)
        meant.append(_Proposed(np.full(len(documents), part), documents, similar))
    chosen = [_joined(proposals).best(pool) for proposals in (said, meant) if proposals]
    return _scored(segments, asked, vector, chosen)


def _scored(
    segments: Sequence[Opened],
    asked: Asked,
    vector: Vectors,
    chosen: Sequence[tuple[NDArray[np.int64], Numbers]],
) -> Candidates:
    sizes = np.cumsum([0, *(len(opened.segment) for opened in segments)])
    found: list[tuple[NDArray[Any], ...]] = []
    for part in sorted({int(part) for parts, _ in chosen for part in np.unique(parts)}):
        documents = np.unique(np.concatenate([numbers[parts == part] for parts, numbers in chosen]))
        lexical = asked.scores(part, documents.astype(np.int32))
        whole = nearness(segments[part].vectors.of(documents), vector[0])
        dense, spans = segments[part].segment.sentences.scores(vector[0], documents, whole)
        columns = segments[part].segment.columns
        figures = (columns.figures[documents] > 0) & asked.asks_figure
        substance = np.minimum(columns.syllables[documents] / _SAYS_SOMETHING, 1.0)
        scores = (lexical.spelt, lexical.folded, dense, lexical.coverage, figures, substance)
        numbers = np.full(len(documents), part)
        found.append((numbers, documents, spans, *(np.asarray(leg, dtype=np.float32) for leg in scores)))
    if not found:
        empty = np.zeros(0, dtype=np.int64)
        return Candidates(empty, empty, empty, {}, np.zeros((0, 2), dtype=np.int32))
    merged = [np.concatenate(column) for column in zip(*found, strict=True)]
    legs = dict(zip((*_LEGS, *_EVIDENCE), merged[3:], strict=True))
    return Candidates(merged[0], merged[1], merged[1] + sizes[merged[0]], legs, merged[2])


def _mask(opened: Opened, filters: Filters | None) -> Mask | None:
    """Which documents of a segment may be found; None for all."""
    mask = opened.segment.columns.mask(filters)
    if opened.live is None or mask is None:
        return opened.live if mask is None else mask
    return mask & opened.live


def _top(part: int, scores: Scores, count: int, mask: Mask | None) -> _Proposed:
    """The documents with the best scores above 0 that `mask` lets through, at most `count`, in no order."""
    found = np.flatnonzero(scores > 0 if mask is None else (scores > 0) & mask)
    if len(found) > count:
        found = found[np.argpartition(-scores[found], count)[:count]]
    return _Proposed(np.full(len(found), part), found.astype(np.int64), scores[found])


def _joined(proposals: Sequence[_Proposed]) -> _Proposed:
    return _Proposed(
        np.concatenate([one.parts for one in proposals]).astype(np.int64),
        np.concatenate([one.documents for one in proposals]),
        np.concatenate([one.scores for one in proposals]),
    )
