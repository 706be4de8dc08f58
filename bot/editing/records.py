"""What the editor's desk keeps: staged reports, the log of changes, acceptance runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Action = Literal["staged", "discarded", "published", "removed", "rolled-back", "accepted", "uploaded"]
RunState = Literal["running", "done", "failed"]


@dataclass(frozen=True, slots=True)
class StagedReport:
    """A report that was read and waits to be published; nothing answers from it."""

    id: str
    at: str
    editor: str
    file_name: str
    report_id: str
    number: str


@dataclass(frozen=True, slots=True)
class LogEntry:
    """Who did what to which report, and when."""

    at: str
    editor: str
    action: Action
    report_id: str
    number: str
    detail: str


@dataclass(frozen=True, slots=True)
class Run:
    """An acceptance run: `result` is its outcome as JSON once `state` is done."""

    id: str
    at: str
    editor: str
    staged_id: str
    number: str
    source: str
    state: RunState
    done: int
    total: int
    result: str
    error: str
