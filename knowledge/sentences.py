"""Sentence and clause boundaries of Vietnamese administrative prose, as spans."""

from __future__ import annotations

import re

from knowledge.records import Span
from knowledge.vietnamese import UPPER

# A full stop ends a sentence before white space and a capital, an opening quote or a bracket; not after an
# initial
# or a known short form ("TM.", "KT.", "TT.", "TP.", "Q.") and not inside a number.
_STOP = re.compile(rf"(?<![A-ZĐ]\.)(?:[.!?…]|\./\.)['\"”’)]*(?=\s+[\"“'(]?[{UPPER}0-9])")
_SHORT = re.compile(r"(?:^|[\s(])(?:TM|KT|TL|TUQ|TT|TP|TX|TS|ThS|PGS|GS|BS|Q|P|H|Mr|Ths|St|tr)$")
_LONGEST_SHORT = 8  # more than any of them, with what stands before it
_ENUMERATOR = re.compile(r"[⁽(](?:[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\d{1,2})[)⁾]\s*")


def sentences(text: str, span: Span) -> list[Span]:
    """The sentences of `text` inside `span`, trimmed, in order; together they cover all its words."""
    cuts = [
        m.end()
        for m in _STOP.finditer(text, span.start, span.end)
        if not _SHORT.search(text[max(span.start, m.start() - _LONGEST_SHORT) : m.start()])
    ]
    return _trimmed(text, span.start, [*cuts, span.end])


def clauses(text: str, span: Span) -> list[Span]:
    """The parts of a sentence between semicolons and inline enumerators, trimmed.

    Brackets are not cut into.
    """
    cuts: list[int] = []
    depth = 0
    marks = {m.start() for m in _ENUMERATOR.finditer(text, span.start, span.end)}
    for i in range(span.start, span.end):
        if i in marks and i > span.start:
            cuts.append(i)
            continue
        char = text[i]
        if char == "(" and i not in marks:
            depth += 1
        elif char == ")" and depth:
            depth -= 1
        elif char == ";" and depth == 0:
            cuts.append(i + 1)
    return _trimmed(text, span.start, [*sorted(set(cuts)), span.end])


def trim(text: str, start: int, end: int) -> Span:
    """The span without white space at its edges."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _trimmed(text: str, start: int, cuts: list[int]) -> list[Span]:
    out = []
    for cut in cuts:
        piece = trim(text, start, cut)
        if piece.start < piece.end:
            out.append(piece)
        start = cut
    return out
