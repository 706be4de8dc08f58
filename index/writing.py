"""Writes the segments of a new generation: what is new indexed, what is gone marked, small ones merged."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from index.embedding import Embedder, Vectors
from index.publication import Manifest, Used, new_folder, read_segment, seal_segment
from index.records import Document, Progress
from index.segment import Segment, build_segment, merge_segments
from index.vectors import VectorStore

# A segment holds at most so many documents: what merging costs is bounded, and so is what it holds in memory.
LARGEST: Final = 131_072
# So many documents are read, segmented and embedded at a time.
_CHUNK: Final = 8_192
# The last segments are merged with what is new while they are no more than twice as large, or all are small:
# a document is merged a handful of times in its life, however many reports come after it.
_SMALL: Final = 4_096
_RATIO: Final = 2

DocumentsOf = Callable[[str], Sequence[Document]]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something to be merged: a segment, its vectors, the sources in it that are gone."""

    segment: Segment
    vectors: Vectors
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Standing:
    """A segment of the generation before: where it is, what is gone from it, how many documents remain."""

    used: Used
    whole: int
    remaining: int


class Writer:
    """Writes segments into `folder`; its caller holds the folder's lock and publishes."""

    def __init__(self, folder: Path, store: VectorStore, embedder: Embedder, progress: Progress) -> None:
        self._folder, self._store, self._embedder, self._progress = folder, store, embedder, progress

    def update(
        self, old: Manifest | None, sources: Mapping[str, str], documents_of: DocumentsOf
    ) -> tuple[tuple[Used, ...], int]:
        """The segments of the generation of `sources`, and how many documents they hold together."""
        before = {} if old is None else old.sources
        gone = {name for name, version in before.items() if sources.get(name) != version}
        new = [name for name, version in sources.items() if before.get(name) != version]
        standing = [] if old is None else [self._standing(used, gone) for used in old.segments]
        standing = [part for part in standing if part.remaining]
        # What has lost more than half of its documents is written anew together with what comes.
        worn = [part for part in standing if part.remaining * 2 < part.whole]
        standing = [part for part in standing if part not in worn]
        pending = [self._piece(part.used) for part in worn]
        written: list[Used] = []
        count = sum(part.remaining for part in standing)
        for piece in self._indexed(new, documents_of):
            if sum(_size(p) for p in pending) + _size(piece) > LARGEST and pending:
                written.append(self._write(pending))
                pending = []
            pending.append(piece)
            count += len(piece.segment)
        count += sum(part.remaining for part in worn)
        while pending and standing and not written and _joins(standing[-1].remaining, pending):
            pending.insert(0, self._piece(standing.pop().used))
        if pending:
            written.append(self._write(pending))
        return (*(part.used for part in standing), *written), count

    def _standing(self, used: Used, gone: set[str]) -> _Standing:
        record = read_segment(self._folder / used.name, verified=False)
        places = record["sources"]
        now = tuple(sorted({*used.gone, *(gone & places.keys())}))
        lost = sum(places[name][1] - places[name][0] for name in now)
        return _Standing(Used(used.name, now), record["count"], record["count"] - lost)

    def _piece(self, used: Used) -> _Piece:
        """A segment that was written before, verified."""
        folder = self._folder / used.name
        record = read_segment(folder)
        segment = Segment.load(folder, record)
        vectors = self._store.open(record["vectors"], folder).of(np.arange(len(segment), dtype=np.int64))
        return _Piece(segment, vectors, used.gone)

    def _indexed(self, names: Sequence[str], documents_of: DocumentsOf) -> Iterator[_Piece]:
        """The new sources, some at a time."""
        batch: dict[str, Sequence[Document]] = {}
        for name in names:
            batch[name] = documents_of(name)
            if sum(map(len, batch.values())) >= _CHUNK:
                yield self._index(batch)
                batch = {}
        if any(batch.values()):
            yield self._index(batch)

    def _index(self, batch: Mapping[str, Sequence[Document]]) -> _Piece:
        return _Piece(*build_segment(batch, self._embedder, progress=self._progress))

    def _write(self, pieces: Sequence[_Piece]) -> Used:
        """One segment of all pieces, on disk."""
        if len(pieces) == 1 and not pieces[0].gone:
            segment, vectors = pieces[0].segment, pieces[0].vectors
        else:
            parts, rows = [piece.segment for piece in pieces], [piece.vectors for piece in pieces]
            segment, vectors = merge_segments(parts, rows, [piece.gone for piece in pieces])
        self._progress("merge", len(segment), len(segment))
        written = new_folder(self._folder)
        key = _key(segment, vectors)
        try:
            segment.save(written)
            self._store.write(key, written, vectors)
            sealed = seal_segment(written, {**segment.record(), "vectors": key})
        except BaseException:
            shutil.rmtree(written, ignore_errors=True)
            raise
        return Used(sealed.name)


def _size(piece: _Piece) -> int:
    return len(piece.segment) - sum(
        piece.segment.sources[name][1] - piece.segment.sources[name][0] for name in piece.gone
    )


def _joins(size: int, pending: Sequence[_Piece]) -> bool:
    """Whether a segment of `size` documents is merged with what is pending."""
    new = sum(map(_size, pending))
    return size + new <= LARGEST and (size <= _RATIO * new or size + new <= _SMALL)


def _key(segment: Segment, vectors: Vectors) -> str:
    """What the vector store knows the segment's vectors by."""
    digest = hashlib.sha256("\n".join(segment.ids).encode("utf-8", "surrogatepass"))
    digest.update(np.ascontiguousarray(vectors).tobytes())
    return digest.hexdigest()[:16]
