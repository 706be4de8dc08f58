"""The dense leg of one segment: vectors of whole passages, and of their sentences.

A passage scores ½ · cosine(question, passage) + ½ · cosine(question, its best sentence), which was measured
to gain six points of recall@1 over whole passages alone. Passages are proposed by their whole (a `Vectors`
of `index.vectors`: FAISS, or Milvus); sentences (int8, memory-mapped) are compared for the proposed ones
only. Candidates are always scored from stored vectors, so that an approximate index changes which passages
are looked at, never how they score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder, Vectors, nearness
from index.records import Document, Progress
from index.segmentation import sentence_spans

_BATCH: Final = 256

Numbers = NDArray[np.int64]
Spans = NDArray[np.int32]
_FILES: Final = ("codes", "scales", "starts", "spans")


@dataclass(frozen=True, slots=True)
class Quantised:
    """Vectors in eight bits a number: `codes` of shape (vectors, dimension), and a scale for each vector."""

    codes: NDArray[np.int8]
    scales: Vectors

    def similar(self, chosen: Numbers, vector: Vectors) -> Vectors:
        """The inner products of the chosen vectors with `vector`."""
        return nearness(self.codes[chosen].astype(np.float32), vector) * self.scales[chosen]


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of passages: those of passage i stand at [starts[i], starts[i + 1]); none if it has one.

    `spans` are their offsets in the passage's text.
    """

    vectors: Quantised
    starts: Numbers
    spans: Spans

    def scores(self, vector: Vectors, documents: Numbers, whole: Vectors) -> tuple[Vectors, Spans]:
        """½ whole + ½ best sentence of each of `documents`, and where that sentence stands ((0, 0): all)."""
        counts = self.starts[documents + 1] - self.starts[documents]
        several = np.flatnonzero(counts)
        best = whole.copy()
        spans = np.zeros((len(documents), 2), dtype=np.int32)
        if len(several):
            offsets = np.concatenate([[0], np.cumsum(counts[several])[:-1]])
            firsts = np.repeat(self.starts[documents[several]] - offsets, counts[several])
            rows = np.arange(len(firsts)) + firsts
            similar = self.vectors.similar(rows, vector)
            best[several] = np.maximum.reduceat(similar, offsets)
            # The last of each passage's sentences when they are sorted by passage, then by similarity.
            sorted_ = np.lexsort((similar, np.repeat(several, counts[several])))
            spans[several] = self.spans[rows[sorted_[np.cumsum(counts[several]) - 1]]]
        return ((whole + best) / 2).astype(np.float32), spans

    def save(self, folder: Path) -> None:
        """Write `sentences.{codes,scales,starts,spans}.npy`."""
        parts: tuple[NDArray[Any], ...] = (self.vectors.codes, self.vectors.scales, self.starts, self.spans)
        for name, part in zip(_FILES, parts, strict=True):
            np.save(folder / f"sentences.{name}.npy", part)

    @classmethod
    def load(cls, folder: Path) -> Sentences:
        """What `save` wrote, memory-mapped."""
        parts = [np.asarray(np.load(folder / f"sentences.{name}.npy", mmap_mode="r")) for name in _FILES]
        return cls(Quantised(parts[0], parts[1]), parts[2], parts[3])


def embed(
    documents: Sequence[Document], embedder: Embedder, *, progress: Progress
) -> tuple[Vectors, Sentences]:
    """The vectors of `documents`, shape (documents, dimension), and their sentences."""
    wholes = [np.zeros((0, embedder.dimension), dtype=np.float32)]
    parts = [quantise(wholes[0])]
    counts: list[int] = []
    spans: list[tuple[int, int]] = []
    for first in range(0, len(documents), _BATCH):
        batch = documents[first : first + _BATCH]
        wholes.append(embedder.encode_passages([passage_text(document) for document in batch]))
        found = [sentence_spans(document.text) for document in batch]
        texts = [d.text[start:end] for d, split in zip(batch, found, strict=True) for start, end in split]
        parts.append(quantise(embedder.encode_passages(texts)))
        counts += [len(split) for split in found]
        spans += [span for split in found for span in split]
        progress("embed", first + len(batch), len(documents))
    starts = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64)
    vectors = Quantised(
        np.concatenate([part.codes for part in parts]), np.concatenate([part.scales for part in parts])
    )
    return np.concatenate(wholes), Sentences(vectors, starts, np.array(spans, dtype=np.int32).reshape(-1, 2))


def merge_sentences(parts: Sequence[Sentences], kept: Sequence[NDArray[np.bool_]]) -> Sentences:
    """The sentences of the documents that stay, `kept[i]` those of part i."""
    counts = [np.diff(part.starts) for part in parts]
    rows = [np.repeat(mask, count) for mask, count in zip(kept, counts, strict=True)]
    staying = np.concatenate([count[mask] for mask, count in zip(kept, counts, strict=True)])
    return Sentences(
        Quantised(
            np.concatenate([part.vectors.codes[row] for part, row in zip(parts, rows, strict=True)]),
            np.concatenate([part.vectors.scales[row] for part, row in zip(parts, rows, strict=True)]),
        ),
        np.concatenate([[0], np.cumsum(staying)]).astype(np.int64),
        np.concatenate([part.spans[row] for part, row in zip(parts, rows, strict=True)]),
    )


def quantise(vectors: Vectors) -> Quantised:
    """`vectors` in eight bits a number, each row at its own scale, which moves a cosine by less than 0.01."""
    scales = np.abs(vectors).max(axis=1, initial=1e-12) / 127
    return Quantised(np.round(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32))


def passage_text(document: Document) -> str:
    """What is embedded of a document: what it inherits, then what it says."""
    return f"{document.heading}. {document.text}" if document.heading else document.text
