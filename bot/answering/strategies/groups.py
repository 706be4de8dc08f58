"""A group of like things with a figure each (25 services, 5 projects), found by what the question names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from bot.answering.case import Case, is_comparison
from bot.answering.figure_words import fact_of, printed
from bot.answering.matching import match
from bot.answering.shelf import Evidence, ShelvedReport, measured_by, measures, padded
from bot.answering.strategies.amounts import base_of, part_of
from bot.answering.strategies.columns import siblings, unannounced
from bot.answering.strategies.headers import asked_as, header_of, header_said, is_plan
from bot.answering.strategies.terms import terms
from bot.understanding.cues import plain
from bot.understanding.question import Concept
from knowledge.numbers import format_number
from knowledge.records import Listing, Member
from knowledge.vietnamese import fold

Metric = Literal["percent", "count", "money", "remaining", "base"]

_LEAST_COVERAGE = 0.5
_RIVAL = 0.12
_OF_KIND, _ONE_MEMBER, _TELLING = 0.2, 0.35, 0.5
_NAMED_MEMBERS, _OF_HEADER = 0.3, 0.3
_ASKED = re.compile(r"\b(\w+(?: \w+)?) nao\b")
# The superlative with what it is of: "tỷ lệ trực tuyến thấp nhất", "nhiều hồ sơ nhất".
_OF_RATE = re.compile(
    r"(?:ty le|phan tram|%)(?: \w+){0,6} (?:cao|thap|lon|nho|tot|kem)\b(?: \w+){0,3} (?:nhat|thu|nhi)\b"
    r"|(?:cao|thap|lon|nho|tot|kem)(?: \w+)? (?:ty le|phan tram)"
)
_VAGUE = frozenset({"khoan", "so", "cac", "muc", "phan", "nguon"})
_PLANNED = re.compile(r" (?:ke hoach|du toan|chi tieu|cung ky)(?: nam)? $")
_UNIT = r"(?<!co )(?<!dia )(huyen|xa|phuong|quan|thon|ap)"
_UNITS = re.compile(rf"\b{_UNIT}(?: thi xa)?(?: \w+)? nao\b|\bcac {_UNIT}\b")
_UNIT_NAMES = ("huyện", "thị xã", "thành phố", "quận", "phường", "xã", "thị trấn")
_COLUMN = re.compile(r"\s*\|")
_HIGH = re.compile(r"\b(?:cao|thap|tot|cham|nhanh)(?: \w+){0,3} (?:nhat|thu|nhi)\b")
_OF_COUNT = re.compile(r"\b(?:nhieu|it|dong) (?!phan tram|ty le)(?:\w+ ){0,5}?(?:nhat|thu|nhi)\b")


@dataclass(frozen=True, slots=True)
class Row:
    """A member of a group with its figure; `formula` is set where that was computed from printed ones."""

    name: str
    evidence: Evidence
    value: Decimal
    shown: str
    formula: str = ""
    index: int = -1


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
    words = " ".join(plain(q.text).split())
    if q.has("remaining", "negative") and not q.has("percent"):
        return "remaining"
    if q.has("max", "min") and _OF_COUNT.search(words) and not _OF_RATE.search(words):
        return "money" if q.has("money") else "remaining" if q.has("remaining", "negative") else "count"
    if q.has("percent") or any(f.unit == "%" for f in q.filters):
        return "percent"
    if q.has("money") or any(f.unit == "đồng" for f in q.filters):
        return "money"
    if q.has("max", "min") and _HIGH.search(words):
        return None
    return "count" if q.has("count") else None


def plainer(concept: Concept) -> Concept:
    """The concept without a leading word that says no more than "figure": "khoản chi" are "chi"."""
    first, *rest = concept.alternatives[0]
    return replace(concept, alternatives=(tuple(rest),), parts=()) if rest and first in _VAGUE else concept


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


def rows_of(
    shelved: ShelvedReport,
    listing: Listing,
    metric: Metric | None,
    wanted: Sequence[Concept] = (),
    *,
    planned: bool = False,
) -> tuple[Row, ...]:
    """The members of a listing that have the figure, in order; of several that which says what is wanted.

    With `planned` what was to be reached counts as a figure, too.
    """
    members = zip(listing.members, shelved.member_facts(listing), strict=True)
    found = (
        _row(i, member, facts, metric, wanted, planned=planned) for i, (member, facts) in enumerate(members)
    )
    return tuple(row for row in found if row)


def figure_of(group: Group, row: Row, metric: Metric) -> Row | None:
    """Another figure of a row: of the same member, or of the same line of the table."""
    member = group.listing.members[row.index]
    own = _row(row.index, member, group.shelved.member_facts(group.listing)[row.index], metric)
    if own:
        return own
    for column in siblings(group.shelved, group.listing):
        for other in rows_of(group.shelved, column, metric):
            if other.name == row.name:
                return other
    return None


def named_rows(case: Case, rows: Sequence[Row]) -> list[Row]:
    """The rows that the question lists by name ("khai sinh, khai tử, kết hôn"); [] where it lists none."""
    chosen: dict[int, Row] = {}
    for term in terms(case):
        telling = [c for c in term.concepts if _tells_apart(case, c, rows)]
        best = max(rows, key=lambda r: _named_by(r, telling), default=None)
        if telling and best:
            chosen[best.index] = best
    return sorted(chosen.values(), key=lambda r: r.index) if len(chosen) > 1 else []


def _named_by(row: Row, telling: Sequence[Concept]) -> float:
    """The share of a row's name that the concepts are: "nộp" is little of "Thu tiền nộp phạt …"."""
    said = sum(len(c.alternatives[0]) for c in telling if _says(row, c))
    return said / max(1, len(padded(row.name).split()))


def _tells_apart(case: Case, concept: Concept, rows: Sequence[Row]) -> bool:
    """Whether a concept stands in the names of some rows and not in those of most."""
    said = sum(_says(r, concept) for r in rows)
    word = len(concept.alternatives[0]) > 1 or case.weights.phrase(concept.alternatives[0]) > _TELLING
    return word and 0 < said <= max(1, len(rows) / 3)


def _says(row: Row, concept: Concept) -> bool:
    return any(f" {' '.join(a)} " in padded(row.name) for a in concept.alternatives)


def _group(case: Case, shelved: ShelvedReport, listing: Listing, metric: Metric | None) -> Group | None:
    if len(listing.members) < 2:
        return None
    evidence = shelved.listing_evidence(listing)
    if not case.scope.fits(evidence, figure=True):
        return None
    wanted = tuple(plainer(c) for c in case.wanted)
    found = match(evidence, wanted, case.weights, carried=case.question.context)
    if wanted and found.coverage < _LEAST_COVERAGE:
        return None
    words = " ".join(plain(case.question.text).split())
    header = header_of(shelved, listing)
    if header and not asked_as(header, words):
        return None
    planned = bool(header) and is_plan(header)
    found_rows = rows_of(shelved, listing, metric, case.question.concepts, planned=planned)
    fitting = [r for r in found_rows if not case.scope.periods or case.scope.fits(r.evidence, figure=True)]
    rows = tuple(r for r in fitting if _measures(case, r.evidence))
    if not _of_asked_units(case, listing, rows, shelved):
        return None
    rows = _of_one_unit(rows)
    if len(rows) < 2 or len(rows) * 3 < len(listing.members):
        return None
    kept = (
        0.15
        if case.question.dependent
        and case.focus.group == listing.ordinal
        and case.focus.report_id == shelved.report.id
        else 0.0
    )
    named = _NAMED_MEMBERS if named_rows(case, rows) else -_member_malus(case, rows)
    if header:
        named += _OF_HEADER * header_said(header, frozenset(words.split()), f" {words} ", case.weights)
    score = found.score + min(len(rows), 20) * 0.008 + kept + _kind_bonus(case, rows) + named
    return Group(shelved, listing, rows, score, metric)


def _of_asked_units(case: Case, listing: Listing, rows: Sequence[Row], shelved: ShelvedReport) -> bool:
    """Whether the members are the administrative units that are asked for: crops are no districts."""
    m = _UNITS.search(plain(case.question.text))
    if m is None:
        return True
    noun = f" {m.group(1) or m.group(2)} "
    above = padded(listing.lead.of(shelved.report.text)) + padded(listing.title)
    named = any(padded(r.name).startswith(noun) for r in rows)
    return noun in above or named or all(_is_place_name(r.name) for r in rows)


def _is_place_name(name: str) -> bool:
    """Whether a name is written as a place's is: with a capital to each word behind the kind of unit."""
    kind = next((k for k in _UNIT_NAMES if name.lower().startswith(k)), "")
    words = name[len(kind) :].split()
    # "Huyện Lục Ngạn 81.120": a member may be named with its figure.
    return all(w[:1].isupper() or (i and w[:1].isdigit()) for i, w in enumerate(words))


def _of_one_unit(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows that are measured as most of them are: points of help and people are not put in one order."""
    units = [_measured_as(r) for r in rows]
    most = max(set(units), key=units.count, default="")
    kept = tuple(r for r, unit in zip(rows, units, strict=True) if unit == most)
    return kept if len(kept) * 2 > len(rows) else ()


def _measured_as(row: Row) -> str:
    fact = fact_of(row.evidence)
    if fact.unit == "%" and row.value == fact.value:
        return "%"
    noun = fold(fact.counted or fact.unit)
    return "đồng" if fact.kind == "money" or noun.endswith("dong") else noun.split(" ")[0] if noun else ""


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
        said = sum(_says(r, c) for r in rows)
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


def _row(
    index: int,
    member: Member,
    facts: Sequence[Evidence],
    metric: Metric | None,
    wanted: Sequence[Concept] = (),
    *,
    planned: bool = False,
) -> Row | None:
    """The member's figure; None where it has none, or several that nothing tells apart."""
    if metric == "remaining":
        return _remaining_row(index, member, facts)
    fits = [e for e in facts if _of_metric(e, metric, planned=planned)]
    whole = [e for e in fits if fact_of(e).kind == "ratio"] or [e for e in fits if not is_remainder(e)]
    whole = [e for e in whole if fact_of(e).role != "part"] or whole  # "222.000 (tiền mặt 74.000; …)"
    whole = _saying_most(whole, wanted)
    if not whole or (
        len(whole) > 1 and any(fact_of(e).counted == fact_of(whole[0]).counted for e in whole[1:])
    ):
        return None
    value = _value(whole[0], metric)
    shown = printed(whole[0], rate_first=metric == "percent")
    return None if value is None else Row(member.name, whole[0], value, shown, index=index)


def _saying_most(facts: Sequence[Evidence], wanted: Sequence[Concept]) -> list[Evidence]:
    """The figures that say most of what is wanted in their own words."""
    said = [sum(any(f" {' '.join(a)} " in e.own for a in c.alternatives) for c in wanted) for e in facts]
    return [e for e, n in zip(facts, said, strict=True) if n == max(said)]


def _value(evidence: Evidence, metric: Metric | None) -> Decimal | None:
    fact = fact_of(evidence)
    if metric == "base":
        return base_of(evidence) if fact.denominator is not None else fact.value
    return part_of(evidence) if fact.kind == "ratio" and metric != "percent" else fact.value


def _of_metric(evidence: Evidence, metric: Metric | None, *, planned: bool) -> bool:
    fact = fact_of(evidence)
    if fact.kind == "change" or (fact.role == "target" and not planned) or is_comparison(evidence):
        return False
    if _PLANNED.search(evidence.local) and not _COLUMN.match(evidence.quote):
        return False  # the plan of a figure is no other member beside it
    if metric == "percent":
        return fact.unit == "%"
    if metric == "money":
        return fact.kind == "money" or (fact.kind == "ratio" and fact.counted.endswith("đồng"))
    return fact.kind in {"count", "ratio", "money", "bandwidth", "measure"} or (
        metric is None and fact.kind == "rate"
    )


def _remaining_row(index: int, member: Member, facts: Sequence[Evidence]) -> Row | None:
    """What is left: printed ("còn 45 dữ liệu chưa …"), else the ratio's base less its part."""
    left = [e for e in facts if is_remainder(e)]
    ratios = [e for e in facts if fact_of(e).kind == "ratio" and fact_of(e).denominator is not None]
    if len(left) > 1 or (not left and len(ratios) > 1):
        return None
    for e in left:
        value = fact_of(e).value
        return None if value is None else Row(member.name, e, value, printed(e), index=index)
    for e in ratios:
        fact = fact_of(e)
        if fact.numerator is not None and fact.denominator is not None:
            rest = fact.denominator - fact.numerator
            formula = f"{format_number(fact.denominator)} − {format_number(fact.numerator)}"
            shown = f"{format_number(rest)} {fact.counted}".strip()
            return Row(member.name, e, rest, shown, formula, index)
    return None


def is_remainder(evidence: Evidence) -> bool:
    """Whether a count is of what is left: "còn 45 dữ liệu chưa được xác thực", "chờ tiếp nhận 339 hồ sơ"."""
    fact = fact_of(evidence)
    if fact.kind != "count":
        return False
    before = evidence.report.text[max(fact.clause.start, fact.span.start - 30) : fact.span.start]
    return any(f" {word} " in padded(before) for word in ("con", "cho", "chua", "ton"))
