"""The brackets of a stretch of text: which is open at an offset, which stands right behind one."""

from __future__ import annotations

import re
from bisect import bisect_right

from knowledge.records import Span

_BRACKET = re.compile(r"[()]")


class Brackets:
    """The brackets of a span, read once: which is open at an offset."""

    def __init__(self, text: str, span: Span) -> None:
        self._at, self._open = [span.start], [-1]
        opened: list[int] = []
        for m in _BRACKET.finditer(text, span.start, span.end):
            if m.group() == "(":
                opened.append(m.start())
            elif opened:
                opened.pop()
            self._at.append(m.end())
            self._open.append(opened[-1] if opened else -1)

    def open_at(self, offset: int) -> int:
        """Where the innermost bracket that is open at `offset` begins, -1 for none."""
        return self._open[bisect_right(self._at, offset) - 1]


def bracket_at(text: str, span: Span, offset: int, depths: Brackets) -> Span | None:
    """The innermost bracket of the clause that `offset` stands in."""
    opened = depths.open_at(offset)
    if opened < 0:
        return None
    close = text.find(")", offset, span.end)
    return Span(opened, close if close >= 0 else span.end)


def bracket_behind(text: str, span: Span, offset: int) -> Span | None:
    """The bracket right behind `offset`: "so với thời điểm 31/12/2023 (467,1 tỷ đồng)"."""
    m = re.compile(r"\s?\(").match(text, offset, span.end)
    if not m:
        return None
    close = text.find(")", m.end(), span.end)
    return Span(m.start(), close if close >= 0 else span.end)
