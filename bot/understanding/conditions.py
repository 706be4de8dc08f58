"""Conditions on figures in a question: "dưới 50%", "từ 50% đến dưới 90%", "đạt 100%", "top 3", "thứ hai"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from bot.understanding.cues import plain
from bot.understanding.question import ValueFilter

# Ages, spans of time and levels are no bounds of a figure: "trẻ em dưới 6 tuổi", "trên 3 tháng".
_N = (
    r"(?P<{0}>\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?)(?![\d/])"
    r"\s*(?P<{0}unit>%|phan tram|(?:nghin|trieu|ty)(?: dong)?\b|dong\b)?"
    r"(?!\s*(?:tuoi|thang|nam|ngay|cap|gio|tuan)\b)"
)
_SCALES = {"nghin": Decimal(1000), "trieu": Decimal(10**6), "ty": Decimal(10**9)}
# Which figure of a ratio is meant, by the words around the bound: its base, its part, or what is left.
_BASE = re.compile(r"\btong(?: so)?(?: \w+){0,3} $")
_PART = re.compile(r"\b(?:truc tuyen|qua mang|online|da \w+(?: \w+)?) $")
_REST = re.compile(r"\b(?:con|chua|ton)(?: \w+){0,3} $")
_REST_BEHIND = re.compile(r"^(?: \w+){0,3} (?:chua(?= \w)|con lai|ton)\b")
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
_COUNT_WORDS = {"hai": 2, "ba": 3, "bon": 4, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_TOP = re.compile(
    r"(?:top|nhom)\s+(?P<n>\d{1,2})(?!\s*(?:%|\d))"
    r"|(?<![\d/.,])(?<!thang )(?<!quy )(?<!nam )(?<!ngay )(?<!trong )(?<!trong so )(?<!cua )(?<!thu )"
    rf"\b(?P<m>\d{{1,2}}|{'|'.join(_COUNT_WORDS)})\s+"
    r"(?!(?:thang|nam|ngay)\b)(?:\w+\s+){1,14}?"
    r"(?:cao|thap|nhieu|it|lon|nho|kem)(?:\s+\w+){0,3}?\s+nhat"
)
_ORDINALS = {"nhi": 2, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5}
# "nhiều thứ hai", "đứng thứ 3": the weekday has no such word before it.
_NTH = re.compile(
    r"\b(?:cao|nhieu|lon|dong|tot|thap|it|nho|kem|dung|xep|hang|vi tri|nhat)\s+(?:\w+\s+){0,8}?"
    rf"thu\s+(?P<n>\d{{1,2}}|{'|'.join(_ORDINALS)})\b|\b(?:cao|nhieu|lon|thap|it)\s+(?P<m>nhi)\b"
)


def find_conditions(text: str, *, exact: bool = False) -> tuple[ValueFilter, ...]:
    """The conditions on figures in `text`; a lone "đạt 100%" is one only when `exact` is asked for."""
    folded = plain(text)
    found = [_build(m, folded) for m in _matches(folded)]
    if found:
        return tuple(found)
    m = _EXACT.search(folded)
    if exact and m:
        value = _number(m["a"])
        return (ValueFilter(value, value, unit="%"),)
    return ()


def condition_spans(text: str) -> list[tuple[int, int]]:
    """Where the words of a condition stand: they are no part of what the question is about."""
    return [m.span() for m in _matches(plain(text))]


def _matches(folded: str) -> list[re.Match[str]]:
    """The conditions in order of place; where two patterns overlap the more telling one counts."""
    found: list[re.Match[str]] = []
    for pattern in _ORDER:
        for m in pattern.finditer(folded):
            fits = pattern is not _BETWEEN or _is_between(m)
            if fits and not any(m.start() < o.end() and o.start() < m.end() for o in found):
                found.append(m)
    return sorted(found, key=lambda m: m.start())


def _build(m: re.Match[str], folded: str) -> ValueFilter:
    """The condition with the figure that it is on."""
    low, high, with_low, with_high = _BOUNDS[m.re](m)
    return ValueFilter(
        low, high, low_inclusive=with_low, high_inclusive=with_high, unit=_unit(m), of=_of(m, folded)
    )


def _of(m: re.Match[str], folded: str) -> Literal["", "base", "part", "rest"]:
    before, behind = folded[max(0, m.start() - 30) : m.start()], folded[m.end() : m.end() + 30]
    if _REST.search(before) or _REST_BEHIND.search(behind):
        return "rest"
    return "base" if _BASE.search(before) else "part" if _PART.search(before) else ""


def _unit(m: re.Match[str]) -> str:
    typed = next((u for u in _typed_units(m) if u), "")
    return "%" if typed in {"%", "phan tram"} else "đồng" if typed else ""


def _typed_units(m: re.Match[str]) -> Iterator[str]:
    groups = m.groupdict()
    yield from (groups.get("bunit") or "", groups.get("aunit") or "")


def find_top(text: str) -> int | None:
    """How many are asked for: "top 3", "3 dịch vụ … nhiều nhất"."""
    bounds = condition_spans(text)
    found = (m for m in _TOP.finditer(plain(text)) if not any(s <= m.start("m") < e for s, e in bounds))
    m = next(found, None)
    return _count(m["n"] or m["m"], _COUNT_WORDS) if m else None


def find_nth(text: str) -> int | None:
    """Which place in the order is asked for: "nhiều thứ hai" is 2."""
    m = _NTH.search(plain(text))
    return _count(m["n"] or m["m"], _ORDINALS) if m else None


def _count(typed: str, words: dict[str, int]) -> int:
    return int(typed) if typed.isdigit() else words[typed]


def _is_between(m: re.Match[str]) -> bool:
    if re.search(r"\bva\b", m.group()) and bool(m["aunit"]) != bool(m["bunit"]):
        return False  # "trên 90% và dưới 1.000 hồ sơ" are two conditions
    return bool(m["from"] or m["aunit"] or m["bunit"] or m["below"])


def _number(figure: str, unit: str = "") -> Decimal:
    scale = _SCALES.get(unit.split(" ")[0], Decimal(1)) if unit else Decimal(1)
    return Decimal(figure.replace(".", "").replace(",", ".")) * scale


_Bounds = tuple[Decimal | None, Decimal | None, bool, bool]


def _between(m: re.Match[str]) -> _Bounds:
    unit = m["bunit"] or m["aunit"] or ""
    return _number(m["a"], unit), _number(m["b"], unit), not m["above"], not m["below"]


def _low(m: re.Match[str]) -> _Bounds:
    return _number(m["a"], m["aunit"] or ""), None, m.re is not _ABOVE, True


def _high(m: re.Match[str]) -> _Bounds:
    return None, _number(m["a"], m["aunit"] or ""), True, m.re is not _BELOW


_BOUNDS = {
    _BETWEEN: _between, _LEAST: _low, _MOST: _high, _AT_LEAST: _low, _AT_MOST: _high,
    _ABOVE: _low, _BELOW: _high,
}  # fmt: skip
_ORDER = tuple(_BOUNDS)
