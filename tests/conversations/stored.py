"""Data folders with reports read and indexed, made once for all tests of a run."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from bot.answering.assistant import Assistant
from bot.ingestion import ingest, publish_index
from bot.settings import Settings
from knowledge.records import Report

ROOT = Path(__file__).parents[2]
SOURCES = {
    "real": (ROOT / "knowledge" / "reports",),
    "own": (ROOT / "knowledge" / "reports", ROOT / "tests" / "reports"),
}


@dataclass(frozen=True, slots=True)
class Stored:
    """A data folder, and the reports in it by id."""

    settings: Settings
    reports: dict[str, Report]

    def assistant(self) -> Assistant:
        """An assistant over the folder."""
        return Assistant.open(self.settings)


@cache
def stored(which: Literal["real", "own"]) -> Stored:
    """The folder with the two real reports, or with those and the invented ones."""
    folder = Path(_parent().name) / which
    settings = Settings(data_folder=folder)
    store, results = ingest(SOURCES[which], settings, done=lambda *_: None)
    failed = [r.error for r in results if r.status == "failed"]
    if failed:
        raise RuntimeError(f"reports could not be read: {failed}")
    publish_index(store, settings)
    reports = {summary.id: store.report(summary.id) for summary in store.reports()}
    return Stored(settings, reports)


@cache
def _parent() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="hoidap-tests-", ignore_cleanup_errors=True)
