"""Whether some words of a text are a place there, by what stands around them and by what is known."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from knowledge.administrative_units import Place, by_key, communes_named, is_within
from knowledge.place_names import ALIASES, PREFIXES, SHORT_ALIASES, is_near, ordinary_names, squeezed
from knowledge.vietnamese import fold

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
TOKEN: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_REACH: Final = 16
_CHAT_LENGTH: Final = 300  # in a longer text, a name in small letters is no district


@dataclass(frozen=True, slots=True)
class Window:
    """Some neighbouring words of a text: as written, folded, with what stands around them."""

    text: str
    plain: str
    start: int
    end: int

    @property
    def written(self) -> str:
        """The words as they stand."""
        return self.text[self.start : self.end]

    @property
    def folded(self) -> str:
        """The words folded, set apart by single spaces."""
        return squeezed(self.plain[self.start : self.end])

    @property
    def unmarked(self) -> bool:
        """Whether the words may have been typed without diacritics."""
        return self.written.isascii()

    @property
    def capital(self) -> bool:
        """Whether each word begins with a capital letter."""
        return all(word[:1].isupper() or not word[:1].isalpha() for word in TOKEN.findall(self.written))

    @property
    def at_edge(self) -> bool:
        """Whether nothing else stands before or after the words in the text."""
        return not self.text[: self.start].strip() or not self.text[self.end :].strip(" ?.!")

    def before(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The match of a pattern that ends where the words begin."""
        return pattern.search(self.plain[max(0, self.start - _REACH) : self.start])


@dataclass(frozen=True, slots=True)
class Known:
    """The places talked about: their own names, and which provinces they lie in."""

    places: frozenset[Place]
    provinces: frozenset[str]
    names: tuple[tuple[Place, list[str]], ...]

    @classmethod
    def of(cls, places: Collection[Place]) -> Known:
        """What is known of these places."""
        provinces = frozenset(place.key.split("/", 1)[0] for place in places)
        names = tuple((place, squeezed(fold(place.name)).split()) for place in places)
        return cls(frozenset(places), provinces, names)

    @property
    def lengths(self) -> frozenset[int]:
        """How many words the known names have; one word is too little to allow a misprint."""
        return frozenset(len(name) for _, name in self.names if len(name) > 1)

    def covers(self, candidates: Collection[Place]) -> bool:
        """Whether one of the candidates is known itself."""
        return any(place in self.places for place in candidates)

    def near(self, candidates: Collection[Place]) -> bool:
        """Whether one of the candidates lies in the province of a known place."""
        return any(place.parent in self.provinces for place in candidates)


def prefix_of(window: Window) -> tuple[str, tuple[str, ...]] | None:
    """What stands before the name as its kind (as long as printed), and the kinds that it allows."""
    match = window.before(_PREFIX_BEFORE)
    if not match:
        return None
    length = len(match.group())
    written = window.text[window.start - length : window.start]
    spelling, kinds = PREFIXES[match["word"].replace(".", " ")]
    bare = written.strip(" .\n\xa0").lower()
    return (written, kinds) if bare == spelling or bare.isascii() else None


def is_evident(
    window: Window,
    prefix: tuple[str, tuple[str, ...]] | None,
    fits: tuple[Place, ...],
    *,
    exact: bool,
    known: Known,
) -> bool:
    """Whether the words are a place here and not something else."""
    if prefix:
        return _evident_with_kind(window, fits, exact=exact, known=known)
    if fits[0].level == "huyen" and (_of_a_person(window) or _commune_nearer(window, fits, known)):
        return False
    ordinary = window.folded in ordinary_names()
    if known.covers(fits) and not (ordinary and window.unmarked and not window.capital):
        return not (window.unmarked and window.before(_GLUED_BEFORE))
    if not window.unmarked:
        several = " " in window.folded
        typed = exact and several and window.written.lower() not in ordinary_names()
        typed = typed and (fits[0].level == "tinh" or len(window.text) < _CHAT_LENGTH)
        return (window.capital and (exact or several)) or typed
    return _evident_unmarked(window, fits, ordinary=ordinary, known=known)


def _evident_with_kind(window: Window, fits: tuple[Place, ...], *, exact: bool, known: Known) -> bool:
    """The same after the word of a kind: "xã đăng ký" and "tinh toan" name no commune and no province."""
    if not window.unmarked:
        return window.capital or (exact and (fits[0].level != "xa" or known.near(fits))) or known.covers(fits)
    if fits[0].level == "xa":
        return window.capital or (" " in window.folded and _of_known_districts(fits, known))
    return True


def _of_known_districts(fits: tuple[Place, ...], known: Known) -> bool:
    return any(is_within(place, other) for place in fits for other in known.places)


def numbered_borough(window: Window, kind: str, fits: tuple[Place, ...], known: Known) -> bool:
    """Whether a numbered borough's city is talked about, or its kind has marks; "co quan 3" is none."""
    city = fold(by_key()[fits[0].parent].name)
    return not kind.isascii() or known.near(fits) or city in window.plain or "hcm" in window.plain


def _of_a_person(window: Window) -> bool:
    """Whether a family name stands before the words: "Lò Văn Bàn"."""
    before = window.text[max(0, window.start - _REACH) : window.start].split(" ")
    return len(before) > 1 and before[-1] == "" and before[-2] in _FAMILY_NAMES


def _commune_nearer(window: Window, fits: tuple[Place, ...], known: Known) -> bool:
    """Whether the name of a district elsewhere is also a commune's in a province talked about."""
    if not known.places or known.near(fits) or known.covers(fits):
        return False
    return any(place.key.split("/", 1)[0] in known.provinces for place in communes_named(window.folded))


def _evident_unmarked(window: Window, fits: tuple[Place, ...], *, ordinary: bool, known: Known) -> bool:
    """The same for words without diacritics, which may be something else with them."""
    if window.before(_GLUED_BEFORE):
        return False
    located = window.before(_PLACE_WORD_BEFORE) or (window.capital and not window.text.isupper())
    single = " " not in window.folded and window.folded not in ALIASES
    if window.folded in SHORT_ALIASES or ordinary or single:
        province = any(place.level == "tinh" for place in fits)
        return (bool(located) or window.written.isupper()) and (
            province or known.near(fits) or known.covers(fits)
        )
    if any(place.level == "tinh" for place in fits) or known.near(fits):
        return True
    return bool(located)


def one_letter_off(window: Window, known: Known) -> tuple[Place, ...]:
    """The known places whose name is one letter off the window's words, where a place may stand."""
    words = window.folded.split()
    near = tuple(place for place, name in known.names if is_near(words, name))
    if near and (window.capital or window.before(_PLACE_WORD_BEFORE) or window.before(_PREFIX_BEFORE)):
        return near
    return near if near and window.at_edge else ()
