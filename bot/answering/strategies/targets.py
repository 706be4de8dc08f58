"""What was reached against what was to be reached: whether the target is met, and how far from it it is.

The target is printed beside the figure ("1.120/2.000 lao động, đạt 56% kế hoạch", "chưa đạt chỉ tiêu 45%"),
in the next column of a table, or as the rate of the plan itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.answering import wording
from bot.answering.case import ENOUGH, LEAST, Case
from bot.answering.figure_words import fact_of, printed
from bot.answering.matching import Match
from bot.answering.records import Computed
from bot.answering.reply import Draft, quote_of
from bot.answering.shelf import Evidence, padded
from bot.answering.strategies.amounts import measured_in, scale_of, short_name, shown
from bot.answering.strategies.figures import figures_draft
from bot.understanding.cues import plain

_TARGET = re.compile(r"\b(?:chi tieu|ke hoach|muc tieu|du toan|yeu cau|duoc giao)\b")
_REACHED = re.compile(r"\b(?:vuot|dat|du|hoan thanh|thieu|hut|con|tang|giam)\b")
_HOW_FAR = re.compile(r"\b(?:thieu|hut|vuot|con|hon|kem|chenh|tang them|tang)\b")
_BESIDE = re.compile(r" (?:chi tieu|ke hoach|muc tieu|du toan|duoc giao) ")
_ASIDE = frozenset({
    "chi tieu", "ke hoach", "muc tieu", "du toan", "duoc giao", "dat", "vuot", "du", "thieu", "nua", "con",
    "hoan thanh", "nam nay", "giao", "so", "cua", "so voi", "tang them", "tang", "giam", "them",
})  # fmt: skip
_WHOLE = Decimal(100)
_READ = 12


@dataclass(frozen=True, slots=True)
class _Against:
    """A figure with its target, both in one unit; `target_of` is where the target is printed."""

    reached: Decimal
    target: Decimal
    figure: Evidence
    target_of: Evidence
    percent: bool


def answer(case: Case) -> Draft | None:
    """Whether a target is reached, or how far it is, where the question asks so; else None."""
    q = case.question
    words = " ".join(plain(q.text).split())
    asks = q.has("yesno") or q.kind == "ask_yesno" or _HOW_FAR.search(words)
    spoken_of = _TARGET.search(words) and _REACHED.search(words)
    if not (spoken_of and asks) or q.has("max", "min", "which", "check"):
        return None
    for m in _figures(case):
        found = next((t for t in _targets(m.evidence) if _names_all(m, t)), None)
        if found:
            return _draft(case, found)
        rate = _rate_of_plan(m.evidence)
        if rate and q.has("yesno") and m.coverage >= ENOUGH:
            return _by_rate(rate)
    return None


def _figures(case: Case) -> list[Match]:
    """The figures that the question may be about, its words for the target put aside."""
    wanted = tuple(c for c in case.wanted if c.typed not in _ASIDE)
    if not wanted and not case.question.context:
        return []
    found = []
    for shelved in case.scope.reports:
        for e in shelved.facts:
            if fact_of(e).kind in {"date", "change"} or fact_of(e).role == "target":
                continue
            # "kế hoạch năm 2023" names the plan's year, of which the report may be a half.
            if case.scope.fits(e, figure=False):
                found.append(case.match(e, wanted=wanted))
    found.sort(key=lambda m: -m.score)
    return [m for m in found[:_READ] if m.coverage >= LEAST and (m.said_here or not wanted)]


def _names_all(found: Match, against: _Against) -> bool:
    """Whether figure and target together say what is asked about: "chỉ tiêu Bộ Công an giao"."""
    beside = against.target_of.own + against.target_of.near + against.target_of.wide
    still = [c for c in found.missing if not any(f" {' '.join(a)} " in beside for a in c.alternatives)]
    return not still if found.coverage < ENOUGH else not any(c.named for c in still)


def _targets(e: Evidence) -> Iterator[_Against]:
    """The targets printed for a figure: behind it, as the base of its ratio, or in its row."""
    fact = fact_of(e)
    if fact.value is not None:
        for other in e.shelved.facts:
            target = fact_of(other)
            percent = fact.unit == "%"
            same = measured_in(other, percent=percent) == measured_in(e, percent=percent)
            if target.value is None or other is e or not same or target.kind == "change":
                continue
            if other.passage is e.passage and _is_target(e, other) and _as_far_as_reached(e, other):
                yield _Against(fact.value, target.value, e, other, percent)
    met = fact.numerator is not None and fact.numerator == fact.denominator
    if fact.numerator is not None and fact.denominator and (met or _BESIDE.search(_tail(e))):
        yield _Against(fact.numerator, fact.denominator, e, e, percent=False)


def _is_target(e: Evidence, other: Evidence) -> bool:
    """Whether a figure beside another one is its target: by its role, or by the words right before it."""
    fact = fact_of(other)
    row = fact_of(e).indicator.rpartition(": ")[0]
    if fact.role == "target":
        if not row and not _of_figure(e, other):
            return False
        in_row = not row or fact.indicator.rpartition(": ")[0] == row
        return in_row and (e.passage.lead == other.passage.lead)
    before = padded(other.report.text[max(fact.clause.start, fact.span.start - 40) : fact.span.start])
    behind = fact.span.start >= fact_of(e).span.end
    return behind and _BESIDE.search(before) is not None


def _as_far_as_reached(e: Evidence, target: Evidence) -> bool:
    """Whether a figure is the furthest that its row gives within the target's time.

    Against the plan of a year stands what was reached since January, not July's part of it.
    """
    own, whole, reported = fact_of(e).period, fact_of(target).period, e.report.period
    if own and reported and own.end < reported.start:
        return False  # last year's
    if own is None or whole is None or not own.overlaps(whole):
        return own is None or whole is None or own.end < whole.start
    beside = (fact_of(o) for o in e.shelved.facts if o.passage is e.passage and o is not e)
    further = (f.period for f in beside if f.unit == fact_of(e).unit and f.role != "target" and f.period)
    return not any(whole.contains(p) and p.contains(own) and not p.same(own) for p in further)


def _of_figure(e: Evidence, target: Evidence) -> bool:
    """Whether a target is said of this figure, or of none of those beside it.

    "Thu 6.842 triệu đồng, đạt 57,5% dự toán (11.900 triệu đồng); chi 5.217 triệu đồng": of what came in.
    """
    said = fact_of(target).indicator
    beside = (fact_of(o).indicator for o in e.shelved.facts if o.passage is e.passage and o is not target)
    others = any(own and own != said and said.startswith(own) for own in beside)
    return not others or said.startswith(fact_of(e).indicator)


def _tail(e: Evidence) -> str:
    fact = fact_of(e)
    return padded(e.report.text[fact.span.start : min(fact.clause.end, fact.span.end + 60)])


def _rate_of_plan(e: Evidence) -> Evidence | None:
    """The rate of the plan that the clause of a figure prints: "đạt 101,5% kế hoạch"."""
    for other in (e, *(o for o in e.shelved.facts if o.passage is e.passage)):
        fact = fact_of(other)
        if fact.unit == "%" and fact.kind != "change" and fact.span.start >= fact_of(e).span.start:
            if _BESIDE.search(_tail(other)):
                return other
            if other.span == e.span:
                continue
    return None


def _word(found: _Against) -> str:
    """How the figure stands to its target; a plan for a later time lacks nothing yet."""
    one, other = fact_of(found.figure).period, fact_of(found.target_of).period
    if one and other and other.start > one.end:
        return "Kế hoạch thấp hơn" if found.reached > found.target else "Kế hoạch cao hơn"
    return "Vượt" if found.reached > found.target else "Còn thiếu"


def _by_rate(rate: Evidence) -> Draft:
    draft = figures_draft([rate])
    value = fact_of(rate).value or Decimal(0)
    draft.lines.insert(0, wording.target_reached(value >= _WHOLE, passed=value > _WHOLE))
    return draft


def _draft(case: Case, found: _Against) -> Draft:
    """The verdict where yes or no is asked, the figure with its target, and the distance."""
    both = [found.figure, found.target_of]
    scale, unit = (Decimal(1), "điểm phần trăm") if found.percent else scale_of(both)
    gap = abs(found.reached - found.target)
    lines = []
    if case.question.has("yesno") or case.question.kind == "ask_yesno":
        over = found.reached > found.target
        lines.append(wording.target_reached(found.reached >= found.target, passed=over))
    fact = fact_of(found.figure)
    label = wording.scope_label(found.figure.report, fact.period)
    lines.append(f"{short_name(found.figure)}: {printed(found.figure)} ({label}).")
    if found.target_of is not found.figure:
        lines.append(f"Chỉ tiêu, kế hoạch: {printed(found.target_of)}.")
    rate = None if found.percent else _rate_of_plan(found.figure)
    if rate and rate.span == found.figure.span and rate is not found.figure:
        lines.append(f"Tỷ lệ báo cáo nêu: {printed(rate)}.")
    computed = []
    if gap:
        high, low = max(found.reached, found.target), min(found.reached, found.target)
        formula, value = f"{shown(high, scale)} − {shown(low, scale)}", shown(gap, scale)
        lines.append(f"{_word(found)} {value} {unit}".rstrip() + f" (cách tính: {formula} = {value}).")
        computed.append(Computed(value, formula, "so với chỉ tiêu, kế hoạch"))
    quotes = [quote_of(e) for e in both]
    return Draft("answered", lines, quotes, computed, focus=[found.figure], group=fact.group)
