"""Whose figure is this: the statements that print a number."""

from __future__ import annotations

from bot.answering.case import Case
from bot.answering.figure_words import fact_of, labelled
from bot.answering.reply import Draft, quote_of
from bot.understanding.conditions import find_conditions
from knowledge.numbers import find_quantities

_MOST = 8


def answer(case: Case) -> Draft | None:
    """The figures that are printed with the number that the question names, or None."""
    asked = find_quantities(case.question.text)
    if not asked:
        return None
    found = []
    for shelved in case.scope.reports:
        for e in shelved.facts:
            fact = fact_of(e)
            values = {fact.value, fact.numerator, fact.denominator} - {None}
            for q in asked:
                percent = q.kind == "percent"
                if q.scaled in values and (not percent or fact.unit == "%") and (q.denominator in (None, fact.denominator)):
                    found.append(e)
                    break
    if not found:
        return None
    lines = [labelled(e) for e in found[:_MOST]]
    return Draft("answered", list(dict.fromkeys(lines)), [quote_of(e) for e in found[:_MOST]], focus=found[:1])


__all__ = ["answer", "find_conditions"]
