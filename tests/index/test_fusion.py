"""Weighted fusion: bounded, deterministic, and the weight of a leg is the weight it has."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import WEIGHTS, WEIGHTS_WITHOUT_DIACRITICS, Scores, fuse, normalise, order, relative

_LEGS = st.integers(1, 30).flatmap(
    lambda size: st.fixed_dictionaries(
        {
            leg: st.lists(st.floats(0, 100, width=32), min_size=size, max_size=size).map(
                lambda values: np.array(values, dtype=np.float32)
            )
            for leg in WEIGHTS
        }
    )
)


@given(_LEGS)
def test_fused_scores_are_bounded_and_repeatable(legs: dict[str, Scores]) -> None:
    fused = fuse(legs, WEIGHTS)
    assert ((fused >= 0) & (fused <= 1)).all()
    assert (fused == fuse(legs, WEIGHTS)).all()


@given(_LEGS, st.randoms())
def test_the_order_of_candidates_does_not_change_their_ranking(
    legs: dict[str, Scores], chance: object
) -> None:
    size = len(legs["dense"])
    shuffled = np.arange(size)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    straight = order(fuse(legs, WEIGHTS), np.arange(size))
    turned = {leg: scores[shuffled] for leg, scores in legs.items()}
    assert (shuffled[order(fuse(turned, WEIGHTS), shuffled)] == straight).all()


def test_the_heavier_leg_decides() -> None:
    legs = {"folded": np.array([1, 0], dtype=np.float32), "dense": np.array([0, 1], dtype=np.float32)}
    assert fuse(legs, {"folded": 0.7, "dense": 0.3}).tolist() == pytest.approx([0.7, 0.3])


def test_bm25_keeps_its_zero_and_a_cosine_has_none() -> None:
    scores = np.array([2, 4], dtype=np.float32)
    assert normalise(scores, zero_based=True).tolist() == [0.5, 1.0]
    assert normalise(scores, zero_based=False).tolist() == [0.0, 1.0]


def test_ties_go_to_the_document_indexed_first() -> None:
    assert order(np.array([0.5, 0.5, 0.9], dtype=np.float32), np.array([7, 3, 9])).tolist() == [2, 1, 0]


def test_without_diacritics_the_spelt_leg_has_no_say() -> None:
    assert "spelt" not in WEIGHTS_WITHOUT_DIACRITICS


def test_relative_scores_keep_the_order_and_the_best_is_one() -> None:
    fused = np.array([0.4, 0.8, 0.2], dtype=np.float32)
    assert relative(fused).tolist() == pytest.approx([0.25, 1.0, 0.0625])
    assert relative(np.zeros(2, dtype=np.float32)).tolist() == [0, 0]
