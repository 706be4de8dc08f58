"""What time a figure is of: a period or an as-of day that its clause names, else the report's period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from knowledge.periods import Period, find_periods
from knowledge.records import Span

# "tăng 24% so với năm 2022": the year compared with is not the figure's own.
_COMPARED = re.compile(r"(?:so với|bằng|cùng kỳ|hơn)\s+(?:[^\W\d_]+\s+){0,3}$", re.IGNORECASE)
_NAME_BEFORE = re.compile(r"(?:nghị quyết|đề án|giai đoạn|trước|sau)\s+$", re.IGNORECASE)
_KINDS_LEFT_OUT = frozenset({"same_period", "span"})


@dataclass(frozen=True, slots=True)
class _Time:
    """A time that a clause or the words before it name: a period, or the day that figures are as of."""

    period: Period | None
    as_of: date | None
    bracket: Span | None


@dataclass(frozen=True, slots=True)
class Timing:
    """The times that a clause names, and the report's own period."""

    times: tuple[_Time, ...]
    own: Period | None

    def at(self, offset: int) -> tuple[Period | None, date | None]:
        """The period, and the as-of day if there is one, of the figure at `offset`.

        What a bracket says ("dự kiến hoàn thành vào cuối tháng 4") is said of the figures in it alone.
        """
        for time in self.times:
            inside = time.bracket is None or time.bracket.start <= offset < time.bracket.end
            if inside:
                return time.period or self.own, time.as_of
        return self.own, None


def timing(text: str, clause: Span, sentence: Span, period: Period | None) -> Timing:
    """The times of a clause: those it names, then the as-of days of its sentence before it."""
    year = period.end.year if period else None
    times: list[_Time] = []
    for span in (clause, Span(sentence.start, clause.start)):
        words = span.of(text)
        for mention in find_periods(words, default_year=year):
            if mention.period is None or mention.kind in _KINDS_LEFT_OUT:
                continue
            before = words[: mention.start]
            if _COMPARED.search(before) or _NAME_BEFORE.search(before):
                continue
            bracket = _bracket(text, span, span.start + mention.start)
            if mention.kind == "as_of":
                times.append(_Time(None, mention.period.end, bracket))
            elif span is clause:
                times.append(_Time(mention.period, None, bracket))
    return Timing((*(t for t in times if t.bracket), *(t for t in times if not t.bracket)), period)


def _bracket(text: str, span: Span, offset: int) -> Span | None:
    """The innermost bracket of the clause that `offset` stands in."""
    opened: list[int] = []
    for i in range(span.start, offset):
        if text[i] == "(":
            opened.append(i)
        elif text[i] == ")" and opened:
            opened.pop()
    if not opened:
        return None
    close = text.find(")", offset, span.end)
    return Span(opened[-1], close if close >= 0 else span.end)
