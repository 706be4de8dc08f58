"""The rows of a table that a text prints with `|` between its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.records import Span

_RULE = re.compile(r"[|\s:+=-]+")
_CELL = re.compile(r"[^|]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: its column, its words and where they stand; an empty cell has an empty span."""

    column: int
    text: str
    span: Span


def is_table_row(text: str) -> bool:
    """Whether a line is a row of a table."""
    return text.startswith("|") and text.count("|") > 2


def is_rule(text: str) -> bool:
    """Whether a row only rules off the header: `|---|---|`."""
    return _RULE.fullmatch(text) is not None


def cells(text: str, span: Span) -> Sequence[Cell]:
    """The cells of the row at `span`, empty ones too."""
    out: list[Cell] = []
    for column, m in enumerate(_CELL.finditer(text, span.start, span.end)):
        words = m.group()
        start = m.start() + len(words) - len(words.lstrip())
        stripped = words.strip()
        out.append(Cell(column, stripped, Span(start, start + len(stripped))))
    return out
