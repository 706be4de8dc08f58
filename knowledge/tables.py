"""The rows of a table that a text prints with `|` between its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.records import Span

_RULE = re.compile(r"[|\s:+=-]+")
_BAR = re.compile(r"\|")
_FIGURE = re.compile(r"[-–+(]?\s?\d[\d.,/]*\s*%?\)?")
# "(1) | (2) | (6)=(5)/(4)", "A | B | 1 | 2 | 3=2/1": the row that numbers the columns.
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?(?:\s?=\s?[\d()+\-x*/:% ]+)?|[A-E]")


_FEWEST_COLUMNS = 3
_FIRST = re.compile(r"(?:S?TT|Số TT|Số thứ tự|No\.?)", re.IGNORECASE)


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
    bars = [m.start() for m in _BAR.finditer(text, span.start, span.end)]
    if text[bars[-1] + 1 : span.end].strip():
        bars.append(span.end)
    out: list[Cell] = []
    for column, (left, right) in enumerate(pairwise(bars)):
        words = text[left + 1 : right]
        start = left + 1 + len(words) - len(words.lstrip())
        stripped = words.strip()
        span_of_words = Span(start, start + len(stripped)) if stripped else Span(right, right)
        out.append(Cell(column, stripped, span_of_words))
    return out


def row_cells(row: str) -> list[str]:
    """The words of a row's cells."""
    return [c.text for c in cells(row, Span(0, len(row)))]


def headers(text: str, span: Span) -> list[str]:
    """The header of each column; a header of several rows says what the merged cell above says, too."""
    rows = [row_cells(line) for line in span.of(text).split("\n") if is_table_row(line)]
    width = max((len(row) for row in rows), default=0)
    merged: list[list[str]] = [[] for _ in range(width)]
    for depth, row in enumerate(rows):
        below = rows[depth + 1] if depth + 1 < len(rows) else []
        above = ""
        for column in range(width):
            words = row[column] if column < len(row) else ""
            # An empty cell over one with words is the rest of a cell that was merged across columns.
            reaches = not words and column < len(below) and bool(below[column])
            above = words or (above if reaches else "")
            said = words or (above if reaches else "")
            if said and said not in merged[column]:
                merged[column].append(said)
    return [", ".join(parts) for parts in merged]


def continues_header(header: Sequence[str], row: str) -> bool:
    """Whether a row goes on with the header: cells of the header merged downwards, and no figure."""
    words = row_cells(row)
    first = row_cells(header[0])
    if any(_FIGURE.fullmatch(w) for w in words) or not any(words):
        return False
    merged = [not w or w == f for w, f in zip(words, first, strict=False)]
    split = sum(1 for w, f in zip(words, first, strict=False) if w and w != f)
    return bool(merged) and merged[0] and split > 1


def begins_table(header: str, row: str) -> bool:
    """Whether a row behind a blank line is another table's header: words only, and not of this one's width.

    Of the same width it is one where its first cell is that of a header, too ("TT", "STT").
    """
    words, first = row_cells(row), row_cells(header)
    said = [w for w in words if w]
    if len(said) < 2 or any(_FIGURE.fullmatch(w) for w in said) or names_group(row):
        return False
    return len(words) != len(first) or _FIRST.fullmatch(words[0]) is not None or words[0] == first[0]


def numbers_columns(row: str) -> bool:
    """Whether a row only numbers the columns."""
    words = [w for w in row_cells(row) if w]
    if len(words) < _FEWEST_COLUMNS or not all(_COLUMN_NUMBER.fullmatch(w) for w in words):
        return False
    letters = [w for w in words if w.isalpha()]
    digits = [int(m.group()) for w in words if (m := re.match(r"\d{1,2}", w.lstrip("(")))]
    in_order = words[: len(letters)] == letters == list("ABCDE"[: len(letters)])
    marked = bool(letters) or len(words) > _FEWEST_COLUMNS or "(" in "".join(words)
    return in_order and marked and bool(digits) and digits == list(range(digits[0], digits[0] + len(digits)))


def names_group(row: str) -> str:
    """The words of a row that only names the group of the rows below it ("I | Cấp tỉnh | | "), or ""."""
    words = row_cells(row)
    said = [w for w in dict.fromkeys(words) if w]
    if len(words) < 3 or not said or len(said) > 2 or any(_FIGURE.fullmatch(w) for w in said[1:]):
        return ""
    if len(said) == 2 and (words[0] != said[0] or len(said[0]) > 4):
        return ""
    return said[-1] if not _FIGURE.fullmatch(said[-1]) and any(c.isalpha() for c in said[-1]) else ""
