"""Turns a report's file into a `Report`: source → blocks → repaired text → outline → passages → metadata."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.records import Report

__all__ = ["read_report", "read_report_text"]

# `report` assembles everything, facts too, and facts need `reading.tables`: imported at the top, each would wait
# for the other.


def read_report(path: Path) -> Report:
    """The report in the file at `path`. Raises ReportError when it cannot be read or has no number."""
    from knowledge.reading import report

    return report.read_report(path)


def read_report_text(text: str, *, name: str) -> Report:
    """The report in `text`; `name` stands for its file in messages. Raises ReportError."""
    from knowledge.reading import report

    return report.read_report_text(text, name=name)
