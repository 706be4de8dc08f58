"""The numeric gate: a number in an answer is quoted, cited, calculated before one's eyes, or the question's.

Every answer passes through `unsupported`; one with a number from nowhere is not given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from bot.answering.records import Citation, Computed

_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
# A list's own ordinals ("1. …", "(2) …", "- 3. …") and the marks of citations ("[1]") count nothing.
_ORDINAL = re.compile(r"^\s*(?:[-•]\s*)?[\[(]?\d{1,2}[\]).:]\s")
_MARK = re.compile(r"\[\d{1,2}\]")


def unsupported(
    text: str, *, citations: Sequence[Citation], computed: Sequence[Computed], question: str
) -> list[str]:
    """The numbers of `text` that nothing supports, in order."""
    have = set(figures(_support(citations, computed, question)))
    out = []
    for line in text.splitlines():
        for number in _NUMBER.findall(_MARK.sub(" ", _ORDINAL.sub(" ", line))):
            parts = [_plain(p) for p in number.split("/")]
            if _plain(number) not in have and not all(p in have for p in parts):
                out.append(number)
    return out


def _support(citations: Sequence[Citation], computed: Sequence[Computed], question: str) -> Iterable[str]:
    yield question
    for c in citations:
        yield from (
            c.quote,
            c.report_number,
            c.report_title,
            c.issuer,
            c.section,
            c.section_title,
            c.footnote or "",
            c.period,
            c.place,
        )
        if c.issued_on:
            yield _day(c.issued_on)
    for value in computed:
        yield from (value.value, value.formula, value.why)


def _day(day: date) -> str:
    """Every way that a day may be written in an answer."""
    month = f"{day.month}/{day.year}"
    return f"{day.day} {day.month} {day.year} {month} {day.day}/{month} {day:%d/%m/%Y}"


def figures(texts: Iterable[str]) -> Iterable[str]:
    """The numbers of the texts and their parts between strokes, without leading zeros."""
    for text in texts:
        for number in _NUMBER.findall(text):
            yield _plain(number)
            yield from (_plain(part) for part in number.split("/"))


def _plain(number: str) -> str:
    """The number without leading zeros: reports write "08" where people write "8"."""
    return number.lstrip("0") or "0"
