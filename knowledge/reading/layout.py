"""How a plain text was laid out on its page.

Two-column letterheads and signatures, the width that lines were wrapped at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.vietnamese import LOWER

_GAP = re.compile(r"(?<=\S)(?: {3,}|\t+ *)(?=\S)")
_TITLE = re.compile(rf"\s*(?:BÁO CÁO|Báo cáo)(?![{LOWER}])")
_CLOSING = re.compile(r"\s*Nơi nhận")
_HEADER_LINES = 25
_LONG_LINE = 40
_WRAPPED_AT_MOST = 130
_FULL = 0.72
_FEWEST_LINES = 8


@dataclass(frozen=True, slots=True)
class Layout:
    """Lines with columns undone; `width` is where they were wrapped, 0 where a line is a paragraph."""

    lines: tuple[str, ...]
    width: int

    def is_full(self, line: str) -> bool:
        """Whether the line fills the page, so that the next one may go on with its sentence."""
        return self.width > 0 and len(line) >= self.width * _FULL


def layout(text: str) -> Layout:
    """The layout of a cleaned text (tabs kept)."""
    lines = text.split("\n")
    return Layout(tuple(_one_column(lines)), _width(lines))


def _one_column(lines: list[str]) -> list[str]:
    """The lines with what stood side by side in letterhead and signature put one below the other."""
    header_end = next((i for i, line in enumerate(lines[: 2 * _HEADER_LINES]) if _TITLE.match(line)), 0)
    closing = next((i for i in range(len(lines) - 1, -1, -1) if _CLOSING.match(lines[i])), len(lines))
    out: list[str] = []
    for line in lines[:header_end]:
        for column in _GAP.split(line.strip()):
            out += [column, ""]
    out += lines[header_end:closing]
    return out + _closing_columns(lines[closing:])


def _closing_columns(lines: list[str]) -> list[str]:
    """The recipients on the left first, then the signature on the right.

    What follows both stays behind them.
    """
    left: list[str] = []
    right: list[str] = []
    for i, line in enumerate(lines):
        if line.startswith("|"):
            return [*left, "", *right, *lines[i:]] if right else [*left, *lines[i:]]
        columns = _GAP.split(line.rstrip(), maxsplit=1)
        if len(columns) == 2:
            left.append(columns[0])
            right += [columns[1], ""]
        elif line.startswith(" " * 20):
            right += [line.strip(), ""]
        elif right and line and not line[0].isspace() and not line.startswith(("-", "+")):
            return [*left, "", *right, *lines[i:]]
        else:
            left.append(line)
    return [*left, "", *right] if right else left


def _width(lines: list[str]) -> int:
    """The width that most long lines come up to; 0 where lines are paragraphs."""
    lengths = sorted(len(line) for line in lines if len(line) > _LONG_LINE and not line.startswith("|"))
    if len(lengths) < _FEWEST_LINES:
        return 0
    longest = lengths[int(0.95 * (len(lengths) - 1))]
    near = sum(1 for n in lengths if n >= 0.85 * longest)
    return longest if longest <= _WRAPPED_AT_MOST and 2 * near >= len(lengths) else 0
