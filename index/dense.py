"""The dense leg: FAISS over the vectors of whole passages and of their sentences.

A passage scores ½ · cosine(question, passage) + ½ · cosine(question, its best sentence), which was measured
to gain six points of recall@1 over whole passages alone.

FAISS proposes passages by their whole; sentences (int8, memory-mapped) are compared for the proposed ones
only. Rule for size: exact inner product up to 50 000 passages; `_new_index` is the one place where a larger
collection gets an approximate index. Candidates are always scored from stored vectors, so that an
approximate index changes which passages are looked at, never how they score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder, Vectors
from index.filtering import Mask
from index.records import Document, Progress
from index.segmentation import sentences

EXACT_UP_TO: Final = 50_000
_BATCH: Final = 64

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Quantised:
    """Vectors in eight bits a number: `codes` of shape (vectors, dimension), and a scale for each vector."""

    codes: NDArray[np.int8]
    scales: Vectors

    def similar(self, chosen: Numbers, vector: Vectors) -> Vectors:
        """The inner products of the chosen vectors with `vector`."""
        return (self.codes[chosen].astype(np.float32) @ vector) * self.scales[chosen]


class DenseLeg:
    """A FAISS index over passages; beside it their sentences' vectors and where each passage's start."""

    def __init__(self, index: Any, quantised: Quantised, starts: Numbers) -> None:  # noqa: ANN401
        self._index, self._sentences, self._starts = index, quantised, starts

    def candidates(self, vector: Vectors, count: int, mask: Mask | None) -> Numbers:
        """At most `count` passages that `mask` lets through, nearest to `vector` (shape (1, dimension))."""
        if self._index.ntotal == 0:
            return np.zeros(0, dtype=np.int64)
        import faiss

        options: dict[str, Any] = {}
        if mask is not None:
            chosen = faiss.IDSelectorBatch(np.flatnonzero(mask).astype(np.int64))
            options["params"] = faiss.SearchParameters(sel=chosen)  # type: ignore[call-arg]  # its stub lacks it
        _, found = self._index.search(vector, min(count, self._index.ntotal), **options)
        return np.asarray(found[0][found[0] >= 0], dtype=np.int64)

    def scores(self, vector: Vectors, documents: Numbers) -> Vectors:
        """The score of each of `documents`, in [-1, 1]; a lone sentence is its own best sentence."""
        if len(documents) == 0:
            return np.zeros(0, dtype=np.float32)
        whole = self._index.reconstruct_batch(documents) @ vector[0]
        counts = self._starts[documents + 1] - self._starts[documents]
        several = np.flatnonzero(counts)
        best = whole.copy()
        if len(several):
            offsets = np.concatenate([[0], np.cumsum(counts[several])[:-1]])
            firsts = np.repeat(self._starts[documents[several]] - offsets, counts[several])
            similar = self._sentences.similar(np.arange(len(firsts)) + firsts, vector[0])
            best[several] = np.maximum.reduceat(similar, offsets)
        halves: Vectors = ((whole + best) / 2).astype(np.float32)
        return halves

    def save(self, folder: Path) -> None:
        """Write `dense.faiss`, `dense.codes.npy`, `dense.scales.npy` and `dense.starts.npy`."""
        import faiss

        faiss.write_index(self._index, str(folder / "dense.faiss"))
        np.save(folder / "dense.codes.npy", self._sentences.codes)
        np.save(folder / "dense.scales.npy", self._sentences.scales)
        np.save(folder / "dense.starts.npy", self._starts)

    @classmethod
    def load(cls, folder: Path) -> DenseLeg:
        """What `save` wrote; the sentences' vectors are memory-mapped."""
        import faiss

        codes = np.asarray(np.load(folder / "dense.codes.npy", mmap_mode="r"))
        quantised = Quantised(codes, np.load(folder / "dense.scales.npy"))
        return cls(
            faiss.read_index(str(folder / "dense.faiss")), quantised, np.load(folder / "dense.starts.npy")
        )


def build_dense(documents: Sequence[Document], embedder: Embedder, *, progress: Progress) -> DenseLeg:
    """The dense leg over `documents`."""
    index = _new_index(embedder.dimension, len(documents))
    parts = [quantise(np.zeros((0, embedder.dimension), dtype=np.float32))]
    counts = []
    for first in range(0, len(documents), _BATCH):
        batch = documents[first : first + _BATCH]
        index.add(embedder.encode_passages([passage_text(document) for document in batch]))
        split = [sentences(document.text) for document in batch]
        counts += [len(found) for found in split]
        parts.append(quantise(embedder.encode_passages([text for found in split for text in found])))
        progress("embed", first + len(batch), len(documents))
    starts = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64)
    codes = np.concatenate([part.codes for part in parts])
    return DenseLeg(index, Quantised(codes, np.concatenate([part.scales for part in parts])), starts)


def quantise(vectors: Vectors) -> Quantised:
    """`vectors` in eight bits a number, each row at its own scale, which moves a cosine by less than 0.01."""
    scales = np.abs(vectors).max(axis=1, initial=1e-12) / 127
    return Quantised(np.round(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32))


def passage_text(document: Document) -> str:
    """What is embedded of a document: what it inherits, then what it says."""
    return f"{document.heading}. {document.text}" if document.heading else document.text


def _new_index(dimension: int, count: int) -> Any:  # noqa: ANN401
    """An empty index for `count` vectors: past `EXACT_UP_TO` the place for another kind."""
    import faiss

    del count  # the rule above: one kind of index until a larger collection is measured
    return faiss.IndexFlatIP(dimension)
