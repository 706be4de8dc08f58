"""The figure beside the one that was answered before: its rate, its change, its target, its money.

"đã thực hiện bao nhiêu phần trăm?", "tăng bao nhiêu so với tháng trước?", "chỉ tiêu được giao là bao nhiêu?"
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from bot.answering.case import Case
from bot.answering.figure_words import fact_of
from bot.answering.matching import credit_of
from bot.answering.reply import Draft
from bot.answering.shelf import Evidence
from bot.answering.strategies.figures import figures_draft
from bot.understanding.cues import find_cues, plain
from knowledge.records import Fact

_OTHER = (
    "which", "list", "who", "date", "document", "max", "min", "sum", "share", "times", "average", "why",
    "check",
)  # fmt: skip
_CHANGED = re.compile(r"\b(?:tang|giam|(?:cao|thap|nhieu|it) hon|hon|kem)\b.*\b(?:bao nhieu|may)\b")
_SINCE = re.compile(r"\b(?:so (?:voi )?|hon |kem )?(?:cung ky|(?:thang|quy|nam|ky) (?:truoc|ngoai))\b")
_TARGET = re.compile(r"\b(?:chi tieu|ke hoach|muc tieu|du toan)\b(?: \w+){0,4} (?:bao nhieu|may)\b")
_SAID = 0.55


def answer(case: Case) -> Draft | None:
    """The figure of the kind asked for in the sentence of the last answer; None where none or several are."""
    fits = _asked(case)
    if fits is None or not case.question.dependent or case.question.has(*_OTHER) or _elsewhere(case):
        return None
    shelved = next((s for s in case.scope.reports if s.report.id == case.focus.report_id), None)
    if shelved is None:
        return None
    there = [e for e in shelved.facts if e.passage.ordinal == case.focus.passage]
    told = case.in_focus(case.focus.facts)
    if told:
        there = [e for e in there if any(_same_sentence(e, t) for t in told)]
    own = case.question.concepts if case.question.context else ()
    found = [
        e
        for e in there
        if fits(fact_of(e))
        and fact_of(e).ordinal not in case.focus.facts
        and all(credit_of(c, e)[0] >= _SAID for c in own)
    ]
    behind = [e for e in found if told and fact_of(e).span.start > fact_of(told[-1]).span.start]
    values: set[Decimal | None] = {fact_of(e).value for e in found}
    if not found or (len(values) > 1 and not behind):
        return None
    return figures_draft([(behind or found)[0]])


def _elsewhere(case: Case) -> bool:
    """Whether the turn itself names a place, or a period that is more than what a change is since."""
    q = case.question
    named = [p for p in q.periods if p.text in q.text and not p.relative and p.kind != "same_period"]
    return bool(named or q.places or q.document_numbers)


def _asked(case: Case) -> Callable[[Fact], bool] | None:
    """Which figures are of the kind that the question asks for; None where it asks for none of these."""
    words = " ".join(plain(case.question.text).split())
    if _CHANGED.search(words) and _SINCE.search(words):
        return lambda fact: fact.kind == "change"
    if _TARGET.search(words) and not case.question.has("percent"):
        return lambda fact: fact.role == "target" and fact.kind != "change"
    percent = any(c.name == "percent" for c in find_cues(case.question.text))
    if percent and not case.question.has("difference", "compare"):
        return lambda fact: fact.unit == "%" and fact.kind in {"rate", "ratio"} and fact.role != "target"
    return None


def _same_sentence(one: Evidence, other: Evidence) -> bool:
    return one.wide == other.wide
