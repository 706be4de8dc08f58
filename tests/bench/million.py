"""A million vectors: build time, latency and recall@10 against exact search, by the rule for FAISS."""

from __future__ import annotations

import os
import resource
import tempfile
import time
from pathlib import Path

import numpy as np

from index.embedding import Vectors, load_embedder, unit
from index.records import EmbedderSettings
from index.vectors import FaissStore
from index.writing import LARGEST
from tests.bench.collections import paraphrases
from tests.bench.document import say, table, write_section
from tests.bench.generated import passages

_COUNT = int(os.environ.get("BENCH_VECTORS", "1000000"))
_BASES = 20_000
_DEPTH = 10


def main() -> None:
    """Write the section `million`."""
    model = load_embedder(EmbedderSettings())
    bases = model.encode_passages([document.text for document in passages(_BASES)])
    queries = model.encode_queries([asked.text for asked in paraphrases().questions])
    store, chance = FaissStore(), np.random.default_rng(1)
    best = np.zeros((len(queries), 0), dtype=np.float32), np.zeros((len(queries), 0), dtype=np.int64)
    with tempfile.TemporaryDirectory() as name:
        readers, spent, first = [], 0.0, 0
        while first < _COUNT:
            vectors = _varied(bases, min(LARGEST, _COUNT - first), chance)
            folder = Path(name) / str(first)
            folder.mkdir()
            started = time.perf_counter()
            store.write("x", folder, vectors)
            spent += time.perf_counter() - started
            best = _merged(best, queries @ vectors.T, first)
            readers.append((first, store.open("x", folder)))
            first += len(vectors)
            say(f"million: {first} vectors, {spent:.0f} s")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        found, walls = [], []
        for query in queries:
            started = time.perf_counter()
            near = [
                (s, first + d)
                for first, r in readers
                for d, s in _pairs(r.candidates(query[None], _DEPTH, None))
            ]
            found.append({number for _, number in sorted(near, reverse=True)[:_DEPTH]})
            walls.append(time.perf_counter() - started)
    pairs = zip(found, best[1], strict=True)
    recall = np.mean([len(got & set(exact.tolist())) / _DEPTH for got, exact in pairs])
    p50, p95 = np.percentile(walls, [50, 95]) * 1000
    row = [
        f"{_COUNT:,}".replace(",", " "),
        f"{spent:.0f}",
        f"{p50:.1f}",
        f"{p95:.1f}",
        f"{recall:.3f}",
        before // 1024,
    ]
    note = (
        f"The dense leg alone: vectors of generated passages, varied, in segments of at most {LARGEST} "
        "as the index makes them; exact: inner products with all vectors. Peak memory is the whole "
        "benchmark's, with the vectors that it makes and compares."
    )
    header = ("vectors", "build s", "p50 ms", "p95 ms", "recall@10", "peak MiB")
    write_section("million", "One million vectors", note, table(header, [row]))


def _varied(bases: Vectors, count: int, chance: np.random.Generator) -> Vectors:
    """Vectors between those of two passages, as a passage of two sentences has."""
    mixed = bases[chance.integers(0, len(bases), count)] + bases[chance.integers(0, len(bases), count)]
    return unit(mixed + chance.normal(scale=0.02, size=mixed.shape).astype(np.float32))


def _merged(best: tuple[Vectors, np.ndarray], similar: Vectors, first: int) -> tuple[Vectors, np.ndarray]:
    """The exact best so far."""
    own = np.argpartition(-similar, _DEPTH, axis=1)[:, :_DEPTH]
    scores = np.concatenate([best[0], np.take_along_axis(similar, own, axis=1)], axis=1)
    numbers = np.concatenate([best[1], own + first], axis=1)
    kept = np.argsort(-scores, axis=1)[:, :_DEPTH]
    return np.take_along_axis(scores, kept, axis=1), np.take_along_axis(numbers, kept, axis=1)


def _pairs(found: tuple[np.ndarray, np.ndarray]) -> list[tuple[int, float]]:
    return list(zip(found[0].tolist(), found[1].tolist(), strict=True))
