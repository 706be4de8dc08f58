"""Dates as reports and people write them: 08/3/2024, ngày 29 tháng 3 năm 2024, ngày 20/3, tháng 04/2024.

A date that the calendar does not have (31/02/2024) is not a date. Works on text with and without diacritics.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from knowledge.vietnamese import fold, nfc

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100

# Names of months by their folded form; the accented forms tell "sáu" (six) from "sau" (next), "tư" from "từ".
MONTH_NAMES: Final = {
    "muoi hai": 12, "muoi mot": 11, "muoi": 10, "chin": 9, "tam": 8, "bay": 7, "sau": 6, "nam": 5,
    "tu": 4, "bon": 4, "ba": 3, "hai": 2, "mot": 1, "gieng": 1, "chap": 12,
}  # fmt: skip
_SPELLED: Final = frozenset("một hai ba tư bốn năm sáu bảy bẩy tám chín mười giêng chạp".split())  # noqa: SIM905 - words
MONTH_PATTERN: Final = r"(?:1[0-2]|0?[1-9](?![0-9])|(?:" + "|".join(MONTH_NAMES) + r")(?!\w))"

_EDGE: Final = r"(?<![\w/])(?<![0-9][.,-])"
_STOP: Final = r"(?![\w/]|[.,][0-9])"
_ISO: Final = re.compile(_EDGE + r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![\w/-])")
_FULL: Final = re.compile(
    _EDGE
    + r"(?P<day>[0-9]{1,2})(?P<sep> ?/ ?|[.-])(?P<month>[0-9]{1,2})(?:(?P=sep)|/)(?P<year>[0-9]{4})"
    + _STOP
)
_SHORT_YEAR: Final = re.compile(
    _EDGE + r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{2})" + _STOP
)
# "Đề án 06 tháng 5/2025": the programme's number is no day.
_WORDS: Final = re.compile(
    rf"(?<!\w)(?<!de an )(?<!du an )(?P<before>(?:ngay|hom|mung"
    rf"|mong)\s{{1,3}})?(?P<day>[0-9]{{1,2}})\s{{1,3}}thang\s{{1,3}}(?P<month>{MONTH_PATTERN})"
    r"(?:,?\s{1,3}nam\s{1,3}(?P<year>[0-9]{4})|\s?/\s?(?P<slashed>[0-9]{4}))?" + _STOP
)
_DAY_MONTH: Final = re.compile(
    r"(?<!\w)(?P<before>ngay|hom|den|toi|tu|truoc|sau|sang|chieu|dip|le|moc|het|khanh|ky niem"
    r"|thanh lap)\s{1,3}"
    r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})" + _STOP
)
_MONTH_YEAR: Final = re.compile(
    rf"(?<!\w)thang\s{{1,3}}(?P<month>{MONTH_PATTERN})\s{{0,3}}"
    r"(?:[/-]\s?(?P<year>[0-9]{4})|/(?P<short>[0-9]{2})|,?\s?nam\s{1,3}(?P<named>[0-9]{4}))" + _STOP
)
_BARE_MONTH_YEAR: Final = re.compile(
    _EDGE + r"(?<!quy )(?<!qui )(?P<month>0?[1-9]|1[0-2])/(?P<year>19[0-9]{2}|20[0-9]{2})" + _STOP
)
_DAYS_BEFORE: Final = re.compile(
    r"(?:(?P<word>(?<!\w)ngay\s{1,3})|[(]\s?)(?P<days>[0-9]{1,2}(?:\s?,\s?[0-9]{1,2}){0,6})\s?(?:,|va|[-–])\s?$"
)
_DAY: Final = re.compile(r"[0-9]{1,2}")
_REACH: Final = 48
# Without "ngày", 08/11 is a date only where nothing is counted by it: "đến 20/3," but not "đến 08/11 huyện".
_NOTHING_COUNTED: Final = re.compile(r"\s*(?:$|[^\w\s%]|(?:den|toi|nam|thi|la)(?!\w))")
_OF_DAYS: Final = frozenset({"ngay", "dip", "ky niem", "thanh lap"})  # behind these nothing is counted


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text. `day` is None for a month, `year` is None where the text leaves it out."""

    text: str
    start: int
    end: int
    month: int
    day: int | None = None
    year: int | None = None

    @property
    def value(self) -> date | None:
        """The calendar day, if day and year are given."""
        return self.in_year(self.year) if self.year else None

    def in_year(self, year: int) -> date | None:
        """The calendar day with this year where the text gives none.

        None for a month or an impossible day.
        """
        return calendar_day(self.year or year, self.month, self.day) if self.day else None


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day, or None if the calendar has no such day or the year is not of our time."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(digits: str) -> int:
    """The year that two or four digits stand for: "24" is 2024."""
    return int(digits) + 2000 if len(digits) == 2 else int(digits)


def month_number(folded: str, original: str, *, unmarked: bool) -> int | None:
    """The month that digits or a word name, or None.

    "tháng sau" names none, unless the whole text is `unmarked`.
    """
    if folded.isdecimal():
        return int(folded) if 1 <= int(folded) <= 12 else None
    words = original.lower().split()
    if all(word in _SPELLED or (unmarked and word.isascii()) for word in words):
        return MONTH_NAMES.get(" ".join(folded.split()))
    return None


def find_dates(text: str) -> list[DateMention]:
    """The dates and named months of `text` in order of place, offsets into `nfc(text)`."""
    text = nfc(text)
    plain = fold(text)
    taken = bytearray(len(text) + 1)
    found: list[DateMention] = []
    for mention in _candidates(text, plain):
        if not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
            found.append(mention)
    return sorted([*found, *_listed(text, plain, found, taken)], key=lambda mention: mention.start)


def _listed(
    text: str, plain: str, found: list[DateMention], taken: bytearray
) -> Iterator[DateMention]:
    """The days that share month and year with a date behind them: "các ngày 11, 12 và 13/3/2025"."""
    for mention in found:
        if mention.day is None:
            continue
        listed = _DAYS_BEFORE.search(plain, max(0, mention.start - _REACH), mention.start)
        if listed is None or (mention.year is None and not listed["word"]):
            continue
        for m in _DAY.finditer(plain, listed.start("days"), listed.end("days")):
            day = int(m.group())
            earlier = calendar_day(mention.year or 2000, mention.month, day) is not None and day < mention.day
            if earlier and not any(taken[m.start() : m.end()]):
                month, year = mention.month, mention.year
                yield DateMention(text[m.start() : m.end()], m.start(), m.end(), month, day, year)


def _candidates(text: str, plain: str) -> Iterator[DateMention]:
    for pattern in (_ISO, _FULL, _SHORT_YEAR):
        for match in pattern.finditer(plain):
            yield from _checked(text, match, full_year(match["year"]))
    for match in _WORDS.finditer(plain):
        year = match["year"] or match["slashed"]
        if match["before"] or year:  # "25 tháng 3" alone may be "25 tháng" and a three
            yield from _checked(text, match, int(year) if year else None)
    for match in _DAY_MONTH.finditer(plain):
        if match["before"] in _OF_DAYS or _NOTHING_COUNTED.match(plain, match.end()):
            yield from _checked(text, match, None)
    for match in _MONTH_YEAR.finditer(plain):
        yield from _checked(text, match, full_year(match["year"] or match["short"] or match["named"]))
    for match in _BARE_MONTH_YEAR.finditer(plain):
        yield from _checked(text, match, int(match["year"]))


def _checked(text: str, match: re.Match[str], year: int | None) -> Iterator[DateMention]:
    """The mention, if the calendar has it. It starts at its first figure, not at the word "ngày"."""
    groups = match.groupdict()
    month = month_number(
        match["month"], text[match.start("month") : match.end("month")], unmarked=text.isascii()
    )
    day = int(groups["day"]) if groups.get("day") else None
    # A leap year stands in for a year that is not printed: 29/02 may exist.
    if month is None or calendar_day(year or 2000, month, 1 if day is None else day) is None:
        return
    start = match.start()
    if day is not None:
        start = min(match.start("day"), match.start("year") if groups.get("year") else match.end())
    yield DateMention(text[start : match.end()], start, match.end(), month, day, year)
