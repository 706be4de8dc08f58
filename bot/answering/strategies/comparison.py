"""The same thing in two places, two reports or two periods, each with its own source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.answering import wording
from bot.answering.case import LEAST, Case, enough
from bot.answering.charts import Bar, chart_of
from bot.answering.figure_words import fact_of, labelled, name_of, printed
from bot.answering.matching import Match
from bot.answering.records import Computed
from bot.answering.refusal import title_quote
from bot.answering.reply import Draft, quote_of
from bot.answering.scope import PlaceAsked, Scope
from bot.answering.shelf import Evidence
from bot.answering.strategies import figures
from bot.answering.strategies.amounts import measured_in
from bot.answering.strategies.differences import gaps
from knowledge.vietnamese import fold

_AS_WELL, _ALIKE = 0.35, 0.04
_READ, _ALIKE_WORDS, _SAME_WORDS = 8, 0.6, 0.6
Single = Callable[[Case], Draft | None]


def answer(case: Case, single: Single) -> Draft | None:
    """The answers for each side put together; None where there are not two sides."""
    sides = _sides(case)
    if len(sides) < 2:
        return None
    paired = _paired(case, sides)
    if paired:
        return paired
    drafts = [(label, side, single(side)) for label, side in sides]
    if not any(d and d.status == "answered" for _, _, d in drafts):
        return None
    out = Draft("answered", [])
    for label, side, draft in drafts:
        if draft is None or draft.status != "answered":
            out.lines.append(f"{label}: báo cáo không nêu nội dung này.")
            out.quotes += [title_quote(s) for s in side.scope.reports[:1]]
            continue
        out.lines += draft.lines
        out.quotes += draft.quotes
        out.computed += draft.computed
        out.focus += draft.focus
    if len({s.report.id for _, side in sides for s in side.scope.reports}) > 1:
        out.lines.append(wording.DIFFERENT_SCOPES)
    told = [(label, d.focus[0]) for label, _, d in drafts if d and len(d.focus) == 1]
    if len(told) == len(sides) == 2:
        _set_apart(out, told, points_only=_rates_only(case))
    _draw(out, told)
    return out


def _rates_only(case: Case) -> bool:
    """Whether rates are asked about and no number beside them."""
    return case.question.has("percent") and not case.question.has("count")


def _set_apart(draft: Draft, told: Sequence[tuple[str, Evidence]], *, points_only: bool = False) -> None:
    """Adds how far two figures of one unit are apart, with the subtraction; ratios in points and number."""
    (first, one), (second, other) = told
    first = wording.capital(first)
    if one is other or _kind_of(one) != _kind_of(other):
        return
    for gap, word in gaps(one, other, points_only=points_only):
        if word == "bằng":
            draft.lines.append(f"{first} bằng {second}.")
            continue
        apart = f"{gap.value} {gap.why}".rstrip()
        draft.lines.append(f"{first} {word} {second} {apart} ({gap.formula} = {gap.value}).")
        draft.computed.append(Computed(gap.value, gap.formula, f"chênh lệch ({gap.why})"))


def _paired(case: Case, sides: Sequence[tuple[str, Case]]) -> Draft | None:
    """The two figures that say the same thing for two sides, where figures are asked for or said best.

    Reports of one kind say a thing in the same words: of several figures that fit each side, those are meant
    that are worded alike.
    """
    q = case.question
    if len(sides) != 2 or q.has("document", "date", "who", "list", "max", "min"):
        return None
    keep = figures.asked_kind(case)
    found = [side.facts(lambda e: keep(e) and fact_of(e).kind != "date")[:_READ] for _, side in sides]
    asks = q.has("percent", "count", "money", "extent", "difference") or _say_the_same(sides)
    if not all(found) or not (
        asks or all(_as_good(side, m[0]) for (_, side), m in zip(sides, found, strict=True))
    ):
        return None
    pairs = sorted(
        ((one.score + other.score + _ALIKE_WORDS * _worded_alike(case, one, other), one, other)
         for one in found[0] for other in found[1]
         if _measured(one) == _measured(other) and one.evidence is not other.evidence
         and fact_of(one.evidence).role != "target" != fact_of(other.evidence).role),
        key=lambda p: -p[0],
    )  # fmt: skip
    if not pairs or not _both_enough(case, pairs[0][1:]):
        return None
    best, near = pairs[0], [p for p in pairs[1:6] if p[0] > pairs[0][0] - _ALIKE]
    values = [tuple(fact_of(m.evidence).value for m in p[1:]) for p in (best, *near)]
    return None if len(set(values)) > 1 else _side_by_side(case, sides, [m.evidence for m in best[1:]])


def _say_the_same(sides: Sequence[tuple[str, Case]]) -> bool:
    """Whether one sentence is the best that is said for all sides: it sets nothing apart."""
    best = [side.sentences()[:1] for _, side in sides]
    return all(best) and len({id(m.evidence) for found in best for m in found}) == 1


def _as_good(side: Case, figure: Match) -> bool:
    """Whether a figure says as much of the question as any sentence does."""
    said = side.sentences()
    return not said or figure.coverage >= said[0].coverage - _ALIKE


def _worded_alike(case: Case, one: Match, other: Match) -> float:
    """The share, by weight, of the two figures' own words that both say."""
    a, b = one.evidence.own_tokens, other.evidence.own_tokens
    whole = sum(case.weights.token(t) for t in a | b)
    return sum(case.weights.token(t) for t in a & b) / whole if whole else 0.0


def _both_enough(case: Case, pair: Sequence[Match]) -> bool:
    """Whether each says what is asked about, or one does and the other says the same in nearly its words."""
    told = [enough(m) for m in pair]
    alike = _worded_alike(case, pair[0], pair[1]) >= _SAME_WORDS
    return all(told) or (any(told) and alike and all(m.coverage >= LEAST and m.owned for m in pair))


def _side_by_side(case: Case, sides: Sequence[tuple[str, Case]], pair: Sequence[Evidence]) -> Draft:
    told = [(label, e) for (label, _), e in zip(sides, pair, strict=True)]
    both = [figures.figures_draft([e]) for e in pair]
    out = Draft("answered", [line for d in both for line in d.lines], [q for d in both for q in d.quotes])
    out.focus = list(pair)
    if pair[0].report is not pair[1].report:
        out.lines.append(wording.DIFFERENT_SCOPES)
    _set_apart(out, told, points_only=_rates_only(case))
    _draw(out, told)
    return out


def _kind_of(evidence: Evidence) -> tuple[str, str]:
    """The unit with the head of what is counted: "hồ sơ trực tuyến" are "hồ sơ"."""
    return measured_in(evidence, percent=True), " ".join(fold(fact_of(evidence).counted).split()[:2])


def _draw(draft: Draft, sides: Sequence[tuple[str, Evidence]]) -> None:
    """Adds a bar for each side, where all sides have a figure of one unit."""
    if len({measured_in(e, percent=True) for _, e in sides}) != 1:
        return
    bars = [Bar(label, fact_of(e).value or Decimal(0), printed(e), e) for label, e in sides]
    first = sides[0][1]
    draft.chart, draft.drawn = chart_of(bars, title=name_of(first), unit=measured_in(first, percent=True))


def highest(case: Case) -> Draft | None:
    """Which of the places or reports named has the most or the least, with the figure of each."""
    sides = _sides(case)
    keep = figures.asked_kind(case)
    fitting = [_fitting(side.facts(keep)) for _, side in sides]
    noun = _shared(fitting)
    best = [next((m for m in found if _measured(m) == noun), None) for found in fitting]
    found = [m for m in best if m]
    if len(found) < max(2, len(sides)) or any(
        _ambiguous(m, near) for m, near in zip(best, fitting, strict=True) if m
    ):
        return None
    lowest = case.question.has("min") and not case.question.has("max")
    order = sorted(found, key=lambda m: fact_of(m.evidence).value or 0, reverse=not lowest)
    first = order[0].evidence
    word = "Thấp nhất" if lowest else "Cao nhất"
    lines = [f"{word}: {wording.scope_label(first.report, fact_of(first).period)}, {printed(first)}."]
    lines += [labelled(m.evidence) for m in order]
    quotes = [quote_of(m.evidence) for m in order]
    out = Draft("answered", [*lines, wording.DIFFERENT_SCOPES], quotes, focus=[m.evidence for m in order])
    _draw(out, [(_label(m.evidence), m.evidence) for m in order])
    return out


def _label(evidence: Evidence) -> str:
    return wording.scope_label(evidence.report, fact_of(evidence).period)


def _fitting(found: Sequence[Match]) -> list[Match]:
    """The figures of one side that say what is asked about as well as the best one does."""
    return [m for m in found[:12] if enough(m) and m.score >= found[0].score - _AS_WELL]


def _measured(found: Match) -> tuple[str, str]:
    """The unit and what is counted: rates of records and rates of agencies are not set side by side."""
    return _kind_of(found.evidence)


def _shared(fitting: Sequence[Sequence[Match]]) -> tuple[str, str]:
    """What every side has figures of, that which says best what is asked about; empty where there is none."""
    best: dict[tuple[str, str], float] = {}
    for kind in set.intersection(*({_measured(m) for m in found} for found in fitting)) if fitting else ():
        best[kind] = sum(max(m.score for m in found if _measured(m) == kind) for found in fitting)
    return max(best, key=lambda kind: best[kind], default=("", ""))


def _ambiguous(chosen: Match, near: Sequence[Match]) -> bool:
    """Whether a side has another figure of that kind which fits alike."""
    return any(
        _measured(m) == _measured(chosen) and m.score > chosen.score - _ALIKE
        and fact_of(m.evidence).value != fact_of(chosen.evidence).value
        for m in near
    )  # fmt: skip


def with_focus(case: Case, single: Single) -> Draft | None:
    """What the question names beside what the last answer gave ("so với … thì sao?"), or None."""
    if not case.question.dependent or not case.focus.facts or not case.question.has("compare"):
        return None
    before = [
        e
        for s in case.reports
        if s.report.id == case.focus.report_id
        for e in s.facts
        if fact_of(e).ordinal in case.focus.facts
    ]
    now = figures.answer(case) or single(case)
    if not before or now is None or now.status != "answered":
        return None
    earlier = figures.figures_draft(before)
    lines = [*earlier.lines, *now.lines]
    if before[0].report.id not in {q.shelved.report.id for q in now.quotes}:
        lines.append(wording.DIFFERENT_SCOPES)
    return Draft(
        "answered", lines, [*earlier.quotes, *now.quotes], [*now.computed], focus=[*now.focus, *before]
    )


def _sides(case: Case) -> list[tuple[str, Case]]:
    """The question for each place, report or period that it sets side by side."""
    own = [p for p in case.scope.places if p.reports and not p.demanded]
    if len(own) > 1:
        return [
            (p.name, _with(case, replace(case.scope, reports=p.reports, places=_demanded(case)))) for p in own
        ]
    if len(case.scope.periods) > 1:
        return [(m.text, _with(case, replace(case.scope, periods=(m,)))) for m in case.scope.periods]
    places = {s.report.place for s in case.scope.reports}
    if len(case.scope.reports) > 1 and not own and 1 < len(places) < 6:
        return [
            (wording.scope_label(s.report), _with(case, replace(case.scope, reports=(s,))))
            for s in case.scope.reports
        ]
    return []


def _demanded(case: Case) -> tuple[PlaceAsked, ...]:
    return tuple(p for p in case.scope.places if p.demanded)


def _with(case: Case, scope: Scope) -> Case:
    return replace(case, scope=scope, _ranked={})
