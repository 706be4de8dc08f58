"""Sums over what a question names: operands that are cited, an addition that is shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.answering.case import ENOUGH, Case
from bot.answering.figure_words import fact_of, printed
from bot.answering.matching import Match, match
from bot.answering.reply import Draft
from bot.answering.shelf import Evidence, padded
from bot.answering.strategies import figures
from bot.answering.strategies.aggregates import aggregated
from bot.answering.strategies.amounts import amount, measured_in, names_of, short_name
from bot.answering.strategies.cells import asked_cells
from bot.answering.strategies.groups import Group, Row, best_group, metric_of, named_rows, rows_of
from bot.answering.strategies.operands import best_figures, overlapping
from bot.answering.strategies.terms import readings, terms
from bot.answering.strategies.wholes import in_table
from bot.understanding.cues import plain
from bot.understanding.question import Concept, Question

_EXPLICIT_LEAD = 0.12
_COUNTED = re.compile(r"\b(?:bao nhieu|may) ((?:\w+ ?){1,4})")
_ALL = re.compile(r"\b(?:ca|cac|tat ca|moi|toan bo|tung|nhung)\b")
_TWO = re.compile(r"\b(?:hai|2|ca hai)\b|\bcong (?:ca )?(?:lai|hai)\b|^\s*(?:tong )?cong(?: lai)?\b")
# Both what was received one way and the other: the base of the ratios is asked for.
_WHOLE = re.compile(r"\b(?:ke ca|tinh ca|bao gom ca|ca (?:nop )?(?:giay|truc tiep)|khong phan biet)\b")
_TELLS, _FEWER = 0.35, 0.3
_HOW_MANY_THINGS = re.compile(r"\b(hai|ba|bon|nam|2|3|4|5) (?!thang\b|nam\b|quy\b)[a-z]")
_NUMBERS = {"hai": 2, "ba": 3, "bon": 4, "nam": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_FEW = 0.5
_NEARLY = 0.1
_TELLING = 0.65
_SHORT_TERM = 3
_COUNTS = frozenset({"count", "ratio"})


def total(case: Case) -> Draft | None:
    """The sum over what the question names or over its group; with their bases also the common rate."""
    q = case.question
    if not q.has("sum", "total") or (q.has("percent") and not q.has("sum") and not _counts_asked(q)):
        return None
    rows = _same_part(case)
    if rows:
        return aggregated(case, rows, group=fact_of(rows[0].evidence).group)
    if not q.has("sum") and not q.has("remaining", "negative"):
        joined = any(t.join == "va" for t in terms(case))
        parts = _named_rows(case) if joined or not _stated_total(case, plainly=True) else []
        stated = None if parts else _stated_total(case)
        if stated:
            return stated
    rows = _last_two(case) or _focus_rows(case) or _named_rows(case) or _group_rows(case)
    return aggregated(case, rows, group=fact_of(rows[0].evidence).group) if len(rows) > 1 else None


def of_group(case: Case) -> Draft | None:
    """The mean of a group, or the rate that its ratios have together, or None."""
    rows = _named_rows(case) or _group_rows(case)
    return aggregated(case, rows) if len(rows) > 1 else None


def _counts_asked(question: Question) -> bool:
    """Whether a number is asked for, not a share of the total.

    "tỷ trọng … trong tổng thu" asks for no sum.
    """
    return _COUNTED.search(plain(question.text)) is not None


def _stated_total(case: Case, *, plainly: bool = False) -> Draft | None:
    """The printed total, where a figure that says so fits: "tổng cộng 1,2 tỷ đồng".

    `plainly`: only one that says "tổng" right before it or above it, not one that merely has parts.
    """
    found = case.facts(figures.asked_kind(case))
    for m in found[:6]:
        if (
            m.score >= found[0].score - _EXPLICIT_LEAD
            and m.coverage >= ENOUGH
            and (" tong " in m.evidence.own + m.evidence.near or (not plainly and _leads_parts(m.evidence)))
        ):
            return figures.figures_draft([m.evidence])
    return None


def _leads_parts(evidence: Evidence) -> bool:
    """Whether the figure is followed by its parts: "96.651 triệu đồng, gồm: …"."""
    span = fact_of(evidence).span
    return any(
        x.lead.covers(span) and len(rows_of(evidence.shelved, x, None)) > 1 for x in evidence.report.listings
    )


def _named_rows(case: Case) -> list[Row]:
    """One figure for each of the things that the question lists ("khai sinh, khai tử và kết hôn")."""
    in_table = asked_cells(case, percent=False)
    if in_table:
        return list(in_table.rows)
    named = terms(case)
    if len(named) < 2 or any(t.minus or t.lacking or t.equal for t in named):
        return []
    chosen = best_figures(case, readings(named), figures.asked_kind(case))
    long = not case.question.has("sum") and any(len(t.concepts) > _SHORT_TERM for t in named[1:])
    return [] if long and any(fact_of(e).role != "part" for e in chosen) else _rows_of(chosen)


def _same_part(case: Case) -> list[Row]:
    """The same part of as many like things as the question says: "hai nguồn … mấy người dự phòng?"."""
    many = _HOW_MANY_THINGS.search(" ".join(plain(case.question.text).split()))
    if many is None:
        return []
    number = _NUMBERS[many.group(1)]
    found: dict[tuple[str, str, str], list[Match]] = {}
    for m in case.facts(lambda e: fact_of(e).kind == "count" and not in_table(e)):
        label = _label(m.evidence)
        if m.coverage >= _FEWER and label:
            section = m.evidence.passage.section.partition(".(")[0]
            found.setdefault((m.evidence.report.id, section, label), []).append(m)
    sets = [
        (_said_of(case, label), sorted((m.evidence for m in alike), key=lambda e: fact_of(e).span.start))
        for (_, _, label), alike in found.items()
        if len(alike) == number and _say_enough(case, alike)
    ]
    sets.sort(key=lambda s: -s[0])
    if not sets or not sets[0][0] or (len(sets) > 1 and sets[1][0] > sets[0][0] - _NEARLY):
        return []
    return _rows_of(sets[0][1])


def _say_enough(case: Case, found: Sequence[Match]) -> bool:
    """Whether the figures together say what the question names."""
    missing = set.intersection(*({c.typed for c in m.missing} for m in found))
    weigh = {c.typed: case.weights.phrase(c.alternatives[0]) for c in case.wanted}
    lost = sum(weigh[c.typed] * c.insistence for c in case.wanted if c.typed in missing)
    return lost <= (1 - ENOUGH) * sum(weigh.values())


def _label(evidence: Evidence) -> str:
    """The words right before a figure, or the noun behind it where there are none: "chờ tiếp nhận"."""
    words = [t for t in evidence.local.split() if not t[0].isdigit()]
    return " ".join(words) or padded(fact_of(evidence).counted).strip()


def _said_of(case: Case, label: str) -> float:
    """The share, by weight, of a label's words that the question says, of things that tell something."""
    said = [
        c for c in case.question.concepts if any(f" {' '.join(a)} " in f" {label} " for a in c.alternatives)
    ]
    covered = {t for c in said for a in c.alternatives for t in a}
    if not any(case.weights.phrase(c.alternatives[0]) > _TELLS for c in said):
        return 0.0
    weigh = case.weights.token
    return sum(weigh(t) for t in label.split() if t in covered) / sum(map(weigh, label.split()))


def _rows_of(chosen: Sequence[Evidence]) -> list[Row]:
    return [_row_of(e, name) for e, name in zip(chosen, names_of(chosen), strict=True)]


def _row_of(evidence: Evidence, name: str) -> Row:
    return Row(name, evidence, amount(evidence, percent=False) or Decimal(0), printed(evidence))


def _last_two(case: Case) -> list[Row]:
    """The figures of the two last answers: "hai khoản cộng lại?"."""
    if (
        not case.question.dependent
        or not case.question.has("sum")
        or not _TWO.search(plain(case.question.text))
    ):
        return []
    chosen = [*case.in_focus(case.focus.earlier), *case.in_focus(case.focus.facts)]
    alike = len({measured_in(e, percent=False) for e in chosen}) == 1
    return _rows_of(chosen) if len(chosen) == 2 and alike and not overlapping(chosen) else []


def _focus_rows(case: Case) -> list[Row]:
    """The neighbours of the last answer's figure in its clause that count the same: "cộng cả 4 hội lại"."""
    if not case.question.dependent or not case.focus.report_id:
        return []
    shelved = next((s for s in case.scope.reports if s.report.id == case.focus.report_id), None)
    if shelved is None:
        return []
    before = [e for e in shelved.facts if e.fact and e.fact.ordinal in case.focus.facts] or [
        e for e in shelved.facts if e.passage.ordinal == case.focus.passage
    ]
    if not before:
        return []
    beside = [e for e in shelved.facts if e.span == before[0].span and fact_of(e).kind == "count"]
    scored = [(match(e, case.question.concepts, case.weights).coverage, e) for e in beside]
    best = max((score for score, _ in scored), default=0.0)
    nouns = [fact_of(e).counted for score, e in scored if score == best]
    noun = fact_of(before[0]).counted if fact_of(before[0]).counted in nouns or not nouns else nouns[0]
    rows = [
        Row(short_name(e), e, e.fact.value, printed(e))
        for e in beside
        if e.fact and e.fact.counted == noun and e.fact.value is not None
    ]
    named = [r for r in rows if match(r.evidence, case.question.concepts, case.weights).owned]
    return _without_whole(named if 1 < len(named) < len(rows) else rows)


def _without_whole(rows: list[Row]) -> list[Row]:
    """The rows without one that is the sum of the others: it holds them already."""
    everything = sum((r.value for r in rows), Decimal(0))
    return [r for r in rows if len(rows) < _SHORT_TERM or r.value * 2 != everything]


def _group_rows(case: Case) -> list[Row]:
    """The rows of the group that the question names as a whole; none where it names some of its members."""
    metric = metric_of(case)
    if metric == "percent" and not case.question.has("average"):
        metric = "count"
    group = best_group(case, metric)
    if group and (named := named_rows(case, group.rows)):
        return named
    if (
        group is None
        or not _said_whole(case, group)
        or any(0 < _share(c, group, case) <= _FEW for c in case.question.concepts)
    ):
        return []
    return [*group.rows]


def _said_whole(case: Case, group: Group) -> bool:
    """Whether a group is said by all that the question names: its sum answers nothing else."""
    found = match(group.shelved.listing_evidence(group.listing), case.wanted, case.weights)
    listed = sum(t.join in {"va", ",", "voi", "cong"} for t in terms(case)[1:])
    return found.coverage >= ENOUGH and (not listed or _ALL.search(plain(case.question.text)) is not None)


def _share(concept: Concept, group: Group, case: Case) -> float:
    """The share of a group's rows that say a concept in their own words."""
    return sum(bool(match(r.evidence, [concept], case.weights).owned) for r in group.rows) / len(group.rows)
