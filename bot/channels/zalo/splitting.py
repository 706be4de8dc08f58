"""A long text in parts that Zalo takes, cut at line ends, else sentence ends, else between words."""

from __future__ import annotations

import re
import unicodedata

# Zalo refuses more than 2 000; whether of characters or UTF-16 units is not said, so we count the latter.
LONGEST = 1990
# A full stop after a short capitalised word ("TP.", "Q.") or after a bare number at the start of a line
# ("1. Kết quả") ends no sentence.
_SENTENCE_END = re.compile(r"[.!?…;][\"”’»)\]]*(?=\s)")
_NO_END = re.compile(r"(?:^|[\s(])(?:[A-ZĐ][\wÀ-ỹ]?|(?<![^\n])\d{1,3})\.$")


def split(text: str, *, longest: int = LONGEST) -> list[str]:
    """The parts of `text` in order, each at most `longest` long; only white space between them is lost."""
    if longest < 2:
        raise ValueError(f"longest is {longest}, expected 2 or more: a character can take two units")
    parts, rest = [], text.strip()
    while length(rest) > longest:
        cut = _cut(rest, _fitting(rest, longest))
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [part for part in (*parts, rest) if part]


def length(text: str) -> int:
    """The text's length in UTF-16 units."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def shortened(text: str, *, longest: int) -> str:
    """The text on one line, cut before a word and with an ellipsis where it is longer."""
    text = " ".join(text.split())
    if length(text) <= longest:
        return text
    kept = text[: _fitting(text, longest - 1)]
    return (kept[: kept.rfind(" ")] if " " in kept else kept).rstrip(" ,;:-–") + "…"


def _fitting(text: str, longest: int) -> int:
    """How many characters of the text fit."""
    units = 0
    for place, character in enumerate(text):
        units += 2 if ord(character) > 0xFFFF else 1
        if units > longest:
            return place
    return len(text)


def _cut(text: str, end: int) -> int:
    """Where to cut so that at most `end` characters stand before: late, but at the best kind of place."""
    # one character more is looked at: what stands before a space at `end` fits whole
    window = text[: end + 1]
    for places in (_paragraphs(window), _lines(window), _sentences(window)):
        late = [place for place in places if end // 2 < place <= end]
        if late:
            return late[-1]
    spaces = [found.start() for found in re.finditer(r"\s", window) if 0 < found.start() <= end]
    return spaces[-1] if spaces else _between_letters(text, end)


def _paragraphs(text: str) -> list[int]:
    return [found.start() for found in re.finditer(r"\n\s*\n", text)]


def _lines(text: str) -> list[int]:
    return [found.start() for found in re.finditer(r"\n", text)]


def _sentences(text: str) -> list[int]:
    ends = _SENTENCE_END.finditer(text)
    return [end.end() for end in ends if not _NO_END.search(text[max(0, end.start() - 6) : end.start() + 1])]


def _between_letters(text: str, end: int) -> int:
    """A place in an endless word that does not part a letter from its marks."""
    place = end
    while place > 1 and unicodedata.combining(text[place]):
        place -= 1
    return place if place > 1 else end
