"""What an answer is made of, inside the program; `Answer.to_json` is the shape of the HTTP contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Status = Literal["answered", "not_found", "clarify", "smalltalk"]
ChartKind = Literal["bar", "line"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a part of an answer stands; `quote` is the report's own text at its span."""

    n: int
    report_id: str
    report_number: str
    report_title: str
    issuer: str
    issued_on: date | None
    section: str
    section_title: str
    footnote: str | None
    quote: str
    url: str
    place: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Computed:
    """A value that the report does not print, with the formula over cited operands that gives it."""

    value: str
    formula: str
    why: str


@dataclass(frozen=True, slots=True)
class FindingNote:
    """Printed figures that disagree, as told beside an answer."""

    kind: str
    text: str
    printed: str
    recomputed: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures to be drawn: bars to compare, a line through periods.

    `printed` are the figures in the report's own digits, one for each label as `values` are; all values
    are in `unit`. `source` is the line that says where they stand.
    """

    kind: ChartKind
    title: str
    unit: str
    labels: tuple[str, ...]
    values: tuple[Decimal, ...]
    printed: tuple[str, ...]
    source: str

    def __post_init__(self) -> None:
        """Refuse a chart whose labels, values and printed figures are not one to one.

        Raises:
            ValueError: they are not.
        """
        if not len(self.labels) == len(self.values) == len(self.printed):
            raise ValueError(
                f"a chart of {len(self.labels)} labels, {len(self.values)} values and {len(self.printed)} "
                "printed figures; expected as many of each"
            )

    def to_json(self) -> dict[str, object]:
        """The chart with its values as JSON numbers."""
        return {**asdict(self), "values": [float(v) for v in self.values]}


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply; `state` is what the next turn of the conversation may need."""

    status: Status
    text: str
    citations: tuple[Citation, ...] = ()
    computed: tuple[Computed, ...] = ()
    findings: tuple[FindingNote, ...] = ()
    suggestions: tuple[str, ...] = ()
    chart: Chart | None = None
    state: Mapping[str, object] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """The reply as the HTTP contract has it, without conversation and message ids."""
        return {
            "status": self.status,
            "text": self.text,
            "citations": [_citation_json(c) for c in self.citations],
            "computed": [asdict(c) for c in self.computed],
            "findings": [asdict(f) for f in self.findings],
            "suggestions": list(self.suggestions),
            "chart": self.chart.to_json() if self.chart else None,
        }


def _citation_json(citation: Citation) -> dict[str, object]:
    out = asdict(citation)
    out["issued_on"] = citation.issued_on.isoformat() if citation.issued_on else None
    return out
