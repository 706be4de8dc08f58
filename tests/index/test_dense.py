"""Whole passages and their best sentences, with vectors that say what must come out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from index import Document
from index.dense import Sentences, embed, merge_sentences, quantise
from index.embedding import Vectors, unit


class _Letters:
    """A text is the counts of a, b and c."""

    name, fingerprint, dimension = "letters", "1", 3

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        counts = [[text.count(letter) for letter in "abc"] for text in texts]
        return unit(np.array(counts, dtype=np.float32).reshape(-1, 3))

    encode_queries = encode_passages


_A = np.array([1, 0, 0], dtype=np.float32)
_TWO = "aaaaaaaaaaaaaaaaaaaaaaaa. bbbbbbbbbbbbbbbbbbbbbbbb."


def _embedded(*texts: str) -> tuple[Vectors, Sentences]:
    documents = [Document(str(number), text) for number, text in enumerate(texts)]
    return embed(documents, _Letters(), progress=lambda *_: None)


def _scores(vectors: Vectors, sentences: Sentences) -> tuple[list[float], list[list[int]]]:
    scores, spans = sentences.scores(_A, np.arange(len(vectors)), vectors @ _A)
    return scores.tolist(), spans.tolist()


def test_a_passage_scores_half_by_itself_and_half_by_its_best_sentence() -> None:
    scores, spans = _scores(*_embedded(_TWO, "aaa", "bbb", _TWO[26:] + " " + _TWO[:25]))
    assert scores == pytest.approx([(2**-0.5 + 1) / 2, 1, 0, (2**-0.5 + 1) / 2], abs=0.01)
    assert spans == [[0, 25], [0, 0], [0, 0], [26, 51]]


def test_saved_sentences_score_alike(tmp_path: Path) -> None:
    vectors, sentences = _embedded(_TWO, "abc")
    sentences.save(tmp_path)
    assert _scores(vectors, Sentences.load(tmp_path)) == _scores(vectors, sentences)


def test_merged_sentences_are_those_that_stay() -> None:
    (one, first), (other, second) = _embedded(_TWO, "abc"), _embedded("ccc", _TWO)
    kept = [np.array([True, False]), np.array([False, True])]
    merged = merge_sentences([first, second], kept)
    vectors = np.concatenate([one[kept[0]], other[kept[1]]])
    assert _scores(vectors, merged) == _scores(*_embedded(_TWO, _TWO))


def test_nothing_embedded_nothing_scored() -> None:
    vectors, sentences = _embedded()
    assert _scores(vectors, sentences) == ([], [])


@given(
    arrays.arrays(np.float32, (5, 16), elements=st.floats(-1, 1, width=32)),
    arrays.arrays(np.float32, (16,), elements=st.floats(-1, 1, width=32)),
)
def test_eight_bits_hardly_move_a_cosine(rows: Vectors, query: Vectors) -> None:
    rows, query = unit(rows), unit(query[None])[0]
    similar = quantise(rows).similar(np.arange(5), query)
    assert np.abs(similar - rows @ query).max() < 0.02
