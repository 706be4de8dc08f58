"""What stands where on a page: words, lines and drawn rules, in points from the upper left corner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

_RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
_STOP = re.compile(r"[.,;:!?)\]”]+")
_MARK = re.compile(r"[0-9]{1,3}|\([0-9]{1,3}\)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word: its box, the height of its baseline, the size of its letters. `glued`: no blank before it."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    glued: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line that is drawn: horizontal where `y0 == y1`, else vertical."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def horizontal(self) -> bool:
        """Whether it runs from left to right."""
        return self.y0 == self.y1


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side on one baseline."""

    words: tuple[Word, ...]

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return max(w.x1 for w in self.words)

    @property
    def base(self) -> float:
        """The height of its baseline."""
        return max(w.base for w in self.words)

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        return max(self.words, key=lambda w: (len(w.text), w.size)).size

    @property
    def bold(self) -> bool:
        """Whether all of its words are bold."""
        return all(w.bold for w in self.words)

    @property
    def text(self) -> str:
        """Its words, a blank between them."""
        out = ""
        before: Word | None = None
        for word in self.words:
            # "tấn¹.": a stop behind a raised mark is a word of its own.
            stop = before is not None and before.glued and _STOP.fullmatch(word.text)
            out += word.text if word.glued or stop or not out else f" {word.text}"
            before = word
        return out


@dataclass(slots=True)
class Page:
    """A page's words and rules."""

    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


def with_raised_marks(words: Sequence[Word]) -> list[Word]:
    """The words, in the order of the file, with small raised digits as ``¹``: footnote marks, m²."""
    out: list[Word] = []
    for i, word in enumerate(words):
        after = words[i + 1] if i + 1 < len(words) else None
        if not _MARK.fullmatch(word.text):
            out.append(word)
        elif out and _is_raised(word, out[-1]) and word.x0 - out[-1].x1 < 0.5 * out[-1].size:
            big = out[-1]
            mark = replace(word, text=word.text.translate(_RAISED), base=big.base, size=big.size, glued=True)
            out.append(mark)
        elif after and _is_raised(word, after) and -1 < after.x0 - word.x1 < after.size:
            mark = replace(word, text=word.text.translate(_RAISED), base=after.base, size=after.size)
            out.append(mark)
        else:
            out.append(word)
    return out


def _is_raised(small: Word, big: Word) -> bool:
    return small.size < 0.85 * big.size and 0.1 * big.size < big.base - small.base < 0.8 * big.size


def lines_of(words: Iterable[Word]) -> list[Line]:
    """The lines that words stand on, from the top down, words from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.base, w.x0)):
        if rows and abs(rows[-1][0].base - word.base) <= 0.35 * max(rows[-1][0].size, word.size):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [Line(tuple(sorted(row, key=lambda w: w.x0))) for row in rows]
