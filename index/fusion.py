"""Fusion of the legs' scores by weight.

Rank fusion with equal weights was measured to lose seven points of recall@1 against the better leg alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

# The one place of the weights. Without diacritics in the question the spelt leg compares noise and is left
# out. Found by coordinate search over half of the benchmark's questions (docs/benchmarks.md), the other half
# held out.
WEIGHTS: Final[Mapping[str, float]] = {
    "spelt": 0.35,
    "folded": 0.15,
    "dense": 0.20,
    "coverage": 0.45,
    "figure": 0.30,
    "substance": 0.35,
}
WEIGHTS_WITHOUT_DIACRITICS: Final[Mapping[str, float]] = {
    "folded": 0.40,
    "dense": 0.30,
    "coverage": 0.35,
    "figure": 0.30,
    "substance": 0.20,
}

# BM25 has a true zero (nothing in common); a cosine has not, so that its floor is the pool's lowest.
_ZERO_BASED: Final = frozenset({"spelt", "folded"})
# Evidence is in [0, 1] as it is, and means the same for every question.
_AS_THEY_ARE: Final = frozenset({"coverage", "figure", "substance"})


def normalise(scores: Scores, *, zero_based: bool) -> Scores:
    """`scores` of the pool mapped to [0, 1]: the best is 1; all 0 where they do not differ (or are all 0)."""
    if scores.size == 0:
        return scores
    floor = 0.0 if zero_based else float(scores.min())
    width = float(scores.max()) - floor
    if width <= 1e-9:
        return np.zeros_like(scores)
    scaled: Scores = np.clip((scores - floor) / width, 0.0, 1.0).astype(np.float32)
    return scaled


def fuse(legs: Mapping[str, Scores], weights: Mapping[str, float]) -> Scores:
    """The weighted sum of the normalised legs, in [0, 1]; `legs` are aligned by candidate."""
    total = sum(weights.values())
    size = len(next(iter(legs.values())))
    fused = np.zeros(size, dtype=np.float32)
    for leg, weight in weights.items():
        scores = legs[leg]
        scaled = scores if leg in _AS_THEY_ARE else normalise(scores, zero_based=leg in _ZERO_BASED)
        fused += np.float32(weight / total) * scaled
    # Rounded, so that the last bits of a sum on another machine do not change the order.
    rounded: Scores = np.round(np.clip(fused, 0.0, 1.0), 6).astype(np.float32)
    return rounded


def relative(fused: Scores) -> Scores:
    """Scores in [0, 1] of one query's candidates: the square of what each has of the best one's.

    Evidence that all candidates share lifts all of them alike; squared, the differences between them are as
    wide again as those of the legs alone, on which those who read scores rely.
    """
    best = float(fused.max(initial=0.0))
    scaled: Scores = np.round((fused / best) ** 2, 6).astype(np.float32) if best > 0 else fused
    return scaled


def order(scores: Scores, positions: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places of `scores`, best first; ties go to the document that was indexed first."""
    return np.lexsort((positions, -scores)).astype(np.int64)
