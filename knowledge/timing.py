"""What time a figure is of.

The period that its clause or sentence names, the day it is as of, else the report's period.
"""

from __future__ import annotations

import re
from datetime import date

from knowledge.periods import Period, find_periods
from knowledge.records import Span

# "tăng 24% so với năm 2022": the year compared with is not the figure's own.
_COMPARED = re.compile(r"(?:so với|bằng|cùng kỳ|hơn)\s+(?:[^\W\d_]+\s+){0,3}$", re.IGNORECASE)
# "Kế hoạch năm 2024", "phương hướng tháng 5": a name, and what is planned for then.
_NAMED_AFTER = re.compile(r"(?:nghị quyết|đề án|giai đoạn|trước|sau)\s+$", re.IGNORECASE)
_KINDS_LEFT_OUT = frozenset({"same_period", "span"})


def timing(
    text: str, clause: Span, sentence: Span, period: Period | None
) -> tuple[Period | None, date | None]:
    """The period that a clause names, else the report's; and the day that its figures are as of."""
    year = period.end.year if period else None
    for span in (clause, Span(sentence.start, clause.start)):
        words = span.of(text)
        for mention in find_periods(words, default_year=year):
            if mention.period is None or mention.kind in _KINDS_LEFT_OUT:
                continue
            before = words[: mention.start]
            if _COMPARED.search(before) or _NAMED_AFTER.search(before):
                continue
            if mention.kind == "as_of":
                return period, mention.period.end
            if span is clause:
                return mention.period, None
    return period, None
