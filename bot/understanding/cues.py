"""The asking words of a question, found by the patterns of `data/cues.yml` over its folded text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from knowledge.vietnamese import canonical_tone, fold

_LOOK_BEHIND = re.compile(r"(\(\?<[!=][^)]*\))")
_LOOK_AHEAD = re.compile(r"\(\?[=!](?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)$")
_WHOLE = 3
_WORD = re.compile(r"\w+")
_PUNCTUATION = re.compile(r"(?<!\d),|,(?!\d)|[?!;:\"“”'‘’()\[\]…]|\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Cue:
    """An asking word and where it stands in the question."""

    name: str
    start: int
    end: int


def plain(text: str) -> str:
    """`text` folded, in one spelling, punctuation as spaces; same length, so that offsets hold."""
    return _PUNCTUATION.sub(lambda m: " " * len(m.group()), fold(canonical_tone(text)))


def find_cues(text: str) -> list[Cue]:
    """The cues of a question, in order of place; several names may stand on the same words."""
    folded = plain(text).rstrip()
    typed = canonical_tone(text).lower()
    found: list[Cue] = []
    for name, patterns in _patterns().items():
        for pattern in patterns:
            found += [
                Cue(name, m.start(), m.end())
                for m in pattern.finditer(folded)
                if m.end() > m.start() and _typed_so(name, typed, folded, m.start(), m.end())
            ]
    return sorted(_longest(found), key=lambda c: (c.start, c.end, c.name))


def _typed_so(name: str, typed: str, folded: str, start: int, end: int) -> bool:
    """Whether the typed words of a match can mean the cue's.

    "tiến" is not "tiền"; words without diacritics can be either. "trụ sở, máy móc" asks for no "số mấy".
    """
    spelling = _spelling(name)
    words = [*_WORD.finditer(folded, start, end)]
    if len(words) <= _WHOLE and _PUNCTUATION.search(typed, start, words[-1].start() if words else end):
        return False
    # Between the first and the last word of a cue that reaches ("nhiều … nhất") stands the subject.
    for m in words if len(words) <= _WHOLE else (words[0], words[-1]):
        word = typed[m.start() : m.end()]
        if m.group() in spelling and word != m.group() and word not in spelling[m.group()]:
            return False
    return True


def _longest(cues: Sequence[Cue]) -> list[Cue]:
    """Without those that lie inside a longer one of the same name."""
    return [c for c in cues if not any(o.name == c.name and _holds(o, c) for o in cues)]


def _holds(longer: Cue, shorter: Cue) -> bool:
    """Whether a cue reaches over all of another one and further."""
    inside = longer.start <= shorter.start and shorter.end <= longer.end
    return inside and longer.end - longer.start > shorter.end - shorter.start


@cache
def _table() -> dict[str, Any]:
    raw = files("bot.understanding").joinpath("data/cues.yml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.safe_load(raw)
    return table


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    return {
        name: tuple(_compiled(p) for p in patterns)
        for name, patterns in _table().items()
        if not name.startswith("spelling")
    }


@cache
def _spelling(name: str) -> dict[str, frozenset[str]]:
    """How words are spelt that a cue is of: some only in that cue, the others in every one."""
    table = {**_table()["spelling"], **_table()["spelling of"].get(name, {})}
    return {str(word): frozenset(spelt) for word, spelt in table.items()}


def _compiled(pattern: str) -> re.Pattern[str]:
    # White space in the table stands for any run of it: punctuation has become spaces.
    # A look-behind must be of fixed width: there a space stands for itself.
    parts = _LOOK_BEHIND.split(pattern)
    spaced = "".join(
        part if i % 2 else part.replace(" ?", r"\s*").replace(" ", r"\s+") for i, part in enumerate(parts)
    )
    head = "" if pattern.startswith("%") else r"(?<!\w)"
    tail = "" if pattern.endswith(("%", "$", " ")) or _LOOK_AHEAD.search(pattern) else r"(?!\w)"
    return re.compile(f"{head}(?:{spaced}){tail}")
