"""What is left against the ratio before it: "4.464/4.614 dữ liệu, …, còn 150 dữ liệu chưa được xác thực"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

from knowledge.checks.printed import amount, counts_same, figure, words_before
from knowledge.numbers import format_number
from knowledge.records import Fact, Finding, Report, Span

_LEFT = re.compile(r"^[\s,;.\-–(]*(?:hiện )?(?:còn lại|còn|chưa \w+(?: \w+)?)(?: lại)?(?: là)?\s*$")
# "còn 05 hồ sơ quá hạn" tells of some of what is left.
_ONLY_SOME = re.compile(r"[^,;.]{0,40}(?:quá hạn|trễ hạn|bị lỗi|bị trả)")
_FARTHEST = 40


def remainder_of_ratio(report: Report) -> Iterator[Finding]:
    """A finding for each "a/b …, còn c …" where c is not b − a."""
    for i, (ratio, rest) in enumerate(zip(report.facts, report.facts[1:], strict=False)):
        if ratio.kind != "ratio" or rest.kind != "count" or ratio.passage != rest.passage:
            continue
        if ratio.numerator is None or ratio.denominator is None or rest.value is None:
            continue
        left = ratio.denominator - ratio.numerator
        if left < 0 or left == rest.value or not _is_rest(report, ratio, rest):
            continue
        # "còn lại 300 hồ sơ đang thẩm định, 69 hồ sơ chờ bổ sung": what is left, told in parts.
        more = [f for f in report.facts[i + 2 : i + 5] if f.clause == rest.clause and counts_same(f, rest)]
        sums = accumulate((f.value or Decimal(0) for f in more), initial=rest.value)
        if left not in sums:
            yield _finding(report, ratio, rest)


def _is_rest(report: Report, ratio: Fact, rest: Fact) -> bool:
    between = words_before(report, rest, after=ratio.span.end)
    words = between.rsplit(",", 1)[-1] if len(between) <= _FARTHEST + 40 else between
    after = report.text[rest.span.end : rest.span.end + 60]
    return _LEFT.match(words) is not None and not _ONLY_SOME.match(after)


def _finding(report: Report, ratio: Fact, rest: Fact) -> Finding:
    numerator, denominator = ratio.numerator or Decimal(0), ratio.denominator or Decimal(0)
    formula = f"{format_number(denominator)} - {format_number(numerator)}"
    printed = figure(report, rest) + (f" {rest.unit}" if rest.unit else "")
    recomputed = amount(report, denominator - numerator, rest)
    return Finding(
        kind="remainder",
        text=f"Báo cáo in số còn lại {printed}, nhưng {formula} còn {recomputed}.",
        printed=printed,
        recomputed=recomputed,
        formula=formula,
        span=Span(ratio.span.start, rest.span.end),
        passage=ratio.passage,
    )
