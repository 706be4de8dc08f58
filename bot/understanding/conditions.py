"""Conditions on figures in a question: "dưới 50%", "từ 50% đến dưới 90%", "đạt 100%", "top 3"."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.understanding.cues import plain
from bot.understanding.question import ValueFilter

# Ages, spans of time and levels are no bounds of a figure: "trẻ em dưới 6 tuổi", "trên 3 tháng".
_N = (
    r"(?P<{0}>\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?)(?![\d/])\s*(?P<{0}unit>%|phan tram)?"
    r"(?!\s*(?:tuoi|thang|nam|ngay|cap|gio|tuan))"
)
_BETWEEN = re.compile(
    r"(?P<from>tu|trong khoang|khoang tu|giua|nam trong khoang)?\s*(?P<above>tren\s+)?"
    + _N.format("a")
    + r"\s*(?:den|toi|va|-|–)\s*(?P<below>duoi\s+)?"
    + _N.format("b")
)
_LEAST = re.compile(r"(?:tu\s+)?" + _N.format("a") + r"\s*(?:tro len|hoac hon)")
_MOST = re.compile(_N.format("a") + r"\s*(?:tro xuong|hoac it hon)")
_ABOVE = re.compile(
    r"(?:tren|hon|lon hon|cao hon|vuot(?: qua)?|nhieu hon|qua)\s+(?:muc\s+)?" + _N.format("a")
)
_BELOW = re.compile(
    r"(?:duoi|thap hon|nho hon|it hon|chua (?:den|toi|dat)|khong (?:den|toi|dat)|kem)\s+(?:muc\s+)?"
    + _N.format("a")
)
_AT_LEAST = re.compile(r"(?:toi thieu|it nhat|khong duoi|khong thap hon)\s+" + _N.format("a"))
_AT_MOST = re.compile(r"(?:toi da|khong qua|khong vuot qua)\s+" + _N.format("a"))
_EXACT = re.compile(r"(?:dat|bang|dung|la|muc|ty le)?\s*(?P<a>\d+(?:,\d+)?)\s*(?P<aunit>%|phan tram)")
_TOP = re.compile(
    r"(?:top|nhom)\s+(?P<n>\d{1,2})(?!\s*(?:%|\d))"
    r"|(?<![\d/.,])(?<!thang )(?<!quy )(?<!nam )(?<!ngay )(?<!trong )(?<!trong so )(?<!cua )(?P<m>\d{1,2})\s+"
    r"(?!(?:thang|nam|ngay)\b)(?:\w+\s+){1,14}?"
    r"(?:cao|thap|nhieu|it|lon|nho|kem)(?:\s+\w+){0,3}?\s+nhat"
)


def find_conditions(text: str, *, exact: bool = False) -> tuple[ValueFilter, ...]:
    """The conditions on figures in `text`; a lone "đạt 100%" is one only when `exact` is asked for."""
    folded = plain(text)
    for pattern, build in _ORDER:
        m = pattern.search(folded)
        if m and (pattern is not _BETWEEN or _is_between(m)):
            return (build(m),)
    m = _EXACT.search(folded)
    if exact and m:
        value = _number(m["a"])
        return (ValueFilter(value, value, unit="%"),)
    return ()


def condition_spans(text: str) -> list[tuple[int, int]]:
    """Where the words of a condition stand: they are no part of what the question is about."""
    folded = plain(text)
    for pattern, _ in _ORDER:
        m = pattern.search(folded)
        if m and (pattern is not _BETWEEN or _is_between(m)):
            return [m.span()]
    return []


def find_top(text: str) -> int | None:
    """How many are asked for: "top 3", "3 dịch vụ … nhiều nhất"."""
    m = _TOP.search(plain(text))
    return int(m["n"] or m["m"]) if m else None


def _is_between(m: re.Match[str]) -> bool:
    return bool(m["from"] or m["aunit"] or m["bunit"] or m["below"])


def _between(m: re.Match[str]) -> ValueFilter:
    return ValueFilter(
        _number(m["a"]), _number(m["b"]), low_inclusive=not m["above"], high_inclusive=not m["below"],
        unit="%" if m["aunit"] or m["bunit"] else "",
    )  # fmt: skip


def _low(m: re.Match[str], *, inclusive: bool) -> ValueFilter:
    return ValueFilter(_number(m["a"]), None, low_inclusive=inclusive, unit="%" if m["aunit"] else "")


def _high(m: re.Match[str], *, inclusive: bool) -> ValueFilter:
    return ValueFilter(None, _number(m["a"]), high_inclusive=inclusive, unit="%" if m["aunit"] else "")


def _number(figure: str) -> Decimal:
    return Decimal(figure.replace(".", "").replace(",", "."))


_ORDER = (
    (_BETWEEN, _between),
    (_LEAST, lambda m: _low(m, inclusive=True)),
    (_MOST, lambda m: _high(m, inclusive=True)),
    (_AT_LEAST, lambda m: _low(m, inclusive=True)),
    (_AT_MOST, lambda m: _high(m, inclusive=True)),
    (_ABOVE, lambda m: _low(m, inclusive=False)),
    (_BELOW, lambda m: _high(m, inclusive=False)),
)
