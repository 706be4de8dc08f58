"""What a report costs to take in: by format, and one after the other up to a thousand."""

from __future__ import annotations

import contextlib
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bot.ingestion import ingest_file, publish_index
from bot.settings import load_settings
from knowledge.reading import read_report
from knowledge.reading.blocks import plain_blocks
from knowledge.reading.source import read_source
from knowledge.store import Store
from tests.bench.document import say, table, write_section
from tests.forms.printed import SOFFICE, converted, scanned
from tests.forms.web import web_page
from tests.forms.word import word_file
from tests.golden.render import SOURCES

_NAME = "331-bc-ubnd-an-giang-2024-03"
_REPORTS = 1000
_STEP = 100
_RUNS = 5


def main() -> None:
    """Measures and writes the section."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_section(
            "ingest", "Taking reports in",
            "One report (331/BC-UBND, 8 pages, 5 footnotes): read, laid out, its facts and findings; median of "
            f"{_RUNS} in a running process, child process included. Scan: one page at 200 dots an inch.",
            table(["format", "ms a report"], _formats(folder)),
            f"{_REPORTS} reports made from ours, each with a number, a day and figures of its own, stored one "
            "after the other; ms a report within each hundred, and the index published after it.",
            table(["reports stored", "read and store, ms a report", "publish the index, s"], _growth(folder)),
        )  # fmt: skip


def _formats(folder: Path) -> list[list[object]]:
    source = next(s for s in SOURCES if s.stem == _NAME)
    blocks = plain_blocks(read_source(source).text)
    paths = [source, folder / "a.docx", folder / "a.html"]
    word_file(blocks, paths[1])
    web_page(blocks, paths[2])
    if SOFFICE:
        converted([paths[1]], folder)
        paths.append(folder / "a.pdf")
        if shutil.which("tesseract"):
            scanned(folder / "a.pdf", folder / "a.png")
            paths.append(folder / "a.png")
    rows: list[list[object]] = []
    for path in paths:
        runs = [_seconds(lambda p=path: _read(p)) for _ in range(1 if path.suffix == ".png" else _RUNS)]
        rows.append([path.suffix, f"{1000 * statistics.median(runs):.0f}"])
        say(f"ingest: {rows[-1]}")
    return rows


def _read(path: Path) -> None:
    with contextlib.suppress(Exception):  # one page of a report need not be a report
        read_report(path)


def _growth(folder: Path) -> list[list[object]]:
    """The cost of a report within each step, and of publishing the index after it."""
    settings = load_settings({}, data_folder=folder / "data")
    store = Store.open(settings.knowledge_path)
    texts = [read_source(s).text for s in SOURCES]
    rows: list[list[object]] = []
    for first in range(0, _REPORTS, _STEP):
        paths = [_made(texts[i % len(texts)], i, folder) for i in range(first, first + _STEP)]

        def step(paths: list[Path] = paths) -> None:
            for path in paths:
                ingest_file(store, path)

        each = 1000 * _seconds(step) / _STEP
        rows.append([first + _STEP, f"{each:.0f}", f"{_seconds(lambda: publish_index(store, settings)):.1f}"])
        say(f"ingest: {rows[-1]}")
    return rows


def _made(text: str, i: int, folder: Path) -> Path:
    """A report like the given one, with a number and figures of its own."""
    text = re.sub(r"Số\s*:?\s*\d+(?=\s*[/-])", f"Số: {i + 1}", text, count=1)
    text = re.sub(
        r"\d{1,3}(?:\.\d{3})+", lambda m: f"{int(m.group().replace('.', '')) + i:,}".replace(",", "."), text
    )
    path = folder / "made.txt" if i < 0 else folder / f"made-{i}.txt"
    path.write_text(text, "utf-8")
    return path


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
