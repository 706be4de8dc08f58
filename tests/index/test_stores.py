"""The same index over both vector stores: FAISS, and Milvus as its embedded Lite."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from index import Document, Filters, build, open_current
from index.embedding import Vectors, unit
from index.errors import GenerationDamaged, GenerationMismatch, StoreUnavailable
from index.stores import open_store
from index.vectors import VectorReader

# Vectors are kept in half precision.
_HALF = 1e-3


@pytest.fixture(params=["faiss", "milvus"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return "" if request.param == "faiss" else str(tmp_path / "milvus.db")


def _vectors(count: int) -> Vectors:
    return unit(np.random.default_rng(1).normal(size=(count, 8)).astype(np.float32))


def _reader(place: str, folder: Path, vectors: Vectors) -> VectorReader:
    store = open_store(place, folder)
    store.write("one", folder, vectors)
    return store.open("one", folder)


def test_the_nearest_come_first_with_their_nearness(place: str, tmp_path: Path) -> None:
    vectors = _vectors(50)
    documents, near = _reader(place, tmp_path, vectors).candidates(vectors[7:8], 3, None)
    expected = np.argsort(-(vectors @ vectors[7]))[:3]
    assert documents.tolist() == expected.tolist()
    assert near.tolist() == pytest.approx((vectors @ vectors[7])[expected].tolist(), abs=_HALF)


@pytest.mark.parametrize("named", [4_000, 3], ids=["named", "left out afterwards"])
def test_a_mask_is_kept(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: int) -> None:
    monkeypatch.setattr("index.milvus._NAMED", named)
    mask = np.arange(50) % 5 == 0
    documents, _ = _reader(place, tmp_path, _vectors(50)).candidates(_vectors(50)[7:8], 3, mask)
    assert len(documents)
    assert mask[documents].all()


def test_stored_vectors_come_back(place: str, tmp_path: Path) -> None:
    vectors = _vectors(50)
    numbers = np.array([49, 0, 7])
    assert _reader(place, tmp_path, vectors).of(numbers) == pytest.approx(vectors[numbers], abs=_HALF)


def test_reports_come_and_go(place: str, documents: list[Document], tmp_path: Path) -> None:
    build(documents[:5], tmp_path / "index", vectors=place)
    index = open_current(tmp_path / "index", vectors=place)
    assert index.search("đổi bằng lái xe", k=1)[0].id == "r1#0"
    build(documents, tmp_path / "index", vectors=place)
    assert index.search("kich hoat VNeID", k=1)[0].id != "r2#7"
    assert index.reload_if_changed()
    assert index.search("kich hoat VNeID", k=1)[0].id == "r2#7"
    only = index.search("hồ sơ", filters=Filters(report_ids=frozenset({"r2"})))
    assert {hit.id[:2] for hit in only} == {"r2"}
    assert not build(documents, tmp_path / "index", vectors=place).built


def test_an_index_made_with_another_store_is_refused(documents: list[Document], tmp_path: Path) -> None:
    build(documents[:2], tmp_path / "index")
    with pytest.raises(GenerationMismatch, match="another vector store"):
        open_current(tmp_path / "index", vectors=str(tmp_path / "milvus.db"))


def test_a_collection_that_is_gone_is_named(documents: list[Document], tmp_path: Path) -> None:
    place = str(tmp_path / "milvus.db")
    build(documents[:2], tmp_path / "index", vectors=place)
    [segment] = (tmp_path / "index").glob("seg-*")
    record = json.loads((segment / "segment.json").read_text())
    open_store(place, tmp_path / "index").drop([record["vectors"]])
    with pytest.raises(GenerationDamaged, match="no collection hoidap_"):
        open_current(tmp_path / "index", vectors=place)


def test_a_missing_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(StoreUnavailable, match=r"install hoidap\[milvus\]"):
        open_store("http://milvus:19530", tmp_path).drop(["x"])


def test_faiss_needs_no_milvus(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, documents: list[Document]
) -> None:
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    build(documents[:2], tmp_path)
    assert open_current(tmp_path).search("hộ chiếu", k=1)[0].id == "r1#1"


def test_two_indexes_in_one_milvus_leave_each_other_alone(documents: list[Document], tmp_path: Path) -> None:
    place = str(tmp_path / "milvus.db")
    for name in ("one", "other"):
        build(documents[:3], tmp_path / name, vectors=place)
    for count in (4, 5, 6):
        build(documents[:count], tmp_path / "other", vectors=place)
    assert open_current(tmp_path / "one", vectors=place).search("hộ chiếu", k=1)[0].id == "r1#1"
