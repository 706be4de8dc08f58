"""Days that cannot be as printed: none of the calendar, or figures as of a day after the report's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.dates import calendar_day
from knowledge.records import Fact, Finding, Report, Span

_DAY = re.compile(
    r"(?<![\w/.,])(?:ngày\s+)(?P<day>\d{1,2})(?:/|\s+tháng\s+)(?P<month>\d{1,2})(?:/"
    r"|\s+năm\s+)(?P<year>(?:19|20)\d{2})(?![\w/])"
)
_COUNTED_UP_TO = re.compile(
    r"(?:tính đến|lũy kế đến|luỹ kế đến|cộng dồn đến)\s(?:hết\s)?(?:ngày\s)?$",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"dự kiến|phấn đấu|kế hoạch|mục tiêu|chỉ tiêu|nhiệm vụ|phương hướng|giải pháp|sẽ(?!\w)|hoàn thành trước"
    r"|yêu cầu",
    re.IGNORECASE,
)


def impossible_day(report: Report) -> Iterator[Finding]:
    """A finding for each day that the calendar does not have: "ngày 31/6/2024"."""
    for passage in report.passages:
        for m in _DAY.finditer(report.text, passage.span.start, passage.span.end):
            if calendar_day(int(m["year"]), int(m["month"]), int(m["day"])) is None:
                printed = f"{m['day']}/{m['month']}/{m['year']}"
                yield Finding(
                    kind="date", text=f"Báo cáo in ngày {printed}, là ngày không có trong lịch.",
                    printed=printed, recomputed="không có ngày này", formula=f"{printed} không có trong lịch",
                    span=Span(*m.span()), passage=passage.ordinal,
                )  # fmt: skip


def as_of_after_report(report: Report) -> Iterator[Finding]:
    """A finding for each figure that is as of a day after the report's own, and no plan."""
    own = report.issued_on
    seen: set[Span] = set()
    for fact in report.facts:
        if fact.kind != "date" or own is None or fact.as_of is None or fact.as_of <= own or fact.span in seen:
            continue
        before = report.text[max(0, fact.span.start - 40) : fact.span.start]
        if not _COUNTED_UP_TO.search(before) or _is_planned(report, fact):
            continue
        seen.add(fact.span)
        printed, issued = (f"{d.day:02d}/{d.month:02d}/{d.year}" for d in (fact.as_of, own))
        yield Finding(
            kind="date",
            text=f"Số liệu được ghi là tính đến ngày {printed}, sau ngày ban hành báo cáo ({issued}).",
            printed=printed, recomputed=issued, formula=f"{printed} > {issued}", span=fact.span,
            passage=fact.passage,
        )  # fmt: skip


def _is_planned(report: Report, fact: Fact) -> bool:
    words = " ".join((*fact.context, fact.clause.of(report.text)))
    return fact.role == "target" or _PLANNED.search(words) is not None
