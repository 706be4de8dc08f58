"""Codes and rarity add up to BM25, worked out here the long way."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.postings import K1, B, Postings, build_postings, merge_postings, rarity, saturations

_BAGS = [[1, 1, 2], [1], [3, 3, 3, 2]]
_ALL = np.array([0, 1, 2], dtype=np.int32)


def _build(bags: list[list[int]]) -> Postings:
    terms = np.array([term for bag in bags for term in bag], dtype=np.uint64)
    documents = np.repeat(np.arange(len(bags), dtype=np.int32), [len(bag) for bag in bags])
    weights = np.ones(len(terms), dtype=np.float32)
    return build_postings(terms, documents, weights, size=len(bags))


def _ranges(postings: Postings, *terms: int) -> np.ndarray:
    return postings.ranges(np.array(terms, dtype=np.uint64))


def _score(postings: Postings, size: int, term: int) -> list[float]:
    held, codes = postings.codes_in(_ranges(postings, term), np.arange(size, dtype=np.int32))
    worth = saturations(postings.length / size)[codes] * rarity(float(held.sum()), size)
    return [float(value) for value in np.where(held, worth, 0)[0]]


def _bm25(bags: list[list[int]], term: int, number: int) -> float:
    held = sum(term in bag for bag in bags)
    mean = sum(map(len, bags)) / len(bags)
    count = bags[number].count(term)
    penalty = K1 * (1 - B + B * len(bags[number]) / mean)
    return math.log(1 + (len(bags) - held + 0.5) / (held + 0.5)) * count / (count + penalty)


@given(
    st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=40), min_size=1, max_size=8),
    st.integers(1, 5),
)
def test_scores_are_bm25_but_for_the_classes_of_counts_and_lengths(bags: list[list[int]], term: int) -> None:
    expected = [_bm25(bags, term, number) if term in bag else 0.0 for number, bag in enumerate(bags)]
    assert _score(_build(bags), len(bags), term) == pytest.approx(expected, rel=0.17, abs=0.02)


def test_terms_that_stand_nowhere_have_empty_ranges() -> None:
    found = _ranges(_build(_BAGS), 2, 9)
    assert (found[:, 1] - found[:, 0]).tolist() == [2, 0]
    assert _ranges(_build([]), 1).tolist() == [[0, 0]]


@pytest.mark.parametrize("read_through", [0, 3_000], ids=["by halves", "read through"])
def test_chosen_documents_are_found_in_ranges(monkeypatch: pytest.MonkeyPatch, read_through: int) -> None:
    monkeypatch.setattr("index.postings._READ_THROUGH", read_through)
    postings = _build(_BAGS)
    chosen = np.array([0, 2], dtype=np.int32)
    held, codes = postings.codes_in(_ranges(postings, 1, 2, 3, 9), chosen)
    assert held.tolist() == [[True, False], [True, True], [False, True], [False, False]]
    assert ((codes > 0) <= held).all()


@given(
    st.lists(st.lists(st.integers(1, 6), min_size=1, max_size=9), min_size=2, max_size=8),
    st.data(),
)
def test_merging_gives_what_building_at_once_gives(bags: list[list[int]], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(bags) - 1))
    gone = data.draw(st.sets(st.integers(0, len(bags) - 1), max_size=len(bags) - 1))
    kept = [number not in gone for number in range(len(bags))]
    new = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
    parts = [_build(bags[:cut]), _build(bags[cut:])]
    merged = merge_postings(parts, [new[:cut], new[cut:]], lost=0.0)
    whole = _build([bag for number, bag in enumerate(bags) if number not in gone])
    for name in ("terms", "starts", "documents", "codes"):
        assert getattr(merged, name).tolist() == getattr(whole, name).tolist()


def test_an_unknown_term_is_rarer_than_any() -> None:
    unknown, rare, common = rarity(np.array([0, 1, 2]), 3).tolist()
    assert unknown > rare > common


def test_saved_postings_are_the_same(tmp_path: Path) -> None:
    postings = _build(_BAGS)
    postings.save(tmp_path, "x")
    assert _score(Postings.load(tmp_path, "x", length=postings.length), 3, 2) == _score(postings, 3, 2)
