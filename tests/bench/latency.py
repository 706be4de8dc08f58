"""Latency: how long a question takes at 2 400, 10 000 and 100 000 passages, against peers in the same run."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

import numpy as np

from index import Document
from tests.bench.collections import paraphrases
from tests.bench.document import say, table, write_section
from tests.bench.generated import passages, segment_each_sentence_once
from tests.bench.systems import SYSTEMS, System

_SIZES = tuple(int(size) for size in os.environ.get("BENCH_SIZES", "2400,10000,100000").split(","))
_NAMES = ("hoidap", "bm25s", "txtai", "nom-vn BM25", "Haystack BM25")
# Beyond this those that take a tenth of a second a question and more are left out.
_ALL_UP_TO = 10_000
_QUESTIONS = 120


def main() -> None:
    """Write the section `latency`."""
    segment_each_sentence_once()
    questions = [asked.text for asked in paraphrases().questions[:_QUESTIONS]]
    rows = []
    for size in _SIZES:
        documents = list(passages(size))
        for name in _NAMES if size <= _ALL_UP_TO else _NAMES[:2]:
            rows.append([f"{size:,}".replace(",", " "), name, *_measured(name, documents, questions)])
            say(f"latency: {rows[-1]}")
    note = (
        "One thread, the best 10 of the same generated passages, questions one after the other. *CPU*: the "
        "processor time of the calling thread at the median, which a busy machine disturbs least."
    )
    header = ("passages", "system", "p50 ms", "p95 ms", "CPU p50 ms", "questions a second", "build s")
    write_section("latency", "Latency of search", note, table(header, rows))


def _measured(name: str, documents: Sequence[Document], questions: Sequence[str]) -> list[str]:
    started = time.perf_counter()
    system: System = SYSTEMS[name](documents)
    built = time.perf_counter() - started
    for question in questions[:10]:
        system.search(question, 10)
    walls, cpus = [], []
    for question in questions:
        wall, cpu = time.perf_counter(), time.thread_time()
        system.search(question, 10)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.thread_time() - cpu)
    p50, p95 = np.percentile(walls, [50, 95]) * 1000
    figures = (p50, p95, float(np.median(cpus)) * 1000, len(walls) / sum(walls))
    return [*(f"{figure:.2f}" for figure in figures[:3]), f"{figures[3]:.0f}", f"{built:.0f}"]
