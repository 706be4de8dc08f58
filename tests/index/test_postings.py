"""Impacts add up to BM25, worked out here the long way."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.postings import K1, B, Postings, build_postings

_BAGS = [{"a": 2.0, "b": 1.0}, {"a": 1.0}, {"c": 4.0, "b": 0.4}]


def _bm25(bags: list[dict[str, float]], term: str, number: int) -> float:
    held = sum(term in bag for bag in bags)
    mean = sum(sum(bag.values()) for bag in bags) / len(bags)
    count = bags[number].get(term, 0.0)
    penalty = K1 * (1 - B + B * sum(bags[number].values()) / mean)
    return math.log(1 + (len(bags) - held + 0.5) / (held + 0.5)) * count / (count + penalty)


@given(
    st.lists(
        st.dictionaries(st.sampled_from("abcde"), st.floats(0.4, 5), min_size=1), min_size=1, max_size=8
    ),
    st.lists(st.sampled_from("abcdef"), max_size=4),
)
def test_scores_are_bm25(bags: list[dict[str, float]], terms: list[str]) -> None:
    scores = build_postings(bags).scores([(term, 1.0) for term in terms])
    expected = [sum(_bm25(bags, term, number) for term in terms) for number in range(len(bags))]
    assert scores.tolist() == pytest.approx(expected, rel=1e-4, abs=1e-6)


def test_holding_all_needs_every_term() -> None:
    postings = build_postings(_BAGS)
    assert postings.holding_all(["a", "b"]).tolist() == [0]
    assert postings.holding_all(["a", "unknown"]).tolist() == []


def test_impacts_in_chosen_documents() -> None:
    postings = build_postings(_BAGS)
    impacts = postings.impacts_in("b", np.array([0, 1, 2], dtype=np.int32))
    assert impacts.tolist() == postings.scores([("b", 1.0)]).tolist()
    assert impacts[1] == 0


def test_an_unknown_term_is_rarer_than_any() -> None:
    postings = build_postings(_BAGS)
    assert postings.rarity("unknown") > postings.rarity("c") > postings.rarity("a")


def test_saved_postings_score_alike(tmp_path: Path) -> None:
    postings = build_postings(_BAGS)
    postings.save(tmp_path, "x")
    loaded = Postings.load(tmp_path, "x", size=3)
    terms = [("a", 1.0), ("b", 0.5)]
    assert loaded.scores(terms).tolist() == postings.scores(terms).tolist()


def test_no_documents_no_scores() -> None:
    assert build_postings([]).scores([("a", 1.0)]).shape == (0,)
