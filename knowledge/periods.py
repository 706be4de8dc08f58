"""Periods of time as reports and people name them: tháng 3, quý I/2024, 6 tháng đầu năm, từ đầu năm, cùng kỳ.

A mention whose year the text leaves out, or that is told from today, has `period` None and `resolve` settles
it. Works on text with and without diacritics ("thang 3", "quy i"). The grammar itself is in
`knowledge.period_grammar`.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

_QUARTERS: Final = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends included. `label` is its Vietnamese name ("tháng 3/2024")."""

    start: date
    end: date
    label: str

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period ends before it starts: {self.start} to {self.end}; swap the two")

    def contains(self, other: Period | date) -> bool:
        """Whether the day or the whole of the other period lies within this one."""
        if isinstance(other, Period):
            return self.start <= other.start and other.end <= self.end
        return self.start <= other <= self.end

    def overlaps(self, other: Period) -> bool:
        """Whether the two share at least one day."""
        return self.start <= other.end and other.start <= self.end

    def same(self, other: Period) -> bool:
        """Whether both cover the same days, whatever they are called."""
        return self.start == other.start and self.end == other.end


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period named in a text; `kind` says how.

    month, quarter, months (6 tháng đầu năm), year, span (giai đoạn 2021-2025, từ … đến …), as_of (đến ngày
    20/3/2024: `period` runs from 1 January to that day), to_date (từ đầu năm), same_period (cùng kỳ: of the
    period talked about, a year before), reporting (trong tháng, kỳ này: the report's own).

    `relative`: told from today or from the period talked about. `months` are the first and last month of a
    mention without its year, `shift` how many units of `kind` it is away from today ("tháng trước" is -1),
    `year_shift` the same for the year alone ("tháng 3 năm ngoái"), `day` the month and day of an as_of
    without its year.
    """

    period: Period | None
    text: str
    start: int
    end: int
    kind: str
    relative: bool = False
    months: tuple[int, int] | None = None
    shift: int | None = None
    year_shift: int | None = None
    day: tuple[int, int] | None = None
    first_day: date | None = None


def month_of(year: int, month: int) -> Period:
    """The month, labelled "tháng 3/2024"."""
    return months_of(year, month, month)


def quarter_of(year: int, quarter: int) -> Period:
    """The quarter, labelled "quý I/2024"."""
    return months_of(year, 3 * quarter - 2, 3 * quarter)


def year_of(year: int) -> Period:
    """The whole year, labelled "năm 2024"."""
    return months_of(year, 1, 12)


def months_of(year: int, first: int, last: int) -> Period:
    """The months from first to last, labelled as usual: "6 tháng đầu năm 2024", "quý II/2024", "năm 2024"."""
    return Period(
        date(year, first, 1), date(year, last, monthrange(year, last)[1]), _months_label(year, first, last)
    )


def between(start: date, end: date) -> Period:
    """The days from start to end, labelled by both ends; whole years as "giai đoạn 2021-2025"."""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        if start.year == end.year:
            return year_of(start.year)
        return Period(start, end, f"giai đoạn {start.year}-{end.year}")
    return Period(start, end, f"từ {format_day(start)} đến {format_day(end)}")


def up_to(day: date) -> Period:
    """From 1 January to that day, labelled "đến 20/3/2024"."""
    return Period(date(day.year, 1, 1), day, f"đến {format_day(day)}")


def format_day(day: date) -> str:
    """The day as offices write it.

    08/3/2024, a zero before days below ten and months 1 and 2 (Nghị định 30/2020).
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def year_before(period: Period) -> Period:
    """The same days a year earlier: what "cùng kỳ năm trước" means."""
    return _labelled(_years_back(period.start), _years_back(period.end, last=_ends_month(period.end)))


def period_before(period: Period) -> Period:
    """The period of the same length just before: the month before a month, the quarter before a quarter."""
    length = _whole_months(period)
    if length is None:
        days = period.end - period.start
        end = date.fromordinal(period.start.toordinal() - 1)
        return between(end - days, end)
    first = period.start.year * 12 + period.start.month - 1 - length
    last = first + length - 1
    end = date(last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1])
    return _labelled(date(first // 12, first % 12 + 1, 1), end)


def resolve(
    mention: PeriodMention, default_year: int | None = None, *, today: date | None = None
) -> Period | None:
    """The period that a mention means once the year talked about and today are known.

    None where they do not tell.

    "cùng kỳ" and "trong tháng" stay None: they depend on the period talked about (`year_before`, the report's
    own).
    """
    if mention.period is not None:
        return mention.period
    if mention.kind == "same_period" or mention.kind == "reporting":
        return None
    if mention.first_day is not None:
        return between(mention.first_day, today) if today and mention.first_day <= today else None
    if mention.shift is not None:
        return _shifted(mention.kind, mention.shift, today) if today else None
    year = _year_meant(mention, default_year, today)
    if year is None:
        return None
    if mention.kind == "to_date":
        return up_to(today) if today and today.year == year else year_of(year)
    if mention.day is not None:
        month, day = mention.day
        return up_to(date(year, month, min(day, monthrange(year, month)[1])))
    return months_of(year, *mention.months) if mention.months else None


def find_periods(
    text: str, *, today: date | None = None, default_year: int | None = None
) -> list[PeriodMention]:
    """The periods that `text` names, in order of place; offsets into `nfc(text)`.

    A plain date ("Nghị định … ngày 23/4/2018") is no period; "đến ngày 20/3/2024" is one. `today` settles
    "tháng này", `default_year` "tháng 3"; what they cannot settle has `period` None.
    """
    from knowledge.period_grammar import (
        read_periods,
    )  # it builds these records: at the top it would be a cycle

    return [_settled(mention, default_year, today) for mention in read_periods(text)]


def _settled(mention: PeriodMention, default_year: int | None, today: date | None) -> PeriodMention:
    return replace(mention, period=resolve(mention, default_year, today=today))


def _year_meant(mention: PeriodMention, default_year: int | None, today: date | None) -> int | None:
    if mention.year_shift is not None:
        return today.year + mention.year_shift if today else None
    return default_year


def _shifted(kind: str, shift: int, today: date) -> Period:
    if kind == "year":
        return year_of(today.year + shift)
    if kind == "quarter":
        at = today.year * 4 + (today.month - 1) // 3 + shift
        return quarter_of(at // 4, at % 4 + 1)
    at = today.year * 12 + today.month - 1 + shift
    return month_of(at // 12, at % 12 + 1)


def _months_label(year: int, first: int, last: int) -> str:
    if first == last:
        return f"tháng {first}/{year}"
    if (first, last) == (1, 12):
        return f"năm {year}"
    if last - first == 2 and last % 3 == 0:
        return f"quý {_QUARTERS[last // 3 - 1]}/{year}"
    if first == 1:
        return f"{last} tháng đầu năm {year}"
    if last == 12:
        return f"{13 - first} tháng cuối năm {year}"
    return f"từ tháng {first} đến tháng {last}/{year}"


def _ends_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _years_back(day: date, *, last: bool = False) -> date:
    days = monthrange(day.year - 1, day.month)[1]
    return date(day.year - 1, day.month, days if last else min(day.day, days))


def _whole_months(period: Period) -> int | None:
    """How many whole months the period covers, None if it starts or ends inside one."""
    if period.start.day != 1 or not _ends_month(period.end):
        return None
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


def _labelled(start: date, end: date) -> Period:
    if start.year == end.year and start.day == 1 and _ends_month(end):
        return months_of(start.year, start.month, end.month)
    return between(start, end)
