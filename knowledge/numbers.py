"""Quantities in Vietnamese text: 1.234.567,89; 919/1.576 hồ sơ; 58,31%; 1,2 tỷ đồng; 1.000 Mbps.

Từ 50% đến dưới 90%.

What only looks like one is left out: dates, periods, numbers of documents, voltages, labels and names ("Đề án
06"). `find_labels` gives the last group, so that a reader can account for every figure of a report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from knowledge.counted import known_noun_after
from knowledge.dates import find_dates
from knowledge.documents import DOCUMENT_NUMBER
from knowledge.labels import Label, code_spans, is_item_label, naming_word
from knowledge.numerals import (
    FIGURE,
    NUMBER_WORDS,
    format_number,
    format_percent,
    parse_number,
    parse_words,
    round_half_up,
)
from knowledge.periods import find_periods
from knowledge.quantity import Bound, Quantity, QuantityKind
from knowledge.quantity_bounds import bound_of, join_ranges
from knowledge.quantity_units import with_noun, with_unit
from knowledge.vietnamese import LOWER, fold, nfc

__all__ = [
    "Bound", "Label", "Quantity", "QuantityKind", "find_labels", "find_quantities", "format_number",
    "format_percent", "parse_number", "parse_words", "round_half_up",
]  # fmt: skip

_FIGURE: Final = re.compile(
    # "214 tỷ đồng/398 hộ": behind the small letters of a unit a stroke is no part of the figure.
    rf"(?<!\w)(?:(?<!/)|(?<=[{LOWER}]/))(?<![0-9][.,])(?P<value>{FIGURE})(?:\s?/\s?(?P<base>{FIGURE})(?![0-9]|\s?/|[.,][0-9]))?"
)
# A letter or figure may not follow, a footnote's mark may.
_JOINED: Final = re.compile(r"[^\W⁰¹²³⁴⁵⁶⁷⁸⁹]|[.,/][0-9]")
_VOLTAGE: Final = re.compile(r"\s?k?v(?!\w)")
# Times of day: "lúc 8 giờ", "14 giờ ngày 18/3", "8 giờ - 10 giờ hằng ngày".
_CLOCK: Final = re.compile(
    r"\s?(?:giờ|h)(?!\w)(?:\s?\d{1,2}(?:\s?phút)?)?"
    r"(?=,?\s(?:(?:các\s|hằng\s|hàng\s)?ngày|sáng|chiều|tối|trưa|đêm)(?!\w)|\s?[-–]\s?\d{1,2}\s?(?:giờ|h)(?!\w))"
)
_CLOCK_BEFORE: Final = re.compile(r"(?:lúc|hồi|khung giờ|vào khoảng)\s$", re.IGNORECASE)
_CLOCK_AFTER: Final = re.compile(r"\s?(?:giờ|h)(?!\w)")
_HOURS: Final = 24
_ALWAYS: Final = frozenset({"24/7", "24/24"})
_RANK_BEFORE: Final = re.compile(r"(?<!\w)(?:thứ|hạng|vị trí|vị thứ)\s$", re.IGNORECASE)
_KILOVOLTS: Final = re.compile(r"\s?kv(?!\w)")  # "lưới điện 22 kV, 35 kV" are names of lines
_NAME: Final = re.compile(r"[0-9]+\.[0-9]{1,2}|0[0-9]{5,}")  # a version, a telephone number
_WORD: Final = "|".join(sorted({*NUMBER_WORDS, *map(fold, NUMBER_WORDS)}, key=len, reverse=True))
_WORDS: Final = re.compile(rf"(?<!\w)(?:{_WORD})(?!\w)(?:[ \xa0](?:{_WORD})(?!\w)){{0,14}}", re.IGNORECASE)
_ROW: Final = re.compile(r"\s?(?:,|và|;)\s")
_ROWS: Final = (" số", "điều", "khoản", "mục")
_HALF: Final = re.compile(r"(?<!\w)m(?:ột nửa|ot nua)(?!\w)", re.IGNORECASE)
# Single number words that are hardly another word without their marks; "tu" is rather "từ", "sau" "sau".
_UNMISTAKABLE: Final = frozenset({"hai", "bon", "chin", "muoi"})
_NAMING_BEFORE: Final = re.compile(r"(?<!\w)(?:thang|quy|thu|muc|nam|bo phan|so|phan)\s$")


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of `text` in order of place; offsets into `nfc(text)`."""
    text = nfc(text)
    found = [item for item in _scan(text) if isinstance(item, Quantity)]
    return join_ranges(text, fold(text), sorted(found, key=lambda quantity: quantity.start))


def find_labels(text: str) -> list[Label]:
    """The figures of `text` that name something and count nothing; offsets into `nfc(text)`."""
    return [item for item in _scan(nfc(text)) if isinstance(item, Label)]


def _scan(text: str) -> Iterator[Quantity | Label]:
    plain = fold(text)
    taken = _taken(text)
    codes = _map(text, code_spans(text))
    read_to = 0
    before: Quantity | Label | None = None
    for match in _FIGURE.finditer(text):
        if match.start() >= read_to and not taken[match.start()]:
            named = codes[match.start()]
            item = Label(match.group(), *match.span(), "") if named else _read_figure(text, plain, match)
            item = _named_alike(text, before, item)
            read_to = item.end  # "1 tỷ 200 triệu đồng" is one quantity
            before = item
            yield item
    for match in _WORDS.finditer(text):
        if not any(taken[match.start() : match.end()]):
            yield from _read_words(text, plain, match)
    for match in _HALF.finditer(text):
        half = Quantity("percent", Decimal(50), match.group(), *match.span(), unit="%", scaled=Decimal(50))
        yield _completed(text, plain, half)


def _named_alike(text: str, before: Quantity | Label | None, item: Quantity | Label) -> Quantity | Label:
    """The figure as a label where one stands before it in a row: "tuyến số 01, 02 và 05", "Điều 5, 6"."""
    if not isinstance(before, Label) or not before.word.endswith(_ROWS) or isinstance(item, Label):
        return item
    bare = item.kind == "count" and not item.counted and item.text.isdecimal()
    return Label(item.text, item.start, item.end, before.word) if bare and _ROW.fullmatch(
        text, before.end, item.start
    ) else item


def _taken(text: str) -> bytearray:
    """A map of the characters that belong to dates, periods and numbers of documents."""
    spans = [(item.start, item.end) for item in find_dates(text)]
    spans += [(item.start, item.end) for item in find_periods(text)]
    spans += [match.span() for match in DOCUMENT_NUMBER.finditer(text)]
    return _map(text, spans)


def _map(text: str, spans: Iterable[tuple[int, int]]) -> bytearray:
    """1 for each character of the text that stands in one of the spans."""
    taken = bytearray(len(text) + 1)
    for start, end in spans:
        taken[start:end] = b"\x01" * (end - start)
    return taken


def _read_figure(text: str, plain: str, match: re.Match[str]) -> Quantity | Label:
    start, end = match.span()
    quantity = _measured(text, plain, match)
    if quantity is None:
        return Label(match.group(), start, end, "")
    if quantity.kind == "ratio" and _RANK_BEFORE.search(text[max(0, start - 12) : start]):
        return _rank(quantity)
    if quantity.kind != "count" or quantity.scaled != quantity.value:
        return quantity
    word = naming_word(text, start, end)
    if word or is_item_label(text, start, end) or _NAME.fullmatch(match["value"]):
        return Label(match.group(), start, end, word)
    return quantity


def _measured(text: str, plain: str, match: re.Match[str]) -> Quantity | None:
    """The quantity of a figure by what follows it.

    None where it is part of something else (24FO, 1.2.3, 220/380V).
    """
    value = _value(match["value"])
    base = _value(match["base"]) if match["base"] else None
    if value is None or match.group() in _ALWAYS or _is_clock(text, match):
        return None
    if _KILOVOLTS.match(plain, match.end()):
        return None
    if match["base"] and (base is None or _VOLTAGE.match(plain, match.end())):
        return None
    kind: QuantityKind = "count" if base is None else "ratio"
    bare = Quantity(kind, value, match.group(), *match.span(), scaled=value, denominator=base)
    quantity = with_unit(text, plain, bare)
    joined = _JOINED.match(text, quantity.end)
    # "214 tỷ đồng/398 hộ" is two figures, "3/4/5" none.
    if joined and not (joined.group().startswith("/") and quantity.end > match.end()):
        return None
    return _completed(text, plain, quantity)


def _completed(text: str, plain: str, quantity: Quantity) -> Quantity:
    quantity = with_noun(text, quantity)
    return replace(quantity, bound=bound_of(text, plain, quantity))


def _is_clock(text: str, match: re.Match[str]) -> bool:
    """Whether the figure is a time of day."""
    if match["base"] or not match.group().isdecimal() or int(match.group()) > _HOURS:
        return False
    if _CLOCK.match(text, match.end()):
        return True
    before = text[max(0, match.start() - 12) : match.start()]
    return bool(_CLOCK_AFTER.match(text, match.end()) and _CLOCK_BEFORE.search(before))


def _rank(quantity: Quantity) -> Quantity:
    """The place of "xếp thứ 58/63 tỉnh": 58, of which no share can be taken."""
    return replace(quantity, kind="count", denominator=None, counted="", counted_end=quantity.end, unit="")


def _value(figure: str) -> Decimal | None:
    try:
        return parse_number(figure)
    except ValueError:
        return None  # a row of figures too long for a number


def _read_words(text: str, plain: str, match: re.Match[str]) -> Iterator[Quantity]:
    """Number words: those of two or more syllables.

    And one alone ("hai báo cáo") before a noun that is counted.
    """
    words = match.group()
    value = parse_words(words)
    if value is None or value < 2 or _NAMING_BEFORE.search(plain[max(0, match.start() - 10) : match.start()]):
        return
    doubtful = fold(words) in {"nam", "tu"} or (text.isascii() and words.lower() not in _UNMISTAKABLE)
    if " " not in words and (doubtful or known_noun_after(text, match.end()) is None):
        return
    bare = Quantity("count", value, words, *match.span(), scaled=value)
    yield _completed(text, plain, with_unit(text, plain, bare))
