"""Places named in a report or typed in a chat.

Provinces, districts and, with a word such as "xã" before them, communes.

In text without diacritics a name such as "van ban" or "cho moi" may be ordinary words; there it counts only
with evidence: its kind ("huyen") or a word of place ("o", "tai") before it, its province in the same text, or
`known` places.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final

from knowledge.administrative_units import (
    REFORM,
    Place,
    by_key,
    communes_named,
    is_within,
    parent_of,
    provinces,
    provinces_and_districts,
    units_of,
)
from knowledge.vietnamese import canonical_tone, fold, nfc

__all__ = [
    "REFORM", "Place", "PlaceMention", "by_key", "find_places", "is_within", "parent_of", "place_named",
    "provinces",
    "units_of",
]  # fmt: skip

# How people write some provinces, by the folded form; the value is the province's key.
_ALIASES: Final = {
    "tphcm": "ho-chi-minh", "hcm": "ho-chi-minh", "tp hcm": "ho-chi-minh", "sai gon": "ho-chi-minh",
    "sg": "ho-chi-minh",
    "hn": "ha-noi", "thua thien hue": "hue", "thua thien - hue": "hue", "tt hue": "hue",
    "ba ria vung tau": "ba-ria-vung-tau",
    "br vt": "ba-ria-vung-tau", "brvt": "ba-ria-vung-tau", "daklak": "dak-lak", "dac lac": "dak-lak",
    "dak lac": "dak-lak",
    "dac lak": "dak-lak", "daknong": "dak-nong", "dac nong": "dak-nong", "bac can": "bac-kan",
    "kontum": "kon-tum",
}  # fmt: skip
_SHORT_ALIASES: Final = frozenset({"hn", "sg", "hcm", "br vt"})  # in small letters only with a word of place

# Words of kind before a name: folded form → (the spellings an accented text may use, the kinds it allows).
_PREFIXES: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "tinh": (frozenset({"tỉnh"}), frozenset({"tỉnh", "thành phố"})),
    "thanh pho": (frozenset({"thành phố"}), frozenset({"thành phố"})),
    "tp": (frozenset({"tp"}), frozenset({"thành phố"})),
    "t p": (frozenset({"t.p"}), frozenset({"thành phố"})),
    "thi xa": (frozenset({"thị xã"}), frozenset({"thị xã"})),
    "tx": (frozenset({"tx"}), frozenset({"thị xã"})),
    "huyen": (frozenset({"huyện"}), frozenset({"huyện", "thị xã", "thành phố"})),
    "h": (frozenset({"h"}), frozenset({"huyện"})),
    "quan": (frozenset({"quận"}), frozenset({"quận"})),
    "q": (frozenset({"q"}), frozenset({"quận"})),
    "xa": (frozenset({"xã"}), frozenset({"xã"})),
    "phuong": (frozenset({"phường"}), frozenset({"phường"})),
    "p": (frozenset({"p"}), frozenset({"phường"})),
    "thi tran": (frozenset({"thị trấn"}), frozenset({"thị trấn"})),
    "tt": (frozenset({"tt"}), frozenset({"thị trấn"})),
}
_COMMUNE_KINDS: Final = frozenset({"xã", "phường", "thị trấn"})
_PREFIX_BEFORE: Final = re.compile(
    r"(?<!\w)(?P<word>thanh pho|thi xa|thi tran|tinh|huyen|quan|phuong|xa|t\.p|tp|tx|tt|h|q|p)(?:[ \xa0\n]"
    r"|(?<=[pxthq])\.[ \xa0]?)$"
)
_PLACE_WORD_BEFORE: Final = re.compile(
    r"(?<!\w)(?:o|tai|cua|cho|dia ban|voi|va|con|the|ubnd|hdnd|bao cao|cong an|so voi|rieng|don vi"
    r"|khu vuc)[ \xa0]{1,2}$"
)
# "cong an giang…": the name's first syllable belongs to the word before it.
_GLUED_BEFORE: Final = re.compile(r"(?<!\w)(?:cong|de|du|bao|toan|hoi|phuong)[ \xa0]$")
_FAMILY_NAMES: Final = frozenset(
    """
    Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Ngô Dương Lý Đinh Trương Mai Lò Đoàn Trịnh Tạ
    Cao Lâm Tô
    """.split()  # noqa: SIM905 - names read better than a list
)
_TOKEN: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_GAP: Final = re.compile(r"[ \xa0\t]{1,2}|[ \t]?\n[ \t]?|\s?[-–]\s?")
_LONGEST: Final = 6
_REACH: Final = 16
_CHAT_LENGTH: Final = 300  # in a longer text, a name in small letters is no district


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


@dataclass(frozen=True, slots=True)
class _Window:
    """Some neighbouring words of a text: as written, folded, with what stands around them."""

    text: str
    plain: str
    start: int
    end: int

    @property
    def written(self) -> str:
        return self.text[self.start : self.end]

    @property
    def folded(self) -> str:
        return _squeezed(self.plain[self.start : self.end])

    @property
    def unmarked(self) -> bool:
        """Whether the words may have been typed without diacritics."""
        return self.written.isascii()

    @property
    def capital(self) -> bool:
        return all(word[:1].isupper() or not word[:1].isalpha() for word in _TOKEN.findall(self.written))

    def before(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.search(self.plain[max(0, self.start - _REACH) : self.start])


def find_places(text: str, *, known: Collection[Place] = ()) -> list[PlaceMention]:
    """The places that `text` names, in order; offsets into `nfc(text)`.

    `known` are the places talked about (those of the reports at hand): their names and districts need no
    further evidence, settle names that many provinces have, and may be misprinted by one letter.
    """
    text = nfc(text)
    plain = fold(text)
    found = list(_mentions(text, plain, _Known.of(known)))
    return _settled(found, frozenset(known))


def place_named(name: str, *, parent: Place | None = None) -> Place | None:
    """The only province or district of that name ("thị xã Cai Lậy", "cai lay") inside `parent`.

    None if none or several.
    """
    mentions = find_places(name, known=[parent] if parent else [])
    fits = mentions[0].candidates if mentions else tuple(_index().get(_squeezed(fold(name)), ()))
    inside = [place for place in fits if parent is None or is_within(place, parent)]
    if mentions and mentions[0].place in inside:
        return mentions[0].place
    return inside[0] if len(inside) == 1 else None


@dataclass(frozen=True, slots=True)
class _Known:
    """The places talked about: their own names, and which provinces they lie in."""

    places: frozenset[Place]
    provinces: frozenset[str]

    @classmethod
    def of(cls, places: Collection[Place]) -> _Known:
        return cls(frozenset(places), frozenset(place.key.split("/", 1)[0] for place in places))

    def covers(self, candidates: Collection[Place]) -> bool:
        return any(place in self.places for place in candidates)

    def near(self, candidates: Collection[Place]) -> bool:
        return any(place.parent in self.provinces for place in candidates)


def _mentions(text: str, plain: str, known: _Known) -> Iterator[PlaceMention]:
    tokens = [match.span() for match in _TOKEN.finditer(plain)]
    position = 0
    while position < len(tokens):
        mention, length = _longest(text, plain, tokens, position, known)
        if mention:
            yield mention
        position += length


def _longest(
    text: str, plain: str, tokens: list[tuple[int, int]], position: int, known: _Known
) -> tuple[PlaceMention | None, int]:
    """The mention of most words that begins at the token, and how many tokens to go on by."""
    for length in range(_run_length(plain, tokens, position), 0, -1):
        window = _Window(text, plain, tokens[position][0], tokens[position + length - 1][1])
        mention = _read(window, known)
        if mention:
            return mention, length
    return None, 1


def _run_length(plain: str, tokens: list[tuple[int, int]], position: int) -> int:
    """How many tokens from here on stand close enough together to be one name."""
    length = 1
    while length < _LONGEST and position + length < len(tokens):
        if not _GAP.fullmatch(plain, tokens[position + length - 1][1], tokens[position + length][0]):
            break
        length += 1
    return length


def _read(window: _Window, known: _Known) -> PlaceMention | None:
    """The place that the window names, if what it looks like and what stands around it allow it."""
    prefix, misprint = _prefix(window), False
    fits = _fitting(window.folded, prefix)
    if not fits and prefix and not (window.unmarked and window.folded.isdecimal()):
        prefix, fits = (
            None,
            _fitting(window.folded, None),
        )  # "huyện" said of what is none, or "quản lý nhân …"
    if not fits and known.places:
        fits, misprint = _one_letter_off(window, known), True
    if not fits or (window.folded.isdecimal() and not (prefix and _borough_near(window, fits, known))):
        return None
    exact = tuple(place for place in fits if _same_letters(window, place))
    if not window.unmarked:
        misprint = misprint or not exact
    if not _evident(window, prefix, fits, exact=bool(exact), known=known):
        return None
    full_start = window.start - len(prefix[0]) if prefix else window.start
    return PlaceMention(None, exact or fits, window.written, window.start, window.end, full_start, misprint)


def _prefix(window: _Window) -> tuple[str, frozenset[str]] | None:
    """What stands before the name as its kind (as long as printed), and the kinds that it allows."""
    match = window.before(_PREFIX_BEFORE)
    if not match:
        return None
    length = len(match.group())
    written = window.text[window.start - length : window.start]
    spellings, kinds = _PREFIXES[match["word"].replace(".", " ")]
    bare = written.strip(" .\n\xa0").lower()
    return (written, kinds) if bare in spellings or bare.isascii() else None


def _fitting(folded: str, prefix: tuple[str, frozenset[str]] | None) -> tuple[Place, ...]:
    """The places of that folded name whose kind the prefix allows; communes only with theirs."""
    fits = _index().get(folded, ())
    if folded in _ALIASES:
        fits = (by_key()[_ALIASES[folded]],)
    if prefix is None:
        # A province lends its name to its capital ("Cao Bằng"): without a kind the province is meant.
        return tuple(p for p in fits if p.level == "tinh") or fits
    kinds = prefix[1]
    if kinds <= _COMMUNE_KINDS:
        return tuple(place for place in communes_named(folded) if place.kind in kinds)
    central = tuple(p for p in fits if p.level == "tinh" and p.kind in kinds)
    return central or tuple(place for place in fits if place.kind in kinds)


def _evident(
    window: _Window,
    prefix: tuple[str, frozenset[str]] | None,
    fits: tuple[Place, ...],
    *,
    exact: bool,
    known: _Known,
) -> bool:
    """Whether the words are a place here and not something else."""
    if prefix:
        return _evident_with_kind(window, fits, exact=exact, known=known)
    if fits[0].level == "huyen" and (_of_a_person(window) or _commune_nearer(window, fits, known)):
        return False
    ordinary = window.folded in _ordinary()
    if known.covers(fits) and not (ordinary and window.unmarked and not window.capital):
        return not (window.unmarked and window.before(_GLUED_BEFORE))
    if not window.unmarked:
        several = " " in window.folded
        typed = exact and several and window.written.lower() not in _ordinary()
        typed = typed and (fits[0].level == "tinh" or len(window.text) < _CHAT_LENGTH)
        return (window.capital and (exact or several)) or typed
    return _evident_unmarked(window, fits, ordinary=ordinary, known=known)


def _evident_with_kind(window: _Window, fits: tuple[Place, ...], *, exact: bool, known: _Known) -> bool:
    """The same after the word of a kind: "xã đăng ký" and "tinh toan" name no commune and no province."""
    if not window.unmarked:
        return window.capital or (exact and (fits[0].level != "xa" or known.near(fits))) or known.covers(fits)
    if fits[0].level == "xa":
        return window.capital or (" " in window.folded and _of_known_districts(fits, known))
    return True


def _of_known_districts(fits: tuple[Place, ...], known: _Known) -> bool:
    return any(is_within(place, other) for place in fits for other in known.places)


def _borough_near(window: _Window, fits: tuple[Place, ...], known: _Known) -> bool:
    """Whether a numbered borough's city is talked about; "co quan 3" is none."""
    city = fold(by_key()[fits[0].parent].name)
    return not window.unmarked or known.near(fits) or city in window.plain or "hcm" in window.plain


def _of_a_person(window: _Window) -> bool:
    """Whether a family name stands before the words: "Lò Văn Bàn"."""
    before = window.text[max(0, window.start - _REACH) : window.start].split(" ")
    return len(before) > 1 and before[-1] == "" and before[-2] in _FAMILY_NAMES


def _commune_nearer(window: _Window, fits: tuple[Place, ...], known: _Known) -> bool:
    """Whether the name of a district elsewhere is also a commune's in a province talked about."""
    if not known.places or known.near(fits) or known.covers(fits):
        return False
    return any(place.key.split("/", 1)[0] in known.provinces for place in communes_named(window.folded))


def _evident_unmarked(window: _Window, fits: tuple[Place, ...], *, ordinary: bool, known: _Known) -> bool:
    """The same for words without diacritics, which may be something else with them."""
    if window.before(_GLUED_BEFORE):
        return False
    located = window.before(_PLACE_WORD_BEFORE) or (window.capital and not window.text.isupper())
    single = " " not in window.folded and window.folded not in _ALIASES
    if window.folded in _SHORT_ALIASES or ordinary or single:
        province = any(place.level == "tinh" for place in fits)
        return (bool(located) or window.written.isupper()) and (
            province or known.near(fits) or known.covers(fits)
        )
    if any(place.level == "tinh" for place in fits) or known.near(fits):
        return True
    return bool(located)


def _same_letters(window: _Window, place: Place) -> bool:
    if window.folded in _ALIASES:
        return True
    return _squeezed(canonical_tone(window.written).lower()) == _squeezed(canonical_tone(place.name).lower())


def _one_letter_off(window: _Window, known: _Known) -> tuple[Place, ...]:
    """The known places whose name differs from the window by one letter in one syllable ("an gian".

    "duc pphoo" not).
    """
    words = window.folded.split()
    near = tuple(place for place in known.places if _near(words, _squeezed(fold(place.name)).split()))
    at_edge = not window.text[: window.start].strip() or not window.text[window.end :].strip(" ?.!")
    if near and (
        at_edge or window.capital or window.before(_PLACE_WORD_BEFORE) or window.before(_PREFIX_BEFORE)
    ):
        return near
    return ()


def _near(words: list[str], name: list[str]) -> bool:
    if len(words) != len(name):
        return False
    differing = [(a, b) for a, b in zip(words, name, strict=True) if a != b]
    return len(differing) == 1 and len(differing[0][1]) >= 3 and _one_edit(*differing[0])


def _one_edit(a: str, b: str) -> bool:
    """Whether one letter added, dropped or changed, or two swapped, makes the words equal."""
    if abs(len(a) - len(b)) > 1:
        return False
    if len(a) == len(b):
        at = [i for i in range(len(a)) if a[i] != b[i]]
        swapped = len(at) == 2 and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]]
        return len(at) == 1 or swapped
    short, long = sorted((a, b), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


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


@cache
def _index() -> dict[str, tuple[Place, ...]]:
    """Provinces and districts by folded name."""
    named: dict[str, list[Place]] = defaultdict(list)
    for place in provinces_and_districts():
        named[_squeezed(fold(place.name))].append(place)
    return {name: tuple(places) for name, places in named.items()}


@cache
def _ordinary() -> frozenset[str]:
    lines = files("knowledge").joinpath("data/ordinary_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _squeezed(name: str) -> str:
    """The name with its words set apart by single spaces: "bà rịa - vũng tàu" → "bà rịa vũng tàu"."""
    return " ".join(name.replace("-", " ").replace("–", " ").split())
