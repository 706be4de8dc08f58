"""Times told from another one: "tháng trước", "7 tháng năm nay", settled by the reports that there are.

A report is read months after its own time. "Tháng trước" then means the month before the one talked
about, and "năm nay" the report's own year, unless a report is of the time that the calendar gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answering.shelf import ShelvedReport
from knowledge.periods import Period, PeriodMention, period_before

_BEFORE = ("trước", "truoc")
_LONGEST = {"month": 31, "quarter": 92, "year": 366}


def settled(
    periods: Sequence[PeriodMention], reports: Sequence[ShelvedReport], talked_about: str
) -> tuple[PeriodMention, ...]:
    """The periods with those told from another time settled; `talked_about` is the id of a report, or ""."""
    return tuple(_settled(p, reports, talked_about) for p in periods)


def taken_for(before: Sequence[PeriodMention], after: Sequence[PeriodMention]) -> tuple[str, str] | None:
    """Of the first period that was settled the words and what they were taken for, or None."""
    for old, new in zip(before, after, strict=True):
        if new.period and new.period != old.period:
            return old.text, new.period.label
    return None


def _settled(mention: PeriodMention, reports: Sequence[ShelvedReport], talked_about: str) -> PeriodMention:
    own = [s.report.period for s in reports if s.report.period]
    if mention.period and any(mention.period.same(p) for p in own):
        return mention
    if mention.months and mention.year_shift == 0:
        return replace(mention, period=None, relative=False, year_shift=None)
    if mention.shift == -1 and mention.text.lower().endswith(_BEFORE):
        base = _base(mention.kind, reports, talked_about)
        return replace(mention, period=period_before(base)) if base else mention
    return mention


def _base(kind: str, reports: Sequence[ShelvedReport], talked_about: str) -> Period | None:
    """The period of the report talked about, or of the newest, where it is of that kind; else None."""
    named = [s.report.period for s in reports if s.report.id == talked_about and s.report.period]
    places = {s.report.place for s in reports}
    own = named or ([s.report.period for s in reports if s.report.period] if len(places) == 1 else [])
    newest = max(own, key=lambda p: p.end, default=None)
    longest = _LONGEST.get(kind, 0)
    fits = newest is not None and longest * 0.85 < (newest.end - newest.start).days + 1 <= longest
    return newest if fits else None
