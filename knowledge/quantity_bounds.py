"""Comparisons and ranges around quantities.

Dưới 50%, ít nhất 3, từ 50% đến dưới 90%, 10 - 15 hồ sơ, 80% trở lên.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from knowledge.quantity import Bound, Quantity
from knowledge.vietnamese import fold

_WORDS: Final[dict[Bound, tuple[str, ...]]] = {
    ">": ("trên", "hơn", "vượt", "vượt quá", "cao hơn", "lớn hơn", "nhiều hơn", "quá"),
    "<": (
        "dưới",
        "chưa đến",
        "chưa tới",
        "chưa đạt",
        "thấp hơn",
        "nhỏ hơn",
        "ít hơn",
        "kém hơn",
        "không đến",
        "không đạt",
    ),
    ">=": (
        "ít nhất",
        "tối thiểu",
        "không dưới",
        "không thấp hơn",
        "từ",
        "đạt từ",
        "không ít hơn",
        "bằng hoặc hơn",
    ),
    "<=": ("tối đa", "nhiều nhất", "không quá", "không vượt quá", "không hơn", "không trên", "không cao hơn"),
    "~": ("khoảng", "gần", "xấp xỉ", "chừng", "ước", "ước khoảng", "ước đạt", "tầm"),
}
_MARKED: Final[dict[str, Bound]] = {word: bound for bound, words in _WORDS.items() for word in words}
# "qua" and "tu" without marks are rather "through" and one's own: only the longer phrases are read there.
_UNMARKED: Final[dict[str, Bound]] = {
    fold(word): bound for word, bound in _MARKED.items() if word not in {"quá", "từ", "tầm", "ước"}
} | {"tu": ">="}
_SIGNS: Final[dict[str, Bound]] = {
    ">": ">",
    "<": "<",
    ">=": ">=",
    "<=": "<=",
    "≥": ">=",
    "≤": "<=",
    "~": "~",
    "≈": "~",
}
_LAST_WORDS: Final = re.compile(r"(?:[^\W\d_]+[ \xa0\n]){0,3}[^\W\d_]+[ \xa0\n]{1,2}$")
_SIGN: Final = re.compile(r"([<>]=?|[≥≤~≈])\s?$")
_ONWARDS: Final = re.compile(r"[ \xa0\n]tro[ \xa0\n](?P<way>len|xuong|di)(?!\w)|[ \xa0\n](?P<over>hon)(?!\w)")
_LINK: Final = re.compile(r"\s?[-–—]\s?|[ \xa0\n](?:den|toi)[ \xa0\n](?P<open>(?:duoi|gan)[ \xa0\n])?")
_GROWTH: Final = re.compile(
    r"(?:tang|giam|nang|ha|chuyen|rut)[ \xa0\n](?:[^\W\d_]+[ \xa0\n]){0,2}(?:tu[ \xa0\n])?$"
)
_REACH: Final = 28


def bound_of(text: str, plain: str, quantity: Quantity) -> Bound:
    """The comparison that the words around a quantity make.

    "" for none ("từ" alone counts only with "trở lên" or a range).
    """
    after = _ONWARDS.match(plain, quantity.end) or _ONWARDS.match(
        plain, max(quantity.counted_end, quantity.end)
    )
    if after and after["way"]:
        return ">=" if after["way"] == "len" else "<="
    before = text[max(0, quantity.start - _REACH) : quantity.start]
    sign = _SIGN.search(before)
    if sign:
        return _SIGNS[sign[1]]
    bound, word = _word_bound(before, unmarked=text.isascii())
    return "" if fold(word) == "tu" else bound


def _word_bound(before: str, *, unmarked: bool) -> tuple[Bound, str]:
    match = _LAST_WORDS.search(before.lower())
    words = match.group().split() if match else []
    table = _UNMARKED if unmarked else _MARKED
    for count in range(min(3, len(words)), 0, -1):
        phrase = " ".join(words[-count:])
        if phrase in table and words[-count - 1 : -count] != ["ket"]:  # "ket hon 50": a marriage, not "more"
            return table[phrase], phrase
    return "", ""


def join_ranges(text: str, plain: str, quantities: list[Quantity]) -> list[Quantity]:
    """The quantities, each pair that makes a range joined to one."""
    joined: list[Quantity] = []
    for quantity in quantities:
        pair = _range(text, plain, joined[-1], quantity) if joined else None
        if pair:
            joined[-1] = pair
        else:
            joined.append(quantity)
    return joined


def _range(text: str, plain: str, low: Quantity, high: Quantity) -> Quantity | None:
    if low.upper is not None or low.denominator is not None or high.denominator is not None:
        return None
    if low.end > high.start or high.value <= low.value or not _same_unit(low, high):
        return None
    link = _LINK.fullmatch(plain, low.end, high.start)
    if not link:
        return None
    before = plain[max(0, low.start - _REACH) : low.start]
    words = bool(link.group().strip(" \n-–—\xa0"))
    # "giảm từ 18% đến 15%" says from where to where, "giảm từ 5 đến 7 vụ" by how many.
    by = low.kind == "count" and not low.counted and bool(high.unit)
    if words and (not re.search(r"(?<!\w)tu[ \xa0\n]$", before) or (_GROWTH.search(before) and not by)):
        return None
    lowest: Bound = low.bound if low.bound in {">", ">="} else ">="
    highest: Bound = "<" if link["open"] or high.bound == "<" else "<="
    ratio = high.scaled / high.value if high.value else high.scaled
    scaled = low.value * ratio if low.kind == "count" and high.kind != "count" else low.scaled
    return replace(
        high, value=low.value, scaled=scaled, text=text[low.start : high.end], start=low.start,
        bound=lowest, upper=high.value, upper_bound=highest,
    )  # fmt: skip


def _same_unit(low: Quantity, high: Quantity) -> bool:
    """Whether both ends are of one unit, or the lower one leaves it to the higher ("50 - 90%")."""
    bare = low.kind == "count" and not low.counted
    return bare or (low.kind == high.kind and fold(low.unit) == fold(high.unit))
