"""How many times as much one figure is as another, and how much there is for each of something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.answering import wording
from bot.answering.case import ENOUGH, Case
from bot.answering.figure_words import fact_of, printed
from bot.answering.records import Computed
from bot.answering.reply import Draft, quote_of
from bot.answering.shelf import Evidence
from bot.answering.strategies.aggregates import trimmed
from bot.answering.strategies.amounts import names_of, scale_of, shown
from bot.answering.strategies.operands import best_figures
from bot.answering.strategies.terms import Term, readings, terms
from bot.answering.strategies.wholes import value_of
from bot.understanding.cues import plain
from knowledge.numbers import format_number
from knowledge.vietnamese import fold

_TIMES_PIVOT = re.compile(r"\b(?:gap|bang)(?: khoang)? (?:may|bao nhieu)(?: lan)?\b|\bgap\b|\bso voi\b")
_EACH = re.compile(r"\b(?:moi|mot|tren moi|tren mot) ((?:\w+ ?){1,5})")
_HOW_MANY = re.compile(r"\b(?:bao nhieu|may) ((?:\w+ ?){1,4})")


def times(case: Case) -> Draft | None:
    """How many times as much the first thing is as the second, or None."""
    if not case.question.has("times"):
        return None
    pair = _two(case)
    if pair is None or not value_of(pair[1]):
        return None
    one, other = pair
    scale, unit = scale_of([one, other])
    result = format_number(trimmed(value_of(one) / value_of(other)))
    formula = f"{shown(value_of(one), scale)} / {shown(value_of(other), scale)}"
    first, second = names_of([one, other])
    lines = [
        f"{first} gấp {result} lần {second} ({wording.scope_label(one.report, fact_of(one).period)}).",
        f"Cách tính: {formula} {unit}".rstrip() + f" = {result}.",
        f"- {first}: {printed(one)}",
        f"- {second}: {printed(other)}",
    ]
    computed = [Computed(result, formula, "gấp bao nhiêu lần")]
    return Draft("answered", lines, [quote_of(one), quote_of(other)], computed, focus=[one, other])


def _two(case: Case) -> tuple[Evidence, Evidence] | None:
    """The two things that the question sets against each other, in its order."""
    words = plain(case.question.text)
    m = _TIMES_PIVOT.search(words)
    concepts = case.question.occurrences or case.question.concepts
    left = tuple(c for c in concepts if m and c.start < m.start())
    right = tuple(c for c in concepts if m and c.start >= m.end())
    ways: list[Sequence[Term]] = [[Term(left), Term(right)]] if left and right else []
    ways += [w for w in readings(terms(case)) if len(w) == 2]
    chosen = best_figures(case, ways, lambda e: fact_of(e).kind != "date", parts=True, count=2)
    return (chosen[0], chosen[1]) if len(chosen) == 2 else None


def per_each(case: Case) -> Draft | None:
    """How much there is for each of something that the report counts beside it, or None."""
    words = " ".join(plain(case.question.text).split())
    each, many = _EACH.search(words), _HOW_MANY.search(words)
    if not case.question.has("average") or not each or not many:
        return None
    best: tuple[float, Evidence, Evidence] | None = None
    for m in case.facts(lambda e: fact_of(e).kind in {"count", "money", "measure"})[:40]:
        if not _counts(m.evidence, many.group(1)) or m.coverage < ENOUGH:
            continue
        for e in _in_section(m.evidence):
            if _counts(e, each.group(1)) and e is not m.evidence and value_of(e):
                score = m.score + case.match(e).score + 0.2 * (e.span == m.evidence.span)
                if best is None or score > best[0]:
                    best = (score, m.evidence, e)
    return _per_draft(best[1], best[2]) if best else None


def _in_section(evidence: Evidence) -> list[Evidence]:
    return [
        e
        for e in evidence.shelved.facts
        if e.passage.section == evidence.passage.section and fact_of(e).kind == "count"
    ]


def _counts(evidence: Evidence, words: str) -> bool:
    """Whether a figure counts what the words open with; money is counted in its unit."""
    fact = fact_of(evidence)
    if fact.kind == "money":
        return re.match(r"(?:ty|trieu|nghin|dong|tien|kinh phi)\b", words) is not None
    noun = fold(fact.counted or fact.unit)
    if noun:
        return words.startswith(noun)
    # "Tổng số Bộ phận Một cửa cấp xã: 15": the noun stands first, before the figure.
    first = " ".join(words.split()[:2])
    return re.match(rf" (?:tong )?(?:so )?(?:luong )?{re.escape(first)}", evidence.own) is not None


def _per_draft(much: Evidence, each: Evidence) -> Draft:
    scale, unit = scale_of([much])
    result = format_number(trimmed(value_of(much) / scale / value_of(each)))
    formula = f"{shown(value_of(much), scale)} / {shown(value_of(each), Decimal(1))}"
    first, second = names_of([much, each])
    noun = fact_of(each).counted or "đơn vị"
    lines = [
        f"Trung bình {result} {unit}/{noun} ({wording.scope_label(much.report, fact_of(much).period)}).",
        f"Cách tính: {formula} = {result}.",
        f"- {first}: {printed(much)}",
        f"- {second}: {printed(each)}",
    ]
    computed = [Computed(result, formula, "trung bình cho mỗi đơn vị")]
    return Draft("answered", lines, [quote_of(much), quote_of(each)], computed, focus=[much, each])
