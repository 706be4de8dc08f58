"""Places named in a report or typed in a chat.

Provinces, districts and, with a word such as "xã" before them, communes.

In text without diacritics a name such as "van ban" or "cho moi" may be ordinary words; there it counts only
with evidence: its kind ("huyen") or a word of place ("o", "tai") before it, its province in the same text, or
`known` places.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final

from knowledge.administrative_units import REFORM, Place, by_key, is_within, parent_of, provinces, units_of
from knowledge.place_evidence import (
    TOKEN,
    Known,
    Window,
    is_evident,
    numbered_borough,
    one_letter_off,
    prefix_of,
)
from knowledge.place_names import fitting, lengths_from, named, same_letters, squeezed
from knowledge.vietnamese import fold, nfc

__all__ = [
    "REFORM", "Place", "PlaceMention", "by_key", "find_places", "is_within", "parent_of", "place_named",
    "provinces", "units_of",
]  # fmt: skip

_GAP: Final = re.compile(r"[ \xa0\t]{1,2}|[ \t]?\n[ \t]?|\s?[-–]\s?")
_COMMUNE_WORDS: Final = frozenset({"xa", "phuong", "p", "tran", "tt"})
_COMMUNE_LENGTHS: Final = frozenset({4, 3, 2, 1})


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place in a text. `place` is None where the name fits several `candidates` and nothing tells which.

    `start:end` covers the name without its kind, `full_start` is where the kind ("thị xã", "TX.") begins.
    `misprint` is True where the letters or marks differ from the name's.
    """

    place: Place | None
    candidates: tuple[Place, ...]
    text: str
    start: int
    end: int
    full_start: int
    misprint: bool = False


def find_places(text: str, *, known: Collection[Place] = ()) -> list[PlaceMention]:
    """The places that `text` names, in order; offsets into `nfc(text)`.

    `known` are the places talked about (those of the reports at hand): their names and districts need no
    further evidence, settle names that many provinces have, and may be misprinted by one letter.
    """
    text = nfc(text)
    plain = fold(text)
    found = list(_mentions(text, plain, Known.of(known)))
    return _settled(found, frozenset(known))


def place_named(name: str, *, parent: Place | None = None) -> Place | None:
    """The only province or district of that name ("thị xã Cai Lậy", "cai lay") inside `parent`.

    None if none or several.
    """
    mentions = find_places(name, known=[parent] if parent else [])
    fits = mentions[0].candidates if mentions else tuple(named().get(squeezed(fold(name)), ()))
    inside = [place for place in fits if parent is None or is_within(place, parent)]
    if mentions and mentions[0].place in inside:
        return mentions[0].place
    return inside[0] if len(inside) == 1 else None


def _mentions(text: str, plain: str, known: Known) -> Iterator[PlaceMention]:
    tokens = [match.span() for match in TOKEN.finditer(plain)]
    known_lengths = known.lengths
    position, before = 0, ""
    while position < len(tokens):
        word = plain[slice(*tokens[position])]
        lengths = known_lengths.union(lengths_from(word))
        if before in _COMMUNE_WORDS:
            lengths |= _COMMUNE_LENGTHS
        near = tokens[position : position + max(lengths, default=0)]
        mention, count = _longest(text, plain, near, lengths, known)
        if mention:
            yield mention
        position += count
        before = plain[slice(*tokens[position - 1])]


def _longest(
    text: str, plain: str, tokens: list[tuple[int, int]], lengths: Collection[int], known: Known
) -> tuple[PlaceMention | None, int]:
    """The mention of most words that begins at the first token, and how many tokens to go on by."""
    together = _run_length(plain, tokens)
    for length in sorted(lengths, reverse=True):
        if length <= together:
            mention = _read(Window(text, plain, tokens[0][0], tokens[length - 1][1]), known)
            if mention:
                return mention, length
    return None, 1


def _run_length(plain: str, tokens: list[tuple[int, int]]) -> int:
    """How many of the tokens stand close enough together to be one name."""
    for length in range(1, len(tokens)):
        if not _GAP.fullmatch(plain, tokens[length - 1][1], tokens[length][0]):
            return length
    return len(tokens)


def _read(window: Window, known: Known) -> PlaceMention | None:
    """The place that the window names, if what it looks like and what stands around it allow it."""
    prefix, misprint = prefix_of(window), False
    fits = fitting(window.folded, prefix)
    number = window.folded.isdecimal()
    if not fits and prefix and not number:  # "huyện" said of what is none, or "quản lý nhân …"
        prefix, fits = None, fitting(window.folded, None)
    if not fits and known.places:
        fits, misprint = one_letter_off(window, known), True
    if not fits or (number and not (prefix and numbered_borough(window, prefix[0], fits, known))):
        return None
    exact = tuple(place for place in fits if same_letters(window.written, window.folded, place))
    misprint = misprint or not (exact or window.unmarked)
    if not is_evident(window, prefix, fits, exact=bool(exact), known=known):
        return None
    full_start = window.start - len(prefix[0]) if prefix else window.start
    return PlaceMention(None, exact or fits, window.written, window.start, window.end, full_start, misprint)


def _settled(found: list[PlaceMention], known: frozenset[Place]) -> list[PlaceMention]:
    """The mentions, each with the place chosen by what is known and what the text itself names."""
    sure = {m.candidates[0] for m in found if len(m.candidates) == 1}
    settled = []
    for mention in found:
        place = _choose(mention.candidates, known, sure)
        settled.append(replace(mention, place=place, candidates=(place,) if place else mention.candidates))
    return settled


def _choose(candidates: tuple[Place, ...], known: frozenset[Place], sure: set[Place]) -> Place | None:
    if len(candidates) == 1:
        return candidates[0]
    for near in (
        [place for place in candidates if any(place.parent == other.key for other in sure)],
        [place for place in candidates if place in known],
        [place for place in candidates if any(is_within(place, other) for other in known)],
        [place for place in candidates if any(is_within(other, place) for other in known)],
        [
            place
            for place in candidates
            if any(place.key.split("/")[0] == other.key.split("/")[0] for other in known)
        ],
    ):
        if len(near) == 1:
            return near[0]
    return None
