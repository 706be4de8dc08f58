"""A percentage said of a count, against the totals that stand beside it.

"748.699 thửa, đạt tỷ lệ 61,90% so với …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from knowledge.checks.printed import counts_same, percent_end, percent_figure, places
from knowledge.checks.ratios import fits
from knowledge.numbers import format_number, format_percent
from knowledge.records import Fact, Finding, Report

_TOTAL = re.compile(r"tổng|toàn bộ|toàn tỉnh có|chỉ tiêu|kế hoạch giao|phải", re.IGNORECASE)
# "so với thiết kế được duyệt": a base that the sentence names. It is printed when a figure follows it in
# brackets.
_NAMED_BASE = re.compile(r"[\s,(]*(?:so\s+với|trên)\s+(?P<base>[^,;:.()\d]{2,80})")
_BRACKET = 3
# A comparison with another time, or a plan fulfilled, is no share of the total beside it.
_OTHER_TIME = re.compile(
    r"[\s,(]*(?:so\s+với\s+)?(?:cùng\s+kỳ|năm\s+trước|tháng\s+trước|quý\s+trước|kế\s+hoạch|dự\s+toán"
    r"|chỉ\s+tiêu|nghị\s+quyết|"
    r"mục\s+tiêu|năm\s+\d|tháng\s+\d|quý\s)",
    re.IGNORECASE,
)


def rate_of_count(report: Report) -> Iterator[Finding]:
    """A finding for each rate said of a count that no total of the same noun beside it yields."""
    by_passage: dict[int, list[Fact]] = {}
    for fact in report.facts:
        by_passage.setdefault(fact.passage, []).append(fact)
    for rate in report.facts:
        if rate.kind != "rate" or rate.value is None or rate.numerator is None:
            continue
        yield from _checked(report, rate, by_passage[rate.passage])


def _checked(report: Report, rate: Fact, beside: list[Fact]) -> Iterator[Finding]:
    if rate.value is None or rate.numerator is None:
        return
    shown = percent_figure(report, rate)
    said_of = [f for f in beside if f.kind == "count" and f.value == rate.numerator]
    bases = [
        f for f in beside
        if f.kind == "count" and f.value and f not in said_of and f.counted and f.counted == rate.counted
    ]  # fmt: skip
    if any(f.value and fits(rate.value, rate.numerator * 100 / f.value, places(shown)) for f in bases):
        return
    whole = next((f for f in beside if f.kind == "count" and f.value == rate.denominator), None)
    if rate.denominator is not None and whole is not None:
        if not fits(rate.value, rate.numerator * 100 / rate.denominator, places(shown)):
            yield _finding(report, rate, whole, shown, "")
        return
    end = percent_end(report, rate)
    after = report.text[end : end + 120]
    named = _NAMED_BASE.match(after)
    stated_base = _stated_base(bases, end + named.end()) if named else None
    if stated_base is None and _OTHER_TIME.match(after):
        return
    totals = [f for f in bases if f.span.end <= said_of[0].span.start and _is_total(f)] if said_of else []
    base = stated_base or (totals[-1] if totals else None)
    if base is None or not base.value or not counts_same(base, said_of[0] if said_of else base):
        return
    if base is not stated_base and rate.numerator > base.value:
        return
    yield _finding(report, rate, base, shown, named["base"].strip() if named and not stated_base else "")


def _stated_base(bases: list[Fact], end: int) -> Fact | None:
    """The figure that follows the name of a base: "so với chỉ tiêu được giao (1.026.794 tài khoản)"."""
    return next((f for f in bases if 0 <= f.span.start - end <= _BRACKET), None)


def _is_total(fact: Fact) -> bool:
    return _TOTAL.search(fact.indicator) is not None


def _finding(report: Report, rate: Fact, base: Fact, shown: str, named: str) -> Finding:
    numerator, total = rate.numerator or Decimal(0), base.value or Decimal(1)
    formula = f"{format_number(numerator)} / {format_number(total)}"
    recomputed = format_percent(numerator * 100 / total, max(2, places(shown)))
    text = f"Báo cáo in tỷ lệ {shown}%, nhưng {formula} {rate.counted} tính ra {recomputed}."
    if named:
        text += f" Báo cáo nêu cơ sở so sánh là “{named}” nhưng không in số liệu của cơ sở này."
    return Finding(
        kind="ratio", text=text, printed=f"{shown}%", recomputed=recomputed, formula=formula, span=rate.span,
        passage=rate.passage, certain=not named,
    )  # fmt: skip
