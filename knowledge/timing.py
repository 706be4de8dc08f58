"""What time a figure is of: a period or an as-of day that its clause names, else its heading's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from knowledge.brackets import Brackets, bracket_at, bracket_behind
from knowledge.dates import find_dates
from knowledge.documents import find_documents
from knowledge.periods import Period, PeriodMention, find_periods, months_of, year_before
from knowledge.records import Section, Span

# "tăng 24% so với năm 2022": the year compared with is not the figure's own.
_COMPARED = re.compile(
    r"(?:so với|bằng|cùng kỳ|hơn|gấp[\s\d.,]+lần)\s+(?:[^\W\d_]+\s+){0,3}$|gấp\s+[\d.,]+\s+lần\s+$",
    re.IGNORECASE,
)
# "đạt 46,2% do thiếu vắc xin kéo dài từ tháng 3": since when a cause has been there.
_SINCE = re.compile(
    r"(?:(?<!\w)(?:do|vì)\s[^,;()\d]{0,60}\s|(?:kéo dài|có hiệu lực|bắt đầu)\s)(?:kể\s)?từ\s$", re.IGNORECASE
)
_NAME_BEFORE = re.compile(r"(?:nghị quyết|đề án|giai đoạn|trước|sau)\s+$", re.IGNORECASE)
# "tiến độ 92%, dự kiến hoàn thành tháng 11/2023": when it will be done is said of no figure before.
_DUE = re.compile(
    r"(?:hoàn thành|khởi công|dự kiến|kết thúc|đưa vào sử dụng|bàn giao|nghiệm thu|xong)"
    r"(?:\s[^\W\d_]+){0,4}\s+$",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"(?:chỉ tiêu|kế hoạch|mục tiêu|dự toán|nghị quyết)(?:\s[^\W\d_]+){0,3}\s+$", re.IGNORECASE
)
_REACH = 200
_SEGMENT_START = re.compile(r"[,;(]\s")
_KINDS_LEFT_OUT = frozenset({"same_period"})
_DURATION_BEFORE = re.compile(
    r"(?:trong vòng|thời hạn|thời gian|sau|mỗi|cứ|khoảng|hơn|trên|dưới|đủ|từ|đến|tối thiểu|tối đa|chậm"
    r"|quá)\s+$",
    re.IGNORECASE,
)
_MONTHS_AFTER = re.compile(r"\s+tháng(?!\s(?:tuổi|trở|liên|liền|lương|một))(?!\w)")
_PLAN = re.compile(r"nhiệm vụ|phương hướng|kế hoạch|mục tiêu|chỉ tiêu|giải pháp|dự kiến", re.IGNORECASE)
_DONE = re.compile(
    r"(?:kết quả|tình hình)\s(?:triển khai\s)?(?:thực hiện\s)?(?:các\s)?(?:nhiệm vụ|kế hoạch|chỉ tiêu)",
    re.IGNORECASE,
)
_REVIEW = re.compile(
    r"đánh giá|ưu điểm|hạn chế|tồn tại|khó khăn|nguyên nhân|kết quả|tình hình|thực trạng|thuận lợi"
    r"|kiến nghị|đề xuất",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """The time that a heading or a lead-in gives to what stands below it: a period, or a day it is as of."""

    period: Period | None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class _Time:
    """A time that a clause or the words before it name: a period, or the day that figures are as of."""

    period: Period | None
    as_of: date | None
    bracket: Span | None
    begins: int = -1


@dataclass(frozen=True, slots=True)
class Timing:
    """The times that a clause names, and that of its heading or of the report."""

    times: tuple[_Time, ...]
    own: Moment

    def at(self, offset: int) -> tuple[Period | None, date | None]:
        """The period, and the as-of day if there is one, of the figure at `offset`.

        What a bracket says ("dự kiến hoàn thành vào cuối tháng 4") is said of the figures in it alone.
        """
        inside = [t for t in self.times if t.bracket and t.bracket.start <= offset < t.bracket.end]
        open_ = [t for t in self.times if t.bracket is None]
        # "cuối năm 2023 là 6,18%, ước đến cuối năm 2024 còn 4,9%": the one said last before the figure.
        said = [t for t in open_ if t.begins <= offset]
        for time in (*inside, *said[-1:], *open_):
            return time.period or self.own.period, time.as_of
        return self.own.period, self.own.as_of


@dataclass(frozen=True, slots=True)
class LeadingTime:
    """The first as-of day or stretch that a sentence names outside of brackets, and where its words end."""

    time: _Time
    end: int


def leading_time(text: str, sentence: Span, *, report: Period | None) -> LeadingTime | None:
    """The time that a sentence gives to its clauses behind the words that name it; None where none do."""
    year = report.end.year if report else None
    words = sentence.of(text)
    depths = Brackets(text, sentence)
    for mention in _mentions(words, year, report):
        time = _time(text, sentence, words, mention, depths)
        if time is not None and time.bracket is None and (time.as_of or mention.kind == "span"):
            return LeadingTime(time, sentence.start + mention.end)
    return None


def timing(
    text: str, clause: Span, own: Moment, *, report: Period | None, leading: LeadingTime | None = None
) -> Timing:
    """The times of a clause: those it names, then that of its sentence where it stands before the clause.

    `own` is what it has where it names none, `report` the report's period, by which "7 tháng" is understood.
    """
    year = report.end.year if report else None
    words = clause.of(text)
    depths = Brackets(text, clause)
    named = [_time(text, clause, words, mention, depths) for mention in _mentions(words, year, report)]
    times = [time for time in named if time is not None]
    times += _bases(text, clause, words, own.period or report, times)
    if leading is not None and leading.end <= clause.start:
        times.append(replace(leading.time, begins=clause.end))  # of no figure that has one of its own clause
    return Timing((*(t for t in times if t.bracket), *(t for t in times if not t.bracket)), own)


def _mentions(words: str, year: int | None, report: Period | None) -> Iterator[PeriodMention]:
    """The periods that the words name, in order; "7 tháng" among them where the report covers July."""
    found = [
        _so_far(m, report) for m in find_periods(words, default_year=year)
        if m.period and m.kind not in _KINDS_LEFT_OUT
    ]  # fmt: skip
    taken = [(m.start, m.end) for m in found]
    for m in re.finditer(r"(?<![\w/.,])\d{1,2}(?=\s+tháng)", words):
        so_far = months_so_far(words, m.start(), m.end(), report)
        if so_far and not any(a <= m.start() < b for a, b in taken):
            found.append(PeriodMention(so_far, m.group(), m.start(), m.end(), "months"))
    yield from sorted(found, key=lambda m: m.start)


def _so_far(mention: PeriodMention, report: Period | None) -> PeriodMention:
    """The mention, "từ đầu năm" as the months up to the end of what the report covers."""
    if mention.kind != "to_date" or report is None or mention.period is None or report.end.month == 12:
        return mention
    if mention.period.end.year != report.end.year:
        return mention
    return replace(mention, period=months_of(report.end.year, 1, report.end.month))


def _said_before(pattern: re.Pattern[str], words: str, end: int) -> re.Match[str] | None:
    """The match of a pattern for the last words before `end`, none of which lies further off than a line."""
    return pattern.search(words, max(0, end - _REACH), end)


def _time(text: str, span: Span, words: str, mention: PeriodMention, depths: Brackets) -> _Time | None:
    """The time that a mention gives to figures: those of its bracket, of its part of the clause, or all."""
    at = span.start + mention.start
    # A span of years ("giai đoạn 2021 - 2025") names a programme.
    named = _said_before(_NAME_BEFORE, words, mention.start) or _said_before(_SINCE, words, mention.start)
    if named or (mention.kind == "span" and not _is_stretch(mention.period)):
        return None
    if _said_before(_COMPARED, words, mention.start):
        base = bracket_behind(text, span, span.start + mention.end)
        return _made(mention, base, at) if base else None
    bracket = bracket_at(text, span, at, depths)
    target = _said_before(_TARGET, words, mention.start) if bracket is None else None
    if target and any(c.isdigit() for c in words[: target.start()]):
        # "7,6% dân số, chỉ tiêu năm 2024 là 20%", "đạt 8,9% chỉ tiêu đến năm 2025 (12.300 căn)"
        own = _segment(text, span, at)
        alone = not any(c.isdigit() for c in text[own.start : at])
        bracket = own if alone else bracket_behind(text, span, span.start + mention.end)
        return _made(mention, bracket, at) if bracket else None
    if bracket is None and _said_before(_DUE, words, mention.start):
        bracket = _segment(text, span, at)
    return _made(mention, bracket, at)


def _bases(
    text: str, span: Span, words: str, own: Period | None, named: Sequence[_Time]
) -> Iterator[_Time]:
    """The times that figures in a bracket are of: "so với thời điểm 31/12/2023 (467,1 tỷ đồng)".

    "cùng kỳ" is a year before what the clause names last, or before its `own` period.
    """
    depths = Brackets(text, span)
    for day in find_dates(words):
        base = bracket_behind(text, span, span.start + day.end)
        if day.value and base and _said_before(_COMPARED, words, day.start):
            yield _Time(None, day.value, base)
    for mention in find_periods(words):
        base = bracket_behind(text, span, span.start + mention.end)
        if mention.kind != "same_period":
            continue
        at = span.start + mention.start
        opened = bracket_at(text, span, at, depths)
        if base is None and opened and not any(c.isalnum() for c in text[opened.start : at]):
            base = opened  # "đưa 1.420 lao động (cùng kỳ 1.234 lao động)"
        said = [t for t in named if t.bracket is None and t.begins < at]
        if base and said and said[-1].as_of:
            yield _Time(None, _a_year_before(said[-1].as_of), base)
        elif base and (now := (said[-1].period if said else None) or own):
            yield _Time(year_before(now), None, base)


def _a_year_before(day: date) -> date:
    return year_before(Period(day, day, "")).end


def _made(mention: PeriodMention, bracket: Span | None, at: int) -> _Time:
    if mention.kind == "as_of" and mention.period:
        return _Time(None, mention.period.end, bracket, at)
    return _Time(mention.period, None, bracket, at)


def _is_stretch(period: Period | None) -> bool:
    """Whether a span is of days: "từ ngày 15/6/2023 đến ngày 14/9/2023"."""
    return period is not None and period.label.startswith("từ ")


def months_so_far(words: str, start: int, end: int, report: Period | None) -> Period | None:
    """The months from January on that a figure names ("7 tháng" in a report on July).

    None for a duration.
    """
    if report is None or not words[start:end].isdecimal() or not 2 <= int(words[start:end]) <= 11:
        return None
    count = int(words[start:end])
    if count != report.end.month or not _MONTHS_AFTER.match(words, end):
        return None
    return None if _said_before(_DURATION_BEFORE, words, start) else months_of(report.end.year, 1, count)


def _segment(text: str, span: Span, offset: int) -> Span:
    """The part of the clause from the last comma before `offset` to the clause's end."""
    cuts = [m.end() for m in _SEGMENT_START.finditer(text, span.start, offset)]
    return Span(cuts[-1] if cuts else span.start, span.end)


def section_moments(sections: Sequence[Section], report: Period | None) -> dict[str, Moment]:
    """The time that each section's figures have where they name none, by its path.

    What the section's own title names, else the title above it; under "ĐÁNH GIÁ CHUNG VÀ NHIỆM VỤ 6 THÁNG
    CUỐI NĂM" the part that looks back ("Ưu điểm") is of the report's own period.
    """
    found: dict[str, tuple[Moment, bool]] = {}
    for section in sections:
        above, plan = found.get(section.parent or "", (Moment(report), False))
        named = moment_in(section.title, report)
        if named is not None:
            found[section.path] = (named, _looks_ahead(section.title))
        elif plan and _REVIEW.search(section.title) and not _looks_ahead(section.title):
            found[section.path] = (Moment(report), False)
        else:
            found[section.path] = (above, plan)
    return {path: moment for path, (moment, _) in found.items()}


@lru_cache(maxsize=256)  # a lead is read again for each of the passages below it
def moment_in(words: str, report: Period | None) -> Moment | None:
    """The only time that a heading or a lead-in names; what it compares with and cites is left out."""
    year = report.end.year if report else None
    cited = [(d.clause_start, d.clause_end) for d in find_documents(words)] if "/" in words else []
    named = {
        Moment(report, m.period.end) if m.kind == "as_of" else Moment(m.period)
        for m in _mentions(words, year, report)
        if m.period and not _said_before(_COMPARED, words, m.start)
        and not _said_before(_NAME_BEFORE, words, m.start)
        and (m.kind != "span" or _is_stretch(m.period)) and not any(a <= m.start < b for a, b in cited)
    }  # fmt: skip
    return named.pop() if len(named) == 1 else None


def _looks_ahead(title: str) -> bool:
    """Whether a title's last word of its kind is one of planning: "KẾT QUẢ … VÀ NHIỆM VỤ …"."""
    plans, reviews = [m.start() for m in _PLAN.finditer(title)], [m.start() for m in _REVIEW.finditer(title)]
    if not plans:
        return False
    # "KẾT QUẢ THỰC HIỆN NHIỆM VỤ" looks back.
    done = _DONE.search(title)
    return (not reviews or plans[-1] > reviews[-1]) and not (done and len(plans) == 1)
