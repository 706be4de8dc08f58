"""Vectors in FAISS: exact while few, an inverted file when many, the same through a mask."""

from __future__ import annotations

import numpy as np
import pytest

from index.embedding import Vectors, unit
from index.vectors import FaissReader, FaissStore, VectorReader, build_index


def _vectors(count: int, *, seed: int = 1) -> Vectors:
    """Unit vectors in clusters, as texts are."""
    chance = np.random.default_rng(seed)
    centres = chance.normal(size=(60, 24))
    return unit((centres[chance.integers(0, 60, count)] + 0.4 * chance.normal(size=(count, 24))).astype("f4"))


@pytest.fixture(scope="module", params=["exact", "inverted file"])
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> VectorReader:
    folder = tmp_path_factory.mktemp("vectors")
    with pytest.MonkeyPatch.context() as patch:
        if request.param != "exact":
            patch.setattr("index.vectors.EXACT_UP_TO", 1_000)
        FaissStore().write("s", folder, _vectors(4_000))
    return FaissStore().open("s", folder)


def _truth(query: Vectors, allowed: np.ndarray) -> list[int]:
    similar = _vectors(4_000) @ query[0]
    similar[~allowed] = -9
    return [int(place) for place in np.argsort(-similar)[:10]]


def test_the_nearest_are_found(reader: VectorReader) -> None:
    everything = np.ones(4_000, dtype=np.bool_)
    found = [
        len(set(reader.candidates(query[None], 10, None)[0].tolist()) & set(_truth(query[None], everything)))
        for query in _vectors(20, seed=1)
    ]
    assert sum(found) / 200 >= 0.9


@pytest.mark.parametrize("share", [0.5, 0.01])
def test_a_mask_is_kept_and_costs_no_recall(reader: VectorReader, share: float) -> None:
    mask = np.random.default_rng(3).random(4_000) < share
    found = 0
    for query in _vectors(20, seed=1):
        places = reader.candidates(query[None], 10, mask)[0]
        assert mask[places].all()
        found += len(set(places.tolist()) & set(_truth(query[None], mask)))
    assert found / 200 >= 0.9


def test_stored_vectors_come_back(reader: VectorReader) -> None:
    numbers = np.array([3, 3_999, 0])
    assert reader.of(numbers) == pytest.approx(_vectors(4_000)[numbers], abs=0.03)


def test_no_vectors_no_candidates() -> None:
    reader = FaissReader(build_index(np.zeros((0, 3), dtype=np.float32)))
    documents, near = reader.candidates(np.ones((1, 3), dtype=np.float32), 5, None)
    assert (documents.tolist(), near.tolist()) == ([], [])
    assert reader.of(np.zeros(0, dtype=np.int64)).shape == (0, 3)
