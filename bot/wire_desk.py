"""The JSON of the editor's desk, as pydantic models."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.wire import FactOut, ReportOut, Status, Wire


class StagedOut(Wire):
    """A report that was read and waits to be published."""

    id: str
    at: str
    editor: str
    file_name: str
    report_id: str
    number: str


class StagedList(Wire):
    """The staged reports, the latest first."""

    staged: list[StagedOut]


class OutlineLine(Wire):
    """A section of a staged report."""

    label: str
    title: str
    depth: int


class FindingOfReport(Wire):
    """Figures of a staged report that disagree, and where."""

    text: str
    printed: str
    recomputed: str
    section: str


class ChangedFact(Wire):
    """A figure that the staged report prints otherwise than the version that counts now."""

    section: str
    indicator: str
    before: str
    after: str


class StagedPreview(Wire):
    """What was read from a staged file, and what it would change."""

    staged: StagedOut
    becomes: Literal["new", "replaces", "unchanged"]
    report: ReportOut
    signatory: str
    outline: list[OutlineLine]
    facts: list[FactOut]
    findings: list[FindingOfReport]
    warnings: list[str]
    changed: list[ChangedFact]
    added_facts: int
    removed_facts: int
    text: str


class VersionOut(Wire):
    """A stored version of a report."""

    version: int
    active: bool
    added_at: str
    source_name: str
    facts: int
    findings: int


class DeskReport(Wire):
    """A report with all its versions, the newest first; `report` is null where it was removed."""

    id: str
    number: str
    report: ReportOut | None
    versions: list[VersionOut]


class DeskReports(Wire):
    """Every report that counts or was removed."""

    reports: list[DeskReport]


class RollBackRequest(Wire):
    """Which version is to count."""

    version: Annotated[int, Field(ge=1, le=1_000_000)]


class LogLine(Wire):
    """Who did what to which report, and when."""

    at: str
    editor: str
    action: str
    report_id: str
    number: str
    detail: str


class LogPage(Wire):
    """Lines of the log, the latest first, and how many there are in all."""

    total: int
    entries: list[LogLine]


class SourceSeen(Wire):
    """A source of an answer."""

    report_number: str
    section: str
    quote: str


class AnswerSeen(Wire):
    """An answer in an acceptance run."""

    status: Status
    text: str
    sources: list[SourceSeen]


class AnswerChange(Wire):
    """An answer that would change: the turns up to it, why, and whether it gets right or wrong."""

    turns: list[str]
    why: list[str]
    verdict: str
    before: AnswerSeen
    after: AnswerSeen


class AcceptanceResult(Wire):
    """What an acceptance run found."""

    questions: int
    changed: int
    better: int
    worse: int
    changes: list[AnswerChange]


class RunOut(Wire):
    """An acceptance run: how far it is, and what it found once it is done."""

    id: str
    at: str
    editor: str
    staged_id: str
    number: str
    source: str
    state: Literal["running", "done", "failed"]
    done: int
    total: int
    error: str
    result: AcceptanceResult | None


class QuestionOut(Wire):
    """A question that was refused, asked back or disliked; personal numbers are masked."""

    message_id: str
    at: str
    question: str
    status: Status
    answer: str
    verdict: str
    reason: str


class QuestionList(Wire):
    """Questions to learn from, the latest first."""

    total: int
    questions: list[QuestionOut]
