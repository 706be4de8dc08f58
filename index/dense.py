"""The dense leg: FAISS over the vectors of whole passages and of their sentences.

A passage scores ½ · cosine(question, passage) + ½ · cosine(question, its best sentence), which was measured to gain
six points of recall@1 over whole passages alone.

Rule for size: exact inner product up to 50 000 vectors; `_new_index` is the one place where a larger collection gets
an approximate index. Scores of candidates are always worked out from the stored vectors, so that an approximate
index changes which passages are looked at, never how they score.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder, Vectors
from index.filtering import Mask
from index.records import Document, Progress
from index.segmentation import sentences

EXACT_UP_TO: Final = 50_000
_BATCH: Final = 256

Numbers = NDArray[np.int64]


class DenseLeg:
    """A FAISS index over pieces, and for each document where its pieces start: the whole first, then sentences."""

    def __init__(self, index: Any, starts: Numbers) -> None:  # noqa: ANN401
        self._index, self._starts = index, starts
        self._owner = np.repeat(np.arange(len(starts) - 1), np.diff(starts))

    def candidates(self, vector: Vectors, count: int, mask: Mask | None) -> Numbers:
        """The documents whose pieces are nearest to `vector` (shape (1, dimension)), at most `count`, ascending."""
        if self._index.ntotal == 0:
            return np.zeros(0, dtype=np.int64)
        import faiss

        options = {}
        if mask is not None:
            chosen = faiss.IDSelectorBatch(np.flatnonzero(mask[self._owner]).astype(np.int64))
            options["params"] = faiss.SearchParameters(sel=chosen)
        _, pieces = self._index.search(vector, min(count, self._index.ntotal), **options)
        return np.unique(self._owner[pieces[0][pieces[0] >= 0]]).astype(np.int64)

    def scores(self, vector: Vectors, documents: Numbers) -> Vectors:
        """The score of each of `documents` (ascending), in [-1, 1]."""
        if len(documents) == 0:
            return np.zeros(0, dtype=np.float32)
        starts, counts = self._starts[documents], np.diff(self._starts)[documents]
        offsets = np.concatenate([[0], np.cumsum(counts)[:-1]])
        pieces = np.arange(counts.sum()) - np.repeat(offsets, counts) + np.repeat(starts, counts)
        similar = self._index.reconstruct_batch(pieces) @ vector[0]
        whole = similar[offsets]
        best = np.maximum.reduceat(similar, offsets)
        return ((whole + best) / 2).astype(np.float32)

    def save(self, folder: Path) -> None:
        """Write `dense.faiss` and `dense.starts.npy`."""
        import faiss

        faiss.write_index(self._index, str(folder / "dense.faiss"))
        np.save(folder / "dense.starts.npy", self._starts)

    @classmethod
    def load(cls, folder: Path) -> DenseLeg:
        """What `save` wrote."""
        import faiss

        return cls(faiss.read_index(str(folder / "dense.faiss")), np.load(folder / "dense.starts.npy"))


def build_dense(documents: Sequence[Document], embedder: Embedder, *, progress: Progress) -> DenseLeg:
    """The dense leg over `documents`."""
    pieces: list[str] = []
    starts = [0]
    for document in documents:
        pieces += [passage_text(document), *sentences(document.text)]
        starts.append(len(pieces))
    index = _new_index(embedder.dimension, len(pieces))
    for first in range(0, len(pieces), _BATCH):
        index.add(embedder.encode_passages(pieces[first : first + _BATCH]))
        progress("embed", min(first + _BATCH, len(pieces)), len(pieces))
    return DenseLeg(index, np.array(starts, dtype=np.int64))


def passage_text(document: Document) -> str:
    """What is embedded of a document: what it inherits, then what it says."""
    return f"{document.heading}. {document.text}" if document.heading else document.text


def _new_index(dimension: int, count: int) -> Any:  # noqa: ANN401
    """An empty index for `count` vectors. Extension point: past `EXACT_UP_TO` exact search still works, only slower."""
    import faiss

    del count  # the rule above: one kind of index until a larger collection is measured
    return faiss.IndexFlatIP(dimension)
