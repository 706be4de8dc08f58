"""The patterns by which `knowledge.periods` finds periods in a text: a table, tried in the order of its rows.

Every pattern runs on folded text; the builder beside it may look at the original letters ("tháng sáu", "tháng
sau").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final

from knowledge.dates import DateMention, find_dates, full_year, month_number
from knowledge.documents import DOCUMENT_NUMBER
from knowledge.periods import (
    PeriodMention,
    between,
    months_of,
    resolve,
    up_to,
    year_of,
)
from knowledge.vietnamese import fold, nfc

_NUMBER: Final = r"(?:[0-9]{1,2}|ba|sau|chin|hai|bon|muoi)"
_NUMBER_WORDS: Final = {"hai": 2, "ba": 3, "bon": 4, "sau": 6, "chin": 9, "muoi": 10}
_MONTH: Final = (
    r"(?:1[0-2](?![0-9]|[.,][0-9])|0?[1-9](?![0-9]|[.,][0-9])|(?:muoi hai|muoi mot|muoi|chin|tam|bay|sau"
    r"|nam(?!\s{1,3}(?:[0-9]{4}|nay|ngoai|truoc|kia))|tu|bon|ba|hai|mot|gieng|chap)(?!\w))"
)
_CALENDAR_YEAR: Final = r"(?:19[5-9][0-9]|20[0-9]{2})(?![\w]|[.,/][0-9])"
# The year after a month or quarter: "/2024", "/24", "-2024", "năm 2024", " 2024", "năm ngoái".
_YEAR_AFTER: Final = (
    r"(?:\s?/\s?(?P<year>20[0-9]{2}|19[0-9]{2}|[0-9]{2}(?![0-9]))(?![/\w])"
    r"|\s?-\s?(?P<dashed>20[0-9]{2})(?!\w)"
    rf"|,?\s{{1,3}}(?:(?:cua\s)?nam\s{{1,3}})?(?P<named>{_CALENDAR_YEAR})"
    r"|\s{1,3}nam\s(?P<told>nay|ngoai|truoc|roi|kia)(?!\w))?"
)
_TOLD_YEARS: Final = {"nay": 0, "ngoai": -1, "truoc": -1, "roi": -1, "qua": -1, "kia": -2, "toi": 1, "sau": 1}
_TOLD_SHIFTS: Final = {"nay": 0, "truoc": -1, "ngoai": -1, "roi": -1, "qua": -1, "toi": 1, "sau": 1}
_TOLD_SPELLINGS: Final = frozenset(
    """
    tháng thang quý quí quy qui năm nam vừa vua liền lien này nay trước truoc rồi roi qua tới toi sau
    ngoái ngoai
    """.split()  # noqa: SIM905 - words read better than a list
)
_UNITS: Final = {"thang": "month", "quy": "quarter", "qui": "quarter", "nam": "year"}
_ROMAN: Final = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "mot": 1,
    "nhat": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "tu": 4,
}

Builder = Callable[[str, re.Match[str]], PeriodMention | None]


def read_periods(text: str) -> list[PeriodMention]:
    """The mentions with what they tell themselves settled, what they leave open left open."""
    text = nfc(text)
    plain = fold(text)
    taken = bytearray(len(text) + 1)
    found: list[PeriodMention] = []
    for mention in _candidates(text, plain):
        if any(taken[mention.start : mention.end]):
            continue
        taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
        if mention.kind:
            found.append(mention)
    return _with_shared_years(plain, sorted(found, key=lambda mention: mention.start))


def _candidates(text: str, plain: str) -> Iterator[PeriodMention]:
    """Candidates, strongest first. One of kind "" only takes its place: a date, a document's number."""
    dates = [mention for mention in find_dates(text) if mention.day is not None]
    yield from _date_spans(text, plain, dates)
    for day in dates:
        yield _as_of(text, plain, day)
    for match in DOCUMENT_NUMBER.finditer(text):
        yield PeriodMention(None, match.group(), match.start(), match.end(), "")
    for pattern, build in _RULES:
        for match in pattern.finditer(plain):
            mention = build(text, match)
            if mention is not None:
                yield mention


_FROM: Final = re.compile(r"(?<!\w)(?:tu\s{1,3})?(?:ngay\s{1,3})?$")
_TO: Final = re.compile(r"\s{0,3}(?:den|toi|-|–|—)\s{0,3}(?:het\s{1,3})?(?:ngay\s{1,3})?$")
_UP_TO: Final = re.compile(
    r"(?<!\w)(?:(?:tu dau nam|tinh|luy ke|cong don)\s{1,3})?(?:den|toi"
    r"|tinh)\s{0,3}(?:het\s{1,3})?(?:thoi diem\s{1,3})?(?:(?:ngay|hom)\s{1,3})?$"
)
_REACH: Final = 40  # how far before a date its "tính đến hết ngày" may begin


def _date_spans(text: str, plain: str, dates: list[DateMention]) -> Iterator[PeriodMention]:
    """E.g. "từ ngày 01/3/2024 đến ngày 20/3/2024"; the first date may leave its year to the second."""
    for first, second in pairwise(dates):
        if second.start - first.end > _REACH or not _TO.fullmatch(plain, first.end, second.start):
            continue
        end = second.value
        start = first.in_year(end.year) if end else None
        if start and end and start <= end:
            begin = _before(plain, _FROM, first.start)
            yield PeriodMention(between(start, end), text[begin : second.end], begin, second.end, "span")


def _as_of(text: str, plain: str, day: DateMention) -> PeriodMention:
    """E.g. "tính đến ngày 20/3/2024"; any other date takes its place and is no period."""
    begin = _before(plain, _UP_TO, day.start)
    if begin == day.start or day.day is None:
        return PeriodMention(None, day.text, day.start, day.end, "")
    value = day.value
    return PeriodMention(
        up_to(value) if value else None,
        text[begin : day.end],
        begin,
        day.end,
        "as_of",
        day=None if value else (day.month, day.day),
    )


def _before(plain: str, pattern: re.Pattern[str], end: int) -> int:
    """Where the words before `end` that fit the pattern begin; `end` where they do not fit."""
    start = max(0, end - _REACH)
    match = pattern.search(plain[start:end])
    return start + match.start() if match else end


def _mention(text: str, match: re.Match[str], kind: str) -> PeriodMention:
    return PeriodMention(None, text[match.start() : match.end()], match.start(), match.end(), kind)


def _dated(text: str, match: re.Match[str], kind: str, first: int, last: int) -> PeriodMention:
    """The mention of months first to last in the year that the match gives, or open."""
    groups = match.groupdict()
    mention = replace(_mention(text, match, kind), months=(first, last))
    told = groups.get("told")
    if told:
        return replace(mention, relative=True, year_shift=_TOLD_YEARS[told])
    digits = groups.get("year") or groups.get("dashed") or groups.get("named")
    return replace(mention, period=months_of(full_year(digits), first, last)) if digits else mention


def _month_named(text: str, match: re.Match[str], group: str) -> int | None:
    return month_number(match[group], text[match.start(group) : match.end(group)], unmarked=text.isascii())


def _month(text: str, match: re.Match[str]) -> PeriodMention | None:
    word = text[match.start() : match.start("month")].strip().lower()
    number = _month_named(text, match, "month")
    if word not in {"tháng", "thang", "t", "th", ""}:  # "thắng 3 trận"
        return None
    return _dated(text, match, "month", number, number) if number else None


def _month_span(text: str, match: re.Match[str]) -> PeriodMention | None:
    first = _month_named(text, match, "first")
    last = _month_named(text, match, "month")
    if first is None or last is None or first >= last:
        return None
    return _dated(text, match, "months", first, last)


def _quarter(text: str, match: re.Match[str]) -> PeriodMention | None:
    named = match["quarter"]
    word = text[match.start() : match.start("quarter")].strip().lower()
    if word not in {"quý", "quí", "quy", "qui", "q", "qúy"}:  # "quỹ 1", "quy" is typed without marks
        return None
    quarter = int(named) if named.isdecimal() else _ROMAN[named]
    return _dated(text, match, "quarter", 3 * quarter - 2, 3 * quarter)


def _first_or_last_months(text: str, match: re.Match[str]) -> PeriodMention | None:
    count = _count(match["count"])
    if not 1 <= count <= 12:
        return None
    first, last = (1, count) if match["which"] != "cuoi" else (13 - count, 12)
    return _dated(text, match, "months", first, last)


def _half(text: str, match: re.Match[str]) -> PeriodMention | None:
    return _dated(text, match, "months", *((1, 6) if match["which"] == "dau" else (7, 12)))


def _count(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBER_WORDS[word]


def _year(text: str, match: re.Match[str]) -> PeriodMention | None:
    return replace(_mention(text, match, "year"), period=year_of(int(match["year"])))


def _year_span(text: str, match: re.Match[str]) -> PeriodMention | None:
    first, last = int(match["first"]), int(match["last"])
    if not first < last <= first + 60:
        return None
    span = between(date(first, 1, 1), date(last, 12, 31))
    return replace(_mention(text, match, "span"), period=span)


def _since_year(text: str, match: re.Match[str]) -> PeriodMention | None:
    mention = _mention(text, match, "span")
    return replace(mention, relative=True, first_day=date(int(match["year"]), 1, 1))


def _to_date(text: str, match: re.Match[str]) -> PeriodMention | None:
    mention = _dated(text, match, "to_date", 1, 12)
    return replace(mention, relative=mention.period is None)


def _same_period(text: str, match: re.Match[str]) -> PeriodMention | None:
    return replace(_mention(text, match, "same_period"), relative=True)


def _reporting(text: str, match: re.Match[str]) -> PeriodMention | None:
    mention = _mention(text, match, "reporting")
    if fold(mention.text) == "ky bao cao" and mention.text.lower() != "kỳ báo cáo":  # "ai ký báo cáo"
        return None
    return replace(mention, relative=True)


def _told(text: str, match: re.Match[str]) -> PeriodMention | None:
    """E.g. "tháng này", "quý trước", "năm ngoái"; "tháng sáu" is a month, "nắm rồi" is neither."""
    words = text[match.start() : match.end()].lower().split()
    if not _TOLD_SPELLINGS.issuperset(words):
        return None
    kind = _UNITS[fold(words[0])]
    return replace(_mention(text, match, kind), relative=True, shift=_TOLD_SHIFTS[match["told"]])


def _rule(pattern: str, build: Builder) -> tuple[re.Pattern[str], Builder]:
    return re.compile(pattern), build


# Each row: the pattern on folded text, what builds the mention; the comment gives what it reads.
_RULES: Final = (
    # so với cùng kỳ năm trước; cùng kỳ năm 2023
    _rule(rf"(?<!\w)cung ky(?:\s(?:nam|thang|quy)\s(?:truoc|ngoai|{_CALENDAR_YEAR})"
        rf"|\s{_CALENDAR_YEAR})?(?!\w)", _same_period),
    # từ đầu năm đến nay; từ đầu năm 2024; luỹ kế từ đầu năm
    _rule(rf"(?<!\w)(?:luy ke )?tu dau nam(?:\s(?P<named>{_CALENDAR_YEAR})|\s(?P<told>nay))?(?:\s(?:den"
        rf"|toi) nay)?(?!\w)", _to_date),
    # từ năm 2021 đến nay
    _rule(r"(?<!\w)tu (?:nam )?(?P<year>20[0-9]{2}) (?:den|toi) nay(?!\w)", _since_year),
    # giai đoạn 2021-2025; năm 2022 - 2023; từ năm 2021 đến năm 2023
    _rule(
        r"(?<!\w)(?:(?:giai doan|nhiem ky|nam hoc|thoi ky|tu nam|tu|nam"
        r"|cac nam)\s{1,3})?(?<![\w/.,])(?P<first>(?:19|20)[0-9]{2})"
        rf"(?:\s{{0,2}}[-–—]\s{{0,2}}|\s(?:den|toi)\s(?:het\s)?(?:nam\s)?)(?P<last>{_CALENDAR_YEAR})",
        _year_span,
    ),
    # 6 tháng đầu năm 2022; 06 tháng cuối năm; sáu tháng đầu năm
    _rule(rf"(?<![\w/.,])(?P<count>{_NUMBER})\sthang\s(?P<which>dau|cuoi)(?:\snam(?!\s(?:nay|ngoai|truoc"
        rf"|roi|kia)))?{_YEAR_AFTER}(?!\w)", _first_or_last_months),
    # nửa đầu năm 2024
    _rule(rf"(?<!\w)nua\s(?P<which>dau|cuoi)(?:\snam(?!\s(?:nay|ngoai|truoc|roi"
        rf"|kia)))?{_YEAR_AFTER}(?!\w)", _half),
    # từ tháng 1 đến tháng 3/2024; tháng 1 - 3/2024
    _rule(rf"(?<!\w)(?:tu\s)?thang\s(?P<first>{_MONTH})(?:\s?[-–]\s?|\s(?:den"
        rf"|toi)\s(?:het\s)?(?:thang\s)?)(?P<month>{_MONTH}){_YEAR_AFTER}(?!\w)", _month_span),
    # quý I/2024; quy 2; quý một năm 2024
    _rule(rf"(?<!\w)(?:quy|qui)\s(?P<quarter>0?[1-4]|iv|i{{1,3}}|mot|nhat|hai|ba|bon"
        rf"|tu)(?!\w){_YEAR_AFTER}", _quarter),
    # Q1/2024 (without its year it would be a borough)
    _rule(r"(?<!\w)q(?P<quarter>[1-4]|iv|i{1,3})(?:\s?[/-]\s?|\s)(?P<year>20[0-9]{2})(?![\w/])", _quarter),
    # tháng 3; tháng 3/2024; tháng ba năm ngoái
    _rule(rf"(?<!\w)thang\s{{1,3}}(?P<month>{_MONTH})(?!\w){_YEAR_AFTER}", _month),
    # T3/2024; t3
    _rule(rf"(?<![\w.])(?:t|th)(?P<month>1[0-2]|0?[1-9])(?!\w){_YEAR_AFTER}", _month),
    # the report's 3/2024 without the word
    _rule(r"(?<![\w/.,-])(?P<month>0?[1-9]|1[0-2])\s?/\s?(?P<year>20[0-9]{2})(?![\w/]|[.,][0-9])", _month),
    # 9 tháng; 06 tháng triển khai (a count of months below three is a duration)
    _rule(r"(?<![\w/.,])(?P<count>0?[369]|sau|chin)\sthang(?!\s(?:tuoi|tro len|nua|truoc|sau|mot lan"
        r"|lien)(?!\w)|\w)"
          rf"(?P<which>){_YEAR_AFTER}", _first_or_last_months),
    # lũy kế 7 tháng; thực hiện 10 tháng năm 2024; 7 tháng năm 2024
    _rule(rf"(?<!\w)(?:luy ke|cong don|thuc hien|th|ket qua)\s(?P<count>0?[2-9]|1[01])\sthang"
          rf"(?:\s(?P<which>dau))?(?:\snam(?!\s(?:nay|ngoai|truoc|roi|kia)))?{_YEAR_AFTER}(?!\w)",
          _first_or_last_months),
    _rule(rf"(?<![\w/.,])(?P<count>0?[2-9]|1[01])\sthang(?P<which>)\snam\s(?P<named>{_CALENDAR_YEAR})",
          _first_or_last_months),
    # 7 tháng năm nay; 11 tháng năm ngoái
    _rule(r"(?<![\w/.,])(?P<count>0?[2-9]|1[01])\sthang(?P<which>)\snam\s(?P<told>nay|ngoai|truoc)(?!\w)",
          _first_or_last_months),
    # tháng này; quý trước; năm ngoái
    _rule(r"(?<!\w)(?:thang|quy|qui)\s(?:vua\s|lien\s)?(?P<told>nay|truoc|roi|qua|toi|sau)(?!\w)", _told),
    _rule(r"(?<!\w)(?<!viet )(?<!nhung )(?<!cac )(?<!hang )nam\s(?:vua\s)?(?P<told>nay|ngoai|truoc|roi|qua"
        r"|toi)(?!\w)", _told),
    # trong tháng; kỳ này; tháng báo cáo
    _rule(r"(?<!\w)(?:trong (?:thang|ky|quy)(?!\s(?:[0-9]|i{1,3}(?!\w)|iv))|ky (?:nay|bao cao)|(?:thang"
        r"|quy) bao cao)(?!\w)", _reporting),
    # năm 2024
    _rule(rf"(?<!\w)(?:trong\s)?nam\s{{1,3}}(?P<year>{_CALENDAR_YEAR})", _year),
    # 2023 alone, unless it numbers or counts something
    _rule(
        r"(?<![\w/.,%-])(?<!so )(?<!dieu )(?P<year>20[0-4][0-9])(?![\w%]|[.,/-][0-9]|-\w|/\w"
        r"|\s(?:ho so|luot|du lieu|nguoi|truong hop|tai khoan|hoi vien|trieu|nghin|mbps|dich vu)(?!\w))",
        _year,
    ),
)  # fmt: skip

_CONNECTOR: Final = re.compile(r"\s{0,3}(?:,|va|voi|so voi|va voi|den|-|–|hay|hoac)\s{0,3}")


def _with_shared_years(plain: str, mentions: list[PeriodMention]) -> list[PeriodMention]:
    """The mentions, each open one given the year of the one that it is joined to.

    "tháng 2 và tháng 3/2024".
    """
    shared = list(mentions)
    for index in range(len(shared) - 2, -1, -1):
        this, following = shared[index], shared[index + 1]
        if this.period or not this.months or this.relative or not following.period:
            continue
        if _CONNECTOR.fullmatch(plain, this.end, following.start):
            shared[index] = replace(this, period=resolve(this, following.period.start.year))
    return shared
