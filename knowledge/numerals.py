"""Figures and number words to `Decimal` and back, the Vietnamese way: 1.234.567,89; hai mươi lăm."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from typing import Final

from knowledge.vietnamese import fold, nfc

FIGURE: Final = (
    r"(?:[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9])(?:,[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3}){2,}(?![0-9])"
    r"|[0-9]+\.[0-9]{1,2}(?![0-9])|[0-9]+(?:,[0-9]+)?)"
)

_DIGITS: Final = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SCALES: Final = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_OTHER_WORDS: Final = ("mười", "mươi", "trăm", "linh", "lẻ")
NUMBER_WORDS: Final = frozenset((*_DIGITS, *_SCALES, *_OTHER_WORDS))
_SHAPES: Final = {"trăm": "h", "mươi": "t", "mười": "t", "linh": "l", "lẻ": "l"}
_BELOW_THOUSAND: Final = re.compile(r"(?=.)(?:dh)?(?:ld|d?td?|d)?")
_BY_FOLD: Final = {fold(word): word for word in sorted(NUMBER_WORDS)} | {"muoi": "mươi"}

_GROUPED: Final = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_ENGLISH: Final = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?")
_LONGEST: Final = 60  # figures longer than this are not numbers anyone reports


def parse_number(figure: str) -> Decimal:
    """The value of a Vietnamese figure: "1.234,5" is 1234.5, "08" is 8, "58.31" (two decimals) is 58.31.

    Raises ValueError where it is no figure.
    """
    figure = "".join(figure.split())
    if _GROUPED.fullmatch(figure):
        plain = figure.replace(".", "").replace(",", ".")
    elif _ENGLISH.fullmatch(figure):
        plain = figure.replace(",", "")
    else:
        plain = figure.replace(",", ".")
    if not re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]+)?", plain) or len(plain) > _LONGEST:
        raise ValueError(f"{figure[:_LONGEST]!r} is no Vietnamese figure; expected one like 1.234 or 45,67")
    try:
        return Decimal(plain)
    except InvalidOperation as error:  # pragma: no cover - the pattern above leaves none
        raise ValueError(f"{figure!r} is no Vietnamese figure") from error


def format_number(value: Decimal | int) -> str:
    """The figure as reports print it: 1234.5 is "1.234,5"; zeros that end the decimals are kept as given."""
    digits = f"{Decimal(value):f}"
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    whole, _, decimals = digits.partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{grouped},{decimals}" if decimals else sign + grouped


def round_half_up(value: Decimal, places: int) -> Decimal:
    """The value to so many decimal places, halves away from zero, as offices round."""
    with localcontext() as context:
        context.prec = max(28, value.adjusted() + places + 3)
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def format_percent(value: Decimal, places: int = 2) -> str:
    """The percentage rounded half up.

    45.6712 is "45,67%", 1.9 is "1,90%", a whole one has no decimals ("82%").
    """
    rounded = round_half_up(value, places)
    whole = rounded.to_integral_value()
    shown = abs(whole) if whole == 0 else whole
    return format_number(shown if whole == rounded else rounded) + "%"


def parse_words(words: str) -> Decimal | None:
    """The value of number words: "hai mươi lăm" is 25, "một trăm linh ba" 103.

    None where they make no number.

    Words without diacritics are read too ("hai muoi lam").
    """
    split = nfc(words).lower().split()
    spelt = [word for word in map(_number_word, split) if word]
    if not spelt or len(spelt) < len(split):
        return None
    total, smallest = 0, 10**12
    group: list[str] = []
    for word in spelt:
        if word not in _SCALES:
            group.append(word)
            continue
        value, scale = _below_thousand(group), _SCALES[word]
        if not value or scale >= smallest:
            return None
        total, smallest, group = total + value * scale, scale, []
    rest = _below_thousand(group) if group else 0
    return None if rest is None else Decimal(total + rest)


def _below_thousand(words: list[str]) -> int | None:
    """The value of words below "nghìn": [digit trăm] [linh|lẻ] [digit mươi | mười] [digit]."""
    shape = "".join("d" if word in _DIGITS else _SHAPES[word] for word in words)
    if not _BELOW_THOUSAND.fullmatch(shape):
        return None
    total, digit = 0, 0
    for word in words:
        if word in _DIGITS:
            digit = _DIGITS[word]
        elif word == "trăm":
            total, digit = digit * 100, 0
        elif word in {"mười", "mươi"}:
            total, digit = total + (digit or 1) * 10, 0
    return total + digit


def _number_word(word: str) -> str | None:
    if word in NUMBER_WORDS:
        return word
    return _BY_FOLD.get(word) if word.isascii() else None
