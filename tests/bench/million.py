"""A million passages: what the whole search takes over them, in time, memory and lost hits."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np

import index.asked
from index import Document, Index, open_current
from index.generation import synchronise
from tests.bench.collections import paraphrases
from tests.bench.document import ROOT, say, table, write_section
from tests.bench.generated import passages, segment_each_sentence_once

_COUNT = int(os.environ.get("BENCH_PASSAGES", "1000000"))
_PER_REPORT = 250
_DEPTH = 10
_COMPARED = 60


def main() -> None:
    """Write the section `million`."""
    segment_each_sentence_once()
    with tempfile.TemporaryDirectory() as name:
        started = time.process_time()
        _build(Path(name))
        spent = time.process_time() - started
        size = sum(file.stat().st_size for file in Path(name).rglob("*") if file.is_file())
        # Measured by a process of its own, which has built nothing.
        command = [sys.executable, "-m", "tests.bench.million", name]
        reply = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        found = json.loads(reply.stdout)
    row = [
        f"{_COUNT:,}".replace(",", " "),
        f"{spent:.0f}",
        f"{size / 2**20:.0f}",
        f"{found['p50']:.1f}",
        f"{found['p95']:.1f}",
        f"{found['cpu']:.1f}",
        f"{found['recall']:.3f}",
        f"{found['own']:.0f}",
        f"{found['peak']:.0f}",
    ]
    note = (
        f"Generated passages in reports of {_PER_REPORT}, indexed and searched as the service does, by all "
        f"legs; one thread. *Recall*: how many of the best {_DEPTH} are those of a search that reads every "
        "posting and every list of vectors. Build time is the processor's. Memory: of a process that only "
        "searches; *peak* counts what it read of the memory-mapped files, which the system may take back, "
        "*own* does not."
    )
    header = (
        "passages",
        "build s",
        "disk MiB",
        "p50 ms",
        "p95 ms",
        "CPU p50 ms",
        "recall@10",
        "own MiB",
        "peak MiB",
    )
    write_section("million", "One million passages", note, table(header, [row]))


def _build(folder: Path) -> None:
    """Index the passages under `folder`; they are made report by report, and never held all together."""
    made = passages(_COUNT)
    reports = [f"r{number}" for number in range(-(-_COUNT // _PER_REPORT))]

    def documents_of(report: str) -> Sequence[Document]:
        if reports.index(report) % 40 == 0:
            say(f"million: {report} of {len(reports)} reports")
        return list(islice(made, _PER_REPORT))

    synchronise(dict.fromkeys(reports, "1"), documents_of, folder)


def measure(folder: Path) -> None:
    """Print what searching takes, as JSON."""
    questions = [asked.text for asked in paraphrases().questions]
    before = _own()
    opened = open_current(folder)
    for question in questions:
        opened.search(question, k=_DEPTH)
    walls, cpus, found = [], [], []
    for question in questions:
        wall, cpu = time.perf_counter(), time.thread_time()
        found.append({hit.id for hit in opened.search(question, k=_DEPTH)})
        walls.append(time.perf_counter() - wall)
        cpus.append(time.thread_time() - cpu)
    own, peak = _own() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    recall = _recall(opened, questions[:_COMPARED], found)
    p50, p95 = np.percentile(walls, [50, 95]) * 1000
    told = {"p50": p50, "p95": p95, "cpu": 1000 * float(np.median(cpus)), "recall": recall}
    sys.stdout.write(json.dumps({**told, "own": own, "peak": peak}))


def _recall(opened: Index, questions: Sequence[str], found: Sequence[set[str]]) -> float:
    """The share of the best hits of a search without shortcuts that were found."""
    index.asked.MOST_POSTINGS = 10**12
    for segment in opened._serving.segments:
        vectors = segment.vectors._index  # type: ignore[attr-defined]
        if hasattr(vectors, "nprobe"):
            vectors.nprobe = vectors.nlist
    exact = [{hit.id for hit in opened.search(question, k=_DEPTH)} for question in questions]
    return float(
        np.mean([len(one & other) / max(1, len(other)) for one, other in zip(found, exact, strict=False)])
    )


def _own() -> float:
    """The memory of this process that no file backs, in MiB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("RssAnon:")[1].split()[0]) / 1024


if __name__ == "__main__":
    measure(Path(sys.argv[1]))
