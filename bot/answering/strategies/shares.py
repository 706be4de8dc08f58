"""One figure by another: what share of a whole it is, and a rate that is not printed.

Both operands are quoted and stand in one report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.answering import wording
from bot.answering.case import ENOUGH, Case, is_comparison
from bot.answering.figure_words import fact_of, printed
from bot.answering.matching import Match, match
from bot.answering.records import Computed
from bot.answering.reply import Draft, Quote, quote_of
from bot.answering.shelf import Evidence, padded
from bot.answering.strategies.amounts import measured_in, names_of, scale_of, short_name, shown
from bot.answering.strategies.figures import figures_draft
from bot.answering.strategies.share_words import cuts, first_cut
from bot.answering.strategies.wholes import in_table, value_of, wholes_of
from bot.understanding.cues import plain
from bot.understanding.question import Concept
from knowledge.numbers import format_number, format_percent

_NEAR, _TOP = 0.15, 12
_LEAST_WHOLE, _TOTAL = 0.6, 0.3
_STRUCTURE = 0.5
_LOCAL, _BEHIND = 0.15, 50
_OTHER = 0.15
_TIE, _CLEAR = 0.03, 0.05
_PLAN_WORDS = (" ke hoach ", " du toan ", " chi tieu ")


@dataclass(frozen=True, slots=True)
class _Pair:
    part: Evidence
    whole: Evidence
    score: float


def share(case: Case) -> Draft | None:
    """The share of what the question names in the whole that it names or the report prints, or None."""
    return next((draft for cut in cuts(case) if (draft := _share_of(case, *cut))), None)


def _share_of(case: Case, part_words: Sequence[Concept], whole_words: Sequence[Concept]) -> Draft | None:
    parts = _spoken_of(case) or _parts(case, part_words, whole_words)
    if not parts:
        return None
    whole_words = whole_words or (part_words if _spoken_of(case) else ())
    told = _printed_share(case, parts, whole_words)
    if told:
        return told
    pairs = sorted(_pairs(case, parts, whole_words), key=lambda p: -p.score)
    if not pairs or _ambiguous(pairs):
        return None
    if fact_of(pairs[0].part).role == "total" != fact_of(pairs[0].whole).role:
        return None
    return quotient(pairs[0].part, pairs[0].whole)


def _spoken_of(case: Case) -> list[Match]:
    """The last answer's figure, where the question opens with the share: "chiếm mấy phần trăm tổng vốn?"."""
    last = case.in_focus(case.focus.facts)
    opens = re.match(r"\s*(?:vay |the |no |thi )*(?:chiem|bang)\b", plain(case.question.text))
    return [case.match(last[0])] if opens and len(last) == 1 else []


def _parts(case: Case, words: Sequence[Concept], whole: Sequence[Concept] = ()) -> list[Match]:
    """The figures that say the part best, those first that stand where the whole is said."""
    wanted = (*words, *case.scope.demanded)
    if not wanted and not case.question.context:
        return []
    found = []
    for shelved in case.scope.reports:
        for e in shelved.facts:
            fact = fact_of(e)
            plain_kind = fact.kind in {"count", "money", "measure"} or (
                fact.kind == "ratio" and fact.value is not None
            )
            if not plain_kind or fact.role == "target" or is_comparison(e) or not value_of(e):
                continue
            if not case.scope.fits(e, figure=True):
                continue
            here = _LOCAL * any(f" {' '.join(a)} " in e.local for c in words for a in c.alternatives)
            bonus = case.bonus(e) + here - _OTHER * _goes_on(case, e)
            m = match(e, wanted, case.weights, carried=(*case.question.context, *whole), bonus=bonus)
            if m.coverage >= ENOUGH and m.owned:
                found.append(m)
    found.sort(key=lambda m: -m.score)
    return [m for m in found[:_TOP] if m.score >= found[0].score - _NEAR]


def _goes_on(case: Case, evidence: Evidence) -> bool:
    """Whether a figure is of what is still going on or lacking, and the question is not."""
    words = f" {' '.join(plain(case.question.text).split())} "
    return any(f" {w} " in evidence.local and f" {w} " not in words for w in ("dang", "cho", "chua", "ton"))


def _apart(part: Evidence, whole: Evidence) -> bool:
    """Whether a semicolon parts a figure from what stands before it: each side has a whole of its own."""
    between = part.report.text[fact_of(whole).span.end : fact_of(part).span.start]
    return whole.passage is part.passage and ";" in between and "trong đó" not in between


def _printed_share(case: Case, parts: Sequence[Match], whole_words: Sequence[Concept]) -> Draft | None:
    """The share that the report itself prints right behind the part, of the whole that is asked for."""
    for m in parts[:3]:
        fact = fact_of(m.evidence)
        if fact.kind == "ratio" and fact.unit == "%":
            if not whole_words or _says_most(case, whole_words, m.evidence):
                return figures_draft([m.evidence])
            continue
        for e in m.evidence.shelved.facts:
            other = fact_of(e)
            if other.unit != "%" or e.span != m.evidence.span or other.kind == "change":
                continue
            if other.numerator != fact.value:
                continue
            end = min(other.span.end + _BEHIND, other.clause.end)
            tail = padded(e.report.text[other.span.start : end])
            planned = any(w in tail for w in _PLAN_WORDS)
            told = any(f" {' '.join(a)} " in tail for c in whole_words for a in c.alternatives)
            if not planned and (not whole_words or told):
                return figures_draft([e])
    return None


def _says_most(case: Case, words: Sequence[Concept], evidence: Evidence) -> bool:
    return match(evidence, words, case.weights).coverage >= _LEAST_WHOLE


def _pairs(case: Case, parts: Sequence[Match], whole_words: Sequence[Concept]) -> list[_Pair]:
    out = []
    for m in parts:
        structural = wholes_of(m.evidence)
        for i, e in enumerate(structural):
            said = _said_share(case, e, whole_words)
            if said >= _LEAST_WHOLE:
                near = _STRUCTURE - 0.05 * i - _OTHER * _apart(m.evidence, e)
                out.append(_Pair(m.evidence, e, m.score + said + near))
        if whole_words:
            out += [
                _Pair(m.evidence, e, m.score + said - _OTHER * _apart(m.evidence, e))
                for e, said in _named_wholes(case, m, whole_words)
            ]
    return out


def _said_share(case: Case, evidence: Evidence, words: Sequence[Concept]) -> float:
    """The share, by weight, of the words that a figure or what stands above it says as they are."""
    around = evidence.own + evidence.near + evidence.far + evidence.wide
    weigh = [(c, case.weights.phrase(c.alternatives[0])) for c in words]
    said = sum(w for c, w in weigh if any(f" {' '.join(a)} " in around for a in c.alternatives))
    return said / sum(w for _, w in weigh) if weigh else 1.0


def _named_wholes(case: Case, part: Match, words: Sequence[Concept]) -> list[tuple[Evidence, float]]:
    """The figures of the part's report that say the whole by their own words and count the same."""
    out = []
    asks_total = re.search(r"\btong\b", plain(case.question.text)) is not None
    for e in part.evidence.shelved.facts:
        fact = fact_of(e)
        if fact.kind not in {"count", "money", "measure"} or is_comparison(e) or fact.role == "target":
            continue
        if e is part.evidence or _beside(part.evidence, e):
            continue
        if measured_in(e, percent=False) != measured_in(part.evidence, percent=False):
            continue
        if not value_of(e) >= value_of(part.evidence) or not case.scope.fits(e, figure=True):
            continue
        m = match(e, words, case.weights)
        if m.coverage >= ENOUGH and m.owned:
            near = _TOTAL if asks_total and fact.role == "total" else 0.0
            near += 0.15 if e.passage.section == part.evidence.passage.section else 0.0
            out.append((e, m.coverage + 0.2 * m.specificity + near))
    return out


def _beside(one: Evidence, other: Evidence) -> bool:
    """Whether two figures are parts of the same whole."""
    a, b = fact_of(one), fact_of(other)
    grouped = a.group is not None and a.group == b.group and a.member != b.member
    return grouped or (a.role == b.role == "part" and one.span == other.span)


def _ambiguous(pairs: Sequence[_Pair]) -> bool:
    best = pairs[0]
    result = value_of(best.part) / value_of(best.whole)
    near = [p for p in pairs[1:6] if p.score > best.score - _TIE]
    return any(value_of(p.part) / value_of(p.whole) != result for p in near)


def quotient(part: Evidence, whole: Evidence) -> Draft:
    """The share of one figure in another, with the division."""
    scale, unit = scale_of([part, whole])
    result = format_percent(value_of(part) * 100 / value_of(whole))
    formula = f"{shown(value_of(part), scale)} / {shown(value_of(whole), scale)}"
    first, second = names_of([part, whole])
    label = wording.scope_label(part.report, fact_of(part).period)
    lines = [
        f"{first}: {result} ({label}).",
        f"Báo cáo không in tỷ lệ này; cách tính: {formula} {unit}".rstrip() + f" = {result}.",
        f"- {first}: {printed(part)}",
        f"- {second}: {printed(whole)}",
    ]
    computed = [Computed(result, formula, "tỷ lệ tính từ số liệu báo cáo nêu")]
    quotes = [_quote(part), _quote(whole)]
    return Draft("answered", lines, quotes, computed, focus=[part, whole], group=fact_of(part).group)


def _quote(evidence: Evidence) -> Quote:
    return quote_of(evidence)


def rate(case: Case) -> Draft | None:
    """The rate of a printed part in its printed whole, where the report prints no rate of it; else None."""
    q = case.question
    if not q.has("percent") or q.has("sum", "difference", "compare", "max", "min", "average"):
        return None
    own = _unprinted_ratio(case)
    if own or q.has("count", "remaining"):
        return own
    part_words, whole_words = first_cut(case)
    parts = _parts(case, part_words)
    rates = case.facts(lambda e: fact_of(e).unit == "%" and not is_comparison(e))
    if not parts or (rates and rates[0].coverage > parts[0].coverage - _CLEAR):
        return None
    pairs = sorted(_pairs(case, parts, whole_words), key=lambda p: -p.score)
    if not pairs or _ambiguous(pairs) or (not whole_words and in_table(pairs[0].part)):
        return None
    return quotient(pairs[0].part, pairs[0].whole)


def _unprinted_ratio(case: Case) -> Draft | None:
    """The rate of a fraction that is printed without it: "08/11 huyện"."""
    fractions = case.facts(
        lambda e: fact_of(e).kind == "ratio" and fact_of(e).value is None and bool(fact_of(e).denominator)
    )
    rates = case.facts(lambda e: fact_of(e).unit == "%" and not is_comparison(e))
    best = next(iter(fractions), None)
    if best is None or best.coverage < ENOUGH or not best.owned:
        return None
    if rates and rates[0].coverage > best.coverage - _CLEAR:
        return None
    fact = fact_of(best.evidence)
    part, base = fact.numerator or Decimal(0), fact.denominator or Decimal(1)
    result = format_percent(part * 100 / base)
    formula = f"{format_number(part)} / {format_number(base)}"
    name = short_name(best.evidence)
    lines = [
        f"{name}: {result} ({wording.scope_label(best.evidence.report, fact.period)}).",
        f"Báo cáo nêu {printed(best.evidence)}, không in tỷ lệ; cách tính: {formula} = {result}.",
    ]
    computed = [Computed(result, formula, "tỷ lệ tính từ số liệu báo cáo nêu")]
    return Draft("answered", lines, [quote_of(best.evidence)], computed, focus=[best.evidence])
