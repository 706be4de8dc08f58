"""What a fact looks like on the page.

Its decimals, the words before it, its bracket depth, the unit it is summed in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from decimal import Decimal

from knowledge.counted import known_noun_after
from knowledge.numbers import format_number, parse_number
from knowledge.records import Fact, Report
from knowledge.vietnamese import fold

_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s?(?:%|phần trăm)")
_BRACKET = re.compile(r"[()]")
_FIGURE = re.compile(r"\d[\d.,]*(?<![.,])")


def percent_figure(report: Report, fact: Fact) -> str:
    """The percentage as the fact's span prints it, without its sign ("58,31"); "" where it is in words."""
    found = _PERCENT.findall(fact.span.of(report.text))
    return found[-1] if found else ""


def percent_end(report: Report, fact: Fact) -> int:
    """Where the percentage's sign ends: a rate's span goes on to the noun ("80% kế hoạch")."""
    found = [*_PERCENT.finditer(report.text, fact.span.start, fact.span.end)]
    return found[-1].end() if found else fact.span.end


def places(figure: str) -> int:
    """How many decimals a printed figure has."""
    return len(figure.partition(",")[2])


def figure(report: Report, fact: Fact) -> str:
    """The first figure that the fact's span prints ("96.651")."""
    m = _FIGURE.search(fact.span.of(report.text))
    return m.group() if m else ""


def scale(report: Report, fact: Fact) -> Decimal:
    """What one of the printed unit is worth: 10⁶ for "96.651 triệu đồng", mostly 1 for a count."""
    shown = figure(report, fact)
    if not fact.value or not shown:
        return Decimal(1)
    printed = parse_number(shown)
    return fact.value / printed if printed else Decimal(1)


def last_place(report: Report, fact: Fact) -> Decimal:
    """The value of one unit in the last place that is printed."""
    return scale(report, fact) * Decimal(1).scaleb(-places(figure(report, fact)))


def words_before(report: Report, fact: Fact, *, after: int) -> str:
    """The words in front of the figure, from offset `after`, in lower case and single-spaced."""
    return " ".join(report.text[after : fact.span.start].lower().split())


def facts_from(report: Report, start: int, end: int) -> Sequence[Fact]:
    """The facts that begin between two offsets."""
    begin = bisect_left(report.facts, start, key=lambda f: f.span.start)
    return report.facts[begin : bisect_left(report.facts, end, key=lambda f: f.span.start)]


def depth_of_each(report: Report, facts: Sequence[Fact], *, start: int) -> list[int]:
    """How many brackets that opened behind `start` are open at each of the facts, which are in order."""
    out, open_now = [], 0
    for fact in facts:
        for bracket in _BRACKET.findall(report.text, start, fact.span.start):
            open_now = open_now + 1 if bracket == "(" else max(0, open_now - 1)
        out.append(open_now)
        start = max(start, fact.span.start)
    return out


def counts_same(one: Fact, other: Fact) -> bool:
    """Whether two facts count the same thing.

    Equal nouns, or one the head of the other ("Tổ", "Tổ công tác").
    """
    if one.kind != other.kind:
        return False
    if one.kind == "money":
        return True
    a, b = (fold(f.counted).replace(",", "").split() for f in (one, other))
    shorter = min(len(a), len(b))
    return shorter > 0 and a[:shorter] == b[:shorter]


def is_qualifier(report: Report, fact: Fact) -> bool:
    """Whether the words behind a figure qualify rather than name what is counted.

    "03 chính thức", "20 nữ".
    """
    if fact.kind != "count":
        return False
    shown = figure(report, fact)
    return not fact.counted or known_noun_after(report.text, fact.span.start + len(shown)) is None


def amount(report: Report, value: Decimal, like: Fact) -> str:
    """`value` worded as `like` is: "101.375 triệu đồng", "2.116 hồ sơ"."""
    shown = value / scale(report, like)
    if shown == shown.to_integral_value():
        shown = shown.to_integral_value()
    unit = f" {like.unit}" if like.unit else ""
    return format_number(shown.normalize() if shown % 1 else Decimal(int(shown))) + unit


def added(report: Report, facts: Iterable[Fact]) -> str:
    """The figures joined by plus signs: "41.928 + 33.495"."""
    return " + ".join(figure(report, f) for f in facts)
