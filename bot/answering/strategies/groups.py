"""A group of like things with a figure each (25 services, 5 projects), found by what the question names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bot.answering.case import Case
from bot.answering.figure_words import fact_of, printed
from bot.answering.matching import match
from bot.answering.shelf import Evidence, ShelvedReport, measured_by, measures, padded
from bot.answering.strategies.columns import unannounced
from bot.understanding.cues import plain
from knowledge.numbers import format_number
from knowledge.records import Listing, Member

Metric = Literal["percent", "count", "money", "remaining"]

_LEAST_COVERAGE = 0.5
_RIVAL = 0.12
_OF_KIND, _ONE_MEMBER, _TELLING = 0.2, 0.35, 0.5
_ASKED = re.compile(r"\b(\w+(?: \w+)?) nao\b")


@dataclass(frozen=True, slots=True)
class Row:
    """A member of a group with its figure; `formula` is set where that was computed from printed ones."""

    name: str
    evidence: Evidence
    value: Decimal
    shown: str
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A listing and the rows of those members that have the wanted figure."""

    shelved: ShelvedReport
    listing: Listing
    rows: tuple[Row, ...]
    score: float
    metric: Metric | None = None


def metric_of(case: Case) -> Metric | None:
    """Which figure of the members the question is about; None where it does not say."""
    q = case.question
    if q.has("percent") or any(f.unit == "%" for f in q.filters):
        return "percent"
    if q.has("money"):
        return "money"
    if q.has("remaining", "negative"):
        return "remaining"
    return "count" if q.has("count") else None


def best_group(case: Case, metric: Metric | None) -> Group | None:
    """The group that the question is about, with its figures, or None."""
    return next(iter(groups(case, metric)), None)


def groups(case: Case, metric: Metric | None) -> list[Group]:
    """The groups that the question may be about, the best first."""
    found = [
        group
        for shelved in case.scope.reports
        for listing in (*shelved.report.listings, *unannounced(shelved))
        if (group := _group(case, shelved, listing, metric))
    ]
    return sorted(found, key=lambda g: -g.score)


def rivals(found: Sequence[Group]) -> list[Group]:
    """The best group of each place that fits as well as the best of all: the place must tell them apart."""
    best: dict[str, Group] = {}
    for group in found:
        best.setdefault(group.shelved.report.place, group)
    return [g for g in best.values() if g.score >= found[0].score - _RIVAL]


def rows_of(shelved: ShelvedReport, listing: Listing, metric: Metric | None) -> tuple[Row, ...]:
    """The members of a listing that have the figure, in order."""
    out = []
    for member, facts in zip(listing.members, shelved.member_facts(listing), strict=True):
        row = _row(member, facts, metric)
        if row:
            out.append(row)
    return tuple(out)


def _group(case: Case, shelved: ShelvedReport, listing: Listing, metric: Metric | None) -> Group | None:
    if len(listing.members) < 2:
        return None
    evidence = shelved.listing_evidence(listing)
    if not case.scope.fits(evidence, figure=True):
        return None
    found = match(evidence, case.wanted, case.weights, carried=case.question.context)
    if case.wanted and found.coverage < _LEAST_COVERAGE:
        return None
    rows = tuple(r for r in rows_of(shelved, listing, metric) if _measures(case, r.evidence))
    if len(rows) < 2 or len(rows) * 3 < len(listing.members):
        return None
    kept = (
        0.15
        if case.question.dependent
        and case.focus.group == listing.ordinal
        and case.focus.report_id == shelved.report.id
        else 0.0
    )
    score = (
        found.score + min(len(rows), 20) * 0.008 + kept + _kind_bonus(case, rows) - _member_malus(case, rows)
    )
    return Group(shelved, listing, rows, score, metric)


def _kind_bonus(case: Case, rows: Sequence[Row]) -> float:
    """What speaks for a group whose members' names are of the asked kind.

    "sở nào" asks for one of "Sở Xây dựng, Sở Nội vụ".
    """
    asked = _ASKED.search(plain(case.question.text))
    if not asked:
        return 0.0
    named = [padded(r.name) for r in rows]
    nouns = (asked.group(1), asked.group(1).split(" ")[-1])
    return max(_OF_KIND * sum(name.startswith(f" {noun} ") for name in named) / len(named) for noun in nouns)


def _member_malus(case: Case, rows: Sequence[Row]) -> float:
    """What speaks against a group that has what the question names as one of its members.

    Such a group is not asked about as a whole.
    """
    for c in case.question.concepts:
        said = sum(any(f" {' '.join(a)} " in padded(r.name) for a in c.alternatives) for r in rows)
        if 0 < said <= len(rows) / 2 and case.weights.phrase(c.alternatives[0]) > _TELLING:
            return _ONE_MEMBER
    return 0.0


def _measures(case: Case, evidence: Evidence) -> bool:
    """Whether a figure is in a unit of what the question wants measured, if it says so.

    "diện tích" is measured in ha, not in tấn.
    """
    typed = [c.typed for c in case.question.concepts]
    wanted = [w for w in typed if w in measures()]
    words = padded(measured_by(fact_of(evidence).unit)) + evidence.own
    return not wanted or any(f" {w} " in words for w in wanted)


def _row(member: Member, facts: Sequence[Evidence], metric: Metric | None) -> Row | None:
    """The member's figure; None where it has none, or several that the metric does not tell apart."""
    if metric == "remaining":
        return _remaining_row(member, facts)
    fits = [e for e in facts if _of_metric(e, metric)]
    whole = [e for e in fits if fact_of(e).kind == "ratio"] or [e for e in fits if not is_remainder(e)]
    if not whole or (
        len(whole) > 1 and any(fact_of(e).counted == fact_of(whole[0]).counted for e in whole[1:])
    ):
        return None
    fact = fact_of(whole[0])
    value = fact.numerator if fact.kind == "ratio" and metric != "percent" else fact.value
    return (
        None
        if value is None
        else Row(member.name, whole[0], value, printed(whole[0], rate_first=metric == "percent"))
    )


def _of_metric(evidence: Evidence, metric: Metric | None) -> bool:
    fact = fact_of(evidence)
    if metric == "percent":
        return fact.unit == "%"
    if metric == "money":
        return fact.kind == "money"
    return fact.kind in {"count", "ratio", "money", "bandwidth", "measure"} or (
        metric is None and fact.kind == "rate"
    )


def _remaining_row(member: Member, facts: Sequence[Evidence]) -> Row | None:
    """What is left: printed ("còn 45 dữ liệu chưa …"), else the ratio's base less its part."""
    for e in facts:
        fact = fact_of(e)
        if fact.kind == "count" and is_remainder(e) and fact.value is not None:
            return Row(member.name, e, fact.value, printed(e))
    for e in facts:
        fact = fact_of(e)
        if fact.kind == "ratio" and fact.numerator is not None and fact.denominator is not None:
            rest = fact.denominator - fact.numerator
            formula = f"{format_number(fact.denominator)} − {format_number(fact.numerator)}"
            return Row(member.name, e, rest, f"{format_number(rest)} {fact.counted}".strip(), formula)
    return None


def is_remainder(evidence: Evidence) -> bool:
    """Whether a count is of what is left: "còn 45 dữ liệu chưa được xác thực", "chờ tiếp nhận 339 hồ sơ"."""
    fact = fact_of(evidence)
    before = evidence.report.text[max(fact.clause.start, fact.span.start - 30) : fact.span.start]
    return any(f" {word} " in padded(before) for word in ("con", "cho", "chua", "ton"))
