"""What a report costs to take in: by format, and one after the other up to a thousand."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bot.ingestion import checked_against_previous
from knowledge.reading.blocks import plain_blocks
from knowledge.reading.report import report_of
from knowledge.reading.source import read_raw, read_source
from knowledge.records import Report
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
            "One report (331/BC-UBND, 8 pages, 5 footnotes): read, laid out, its facts and findings; median "
            f"of {_RUNS}, ms of processor time, child process included. Scan: one page at 200 dots an inch.",
            table(["format", "ms a report"], _formats(folder)),
            f"{_REPORTS} reports made from ours, each with a number and figures of its own, read and stored "
            "one after the other; ms of processor time. What the index adds is in the section on growth.",
            table(["reports stored", "read, ms a report", "store, ms a report"], _growth(folder)),
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
        _report(path)


def _report(path: Path) -> Report:
    """The report in a file, its text read by this process: a fork's time would be counted nowhere."""
    return report_of(read_raw(path))[0]


def _growth(folder: Path) -> list[list[object]]:
    """The cost of reading and of storing a report within each step."""
    store = Store.open(folder / "knowledge.sqlite")
    texts = [read_source(s).text for s in SOURCES]
    rows: list[list[object]] = []
    for first in range(0, _REPORTS, _STEP):
        read = stored = 0.0
        for i in range(first, first + _STEP):
            path = _made(texts[i % len(texts)], i, folder)
            started = time.process_time()
            report = _report(path)
            between = time.process_time()
            store.add(checked_against_previous(store, report))
            read, stored = read + between - started, stored + time.process_time() - between
        rows.append([first + _STEP, f"{1000 * read / _STEP:.0f}", f"{1000 * stored / _STEP:.1f}"])
        say(f"ingest: {rows[-1]}")
    return rows


def _made(text: str, i: int, folder: Path) -> Path:
    """A report like the given one, with a number and figures of its own."""
    text = re.sub(r"Số\s*:?\s*\d+(?=\s*[/-])", f"Số: {i + 1}", text, count=1)
    text = re.sub(r"\d{1,3}(?:\.\d{3})+", lambda m: _grouped(int(m.group().replace(".", "")) + i), text)
    path = folder / f"made-{i}.txt"
    path.write_text(text, "utf-8")
    return path


def _grouped(n: int) -> str:
    return f"{n:,}".replace(",", ".")


def _seconds(work: Callable[[], object]) -> float:
    """Processor time of this process and of the children that the work starts."""
    started = sum(os.times()[:4])
    work()
    return sum(os.times()[:4]) - started
