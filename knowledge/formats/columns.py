"""Texts side by side (a letterhead, recipients and signature, a page in two columns) put in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from knowledge.formats.page import Line, Word

_WIDE_GAP = 2.2  # in letter sizes; justified lines have narrower ones
_GUTTER = 1.0
LABEL = re.compile(
    r"(?:[-–+•▪●○*]|\d{1,2}(?:\.\d{1,2})*[.)/]|\d{1,2}(?:\.\d{1,2})+|[a-zđ][.)/]|[IVX]{1,5}[.)/]|[A-HĐ][.)]"
    r"|[(⁽][\d⁰¹²³⁴-⁹]{1,3}[)⁾])\s"
)


@dataclass(slots=True)
class _Region:
    """Rows that a gutter between `left` and `right` divides; the last ones only on one side of it."""

    left: float
    right: float
    rows: list[Line] = field(default_factory=list)
    divided: int = 0
    unsure: int = 0


@dataclass(slots=True)
class Run:
    """Lines one below the other; `narrow` where they stand beside others."""

    lines: list[Line] = field(default_factory=list)
    narrow: bool = False


def in_reading_order(lines: Sequence[Line]) -> list[Run]:
    """The lines in runs of one column each: what stands on the left, then what stands on the right of it."""
    out: list[Run] = [Run()]
    region: _Region | None = None
    for line in [*lines, None]:
        if line is not None and region is not None and _extends(region, line):
            continue
        if region is not None:
            _close(region, out)
            region = None
        if line is None:
            break
        gap = _widest_gap(line)
        if gap:
            region = _Region(*gap, rows=[line], divided=1)
        else:
            out[-1].lines.append(line)
    return [run for run in out if run.lines]


def _widest_gap(line: Line) -> tuple[float, float] | None:
    words = line.words[_label_length(line) :]
    gaps = [(b.x0 - a.x1, a.x1, b.x0) for a, b in pairwise(words)]
    wide = [g for g in gaps if g[0] > _WIDE_GAP * line.size]
    return max(wide)[1:] if wide else None


def _label_length(line: Line) -> int:
    """How many words a label takes at the line's start; what follows it may stand far behind."""
    first = line.words[0].text
    # A scan's label may be misread ("L." for "I."): nothing so short is a column.
    return 1 if len(first) <= 3 or LABEL.fullmatch(first + " ") else 0


def _extends(region: _Region, line: Line) -> bool:
    """Whether the line leaves the region's gutter free; takes it into the region if so."""
    middle = (region.left + region.right) / 2
    left = max((w.x1 for w in line.words if (w.x0 + w.x1) / 2 < middle), default=region.left)
    right = min((w.x0 for w in line.words if w.x0 > left), default=region.right)
    left, right = max(region.left, left), min(region.right, right)
    if line.base - region.rows[-1].base > 9 * line.size or right - left < _GUTTER * line.size:
        return False
    on_both = line.x0 < region.left and line.x1 > region.right
    region.left, region.right = left, right
    region.rows.append(line)
    region.divided += on_both
    region.unsure = 0 if on_both else region.unsure + 1
    return True


def _close(region: _Region, out: list[Run]) -> None:
    """Adds a region's lines: as columns where several rows are divided, else as they stand."""
    if region.divided < 2:
        out[-1].lines += [_with_gap(region.rows[0], region.left), *region.rows[1:]]
        return
    middle = (region.left + region.right) / 2
    for side in (True, False):
        run = []
        for row in region.rows:
            words = tuple(w for w in row.words if ((w.x0 + w.x1) / 2 < middle) is side)
            if words:
                run.append(Line(words))
        out.append(Run(run, narrow=True))
    out.append(Run())


def _with_gap(line: Line, at: float) -> Line:
    """A line whose wide gap stays visible in its text, as it does in a plain text."""
    words: list[Word] = []
    for word in line.words:
        if words and words[-1].x1 <= at < word.x0:
            words.append(Word("   ", words[-1].x1, word.x0, word.base, word.size, glued=True))
        words.append(word)
    return Line(tuple(words))
