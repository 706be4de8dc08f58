"""How figures are measured, scaled and named when they are calculated with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.answering.figure_words import fact_of, name_of
from bot.answering.reply import quote_of
from bot.answering.shelf import Evidence
from knowledge.numbers import format_number
from knowledge.records import Fact
from knowledge.vietnamese import fold

_MONEY_SCALES = (("tỷ", 10**9), ("triệu", 10**6), ("nghìn", 10**3))
_DIGITS = re.compile(r"\d+")


def measured_in(evidence: Evidence, *, percent: bool) -> str:
    """What two figures must share to be added or compared: %, money, or the noun that is counted."""
    fact = fact_of(evidence)
    if fact.unit == "%" and (percent or fact.numerator is None):
        return "%"
    return "đồng" if fact.kind == "money" else fold(fact.counted or fact.unit)


def amount(evidence: Evidence, *, percent: bool) -> Decimal | None:
    """The figure's value: of a ratio its part, unless the rate is wanted."""
    fact = fact_of(evidence)
    return (
        fact.numerator
        if fact.numerator is not None and fact.denominator is not None and not percent
        else fact.value
    )


def part_of(evidence: Evidence) -> Decimal | None:
    """The part of a ratio, money in đồng as other money is."""
    fact = fact_of(evidence)
    return None if fact.numerator is None else fact.numerator * _money_scale(fact)


def base_of(evidence: Evidence) -> Decimal | None:
    """The base of a ratio, money in đồng as other money is."""
    fact = fact_of(evidence)
    return None if fact.denominator is None else fact.denominator * _money_scale(fact)


def _money_scale(fact: Fact) -> Decimal:
    """What a ratio of amounts is printed in: "420/612 tỷ đồng"."""
    if not fact.counted.endswith("đồng"):
        return Decimal(1)
    return next((Decimal(s) for word, s in _MONEY_SCALES if word in fact.counted), Decimal(1))


def scale_of(figures: Sequence[Evidence]) -> tuple[Decimal, str]:
    """By what to divide money that is held in đồng, and the unit to print.

    Other figures have 1 and the noun that they count.
    """
    fact = fact_of(figures[0])
    if fact.kind != "money":
        alike = len({measured_in(e, percent=False) for e in figures}) == 1
        return Decimal(1), (fact.counted or fact.unit) if alike else ""
    units = [fact_of(e).unit.lower().replace("1.000 đồng", "nghìn đồng") for e in figures]
    for words, scale in ((("tỷ",), 10**9), (("tỷ", "triệu"), 10**6), (("tỷ", "triệu", "nghìn"), 10**3)):
        if all(any(w in unit for w in words) for unit in units):
            return Decimal(scale), next((u for u in units if words[-1] in u), units[0])
    return Decimal(1), "đồng"


def shown(value: Decimal, scale: Decimal) -> str:
    """A value in the printed unit."""
    scaled = value / scale
    return format_number(scaled.to_integral_value() if scaled == scaled.to_integral_value() else scaled)


def names_of(figures: Sequence[Evidence]) -> list[str]:
    """What each of several figures is of; where their names are the same, in the words of their clauses."""
    cells = _cell_names(figures)
    if cells:
        return cells
    names = [short_name(e) for e in figures]
    if len(set(names)) == len(names):
        return names
    own = [fact_of(e).indicator.rpartition(": ")[2] for e in figures]
    return own if len(set(own)) == len(own) else [fact_of(e).indicator for e in figures]


def _cell_names(figures: Sequence[Evidence]) -> list[str]:
    """What tells the cells of one column or of one row from each other; [] for other figures."""
    if not figures or not all(e.quote.lstrip().startswith("|") for e in figures):
        return []
    rows, _, columns = zip(*(fact_of(e).indicator.rpartition(": ") for e in figures), strict=True)
    for names, others in ((rows, columns), (columns, rows)):
        if len(set(others)) == 1 and len(set(names)) == len(figures):
            return list(names)
    return []


def shared_name(figures: Sequence[Evidence]) -> str:
    """What the cells of one column or row have in common: its header or name; "" for other figures."""
    names = _cell_names(figures)
    first = fact_of(figures[0]).indicator.rpartition(": ")
    return next(part for part in (first[2], first[0]) if part not in names) if names else ""


def short_name(evidence: Evidence) -> str:
    """What a figure is of; without a heading whose own numbers the quote does not show."""
    name, words = name_of(evidence), quote_of(evidence).words
    if set(_DIGITS.findall(name)) <= set(_DIGITS.findall(words)):
        return name
    return name.rpartition(" – ")[2] if " – " in name else fact_of(evidence).indicator.rpartition(": ")[2]
