"""One figure less another: two that the question names, a figure and its target, or the last answer's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.answering import wording
from bot.answering.case import ENOUGH, Case
from bot.answering.figure_words import fact_of, printed
from bot.answering.matching import Match
from bot.answering.records import Computed
from bot.answering.reply import Draft, quote_of
from bot.answering.shelf import Evidence
from bot.answering.strategies import figures
from bot.answering.strategies.amounts import amount, measured_in, names_of, scale_of, shared_name, shown
from bot.answering.strategies.cells import asked_cells, of_two_times
from bot.answering.strategies.operands import best_figures, figures_for
from bot.answering.strategies.terms import Term, readings, terms
from bot.understanding.cues import plain

_TARGET = (" chi tieu ", " ke hoach ", " muc tieu ")
_TARGET_OWN = (" chi tieu ", " ke hoach duoc giao ", " muc tieu ")
# Against an earlier time the report prints the change itself; no other figure stands for it.
_THEN = re.compile(r"\bcung ky\b|\b(?:thang|quy|nam|ky) truoc\b")
_POINTS = re.compile(r"\b(?:diem|phan tram|ty le|%)")
_BARE = 9


def difference(case: Case) -> Draft | None:
    """How far two figures are apart, with the subtraction; None where there are not two of one unit."""
    if not case.question.has("difference") or _THEN.search(plain(case.question.text)):
        return None
    beside = of_two_times(case)
    if beside:
        return _subtract(beside[0].evidence, beside[1].evidence, percent=False)
    if len(case.scope.periods) > 1 and len({s.report.period for s in case.scope.reports}) > 1:
        return None  # the same thing at two times: a comparison of reports
    percent = wants_points(case)
    pair = (
        _last_two(case)
        or _against_target(case)
        or _two_named(case, percent=percent)
        or _with_focus(case, percent=percent)
    )
    return _subtract(*pair, percent=percent) if pair else None


def named_pair(case: Case) -> Draft | None:
    """The two things of a comparison that one report has, where no places or periods are set side by side."""
    beside = of_two_times(case)
    if beside:
        return _subtract(beside[0].evidence, beside[1].evidence, percent=False)
    if len(case.scope.periods) > 1 or sum(not p.demanded for p in case.scope.places) > 1:
        return None
    percent = wants_points(case)
    pair = _two_named(case, percent=percent)
    return _subtract(*pair, percent=percent) if pair else None


def subtraction(case: Case) -> Draft | None:
    """What is left of a figure from which the question takes others: "tổng chi trừ chi thường xuyên"."""
    named = terms(case)
    at = next((i for i, t in enumerate(named) if t.minus), 0)
    if not at:
        return None
    things = [Term(tuple(c for t in named[:at] for c in t.concepts)), *named[at:]]
    chosen = figures_for(case, things, figures.asked_kind(case), parts=True)
    return less(chosen) if chosen else None


def lacking(case: Case) -> Draft | None:
    """What is the one but not the other: "đăng ký mà chưa kích hoạt" – of two figures that count the same."""
    named = terms(case)
    at = next((i for i, t in enumerate(named) if t.lacking), 0)
    if not at or not case.question.has("count", "remaining"):
        return None
    things = [Term(tuple(c for t in part for c in t.concepts)) for part in (named[:at], named[at:])]
    chosen = figures_for(case, things, lambda e: fact_of(e).kind in {"count", "ratio"}, parts=True)
    near = len(chosen) == 2 and chosen[0].passage.ordinal == chosen[1].passage.ordinal
    return less(chosen) if near else None


def since_then(case: Case) -> Draft | None:
    """What the last answer leaves of the one before it: received, then settled, then "còn lại mấy?"."""
    if not case.question.dependent or not case.question.has("remaining"):
        return None
    last, earlier = case.in_focus(case.focus.facts), case.in_focus(case.focus.earlier)
    if len(last) != 1 or len(earlier) != 1 or last[0].passage.section != earlier[0].passage.section:
        return None
    if case.question.concepts and not all(
        any(f" {' '.join(a)} " in e.own + e.far for a in c.alternatives for e in (*last, *earlier))
        for c in case.question.concepts
    ):
        return None
    return less([earlier[0], last[0]]) or less([last[0], earlier[0]])


def less(chosen: Sequence[Evidence]) -> Draft | None:
    """The first figure less the others, with the subtraction.

    None where the units differ or too little would be left.
    """
    values = [amount(e, percent=False) for e in chosen]
    known = [v for v in values if v is not None]
    if len(known) < 2 or len(known) < len(values) or len({measured_in(e, percent=False) for e in chosen}) > 1:
        return None
    rest = known[0] - sum(known[1:], Decimal(0))
    if rest <= 0 or len({fact_of(e).span for e in chosen}) < len(chosen):
        return None
    scale, unit = scale_of(chosen)
    formula = " − ".join(shown(v, scale) for v in known)
    value = shown(rest, scale)
    label = wording.scope_label(chosen[0].report, fact_of(chosen[0]).period)
    lines = [f"Còn lại: {value} {unit} ({label}).", f"Cách tính: {formula} = {value}."]
    lines += [f"- {name}: {printed(e)}" for name, e in zip(names_of(chosen), chosen, strict=True)]
    computed = [Computed(value, formula, "phần còn lại")]
    return Draft(
        "answered",
        lines,
        [quote_of(e) for e in chosen],
        computed,
        focus=list(chosen),
        group=fact_of(chosen[0]).group,
    )


def wants_points(case: Case) -> bool:
    """Whether rates are to be compared, not numbers."""
    return case.question.has("percent") or _POINTS.search(plain(case.question.text)) is not None


def _last_two(case: Case) -> tuple[Evidence, Evidence] | None:
    """The figures of the last answer, or of the two last ones, where the question names nothing else.

    "chênh lệch bao nhiêu?", "hai dự án đó hơn kém nhau mấy?"
    """
    last, earlier = case.in_focus(case.focus.facts), case.in_focus(case.focus.earlier)
    if not case.question.dependent or len(case.question.text.split()) > _BARE:
        return None
    pair = (*earlier, *last) if len(last) == len(earlier) == 1 else tuple(last) if len(last) == 2 else ()
    named = case.question.concepts if case.question.context else ()
    said = all(any(f" {' '.join(a)} " in e.own + e.near + e.far for a in c.alternatives)
               for c in named for e in pair)  # fmt: skip
    return (pair[0], pair[1]) if pair and said else None


def _against_target(case: Case) -> tuple[Evidence, Evidence] | None:
    """A count and the target that its clause names, where the question speaks of the target."""
    words = f" {' '.join(plain(case.question.text).split())} "
    if not any(w in words for w in _TARGET):
        return None
    found = case.facts(figures.asked_kind(case))
    for m in found[:8]:
        fact = fact_of(m.evidence)
        if fact.kind != "count" or m.coverage < ENOUGH - 0.1 or any(w in m.evidence.own for w in _TARGET_OWN):
            continue
        for e in m.evidence.shelved.facts:
            other = fact_of(e)
            if (
                e.span == m.evidence.span
                and other.counted == fact.counted
                and any(w in e.own for w in _TARGET_OWN)
            ):
                return m.evidence, e
    return None


def _two_named(case: Case, *, percent: bool) -> tuple[Evidence, Evidence] | None:
    """The figures of the two things that are set against each other: "A cao hơn B", "giữa A và B"."""
    in_table = asked_cells(case, percent=percent or None)
    if in_table and len(in_table.rows) == 2:
        return in_table.rows[0].evidence, in_table.rows[1].evidence
    ways = readings(terms(case))
    rates = best_figures(case, ways, _is_rate, percent=True, parts=True, count=2) if percent else []
    chosen = rates or best_figures(case, ways, _comparable, percent=percent, parts=True, count=2)
    return (chosen[0], chosen[1]) if len(chosen) == 2 else None


def _is_rate(evidence: Evidence) -> bool:
    return fact_of(evidence).unit == "%"


def _comparable(evidence: Evidence) -> bool:
    return fact_of(evidence).kind != "date"


def _with_focus(case: Case, *, percent: bool) -> tuple[Evidence, Evidence] | None:
    """The last answer's figure, and what the question names beside it: "hơn Hội nông dân bao nhiêu?"."""
    own = case.in_focus(case.focus.facts)
    if not own or (len(terms(case)) > 1 and not case.question.dependent):
        return None
    first = own[0]
    unit = measured_in(first, percent=percent)
    if percent and unit != "%":
        return None
    alike = [
        e
        for e in first.shelved.facts
        if e is not first and fact_of(e).kind not in {"date", "change"}
        if measured_in(e, percent=percent) == unit
    ]
    found = [m for e in alike if (m := case.match(e)).owned and m.coverage >= ENOUGH]
    best = max(found, key=lambda m: m.score + _beside(first, m), default=None)
    return (first, best.evidence) if best else None


def _beside(first: Evidence, found: Match) -> float:
    """How much nearer a figure is for standing with the first one."""
    one, other = fact_of(first), fact_of(found.evidence)
    return 0.3 * (one.group is not None and one.group == other.group) + 0.1 * (one.passage == other.passage)


def _subtract(one: Evidence, other: Evidence, *, percent: bool) -> Draft | None:
    apart = gaps(one, other, points_only=percent)
    if not apart or fact_of(one) == fact_of(other):
        return None
    first, second = names_of([one, other])
    shared, label = shared_name([one, other]), wording.scope_label(one.report, fact_of(one).period)
    head = f"{shared} – " if shared else ""
    lines = [f"{head}{first}: {printed(one)}; {second}: {printed(other)} ({label})."]
    for gap, word in apart:
        lines.append(
            f"{first} {word} {second}{f' {gap.value} {gap.why}'.rstrip() if word != 'bằng' else ''}."
        )
        lines.append(f"Cách tính: {gap.formula} = {gap.value}.")
    computed = [Computed(g.value, g.formula, f"chênh lệch ({g.why})") for g, _ in apart]
    return Draft(
        "answered",
        lines,
        [quote_of(one), quote_of(other)],
        computed,
        focus=[one, other],
        group=fact_of(one).group,
    )


def gaps(one: Evidence, other: Evidence, *, points_only: bool = False) -> list[tuple[Computed, str]]:
    """How far two figures are apart, rates in points, ratios also in number; and how the first compares."""
    a, b = fact_of(one), fact_of(other)
    rates = a.unit == "%" and b.unit == "%"
    both = rates and not points_only and a.numerator is not None and b.numerator is not None
    found = (
        _gap(one, other, percent=True) if rates else None,
        _gap(one, other, percent=False) if both or not rates else None,
    )
    return [g for g in found if g]


def _gap(one: Evidence, other: Evidence, *, percent: bool) -> tuple[Computed, str] | None:
    """The difference with its formula and unit, and how the first one compares."""
    a = fact_of(one).value if percent else amount(one, percent=False)
    b = fact_of(other).value if percent else amount(other, percent=False)
    if a is None or b is None or measured_in(one, percent=percent) != measured_in(other, percent=percent):
        return None
    scale, unit = (Decimal(1), "điểm phần trăm") if percent else scale_of([one, other])
    value = shown(abs(a - b), scale)
    formula = f"{shown(max(a, b), scale)} − {shown(min(a, b), scale)}"
    return Computed(value, formula, unit), "cao hơn" if a > b else "thấp hơn" if a < b else "bằng"
