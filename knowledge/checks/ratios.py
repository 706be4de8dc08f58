"""A printed percentage against its numerator and denominator: "16/1.166 hồ sơ, đạt tỷ lệ 0,14%"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from knowledge.checks.printed import percent_figure, places
from knowledge.numbers import format_number, format_percent, round_half_up
from knowledge.records import Finding, Report


def percentage_of_ratio(report: Report) -> Iterator[Finding]:
    """A finding for each "a/b … p%" whose p is not a/b at the decimals that it is printed with."""
    for fact in report.facts:
        if fact.kind != "ratio" or fact.value is None or fact.numerator is None or not fact.denominator:
            continue
        shown = percent_figure(report, fact)
        if not shown:
            continue
        exact = fact.numerator * 100 / fact.denominator
        if fits(fact.value, exact, places(shown)):
            continue
        formula = f"{format_number(fact.numerator)} / {format_number(fact.denominator)}"
        recomputed = format_percent(exact, max(2, places(shown)))
        yield Finding(
            kind="ratio",
            text=f"Báo cáo in tỷ lệ {shown}%, nhưng {formula} tính ra {recomputed}.",
            printed=f"{shown}%", recomputed=recomputed, formula=formula, span=fact.span, passage=fact.passage,
        )  # fmt: skip


def fits(printed: Decimal, exact: Decimal, decimals: int) -> bool:
    """Whether `printed` is `exact` rounded half up or cut off.

    With decimals, one unit in the last place is rounding.
    """
    unit = Decimal(1).scaleb(-decimals)
    if abs(printed - exact) < unit:
        return True
    return decimals > 0 and abs(printed - round_half_up(exact, decimals)) <= unit
