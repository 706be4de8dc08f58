"""The dense leg over real FAISS, with vectors that say what must come out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from index import Document
from index.dense import DenseLeg, build_dense, quantise
from index.embedding import Vectors, unit


class _Letters:
    """A text is the counts of a, b and c."""

    name, fingerprint, dimension = "letters", "1", 3

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        counts = [[text.count(letter) for letter in "abc"] for text in texts]
        return unit(np.array(counts, dtype=np.float32).reshape(-1, 3))

    encode_queries = encode_passages


_A = np.array([[1, 0, 0]], dtype=np.float32)


def _leg(*texts: str) -> DenseLeg:
    documents = [Document(str(number), text) for number, text in enumerate(texts)]
    return build_dense(documents, _Letters(), progress=lambda *_: None)


def test_a_passage_scores_half_by_itself_and_half_by_its_best_sentence() -> None:
    leg = _leg("aaaaaaaaaaaaaaaaaaaaaaaa. bbbbbbbbbbbbbbbbbbbbbbbb.", "aaa", "bbb")
    scores = leg.scores(_A, np.array([0, 1, 2]))
    assert scores.tolist() == pytest.approx([(2**-0.5 + 1) / 2, 1, 0], abs=0.01)


def test_nearest_come_first_and_the_mask_is_kept() -> None:
    leg = _leg("abb", "aab", "aaa", "ccc")
    assert leg.candidates(_A, 2, None).tolist() == [2, 1]
    assert leg.candidates(_A, 9, np.array([True, False, False, True])).tolist() == [0, 3]


def test_saved_leg_scores_alike(tmp_path: Path) -> None:
    leg = _leg("aaaaaaaaaaaaaaaaaaaaaaaa. bbbbbbbbbbbbbbbbbbbbbbbb.", "abc")
    leg.save(tmp_path)
    loaded = DenseLeg.load(tmp_path)
    numbers = np.array([0, 1])
    assert loaded.scores(_A, numbers).tolist() == leg.scores(_A, numbers).tolist()
    assert loaded.candidates(_A, 5, None).tolist() == leg.candidates(_A, 5, None).tolist()


def test_nothing_indexed_nothing_found() -> None:
    leg = _leg()
    assert leg.candidates(_A, 5, None).tolist() == []
    assert leg.scores(_A, np.zeros(0, dtype=np.int64)).tolist() == []


@given(
    arrays.arrays(np.float32, (5, 16), elements=st.floats(-1, 1, width=32)),
    arrays.arrays(np.float32, (16,), elements=st.floats(-1, 1, width=32)),
)
def test_eight_bits_hardly_move_a_cosine(rows: Vectors, query: Vectors) -> None:
    rows, query = unit(rows), unit(query[None])[0]
    similar = quantise(rows).similar(np.arange(5), query)
    assert np.abs(similar - rows @ query).max() < 0.02
