"""Figures that fit a question alike: whether one is meant after all, else a question back that names them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.figure_words import fact_of, name_of
from bot.answering.matching import Match
from bot.answering.reply import Draft, quote_of
from bot.answering.shelf import Evidence

_TIE = 0.05
_MOST_CHOICES = 5


def tied(found: Sequence[Match], *, dependent: bool = False) -> list[Match]:
    """The best candidates where they cannot be told apart and are different figures; [] where one is best."""
    best = found[0]
    near = [m for m in found[:40] if m.score >= best.score - _TIE and m.coverage >= best.coverage - 0.02]
    if not dependent and best.specificity < 0.8:
        near += [m for m in found[:40] if m not in near and _says_as_much(m, best)]
    near = [m for m in (*near, *_elsewhere(best, found, near)) if not _lacks_name(m, best)]
    if len(near) < 2 or (best.specificity > 0.8 and len({m.evidence.report.place for m in near}) < 2):
        return []
    values = {_main_value(m.evidence) for m in near}
    clauses = {(m.evidence.report.id, m.evidence.span.start) for m in near}
    if len(values) < 2 or len(clauses) < 2:
        return []
    # The same indicator in reports of the same place: the newest is first, and the answer names its period.
    names = {(name_of(m.evidence), m.evidence.report.place) for m in near}
    return near if len(names) > 1 else []


def _lacks_name(other: Match, best: Match) -> bool:
    """Whether a candidate leaves out a name, or a place that must be named, which the best one says."""
    return any((c.named or c.start == c.end) and c not in best.missing for c in other.missing)


def _says_as_much(other: Match, best: Match) -> bool:
    """Whether a neighbour in the group of the best figure says all that the question names as well.

    The question then names none of the two.
    """
    group = fact_of(best.evidence).group
    if group is None or fact_of(other.evidence).group != group:
        return False
    alike = other.coverage >= best.coverage - 0.05 and other.specificity >= best.specificity - 0.2
    return alike and {c.start for c in best.owned} <= {c.start for c in other.owned}


def _elsewhere(best: Match, found: Sequence[Match], near: Sequence[Match]) -> list[Match]:
    """The figures of other places that say as much by their own words: which place is meant must be asked."""
    place = best.evidence.report.place
    least = min(0.35, best.specificity - 0.1)
    others = [m for m in found[:40] if m not in near and m.evidence.report.place != place]
    return [m for m in others if m.coverage >= best.coverage - 0.03 and m.specificity >= least]


def general(near: Sequence[Match]) -> Match | None:
    """The only candidate that speaks of the whole and not of a member of an enumeration, or None."""
    whole = [m for m in near if not m.evidence.passage.item and _of_the_whole(m.evidence)]
    return whole[0] if len({(m.evidence.report.id, m.evidence.span.start) for m in whole}) == 1 else None


def _of_the_whole(evidence: Evidence) -> bool:
    return fact_of(evidence).group is None or fact_of(evidence).role == "total"


def in_focus(case: Case, near: Sequence[Match]) -> Match | None:
    """The only one of the candidates that stands beside what the last answer was about, or None."""
    if case.focus.group is None:
        return None
    same = [m for m in near if m.evidence.report.id == case.focus.report_id]
    beside = [m for m in same if fact_of(m.evidence).group == case.focus.group]
    return beside[0] if len(beside) == 1 else None


def _main_value(evidence: Evidence) -> object:
    """What makes two figures the same: "08/11 huyện" and "08 địa phương" are."""
    fact = fact_of(evidence)
    return fact.value if fact.unit == "%" or fact.numerator is None else fact.numerator


def clarify(case: Case, near: Sequence[Match]) -> Draft:
    """A question back that names what fits."""
    places = {m.evidence.report.place for m in near}
    several = len(places) > 1
    choices = [_choice(m.evidence, with_place=several) for m in near]
    distinct = list(dict.fromkeys(choices))[:_MOST_CHOICES]
    lines = [wording.which_one(""), *(f"- {c}" for c in distinct)]
    shown = [m.evidence for m, c in zip(near, choices, strict=True) if c in distinct][:_MOST_CHOICES]
    return Draft("clarify", lines, [quote_of(e) for e in shown], suggestions=distinct, show_findings=False)


def _choice(evidence: Evidence, *, with_place: bool) -> str:
    return f"{name_of(evidence)} – {evidence.report.place}" if with_place else name_of(evidence)
