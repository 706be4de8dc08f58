"""Names of provinces and districts as people write them: aliases, words of kind, misprints."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import Final

from knowledge.administrative_units import (
    Place,
    by_key,
    communes_named,
    former_districts,
    provinces_and_districts,
)
from knowledge.vietnamese import canonical_tone, fold

# How people write some provinces, by the folded form; the value is the province's key.
ALIASES: Final = {
    "tphcm": "ho-chi-minh", "hcm": "ho-chi-minh", "sai gon": "ho-chi-minh", "sg": "ho-chi-minh",
    "hn": "ha-noi", "thua thien hue": "hue", "tt hue": "hue", "ba ria vung tau": "ba-ria-vung-tau",
    "br vt": "ba-ria-vung-tau", "brvt": "ba-ria-vung-tau", "daklak": "dak-lak", "dac lac": "dak-lak",
    "dak lac": "dak-lak", "dac lak": "dak-lak", "daknong": "dak-nong", "dac nong": "dak-nong",
    "bac can": "bac-kan",
    "kontum": "kon-tum",
}  # fmt: skip
SHORT_ALIASES: Final = frozenset({"hn", "sg", "hcm", "br vt"})  # in small letters only with a word of place

# Words of kind before a name: folded form → (its spelling with marks, the kinds it allows, the best first).
PREFIXES: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "tinh": (
        "tỉnh",
        (
            "tỉnh",
            "thành phố",
        ),
    ),
    "thanh pho": ("thành phố", ("thành phố",)),
    "tp": ("tp", ("thành phố",)),
    "t p": ("t.p", ("thành phố",)),
    "thi xa": ("thị xã", ("thị xã",)),
    "tx": ("tx", ("thị xã",)),
    "huyen": (
        "huyện",
        (
            "huyện",
            "thị xã",
            "thành phố",
        ),
    ),
    "h": ("h", ("huyện",)),
    "quan": ("quận", ("quận",)),
    "q": ("q", ("quận",)),
    "xa": ("xã", ("xã",)),
    "phuong": ("phường", ("phường",)),
    "p": ("p", ("phường",)),
    "thi tran": ("thị trấn", ("thị trấn",)),
    "tt": ("tt", ("thị trấn",)),
}
COMMUNE_KINDS: Final = frozenset({"xã", "phường", "thị trấn"})


def fitting(folded: str, prefix: tuple[str, tuple[str, ...]] | None) -> tuple[Place, ...]:
    """The places of that folded name whose kind the prefix allows; communes only with theirs."""
    fits = named().get(folded, ())
    if folded in ALIASES:
        fits = (by_key()[ALIASES[folded]],)
    if prefix is None:
        # A province lends its name to its capital ("Cao Bằng"): without a kind the province is meant.
        return tuple(p for p in fits if p.level == "tinh") or fits
    kinds = prefix[1]
    if COMMUNE_KINDS.issuperset(kinds):
        return tuple(place for place in communes_named(folded) if place.kind in kinds)
    by_kind = (tuple(place for place in fits if place.kind == kind) for kind in kinds)
    best = next((places for places in by_kind if places), ())
    return tuple(place for place in best if place.level == "tinh") or best


def same_letters(written: str, folded: str, place: Place) -> bool:
    """Whether the words are the place's name with all its marks, or an alias of it."""
    if folded in ALIASES:
        return True
    return squeezed(canonical_tone(written).lower()) == squeezed(canonical_tone(place.name).lower())


def lengths_from(first: str) -> tuple[int, ...]:
    """How many words the names and aliases have that begin with this folded word, the longest first."""
    return _starts().get(first, ())


@cache
def _starts() -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in (*named(), *ALIASES):
        words = name.split()
        lengths[words[0]].add(len(words))
    return {first: tuple(sorted(counts, reverse=True)) for first, counts in lengths.items()}


def is_near(words: list[str], name: list[str]) -> bool:
    """Whether folded words differ from a folded name by one letter in one syllable."""
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


@cache
def named() -> dict[str, tuple[Place, ...]]:
    """Provinces and districts by folded name."""
    named: dict[str, list[Place]] = defaultdict(list)
    for place in (*provinces_and_districts(), *former_districts()):
        named[squeezed(fold(place.name))].append(place)
    return {name: tuple(places) for name, places in named.items()}


@cache
def ordinary_names() -> frozenset[str]:
    """The names that are ordinary words too: folded, and some with their marks in small letters."""
    lines = files("knowledge").joinpath("data/ordinary_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def squeezed(name: str) -> str:
    """The name with its words set apart by single spaces: "bà rịa - vũng tàu" → "bà rịa vũng tàu"."""
    return " ".join(name.replace("-", " ").replace("–", " ").split())
