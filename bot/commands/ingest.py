"""`hoidap ingest PATH…`: read reports, store them, publish the index. Once more changes nothing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bot.ingestion import Ingested, ingest, publish_index
from bot.progress import Progress
from bot.settings import Settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def register(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("ingest", help="read reports and publish them for questions")
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a report file, or a folder of them"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0 when every file was read and the index is published, 1 when a file could not be read."""
    with Progress() as progress:

        def done(number: int, total: int, result: Ingested) -> None:
            progress.step("reading", number, total)
            progress.note(_line(result))

        store, results = ingest(arguments.paths, settings, done=done)
        failed = sum(result.status == "failed" for result in results)
        if not store.reports():
            print("no report is stored, so there is nothing to answer from")
            return 1
        generation = publish_index(store, settings, progress=progress.step)
    state = "published" if generation.built else "unchanged"
    print(f"{len(results) - failed} of {len(results)} files read; index {state}: {generation.count} passages")
    if failed:
        print(f"{failed} could not be read; what was stored before is kept")
    return 1 if failed else 0


def _line(result: Ingested) -> str:
    report = result.report
    if report is None:
        return f"failed     {result.error}"
    counts = (
        f"{len(report.sections)} sections, {len(report.passages)} passages, {len(report.facts)} facts, "
        f"{len(report.findings)} findings"
    )
    warnings = "".join(f"\n           {result.path.name}: {warning}" for warning in report.warnings)
    return f"{result.status:<10} {result.path.name}: {report.number}, {counts}{warnings}"
