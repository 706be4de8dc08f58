"""Tables that are drawn with rules: the rules make a grid, missing rules make merged cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.formats.page import Page, Rule, Word, lines_of
from knowledge.formats.tables import GridCell, table_text

_NEAR = 3.0
_MOST_RULES = 4000
_MOST_LINES = 400


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table's box, its lines of text, and the words that they hold."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    words: frozenset[int]


def drawn_tables(page: Page) -> list[DrawnTable]:
    """The tables of a page; a frame around a text is none."""
    if len(page.rules) > _MOST_RULES:
        return []  # a drawing
    out = []
    for group in _connected(_merged(page.rules)):
        xs = _positions([r.x0 for r in group if not r.horizontal])
        ys = _positions([r.y0 for r in group if r.horizontal])
        if len(xs) < 3 or len(ys) < 2 or max(len(xs), len(ys)) > _MOST_LINES:
            continue
        table = _table(group, xs, ys, page.words)
        if table.text:
            out.append(table)
    return out


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Rules on one line that touch, made one: borders are drawn cell by cell."""
    out: list[Rule] = []
    for horizontal in (True, False):
        along = sorted(
            ((r.y0, r.x0, r.x1) if horizontal else (r.x0, r.y0, r.y1))
            for r in rules
            if r.horizontal is horizontal
        )
        open_now: list[list[float]] = []
        for at, start, end in along:
            near = [
                o
                for o in open_now
                if at - o[0] <= _NEAR / 2 and start <= o[2] + _NEAR and end >= o[1] - _NEAR
            ]
            if near:
                near[-1][1], near[-1][2] = min(near[-1][1], start), max(near[-1][2], end)
            else:
                open_now.append([at, start, end])
        for at, start, end in open_now:
            out.append(Rule(start, at, end, at) if horizontal else Rule(at, start, at, end))
    return [r for r in out if max(r.x1 - r.x0, r.y1 - r.y0) > 2 * _NEAR]


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """The rules in groups that cross or touch each other."""
    groups: list[list[Rule]] = []
    for rule in rules:
        touching = [g for g in groups if any(_touch(rule, other) for other in g)]
        merged = [rule, *(r for g in touching for r in g)]
        groups = [g for g in groups if not any(g is t for t in touching)] + [merged]
    return groups


def _touch(a: Rule, b: Rule) -> bool:
    apart_x = max(a.x0, b.x0) - min(a.x1, b.x1) > _NEAR
    apart_y = max(a.y0, b.y0) - min(a.y1, b.y1) > _NEAR
    return not (apart_x or apart_y)


def _positions(values: Sequence[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _NEAR:
            out.append(value)
    return out


def _table(rules: Sequence[Rule], xs: list[float], ys: list[float], words: Sequence[Word]) -> DrawnTable:
    cells, taken = [], set()
    inside = _by_cell(words, xs, ys)
    done: set[tuple[int, int]] = set()
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in done:
                continue
            rows, columns = _span(rules, xs, ys, row, column)
            area = {(r, c) for r in range(row, row + rows) for c in range(column, column + columns)} - done
            done |= area
            held = [i for place in area for i in inside.get(place, ())]
            taken.update(held)
            lines = tuple(line.text for line in lines_of(words[i] for i in held))
            cells.append(GridCell(_paragraphs(lines), row, column, rows, columns))
    return DrawnTable(xs[0], ys[0], xs[-1], ys[-1], table_text(cells), frozenset(taken))


def _paragraphs(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines of a cell as one paragraph; a letterhead's lines, all in capitals, stay apart."""
    return lines if any(len(line) > 3 and line.isupper() for line in lines) else (" ".join(lines),)


def _by_cell(words: Sequence[Word], xs: list[float], ys: list[float]) -> dict[tuple[int, int], list[int]]:
    out: dict[tuple[int, int], list[int]] = {}
    for i, word in enumerate(words):
        x, y = (word.x0 + word.x1) / 2, word.base - 0.3 * word.size
        if xs[0] - _NEAR <= x <= xs[-1] + _NEAR and ys[0] <= y <= ys[-1]:
            column = max(0, sum(1 for edge in xs[1:-1] if x >= edge))
            row = max(0, sum(1 for edge in ys[1:-1] if y >= edge))
            out.setdefault((row, column), []).append(i)
    return out


def _span(rules: Sequence[Rule], xs: list[float], ys: list[float], row: int, column: int) -> tuple[int, int]:
    """How many rows and columns the cell at this place covers: up to the next rule."""
    middle_y, middle_x = (ys[row] + ys[row + 1]) / 2, (xs[column] + xs[column + 1]) / 2
    columns = 1
    while column + columns < len(xs) - 1 and not _ruled(rules, xs[column + columns], middle_y, across=False):
        columns += 1
    rows = 1
    while row + rows < len(ys) - 1 and not _ruled(rules, middle_x, ys[row + rows], across=True):
        rows += 1
    return rows, columns


def _ruled(rules: Sequence[Rule], x: float, y: float, *, across: bool) -> bool:
    """Whether a rule runs through this point, `across` the page or down it."""
    return any(
        r.horizontal is across and r.x0 - _NEAR <= x <= r.x1 + _NEAR and r.y0 - _NEAR <= y <= r.y1 + _NEAR
        for r in rules
    )
