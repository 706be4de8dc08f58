"""How a figure is named and shown: by the report's own words and digits, never reformatted."""

from __future__ import annotations

import re

from bot.answering import wording
from bot.answering.shelf import Evidence
from knowledge.facts import head_of
from knowledge.records import Fact

_PERCENT = re.compile(r"\d[\d.,]*\s?%")
_RATIO = re.compile(r"\d[\d.]*\s?/\s?\d[\d.]*(?:\s+[^,;.()]+)?")
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
    member = member_name(evidence)
    text = evidence.report.text
    clause_head = head_of(text, fact.clause)
    passage_head = head_of(text, evidence.passage.span)
    head = clause_head or passage_head
    if head:
        name = head.of(text)
        above = _above(evidence)
        return f"{above} – {name}" if above and above != name else name
    return member or _short(fact.indicator)


def member_name(evidence: Evidence) -> str:
    """The name of the listing's member that the figure stands in, or ""."""
    fact = fact_of(evidence)
    if fact.group is None or fact.member is None:
        return ""
    return evidence.report.listings[fact.group].members[fact.member].name


def labelled(evidence: Evidence) -> str:
    """The figure with its name, place and period."""
    fact = fact_of(evidence)
    return f"{name_of(evidence)}: {printed(evidence)} ({wording.scope_label(evidence.report, fact.period)})."


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
