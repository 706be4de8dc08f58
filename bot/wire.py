"""The JSON of the HTTP interface, as pydantic models: what OpenAPI shows and what is let in."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["answered", "not_found", "clarify", "smalltalk"]


class Wire(BaseModel):
    """Base of every model: unknown fields are refused, so that a misspelt one is noticed."""

    model_config = ConfigDict(extra="forbid")


class ChatRequest(Wire):
    """A person's message. Without a conversation id a new conversation starts."""

    message: Annotated[
        str, Field(description="The message, 1 to 4000 characters", examples=["tỷ lệ khai sinh tháng 3?"])
    ]
    conversation_id: Annotated[
        str | None,
        Field(description="Letters, digits, - and _; at most 64. New ids start a new conversation."),
    ] = None


class CitationOut(Wire):
    """Where an answer stands: the report, the section as printed, and the report's own words."""

    n: int
    report_id: str
    report_number: str
    report_title: str
    issuer: str
    issued_on: str | None
    section: str
    section_title: str
    footnote: str | None
    quote: str
    url: str
    place: str = ""
    period: str = ""


class ComputedOut(Wire):
    """A value that no report prints: the calculation that gave it, and why it was made."""

    value: str
    formula: str
    why: str


class FindingOut(Wire):
    """Figures of a report that disagree: what is printed, what was recomputed."""

    kind: str
    text: str
    printed: str
    recomputed: str


class ChartSpec(Wire):
    """What a chart is drawn from, as the answering core makes it: one value and printed figure a label."""

    kind: Literal["bar", "line"]
    title: str
    unit: str
    labels: list[str]
    values: list[float]
    printed: list[str]
    source: str


class ChartOut(Wire):
    """A chart of an answer: its words, the table behind it, and where its pictures are."""

    title: str
    alt: Annotated[str, Field(description="What the picture shows, in words")]
    columns: list[str]
    rows: list[list[str]]
    svg_url: str
    png_url: str
    source: str


class AnswerParts(Wire):
    """What every answer has, whoever it is for."""

    status: Status
    text: str
    citations: list[CitationOut] = []
    computed: list[ComputedOut] = []
    findings: list[FindingOut] = []
    suggestions: list[str] = []


class AnswerBody(AnswerParts):
    """An answer without its ids, as the action server hands it to Rasa."""

    chart: ChartSpec | None = None


class ChatReply(AnswerParts):
    """An answer of the assistant to one message."""

    chart: ChartOut | None = None
    conversation_id: str
    message_id: str


class FeedbackRequest(Wire):
    """What a person thinks of an answer."""

    message_id: Annotated[str, Field(max_length=64)]
    verdict: Literal["up", "down"]
    reason: Annotated[str, Field(max_length=1000)] = ""


class ReportOut(Wire):
    """A report in the list of reports."""

    id: str
    number: str
    title: str
    issuer: str
    place: str
    issued_on: str | None
    period: str | None
    sections: int
    passages: int
    facts: int
    findings: int
    url: str


class SectionName(Wire):
    """A section as its report prints it."""

    label: str
    title: str


class ExcerptPiece(Wire):
    """A run of text: plain, lit up (the cited words), a footnote's mark, or a doubtful figure."""

    text: str
    marked: bool
    note: bool
    doubtful: bool


class ExcerptBlock(Wire):
    """A heading with its level, a paragraph ("text"), a footnote, a table's row or the rule below its header.

    A row has cells; its level is 1 where it is the header.
    """

    kind: str
    level: int
    marker: str
    pieces: list[ExcerptPiece]
    cells: list[list[ExcerptPiece]]


class ExcerptFinding(Wire):
    """Figures of the cited place that disagree."""

    text: str
    printed: str
    recomputed: str


class ExcerptOut(Wire):
    """Blocks `first` to `first + len(blocks)` of the report's `total`, around a cited place."""

    report: ReportOut
    section: str
    path: list[SectionName]
    blocks: list[ExcerptBlock]
    notes: list[ExcerptBlock]
    first: int
    total: int
    findings: list[ExcerptFinding]


class ReportList(Wire):
    """The reports that questions are answered from, newest first."""

    reports: list[ReportOut]


class ReportAdded(Wire):
    """What became of an uploaded report."""

    status: Literal["added", "unchanged", "reread", "replaced"]
    report: ReportOut


class FactOut(Wire):
    """A figure as a report prints it, with the words that it stands in."""

    report_id: str
    report_number: str
    section: str
    place: str
    period: str | None
    kind: str
    indicator: str
    context: list[str]
    printed: str
    value: str | None
    unit: str
    numerator: str | None
    denominator: str | None
    clause: str
    url: str


class FactList(Wire):
    """One page of facts, and how many there are in all."""

    total: int
    facts: list[FactOut]


class SearchDuplicate(Wire):
    """Another passage that says the very same."""

    report_id: str
    report_number: str
    section: str
    url: str


class SearchHit(Wire):
    """A passage that fits a query; `sentence` is what of it comes nearest, `duplicates` who says the same."""

    score: float
    report_id: str
    report_number: str
    section: str
    section_title: str
    text: str
    sentence: str
    url: str
    duplicates: list[SearchDuplicate]


class SearchResult(Wire):
    """Passages, the best first."""

    query: str
    hits: list[SearchHit]


class Part(Wire):
    """The state of one part of the service."""

    ready: bool
    detail: str


class Readiness(Wire):
    """Whether the service can answer; without Rasa it still answers single questions."""

    ready: bool
    store: Part
    index: Part
    rasa: Part


class Health(Wire):
    """Says that the process is alive."""

    status: Literal["ok"] = "ok"


class ProblemOut(BaseModel):
    """RFC 9457 problem details."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    instance: str


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that can answer with these problem statuses."""
    content = {"application/problem+json": {"schema": ProblemOut.model_json_schema()}}
    return {status: {"description": "Problem details (RFC 9457)", "content": content} for status in statuses}
