"""Growth: what adding one report to the index costs when few and when many are stored."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import numpy as np

from index import Document, open_current
from index.generation import synchronise
from tests.bench.document import say, table, write_section
from tests.bench.generated import passages, segment_each_sentence_once

_REPORTS = int(os.environ.get("BENCH_REPORTS", "200"))
_PASSAGES = 250
_SHOWN = 5


def main() -> None:
    """Write the section `growth`."""
    segment_each_sentence_once()
    own: dict[str, list[Document]] = {}
    for document in passages(_REPORTS * _PASSAGES):
        own.setdefault(document.report_id, []).append(document)
    names, cpus, opens = list(own), [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        index = None
        for count in range(1, len(names) + 1):
            started = time.process_time()
            synchronise(dict.fromkeys(names[:count], "1"), own.__getitem__, folder)
            cpus.append(time.process_time() - started)
            started = time.process_time()
            if index is None:
                index = open_current(folder)
            index.reload_if_changed()
            opens.append(time.process_time() - started)
            if count % 20 == 0:
                say(f"growth: {count} reports, {np.mean(cpus[-20:]):.2f} s each")
    rows = []
    for part in np.array_split(np.arange(len(names)), _SHOWN):
        mine, reloads = np.array(cpus)[part], np.array(opens)[part]
        rows.append([
            f"{part[0] + 1}–{part[-1] + 1}",
            f"{mine.mean():.2f}", f"{np.median(mine):.2f}", f"{mine.max():.2f}",
            f"{1000 * mine.mean() / _PASSAGES:.2f}", f"{1000 * np.median(reloads):.0f}",
        ])  # fmt: skip
    note = (
        f"Reports of {_PASSAGES} passages, added one by one, each published and taken up by an open index. "
        "Processor time. A longer one now and then merges segments."
    )
    header = ("reports", "mean s", "median s", "longest s", "ms a passage", "reload ms")
    write_section("growth", "What one more report costs", note, table(header, rows))
