"""Where the vectors of whole passages live: in FAISS beside the segment, or in Milvus (`index.milvus`).

The rule for FAISS, by the number of vectors in a segment: up to 50 000 inner products with all of them, in
half precision, which changes no ranking and halves what is read; beyond, an inverted file (IVF) of 4 · √n
lists over vectors in eight bits a number, of which a search visits a sixteenth. Eight bits because they lose
nothing measurable here, where products of four bits lose recall; an inverted file rather than a graph (HNSW)
because it is built in a tenth of the time on two cores and needs no memory of its own. Both are
memory-mapped. Measured in docs/benchmarks.md.
"""

from __future__ import annotations

import math
import os
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np

from index.dense import Numbers
from index.embedding import Vectors
from index.filtering import Mask

EXACT_UP_TO: Final = 50_000
_VISITED: Final = 16
_TRAINED_ON: Final = 64
_FILE: Final = "vectors.faiss"


class VectorReader(Protocol):
    """The vectors of one segment, to be searched."""

    def candidates(self, vector: Vectors, count: int, mask: Mask | None) -> tuple[Numbers, Vectors]:
        """At most `count` documents that `mask` lets through, nearest to `vector`, and how near they are.

        `vector` has shape (1, dimension); nearness is the inner product.
        """
        ...

    def of(self, documents: Numbers) -> Vectors:
        """The stored vectors of `documents`."""
        ...


class VectorStore(Protocol):
    """Keeps the vectors of segments, each under its name."""

    name: str

    def write(self, segment: str, folder: Path, vectors: Vectors) -> None:
        """Keep the vectors of a segment, whose other files are being written to `folder`."""
        ...

    def open(self, segment: str, folder: Path) -> VectorReader:
        """The vectors of a segment whose other files are in `folder`."""
        ...

    def drop(self, segments: Collection[str]) -> None:
        """Forget the vectors of segments that are no longer used; one that is not there is no error."""
        ...


class FaissStore:
    """Vectors in a FAISS file among the segment's other files."""

    name = "faiss"

    def write(self, segment: str, folder: Path, vectors: Vectors) -> None:
        """Write `vectors.faiss` into `folder`."""
        import faiss

        del segment
        faiss.write_index(build_index(vectors), str(folder / _FILE))

    def open(self, segment: str, folder: Path) -> VectorReader:
        """What `write` wrote, memory-mapped."""
        import faiss

        del segment
        return FaissReader(faiss.read_index(str(folder / _FILE), faiss.IO_FLAG_MMAP_IFC))

    def drop(self, segments: Collection[str]) -> None:
        """Nothing: a file goes with its segment's folder."""


class FaissReader:
    """A FAISS index over the vectors of a segment."""

    def __init__(self, index: Any) -> None:  # noqa: ANN401
        self._index = index
        if hasattr(index, "make_direct_map"):
            index.make_direct_map()

    def candidates(self, vector: Vectors, count: int, mask: Mask | None) -> tuple[Numbers, Vectors]:
        """At most `count` documents that `mask` lets through, nearest first, and how near they are."""
        if not self._index.ntotal:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        _alone()
        options: dict[str, Any] = {} if mask is None else {"params": self._chosen(mask)}
        near, found = self._index.search(vector, min(count, self._index.ntotal), **options)
        there = found[0] >= 0
        return found[0][there].astype(np.int64), near[0][there]

    def of(self, documents: Numbers) -> Vectors:
        """The stored vectors of `documents`."""
        if not len(documents):
            return np.zeros((0, self._index.d), dtype=np.float32)
        return np.asarray(self._index.reconstruct_batch(documents), dtype=np.float32)

    def _chosen(self, mask: Mask) -> Any:  # noqa: ANN401
        """FAISS's parameters for searching the masked vectors only; through a narrow mask all lists."""
        import faiss

        selector: Any = faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little"))  # type: ignore[call-arg, arg-type]
        if not hasattr(self._index, "nprobe"):
            return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # its stub lacks it
        widened = self._index.nprobe / max(float(mask.mean()), 1e-6)
        visited = min(self._index.nlist, math.ceil(widened))
        return faiss.SearchParametersIVF(sel=selector, nprobe=visited)  # type: ignore[call-arg]


def build_index(vectors: Vectors) -> Any:  # noqa: ANN401
    """The FAISS index that the rule gives for these vectors."""
    import faiss

    count, dimension = vectors.shape
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    if count <= EXACT_UP_TO:
        index: Any = faiss.index_factory(dimension, "SQfp16", faiss.METRIC_INNER_PRODUCT)
    else:
        lists = round(4 * math.sqrt(count))
        index = faiss.index_factory(dimension, f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
        index.cp.seed, index.cp.niter = 20_26, 8
        spread = np.linspace(0, count - 1, min(count, lists * _TRAINED_ON)).astype(np.int64)
        index.train(vectors[spread])
        index.nprobe = max(1, lists // _VISITED)
    index.add(vectors)
    return index


def _alone() -> None:
    """Let FAISS search in this thread alone.

    One question is too little work to share: on a busy machine waiting for the other threads took ten times
    as long as the search.
    """
    import faiss

    faiss.omp_set_num_threads(1)
