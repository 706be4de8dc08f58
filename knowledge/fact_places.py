"""The place of a figure whose head is a place: "Giao Thủy: 1.901 trẻ", a row "thị xã An Nhơn"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from knowledge.places import Place, find_places
from knowledge.records import Fact
from knowledge.vietnamese import UPPER

_LONGEST_HEAD = 40
_ORDER = re.compile(
    r"^(?:(?:tiếp đến|tiếp theo|kế đến|sau đó|riêng|nhất là|đứng đầu|cao nhất|thấp nhất)\s(?:là\s)?|là\s)+"
    r"|\s(?:(?:đạt|có|chiếm)\s)?(?:tỷ lệ\s)?(?:cao|thấp) nhất$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    rf"(?P<kind>[Xx]ã|[Pp]hường|[Tt]hị trấn|[Hh]uyện|[Tt]hị xã|[Tt]hành phố|[Qq]uận|[Đđ]ặc khu)\s"
    rf"(?P<name>[{UPPER}][^\W\d_]*(?:[\s-]+[{UPPER}][^\W\d_]*|\s\d{{1,2}})*)"
)


def with_places(facts: Sequence[Fact], place: str) -> Iterator[Fact]:
    """The facts, each with the place that its head names, within or beside the report's own `place`."""
    own = tuple(m.place for m in find_places(place) if m.place)
    for fact in facts:
        head, colon, _ = fact.indicator.partition(":")
        if not colon:
            # "huyện Lục Ngạn 81.120", "Huyện Kỳ Sơn đạt thấp nhất (71,40%), tiếp đến là Tương Dương (76,85%)"
            head = _ORDER.sub("", head.removesuffix(fact.counted) if fact.counted else head)
        named = _place_of(head.strip(), own) if head and len(head) <= _LONGEST_HEAD else ""
        yield replace(fact, place=named) if named else fact


@cache
def _place_of(head: str, own: tuple[Place, ...]) -> str:
    """The full name of the place that the whole of `head` names; "" where it names none or more than that."""
    mentions = find_places(head, known=own)
    unit = _UNIT.fullmatch(head)
    if len(mentions) != 1 or head[: mentions[0].full_start].strip() or head[mentions[0].end :].strip():
        return _named(unit) if unit else ""
    found = mentions[0].place
    if found is None or (mentions[0].misprint and found.level == "xa"):
        # A unit that the tables lack, merged before they were made, or of whose name there are several.
        return _named(unit) if unit else head
    return found.full_name


def _named(unit: re.Match[str]) -> str:
    return f"{unit['kind'].lower()} {unit['name']}"
