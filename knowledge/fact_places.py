"""The place of a figure whose head is a place: "Giao Thủy: 1.901 trẻ", a row "thị xã An Nhơn"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from knowledge.places import Place, find_places
from knowledge.records import Fact

_LONGEST_HEAD = 40


def with_places(facts: Sequence[Fact], place: str) -> Iterator[Fact]:
    """The facts, each with the place that its head names, within or beside the report's own `place`."""
    own = tuple(m.place for m in find_places(place) if m.place)
    for fact in facts:
        head, colon, _ = fact.indicator.partition(":")
        named = _place_of(head.strip(), own) if colon and len(head) <= _LONGEST_HEAD else ""
        yield replace(fact, place=named) if named else fact


@cache
def _place_of(head: str, own: tuple[Place, ...]) -> str:
    """The full name of the place that the whole of `head` names; "" where it names none or more than that."""
    mentions = find_places(head, known=own)
    if len(mentions) != 1 or head[: mentions[0].full_start].strip() or head[mentions[0].end :].strip():
        return ""
    found = mentions[0].place
    return found.full_name if found else head
