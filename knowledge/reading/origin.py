"""Where in its file a quote of a report stands: the page of a PDF or scan, the line of a text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from knowledge.reading.source import Source

# What cleaning takes out of a text, so that the file's own words and the report's can be compared.
_LEFT_OUT = re.compile("[\\s*#\u200b-\u200f\u2060\ufeff\u00ad]+")
_CONTEXT = 60


@dataclass(frozen=True, slots=True)
class Place:
    """A page (of a PDF, a scan) or a line (of a text) of a report's file, counted from 1; 0 where unknown."""

    page: int = 0
    line: int = 0

    def __str__(self) -> str:
        return f"page {self.page}" if self.page else f"line {self.line}" if self.line else ""


class Origin:
    """Finds quotes in the file that a report was read from."""

    def __init__(self, source: Source) -> None:
        self._paged = source.paged
        # Word and HTML have neither pages nor lines of their own.
        parts = source.pages if source.paged else source.pages[0].split("\n") if source.lined else ()
        self._text, self._starts = "", []
        pieces: list[str] = []
        length = 0
        for part in parts:
            self._starts.append(length)
            pieces.append(_LEFT_OUT.sub("", unicodedata.normalize("NFC", part)))
            length += len(pieces[-1])
        self._text = "".join(pieces)

    def place(self, text: str, start: int, end: int) -> Place:
        """The place of `text[start:end]`, found by the words around it."""
        before = _LEFT_OUT.sub("", text[max(0, start - _CONTEXT) : start])
        quote = _LEFT_OUT.sub("", text[start:end])
        for context in (before, before[-20:], ""):
            at = self._text.find(context + quote)
            if at >= 0:
                return self._at(at + len(context))
        return Place()

    def _at(self, offset: int) -> Place:
        number = bisect_right(self._starts, offset)
        return Place(page=number) if self._paged else Place(line=number)
