"""Yes or no about a figure: "có phải … 100% không?", "đã … hết chưa?"; a wrong figure is corrected."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from bot.answering import wording
from bot.answering.case import Case, enough
from bot.answering.figure_words import fact_of, name_of, printed
from bot.answering.matching import Match
from bot.answering.reply import Draft, quote_of
from bot.answering.shelf import Evidence
from bot.answering.strategies.figures import figures_draft
from bot.answering.strategies.statements import announces
from bot.answering.strategies.ties import clarify, tied
from bot.understanding.cues import plain
from knowledge.numbers import Quantity, find_quantities, round_half_up
from knowledge.records import Fact

_ASKS_FIGURE = re.compile(r"\b(?:bao nhieu|may)\b")
_DONE = frozenset({"het", "xong", "toan bo", "tat ca", "day du", "hoan toan", "du", "hoan thanh", "ca"})
_ALL = re.compile(
    r"\b(?:het|xong|toan bo|tat ca|day du|hoan toan|du het|hoan thanh)\b.{0,80}\b(?:chua|khong)$"
)
_DONE_YET = re.compile(r"\bda\b.*\bchua$")
_ADDS_UP = re.compile(r"\b(?:cong|tong|khop|mau thuan|lech|chenh|kiem tra|bat thuong|vo ly)\b")
_OTHER = ("which", "what", "sum", "difference", "compare", "max", "min", "why")
_WHOLE = Decimal(100)
_AS_GOOD, _NEAR = 0.06, 6


def answer(case: Case) -> Draft | None:
    """Right or not right with the printed figure, where the question names a figure of its own; else None."""
    if not _asks(case):
        return None
    claims = _claims(case)
    if claims:
        return _checked(case, claims[-1])
    return _completed(case) if _ALL.search(_words(case)) else None


def _asks(case: Case) -> bool:
    q = case.question
    wanted = q.has("yesno") or q.kind == "ask_yesno"
    if not wanted or _ASKS_FIGURE.search(_words(case)) or q.has(*_OTHER):
        return False
    return not (q.has("check") and _ADDS_UP.search(_words(case)))


def _words(case: Case) -> str:
    return " ".join(plain(case.question.text).split())


def _claims(case: Case) -> list[Quantity]:
    """The figures that the question says itself: not those of periods, conditions and names."""
    return find_quantities(case.question.text)


def _checked(case: Case, claim: Quantity) -> Draft | None:
    """Whether the figure that the question is about has the value that it says."""
    whole = _of_whole(case, claim)
    if whole:
        return whole
    found = _likely(case, claim)
    if not found or not enough(found[0], found[1:30]):
        return None
    near = tied(found, dependent=case.question.dependent)
    if near and not any(_holds(case, fact_of(m.evidence), claim) for m in near):
        return clarify(case, near)
    best = next((m for m in near if _holds(case, fact_of(m.evidence), claim)), found[0])
    draft = figures_draft([best.evidence])
    if _holds(case, fact_of(best.evidence), claim):
        draft.lines.insert(0, wording.RIGHT_BUT_DISAGREES if disputed(best.evidence) else wording.RIGHT)
        return draft
    draft.lines.insert(0, wording.not_right(printed(best.evidence)))
    _add_owner(draft, found, claim)
    return draft


def disputed(evidence: Evidence) -> bool:
    """Whether a finding says that a printed figure does not fit another one."""
    span, figure = fact_of(evidence).span, printed(evidence)
    return any(
        span.start < f.span.end and f.span.start < span.end and f.printed.rstrip("% ") in figure
        for f in evidence.report.findings
    )


def _likely(case: Case, claim: Quantity) -> list[Match]:
    """The figures that may be the claimed one; a task to come states nothing that is done."""
    done = _DONE_YET.search(_words(case)) is not None
    return _unbiased(case).facts(
        lambda e: _is_like(fact_of(e), claim) and not (done and announces(e, "task"))
    )


def _of_whole(case: Case, claim: Quantity) -> Draft | None:
    """Whether all is done of what the question counts as the base of a ratio: "xong cả 42 mô hình chưa"."""
    plainly = _without_done(case) if _ALL.search(_words(case)) and claim.denominator is None else None
    for m in _likely(plainly, claim)[:_NEAR] if plainly else ():
        fact = fact_of(m.evidence)
        if fact.denominator == claim.scaled and fact.numerator is not None and enough(m):
            return _done_or_not(m.evidence)
    return None


def _done_or_not(evidence: Evidence) -> Draft:
    fact = fact_of(evidence)
    draft = figures_draft([evidence])
    done = fact.numerator == fact.denominator
    draft.lines.insert(0, wording.ALL_DONE if done else wording.not_all_done(printed(evidence)))
    return draft


def _without_done(case: Case) -> Case | None:
    """The case without the words that only say "all of it"; None where nothing else is named."""
    rest = tuple(c for c in case.question.concepts if c.typed not in _DONE)
    return replace(case, question=replace(case.question, concepts=rest), _ranked={}) if rest else None


def _unbiased(case: Case) -> Case:
    """The case without the pull of the number that is in doubt."""
    return replace(case, question=replace(case.question, numbers=()), _ranked={})


def _is_like(fact: Fact, claim: Quantity) -> bool:
    """Whether a figure is of the kind that is claimed: a rate, an amount of money, a count."""
    if claim.kind == "percent":
        return fact.unit == "%" and fact.kind != "change"
    if claim.kind == "money":
        return fact.kind == "money"
    return fact.numerator is not None or (
        fact.kind in {"count", "ratio", "measure", "bandwidth"} and fact.unit != "%"
    )


def _holds(case: Case, fact: Fact, claim: Quantity) -> bool:
    """Whether the figure is as claimed; one that is claimed with fewer decimals may be rounded."""
    values = [fact.value] if claim.kind in {"percent", "money"} else [fact.numerator or fact.value]
    if claim.denominator is not None and fact.denominator != claim.denominator:
        return False
    # "trên 90% có đúng không?": the claim is a bound.
    limits = [f for f in case.question.filters if {claim.value, claim.scaled} & {f.low, f.high}]
    if limits and values[0] is not None:
        return limits[0].holds(values[0])
    return any(v is not None and _same(v, claim) for v in values)


def _same(value: Decimal, claim: Quantity) -> bool:
    said = claim.scaled
    exponent = said.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return value == said or (claim.kind == "percent" and places > 0 and round_half_up(value, places) == said)


def _add_owner(draft: Draft, found: list[Match], claim: Quantity) -> None:
    """Says what the claimed figure is of, where a neighbour has it: people mistake one line for the next."""
    report = draft.focus[0].report
    for m in found[1:40]:
        e = m.evidence
        if e.report is report and e.passage.section == draft.focus[0].passage.section and _claimed(e, claim):
            draft.lines.append(wording.figure_is_of(printed(e), name_of(e)))
            draft.quotes.append(quote_of(e))
            return


def _claimed(evidence: Evidence, claim: Quantity) -> bool:
    fact = fact_of(evidence)
    return claim.scaled in {fact.value, fact.numerator} - {None}


def _completed(case: Case) -> Draft | None:
    """Whether all of something is done: its printed rate is 100% or less."""
    plainly = _without_done(case)
    if plainly is None:
        return None
    found = plainly.facts(lambda e: fact_of(e).unit == "%" and fact_of(e).kind != "change")
    said = plainly.sentences()
    if not found or not said or not enough(found[0]) or found[0].coverage < said[0].coverage - _AS_GOOD:
        return None
    if tied(found, dependent=case.question.dependent):
        return None
    value = fact_of(found[0].evidence).value
    if value is None:
        return None
    draft = figures_draft([found[0].evidence])
    draft.lines.insert(
        0, wording.ALL_DONE if value >= _WHOLE else wording.not_all_done(printed(found[0].evidence))
    )
    return draft
