"""The figures of several things that one question sets beside each other: "thường trú, tạm vắng", "A trừ B".

Each of its terms gets the figure that says it best.
All figures are of one report and one unit, no two are the same, and no figure is a part of another one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from bot.answering.case import ENOUGH, Case, is_comparison
from bot.answering.figure_words import fact_of
from bot.answering.matching import Match, match
from bot.answering.shelf import Evidence, padded
from bot.answering.strategies.amounts import amount, measured_in
from bot.answering.strategies.terms import Term
from bot.understanding.question import Concept
from knowledge.records import Fact

_DIGITS = re.compile(r"\d+")
_LEAST = 0.5
_CLEAR = 0.04
_PLAINER, _NEARLY = 0.1, 0.35
_LOCAL = 0.15
_FOREIGN = 0.1
_SAME_GROUP, _SAME_CLAUSE = 0.2, 0.1

Keep = Callable[[Evidence], bool]


def best_figures(
    case: Case,
    ways: Sequence[Sequence[Term]],
    keep: Keep,
    *,
    percent: bool = False,
    parts: bool = False,
    count: int | None = None,
) -> list[Evidence]:
    """The figures of the reading that they fit best, of `count` terms where that is given, or []."""
    fitting = [way for way in ways if len(way) > 1 and count in {None, len(way)}]
    found = [_resolved(case, way, keep, percent=percent, parts=parts) for way in fitting]
    return max(found, key=lambda f: f[0], default=(0.0, []))[1]


def figures_for(
    case: Case, things: Sequence[Term], keep: Keep, *, percent: bool = False, parts: bool = False
) -> list[Evidence]:
    """One figure for each of the things, all of one report and unit; [] where that fails.

    With `percent` rates are wanted. With `parts` a figure may hold another one: a total and its parts.
    """
    return _resolved(case, things, keep, percent=percent, parts=parts)[1]


def _resolved(
    case: Case, things: Sequence[Term], keep: Keep, *, percent: bool, parts: bool
) -> tuple[float, list[Evidence]]:
    best: tuple[float, list[Evidence]] = (0.0, [])
    fits = _Fits(case, things)
    for facts, bonus in _buckets(case, things, keep, percent=percent):
        chosen = _assigned(things, facts, fits, percent=percent)
        if (
            not chosen
            or not _says_enough(case, things, chosen)
            or (not parts and overlapping([m.evidence for m in chosen]))
        ):
            continue
        score = sum(m.score for m in chosen) / len(chosen) + bonus + _closeness(chosen)
        if score > best[0] + 1e-9:
            best = (score, [m.evidence for m in chosen])
    return best


def overlapping(chosen: Sequence[Evidence]) -> bool:
    """Whether one of the figures is made of others: a total and its parts, or the same figure twice."""
    facts = [fact_of(e) for e in chosen]
    if len({f.span for f in facts}) < len(facts):
        return True
    if any(f.role == "total" for f in facts) and not all(f.role == "total" for f in facts):
        return True
    spans = [
        (e.report.listings[f.group].lead, f)
        for e, f in zip(chosen, facts, strict=True)
        if f.group is not None
    ]
    holds = any(
        lead.covers(other.span) and other is not f and other.group != f.group
        for lead, f in spans
        for other in facts
    )
    if any(_bracketed(e) and not _bracketed(o) and e.span == o.span for e in chosen for o in chosen):
        return True
    parts = {f.passage for f in facts if f.role == "part"}
    return holds or any(
        f.role == "" and f.passage in parts and any(_before(f, o) for o in facts) for f in facts
    )


def _before(fact: Fact, other: Fact) -> bool:
    """Whether `other` is printed behind `fact` as a part: "312 tỷ đồng, trong đó … 78 tỷ đồng"."""
    return other.role == "part" and fact.span.end <= other.span.start and fact.clause == other.clause


def _buckets(
    case: Case, things: Sequence[Term], keep: Keep, *, percent: bool
) -> Iterable[tuple[list[Evidence], float]]:
    """The figures that may be added or compared: by report and unit, and closer by their group."""
    wanted = [c for t in things for c in t.concepts]
    out: dict[tuple[str, str, object], list[Evidence]] = defaultdict(list)
    for shelved in case.scope.reports:
        for e in shelved.facts:
            fact = fact_of(e)
            said = any(not c.syllables.isdisjoint(e.all_tokens) for c in wanted)
            if (
                not said
                or fact.kind in {"date", "change"}
                or fact.role == "target"
                or not keep(e)
                or is_comparison(e)
            ):
                continue
            if amount(e, percent=percent) is None or not case.scope.fits(e, figure=True):
                continue
            unit = measured_in(e, percent=percent)
            out[shelved.report.id, unit, None].append(e)
            out[shelved.report.id, unit, f"passage {fact.passage}"].append(e)
            if fact.group is not None:
                out[shelved.report.id, unit, fact.group].append(e)
            if fact.role == "part" and fact.kind == "count" and not percent:
                # "18 (chính thức 08, dự phòng 10)", "07 (03 chính thức, 04 dự phòng)"
                out[shelved.report.id, "", f"parts {e.passage.section}"].append(e)
            if fact.group is not None and fact.kind == "count" and not percent:
                out[shelved.report.id, "", fact.group].append(e)  # "1.204 bác sĩ, 2.187 điều dưỡng"
    return [
        (facts, _group_bonus(case, key[0], key[2])) for key, facts in out.items() if len(facts) >= len(things)
    ]


def _group_bonus(case: Case, report_id: str, group: object) -> float:
    """For figures of one group, and more for that of the answer before: "cấp tỉnh hơn cấp xã bao nhiêu?"."""
    if group is None:
        return 0.0
    if isinstance(group, str):
        return _SAME_CLAUSE
    return _SAME_GROUP * (2 if case.focus.group == group and case.focus.report_id == report_id else 1)


class _Fits:
    """How well figures say things, each worked out once: buckets share most of their figures."""

    def __init__(self, case: Case, things: Sequence[Term]) -> None:
        self._case, self._things = case, things
        self._known: dict[tuple[int, int], Match] = {}
        self.named = [c for t in things for c in t.concepts]

    def of(self, evidence: Evidence, at: int) -> Match:
        """How well a figure says the thing at that place."""
        key = (id(evidence), at)
        if key not in self._known:
            self._known[key] = _fit(self._case, evidence, self._things[at], self.others(at))
        return self._known[key]

    def others(self, at: int) -> list[Concept]:
        """The concepts of the other things."""
        return [c for n, t in enumerate(self._things) if n != at for c in t.concepts]


def _assigned(
    things: Sequence[Term], facts: Sequence[Evidence], fits: _Fits, *, percent: bool
) -> list[Match]:
    """The figure that says each thing best; [] where one is said by none, or by several alike."""
    ranked = [sorted((fits.of(e, at) for e in facts), key=lambda m: -m.score) for at in range(len(things))]
    chosen: list[Match] = []
    for at, thing in enumerate(things):
        found = _parallel_first(ranked, at, fits.named)
        best = found[0]
        if best.coverage < _LEAST or not best.owned or _misses_its_own(thing, fits.others(at), best):
            return []
        near = [m for m in found[1:4] if m.score > best.score - _CLEAR and not _plainer(best, m)]
        if any(amount(m.evidence, percent=percent) != amount(best.evidence, percent=percent) for m in near):
            return []
        chosen.append(best)
    spans = {(fact_of(m.evidence).span.start, fact_of(m.evidence).span.end) for m in chosen}
    return chosen if len(spans) == len(chosen) and _told_apart(things, chosen) else []


def _parallel_first(ranked: Sequence[Sequence[Match]], at: int, named: Sequence[Concept]) -> list[Match]:
    """The figures for one thing with those first that say as much of what is shared as the others' do.

    "người dự phòng do phòng chuyên môn và do ngành dọc cử": of both the figure in the bracket.
    """
    best = max((m for found in ranked for m in found[:1]), key=lambda m: len(_local(m, named)), default=None)
    shared = _local(best, named) if best else set()
    near = [m for m in ranked[at] if m.score > ranked[at][0].score - _NEARLY]
    near.sort(key=lambda m: (-len(_local(m, named) & shared), -m.score))
    return [*near, *(m for m in ranked[at] if m not in near)]


def _local(found: Match, named: Sequence[Concept]) -> set[str]:
    """What the question names that a part of a whole says right before its figure, or as what it counts."""
    words = found.evidence.local + padded(fact_of(found.evidence).counted)
    return {c.typed for c in named if _bracketed(found.evidence) and _said(c, words)}


def _bracketed(evidence: Evidence) -> bool:
    """Whether a figure is a part that stands in brackets behind its whole."""
    before = evidence.report.text[evidence.span.start : fact_of(evidence).span.start]
    return fact_of(evidence).role == "part" and before.count("(") > before.count(")")


def _plainer(best: Match, other: Match) -> bool:
    """Whether the best one says hardly more than the thing: "Tổ tại xã" beside "Tổ tại thị xã"."""
    return best.specificity > other.specificity + _PLAINER


def _misses_its_own(thing: Term, others: Sequence[Concept], found: Match) -> bool:
    """Whether a figure says nothing of what only this thing names: it is another one's."""
    shared = {c.typed for c in others}
    own = [c for c in thing.concepts if c.typed not in shared]
    missing = {c.typed for c in found.missing}
    return bool(own) and all(c.typed in missing and not _said(c, found.evidence.wide) for c in own)


def _told_apart(things: Sequence[Term], chosen: Sequence[Match]) -> bool:
    """Whether each figure says of its thing what no other one says: "lượt người" is said by all."""
    for thing, m in zip(things, chosen, strict=True):
        others = [o.evidence for o in chosen if o is not m]
        if not any(
            (_said(c, m.evidence.local) and not any(_said(c, o.local) for o in others))
            or (_owned(c, m) and not any(_said(c, o.own) for o in others))
            or (_said(c, _around(m.evidence)) and not any(_said(c, _around(o)) for o in others))
            for c in thing.concepts
        ):
            return False
    return True


def _around(evidence: Evidence) -> str:
    """The sentence of a figure with the headings above it."""
    return evidence.wide + evidence.far


def _owned(concept: Concept, found: Match) -> bool:
    return any(c.start == concept.start and c.typed == concept.typed for c in found.owned)


def _fit(case: Case, evidence: Evidence, thing: Term, others: Sequence[Concept]) -> Match:
    """How well a figure says one thing.

    What it says of the other things counts against it, most of all right before it.
    """
    own = {c.typed for c in thing.concepts}
    foreign = [c for c in others if c.typed not in own]
    named = own | {c.typed for c in foreign}
    carried = [c for c in case.question.context if c.typed not in named]
    bonus = case.bonus(evidence) + _LOCAL * sum(_said(c, evidence.local) for c in thing.concepts) / len(
        thing.concepts
    )
    malus = sum(_LOCAL if _said(c, evidence.local) else _FOREIGN * _said(c, evidence.own) for c in foreign)
    return match(evidence, thing.concepts, case.weights, carried=carried, bonus=bonus - malus)


def _said(concept: Concept, words: str) -> bool:
    return any(f" {' '.join(a)} " in words for a in concept.alternatives)


def _says_enough(case: Case, things: Sequence[Term], chosen: Sequence[Match]) -> bool:
    """Whether the figures together say what the things name."""
    weigh = case.weights.phrase
    total = sum(weigh(c.alternatives[0]) for t in things for c in t.concepts)
    missing = [{c.typed for c in m.missing} for m in chosen]
    lost = sum(
        weigh(c.alternatives[0])
        for t, gone in zip(things, missing, strict=True)
        for c in t.concepts
        if c.typed in gone
    )
    return total > 0 and (total - lost) / total >= ENOUGH


def _closeness(chosen: Sequence[Match]) -> float:
    return _SAME_CLAUSE if len({m.evidence.passage.ordinal for m in chosen}) == 1 else 0.0
