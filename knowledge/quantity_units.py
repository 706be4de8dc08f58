"""What follows a figure: %, phần trăm, điểm phần trăm, triệu đồng, Mbps, or the noun that it counts."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final

from knowledge.counted import known_noun_after, noun_after
from knowledge.quantity import Quantity, QuantityKind

_GAP: Final = r"[ \xa0\n]?"
# The end of a word; a footnote's mark may stand right behind it ("2,46 tỷ đồng¹").
_END: Final = r"(?![^\W⁰¹²³⁴⁵⁶⁷⁸⁹])"
_PERCENT: Final = re.compile(rf"\s?%|[ \xa0\n](?:phan tram|pham tram){_END}|pt{_END}")
_POINTS: Final = re.compile(rf"[ \xa0\n]diem[ \xa0\n]?(?:phan tram{_END}|%)")
_SCALE: Final = re.compile(
    rf"{_GAP}(?P<scale>nghin|ngan|trieu|tr|ty|ti)(?![^\W\d])(?![ \n](?:le|trong|so|suat|gia)(?!\w))"
)
_CURRENCY: Final = re.compile(
    rf"{_GAP}(?:(?P<dong>dong){_END}(?![ \n](?:bo|thoi|chi|bao|y|nhat|nai|thap|hanh|du)(?!\w))|(?:vnd|usd"
    rf"|d){_END})"
)
_MEASURE: Final = re.compile(
    rf"{_GAP}(?P<measure>[kmgt](?:bps|b/s|bit/s)|[kmgt]b|km2|km²|km|m2|m²|m3|ha|kwh|mwh|mw|kg|°c|cm"
    rf"|mm)(?![^\W⁰¹])"
)
_VALUES: Final = {
    "nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "tr": 10**6, "ty": 10**9, "ti": 10**9,
}  # fmt: skip
_SPELLINGS: Final = frozenset("nghìn ngàn nghin ngan triệu trieu tr tỷ tỉ ty ti".split())  # noqa: SIM905 - words read better
_DONG: Final = frozenset({"đồng", "dong"})


def with_unit(text: str, plain: str, quantity: Quantity) -> Quantity:
    """The quantity with the sign, measure or currency that follows it; as it is where none does."""
    at = quantity.end
    for pattern, kind, unit in ((_POINTS, "points", "điểm phần trăm"), (_PERCENT, "percent", "%")):
        match = pattern.match(plain, at)
        if match and quantity.denominator is None:
            return _grown(text, quantity, match.end(), kind, unit)  # type: ignore[arg-type]
    scaled = _scaled(text, plain, quantity)
    if scaled is not None:
        return scaled
    match = _currency(text, plain, at)
    if match and quantity.denominator is None:
        return _grown(text, quantity, match.end(), "money", match.group().strip())
    match = _MEASURE.match(plain, at)
    if match and quantity.denominator is None:
        kind = "bandwidth" if match["measure"][1:] in {"bps", "b/s", "bit/s"} else "measure"
        return _grown(text, quantity, match.end(), kind, text[match.start("measure") : match.end()])  # type: ignore[arg-type]
    return quantity


def with_noun(text: str, quantity: Quantity) -> Quantity:
    """The quantity with the noun it counts or is a share of: "100% cơ sở khám chữa bệnh"."""
    quantity = replace(quantity, counted_end=quantity.end)
    if quantity.kind in {"money", "points", "bandwidth", "measure"}:
        return quantity
    at = _past_emphasis(text, quantity.end)
    # After a share, words typed without marks that are no known noun are rather the rest of the question.
    span = (
        known_noun_after(text, at) if quantity.kind == "percent" and text.isascii() else noun_after(text, at)
    )
    if not span:
        return quantity
    noun = " ".join(text[span[0] : span[1]].split())
    unit = quantity.unit if quantity.kind == "percent" else noun
    return replace(quantity, counted=noun, counted_end=span[1], unit=unit)


def _past_emphasis(text: str, at: int) -> int:
    """The offset after the marks that close **bold** figures."""
    while text[at : at + 1] in {"*", "_"}:
        at += 1
    return at


def _scaled(text: str, plain: str, quantity: Quantity) -> Quantity | None:
    """E.g. "1,2 tỷ đồng", "1,8 triệu lượt" (a count), "1 tỷ 200 triệu đồng" (1 tỷ, scaled to both)."""
    match = _SCALE.match(plain, quantity.end)
    if not match or quantity.denominator is not None:
        return None
    scale = text[match.start("scale") : match.end()].lower()
    if scale not in _SPELLINGS:
        return None
    amount = quantity.value * _VALUES[match["scale"]]
    end = match.end()
    smallest = _VALUES[match["scale"]]
    while more := _smaller_part(plain, end, smallest):
        smallest, end = more[2], more[1]
        amount += more[0]
    currency = _currency(text, plain, end)
    if currency:
        end = currency.end()
        unit = f"{scale} {text[currency.start() : end].strip()}"
        return replace(_grown(text, quantity, end, "money", unit), scaled=amount)
    measured = _MEASURE.match(plain, end)
    if measured:  # "1,3 triệu m3": as printed, like all that is measured
        unit = f"{scale} {text[measured.start('measure') : measured.end()]}"
        return replace(_grown(text, quantity, measured.end(), "measure", unit), scaled=amount)
    if noun_after(text, end) is None and scale not in {"nghìn", "ngàn", "nghin", "ngan"}:
        return replace(_grown(text, quantity, end, "money", scale), scaled=amount)
    return replace(_grown(text, quantity, end, "count", ""), scaled=amount)


_SMALLER: Final = re.compile(rf"[ \xa0](?P<figure>[0-9]{{1,3}}){_GAP}(?P<scale>nghin|ngan|trieu|tr)(?!\w)")


def _smaller_part(plain: str, at: int, scale: int) -> tuple[Decimal, int, int] | None:
    """The amount of "200 triệu" behind "1 tỷ", where it ends, and its own scale; None where none follows."""
    match = _SMALLER.match(plain, at)
    if not match or _VALUES[match["scale"]] >= scale:
        return None
    own = _VALUES[match["scale"]]
    return Decimal(int(match["figure"]) * own), match.end(), own


def _currency(text: str, plain: str, at: int) -> re.Match[str] | None:
    match = _CURRENCY.match(plain, at)
    if match and match["dong"] and text[match.start("dong") : match.end()].lower() not in _DONG:
        return None
    # A lone letter after a space is an item's label, a capital one belongs to a code ("20-04D").
    if match and (match.group() == " d" or text[match.start() : match.end()] == "D"):
        return None
    return match


def _grown(text: str, quantity: Quantity, end: int, kind: QuantityKind, unit: str) -> Quantity:
    return replace(quantity, kind=kind, text=text[quantity.start : end], end=end, unit=unit)
