"""How a figure is named and shown: by the report's own words and digits, never reformatted."""

from __future__ import annotations

import re

from bot.answering import wording
from bot.answering.shelf import Evidence
from knowledge.facts import head_of
from knowledge.records import Fact, Span
from knowledge.sentences import trim

_PERCENT = re.compile(r"\d[\d.,]*\s?%")
_RATIO = re.compile(r"\d[\d.]*(?:,\d+)?\s?/\s?\d[\d.]*(?:,\d+)?(?:\s+[^,;.()]+)?")
_SEGMENT_START = re.compile(r"[,;(]\s|\svà\s")
# A bracket with figures of its own holds the parts of the one before it.
_SEGMENT_END = re.compile(r"[,;)](?=\s|$)|\.(?=\s|$)|\svà\s|\s\((?=\d)")
_PLAIN = frozenset({"count", "ratio", "money", "measure"})
_NAME_LENGTH = 170


def fact_of(evidence: Evidence) -> Fact:
    """The figure of a statement that has one."""
    if evidence.fact is None:
        raise ValueError("the statement has no figure; expected one from ShelvedReport.facts")
    return evidence.fact


def printed(evidence: Evidence, *, rate_first: bool = True) -> str:
    """The figure as printed; of a ratio with its rate the rate first ("58,31% (919/1.576 hồ sơ)") or last."""
    fact = fact_of(evidence)
    words = fact.span.of(evidence.report.text)
    percent, ratio = _PERCENT.search(words), _RATIO.search(words)
    if fact.kind == "ratio" and percent and ratio:
        parts = (percent.group(), ratio.group().strip())
        return "{} ({})".format(*(parts if rate_first else reversed(parts)))
    return words


def name_of(evidence: Evidence) -> str:
    """What the figure is of, in the report's words."""
    fact = fact_of(evidence)
    text = evidence.report.text
    own = _short(fact.indicator.split(": ", 1)[-1]) or _before(evidence)
    head = head_of(text, fact.clause)
    if head and not coordinated(evidence):
        name, above = head.of(text), _above(evidence)
        return f"{above} – {name}" if above and above != name else name
    head = head or head_of(text, evidence.passage.span)
    if head:
        return f"{head.of(text)} – {own}" if head.of(text) != own else own
    member = member_name(evidence)
    return member if member and not any(c.isdigit() for c in member) and len(member) <= _NAME_LENGTH else own


def _before(evidence: Evidence) -> str:
    """The words of the clause before a figure that no indicator was read for."""
    fact = fact_of(evidence)
    return _short(evidence.report.text[fact.clause.start : fact.span.start].strip(" (:,;"))


def coordinated(evidence: Evidence) -> bool:
    """Whether the figure is one of several of its clause, which need their own words.

    "58 hội viên nữ, 42 hội viên nam"; beside a ratio only another ratio counts.
    """
    fact = fact_of(evidence)
    like = {"ratio"} if fact.kind == "ratio" else _PLAIN
    beside = [e for e in evidence.shelved.facts if e.span == evidence.span and fact_of(e).kind in like]
    return fact.kind in _PLAIN and len(beside) > 1


def segment(evidence: Evidence) -> Span:
    """The words of a coordinated figure alone: from the figure before it to the next comma or bracket."""
    fact = fact_of(evidence)
    text = evidence.report.text
    before = [
        fact_of(e).span.end
        for e in evidence.shelved.facts
        if e.span == evidence.span and fact_of(e).span.end <= fact.span.start
    ]
    start = max(before, default=fact.clause.start)
    m = _SEGMENT_START.search(text, start, fact.span.start) if before else None
    stop = _SEGMENT_END.search(text, fact.span.end, fact.clause.end)
    return trim(text, m.end() if m else start, stop.start() if stop else fact.clause.end)


def member_name(evidence: Evidence) -> str:
    """The name of the listing's member that the figure stands in, or ""."""
    fact = fact_of(evidence)
    if fact.group is None or fact.member is None:
        return ""
    return evidence.report.listings[fact.group].members[fact.member].name


def labelled(evidence: Evidence) -> str:
    """The figure with its name, place and period."""
    fact = fact_of(evidence)
    where = wording.scope_label(evidence.report, fact.period, fact.place)
    return f"{name_of(evidence)}: {printed(evidence)} ({where})."


def _above(evidence: Evidence) -> str:
    """The lead of an enumeration inside the passage ("Đối với học sinh"), which the member's name needs."""
    fact = fact_of(evidence)
    if fact.group is None:
        return ""
    listing = evidence.report.listings[fact.group]
    if listing.passage != evidence.passage.ordinal or len(listing.title) > 90:
        return ""
    return listing.title


def _short(words: str) -> str:
    return words if len(words) <= _NAME_LENGTH else words[:_NAME_LENGTH].rsplit(" ", 1)[0] + "…"
