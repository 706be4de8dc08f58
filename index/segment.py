"""A segment: some documents indexed for good. Never changed; added, merged with others, dropped.

    seg-<hash>/segment.json      what it is made of: counts, sources, the checksum of each file
    seg-<hash>/ids.json          the documents' ids, in order
    seg-<hash>/keys.npy          a number for each document's text: equal texts have equal numbers
    seg-<hash>/columns.*, spelt.*, folded.*, sentences.*, vectors.faiss

The documents of one source (a report) stand together, so that a source is taken away by its name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.dense import Sentences, embed, merge_sentences
from index.embedding import Embedder, Vectors
from index.filtering import FilterColumns, Mask
from index.lexical import LexicalLeg, build_lexical, merge_lexical
from index.records import Document, Progress
from index.segmentation import segment_documents, spelt_syllables
from index.terms import of_text
from index.vectors import VectorReader

Keys = NDArray[np.uint64]
# Source → the first of its documents and the one behind its last.
Sources = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Segment:
    """The parts of a segment but for its vectors, which live in a vector store."""

    ids: tuple[str, ...]
    keys: Keys
    sources: Sources
    columns: FilterColumns
    lexical: LexicalLeg
    sentences: Sentences

    def __len__(self) -> int:
        return len(self.ids)

    def without(self, gone: Sequence[str]) -> Mask:
        """Which documents remain when these sources are gone."""
        kept = np.ones(len(self.ids), dtype=np.bool_)
        for source in gone:
            start, end = self.sources[source]
            kept[start:end] = False
        return kept

    def save(self, folder: Path) -> None:
        """Write all files but `segment.json` and the vectors."""
        (folder / "ids.json").write_text(json.dumps(self.ids), "utf-8")
        np.save(folder / "keys.npy", self.keys)
        self.columns.save(folder)
        self.lexical.save(folder)
        self.sentences.save(folder)

    def record(self) -> dict[str, Any]:
        """What `load` needs to know beside the files."""
        return {
            "count": len(self.ids),
            "sources": {name: list(place) for name, place in self.sources.items()},
            "lengths": list(self.lexical.lengths),
        }

    @classmethod
    def load(cls, folder: Path, record: Mapping[str, Any]) -> Segment:
        """What `save` wrote; large arrays are memory-mapped."""
        first, second = record["lengths"]
        return cls(
            ids=tuple(json.loads((folder / "ids.json").read_text("utf-8"))),
            keys=np.load(folder / "keys.npy"),
            sources={name: (start, end) for name, (start, end) in record["sources"].items()},
            columns=FilterColumns.load(folder),
            lexical=LexicalLeg.load(folder, size=record["count"], lengths=(first, second)),
            sentences=Sentences.load(folder),
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """A segment with its vectors, ready to be searched; `live` marks what remains (None: everything)."""

    name: str
    segment: Segment
    vectors: VectorReader
    live: Mask | None = None


def build_segment(
    sources: Mapping[str, Sequence[Document]], embedder: Embedder, *, progress: Progress
) -> tuple[Segment, Vectors]:
    """A segment of the documents of `sources`, and the vectors of their wholes."""
    documents = [document for own in sources.values() for document in own]
    segmented = segment_documents(documents, progress=progress)
    lexical = build_lexical(documents, segmented)
    progress("lexical", len(documents), len(documents))
    vectors, sentences = embed(documents, embedder, progress=progress)
    places, first = {}, 0
    for name, own in sources.items():
        places[name] = (first, first + len(own))
        first += len(own)
    return Segment(
        ids=tuple(document.id for document in documents),
        keys=np.array([text_key(document.text) for document in documents], dtype=np.uint64),
        sources=places,
        columns=FilterColumns.of(documents),
        lexical=lexical,
        sentences=sentences,
    ), vectors


def merge_segments(
    parts: Sequence[Segment], vectors: Sequence[Vectors], gone: Sequence[Sequence[str]]
) -> tuple[Segment, Vectors]:
    """One segment of several, without the sources that are gone; nothing is read, split or embedded anew."""
    kept = [part.without(names) for part, names in zip(parts, gone, strict=True)]
    sources: dict[str, tuple[int, int]] = {}
    first = 0
    for part, names in zip(parts, gone, strict=True):
        for name, (start, end) in sorted(part.sources.items(), key=lambda item: item[1]):
            if name not in names:
                sources[name] = (first, first + end - start)
                first += end - start
    pairs = list(zip(parts, kept, strict=True))
    return Segment(
        ids=tuple(id_ for part, mask in pairs for id_, let in zip(part.ids, mask, strict=True) if let),
        keys=np.concatenate([part.keys[mask] for part, mask in pairs]),
        sources=sources,
        columns=FilterColumns.merged([part.columns for part in parts], kept),
        lexical=merge_lexical([part.lexical for part in parts], kept),
        sentences=merge_sentences([part.sentences for part in parts], kept),
    ), np.concatenate([rows[mask] for rows, mask in zip(vectors, kept, strict=True)])


def text_key(text: str) -> int:
    """A number for what `text` says, whatever its spacing, case and punctuation."""
    return of_text(" ".join(spelt_syllables(text)))
