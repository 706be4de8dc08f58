"""Vectors in Milvus, for collections beyond one machine: a cluster by its address, or a file of Milvus Lite.

A segment's vectors are a collection of their own, filled before the generation that uses it is published and
dropped when no generation does. `pymilvus` is an optional package (`pip install 'hoidap[milvus]'`), imported
only where the setting names Milvus.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

import numpy as np

from index.dense import Numbers
from index.embedding import Vectors
from index.errors import GenerationDamaged, StoreUnavailable
from index.filtering import Mask
from index.vectors import VectorReader

_PREFIX: Final = "hoidap_"
_BATCH: Final = 1_000
# Through a mask of up to so many documents their numbers are named; a wider one is searched for more
# candidates than are wanted, and what it does not let through is left out afterwards.
_NAMED: Final = 4_000
# The most that Milvus gives in one answer.
_MOST: Final = 16_384


class MilvusStore:
    """Vectors in the Milvus at `place`, connected to when first used.

    `namespace` tells them from those of other indexes there.
    """

    def __init__(self, place: str, *, namespace: str = "") -> None:
        self.name = "milvus"
        self._place, self._namespace = place, namespace and f"{namespace}_"
        self._connected: Any = None

    @property
    def _client(self) -> Any:  # noqa: ANN401
        if self._connected is None:
            self._connected = _connect(self._place)
        return self._connected

    def write(self, segment: str, folder: Path, vectors: Vectors) -> None:
        """Fill the segment's collection; one that a build which was killed left is filled anew."""
        del folder
        name = self._named(segment)
        if self._client.has_collection(name):
            self._client.drop_collection(name)
        self._client.create_collection(
            name,
            dimension=vectors.shape[1],
            primary_field_name="n",
            metric_type="IP",
            auto_id=False,
            consistency_level="Strong",
        )
        for first in range(0, len(vectors), _BATCH):
            rows = vectors[first : first + _BATCH].tolist()
            self._client.insert(name, [{"n": first + at, "vector": row} for at, row in enumerate(rows)])
        self._client.flush(name)

    def open(self, segment: str, folder: Path) -> VectorReader:
        """The segment's collection.

        Raises:
            GenerationDamaged: it is not there.
        """
        name = self._named(segment)
        if not self._client.has_collection(name):
            raise GenerationDamaged(
                f"Milvus at {self._place} has no collection {name}, which {folder.name} needs; "
                "build the index again"
            )
        self._client.load_collection(name)
        return MilvusReader(self._client, name)

    def drop(self, segments: Collection[str]) -> None:
        """Drop the collections of these segments."""
        for name in map(self._named, segments):
            if self._client.has_collection(name):
                self._client.drop_collection(name)

    def _named(self, segment: str) -> str:
        return f"{_PREFIX}{self._namespace}{segment}"


class MilvusReader:
    """One collection: the vectors of a segment."""

    def __init__(self, client: Any, name: str) -> None:  # noqa: ANN401
        self._client, self._name = client, name
        described = client.describe_collection(name)["fields"]
        self._dimension = next(int(f["params"]["dim"]) for f in described if "dim" in f.get("params", {}))

    def candidates(self, vector: Vectors, count: int, mask: Mask | None) -> tuple[Numbers, Vectors]:
        """At most `count` documents that `mask` lets through, nearest first, and how near they are."""
        wanted, chosen = min(count, _MOST), ""
        if mask is not None:
            allowed = np.flatnonzero(mask)
            if len(allowed) <= _NAMED:
                chosen = f"n in {allowed.tolist()}"
            else:
                wanted = min(_MOST, math.ceil(2 * count / float(mask.mean())))
        [found] = self._client.search(self._name, vector.tolist(), limit=max(wanted, 1), filter=chosen)
        documents = np.array([hit["n"] for hit in found], dtype=np.int64)
        near = np.array([hit["distance"] for hit in found], dtype=np.float32)
        let = np.ones(len(documents), dtype=np.bool_) if mask is None else mask[documents]
        return documents[let][:count], near[let][:count]

    def of(self, documents: Numbers) -> Vectors:
        """The stored vectors of `documents`."""
        vectors = np.zeros((len(documents), self._dimension), dtype=np.float32)
        for first in range(0, len(documents), _BATCH):
            numbers = documents[first : first + _BATCH]
            places = {number: first + at for at, number in enumerate(numbers.tolist())}
            for row in self._client.get(self._name, list(places), output_fields=["n", "vector"]):
                vectors[places[row["n"]]] = row["vector"]
        return vectors


def _connect(place: str) -> Any:  # noqa: ANN401
    """A client of the Milvus at `place`.

    Raises:
        StoreUnavailable: it cannot be reached, or the package is not installed.
    """
    try:
        from pymilvus import MilvusClient
        from pymilvus.exceptions import MilvusException
    except ImportError as error:
        raise StoreUnavailable(
            f"the vector store {place!r} needs the package pymilvus, which is not installed ({error}); "
            "install hoidap[milvus], or leave the setting empty to use FAISS"
        ) from error
    try:
        return MilvusClient(uri=place, timeout=10)
    except (MilvusException, OSError, ValueError, ConnectionError) as error:
        reason = " ".join(str(error).split())[:200]
        raise StoreUnavailable(
            f"Milvus at {place!r} cannot be reached ({type(error).__name__}: {reason}); expected the address "
            "of a cluster (http://host:19530) or a file for Milvus Lite"
        ) from error
