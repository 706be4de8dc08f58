"""Footnotes: each body laid out behind the text, linked to the section and the passage that bear its mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.reading.blocks import Block
from knowledge.records import Footnote, Passage, Section, Span


def lay_out_notes(
    text: list[str], notes: Sequence[Block], sections: Sequence[Section], passages: Sequence[Passage]
) -> tuple[tuple[Footnote, ...], tuple[Passage, ...]]:
    """The footnotes, each with the section of its mark, and their passages; appends the bodies to `text`."""
    body = "".join(text)
    length = len(body)
    found: list[Footnote] = []
    read: list[Passage] = []
    searched: dict[str, int] = {}
    for note in notes:
        at = _mark(body, note.footnote, after=searched.get(note.footnote, -1))
        searched[note.footnote] = at
        text.append(f"\n{note.text}\n")
        span = Span(length + 1, length + 1 + len(note.text))
        length += len(note.text) + 2
        path = section_at(sections, at).path
        found.append(Footnote(note.footnote, span, at, path))
        bearer = next((p for p in passages if p.span.start <= at < p.span.end), None)
        item, lead = (bearer.item, (*bearer.lead, bearer.span)) if bearer else ("", ())
        read.append(Passage(len(passages) + len(read), path, span, item, note.footnote, lead))
    return tuple(found), tuple(read)


def section_at(sections: Sequence[Section], offset: int) -> Section:
    """The innermost section whose span holds `offset`."""
    inside = [s for s in sections if s.span.start <= offset < s.span.end or offset == s.span.start]
    return max(inside, key=lambda s: (s.span.start, s.depth)) if inside else sections[0]


def _mark(body: str, marker: str, *, after: int) -> int:
    """Where `marker` stands as a footnote's mark.

    Not in an enumerator ("⁽³⁾"), not within a longer mark ("¹²").
    """
    exact = re.compile(r"(?<![⁽¹²³⁴⁵⁶⁷⁸⁹⁰])" + re.escape(marker) + r"(?![⁾¹²³⁴⁵⁶⁷⁸⁹⁰])")
    if marker.startswith("("):
        exact = re.compile(r"(?<=[^\W_])" + re.escape(marker))
    m = exact.search(body, after + 1) or exact.search(body)
    return m.start() if m else 0
