"""Whose figure is this: the statements that print a number."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.figure_words import fact_of, labelled
from bot.answering.reply import Draft, quote_of
from bot.answering.shelf import Evidence
from bot.understanding.cues import plain
from knowledge.numbers import Quantity, find_quantities
from knowledge.vietnamese import fold

_MOST = 8
_NUMBER = r"\d+(?:[.,/]\d+)*\s*(?:%|phan tram)?(?:\s+\w+){0,4}?"
# "58,31% là của dịch vụ nào", "khoản 11.300 triệu đồng là khoản gì", "số nào bằng 538": the number is given.
_ASKS = re.compile(
    rf"{_NUMBER}\s*(?:trong (?:bao cao|bc)(?: \w+){{0,8}}? )?(?:la|thuoc|ung voi|noi ve|chi|cua)\s+"
    r"(?:cua |ve |so lieu |con so |so |khoan |ty le )*(?:\w+ ){0,3}(?:nao|gi|ai|dau)\b"
    r"|(?:o|nam o|thuoc) (?:dau|muc nao|phan nao)\s*$"
    r"|(?:nao|gi) (?:la|bang) \d[\d.,]*\d\s*%?\s*$"
)


def asks_back(case: Case) -> bool:
    """Whether a printed number is given and what it is of is asked."""
    words = plain(case.question.text)
    bounds = [f for f in case.question.filters if f.low != f.high]
    if bounds or case.question.has("max", "min") or not _ASKS.search(" ".join(words.split())):
        return False
    return any(_telling(q) for q in find_quantities(case.question.text))


def answer(case: Case) -> Draft | None:
    """The figures that are printed with the number that the question names, or None."""
    asked = [q for q in find_quantities(case.question.text) if _telling(q)]
    found = [e for shelved in case.scope.reports for e in shelved.facts if any(_is(e, q) for q in asked)]
    if not found:
        return _printed(case, asked)
    best = max(case.match(e).coverage for e in found)
    kept = [e for e in found if case.match(e).coverage >= best - _LESS] if len(found) > _MOST else found
    lines = [line for e in kept[:_MOST] for line in _told(e)]
    quotes = [quote_of(e) for e in kept[:_MOST]]
    traced = kept[0] if len(kept) == 1 else None
    return Draft("answered", list(dict.fromkeys(lines)), quotes, focus=kept[:1], traced=traced)


def _told(evidence: Evidence) -> list[str]:
    """The figure with its name, its own words, and what the headings above it are about."""
    section = evidence.passage.section
    titles = [t.strip(" .:;") for t in evidence.shelved.titles(section)[-_HEADINGS:]]
    lines = [labelled(evidence), wording.quoted(evidence.quote)]
    return [line for line in (*lines, wording.found_in(section, titles)) if line]


def names_number(case: Case) -> bool:
    """Whether the number is that of something: "điện mật số 25"."""
    words = " ".join(plain(case.question.text).split())
    return re.search(r"\b(?!con\b)\w+ so \d", words) is not None


def prints(case: Case) -> bool:
    """Whether the number that the question gives is a figure of a report in scope."""
    asked = [q for q in find_quantities(case.question.text) if _telling(q)]
    return any(_is(e, q) for s in case.scope.reports for e in s.facts for q in asked)


_LESS, _HEADINGS = 0.1, 2


def _telling(quantity: Quantity) -> bool:
    """Whether a number is such that it can be looked up: "năm 2024" and "3 dịch vụ" are none."""
    return (
        quantity.kind in {"percent", "money"}
        or quantity.denominator is not None
        or len(str(quantity.scaled)) > 1
    )


def _is(evidence: Evidence, quantity: Quantity) -> bool:
    fact = fact_of(evidence)
    if quantity.denominator is not None:
        return (fact.numerator, fact.denominator) == (quantity.scaled, quantity.denominator)
    if quantity.kind == "percent":
        return fact.unit == "%" and fact.value == quantity.scaled
    if quantity.kind == "money":
        return fact.kind == "money" and fact.value == quantity.scaled
    values: set[Decimal | None] = {fact.numerator, fact.denominator} if fact.kind == "ratio" else {fact.value}
    return quantity.scaled in values and fact.kind not in {"rate", "change"}


def _printed(case: Case, asked: list[Quantity]) -> Draft | None:
    """The clause that prints the very number, where the ledger does not have it."""
    numbers = [fold(case.question.text[q.start : q.end]).strip() for q in asked]
    for evidence in (e for s in case.scope.reports for e in s.clauses):
        words = fold(evidence.quote)
        if any(n and re.search(rf"(?<![\d.,]){re.escape(n)}(?![\d])", words) for n in numbers):
            line = (
                f"{wording.capital(wording.scope_label(evidence.report))}: {wording.quoted(evidence.quote)}"
            )
            return Draft("answered", [line], [quote_of(evidence)])
    return None
