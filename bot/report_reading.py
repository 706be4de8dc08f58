"""A report's blocks put together for reading: rows as tables, footnotes and findings where they belong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.report_page import Block, FindingLine

_TABLE = ("row", "rule")


@dataclass(frozen=True, slots=True)
class Part:
    """A block, or the rows of a table, with the footnotes and findings that it is followed by.

    `kind` is "heading", "text", "footnote" or "table".
    """

    kind: str
    block: Block
    rows: tuple[Block, ...] = ()
    notes: tuple[Block, ...] = ()
    findings: tuple[FindingLine, ...] = ()


def parts(blocks: Sequence[Block], findings: Sequence[FindingLine]) -> list[Part]:
    """Every block once, in the order of reading: a footnote follows what bears its mark."""
    marked = {piece.note for block in blocks for piece in block.pieces if piece.note}
    owned: dict[str, list[Block]] = {}
    stay: list[Block] = []
    owner = ""
    for block in blocks:
        if block.kind == "footnote":
            # a note of several lines goes where its first line goes
            owner = block.anchor or owner
        if block.kind == "footnote" and owner in marked:
            owned.setdefault(owner, []).append(block)
        else:
            stay.append(block)
    return [_part(group, owned, findings) for group in _groups(stay)]


def _groups(blocks: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    """The rows of a table together, every other block by itself; a gap or a new header ends a table."""
    group: list[Block] = []
    for block in blocks:
        follows = group and block.kind in _TABLE and group[-1].kind in _TABLE
        follows = follows and block.level <= group[-1].level and group[-1].span.end == block.span.start
        if group and not follows:
            yield tuple(group)
            group = []
        group.append(block)
    if group:
        yield tuple(group)


def _part(group: tuple[Block, ...], owned: dict[str, list[Block]], findings: Sequence[FindingLine]) -> Part:
    marks = dict.fromkeys(piece.note for block in group for piece in block.pieces if piece.note)
    notes = tuple(line for mark in marks for line in owned.get(mark, ()))
    covered = [block.span for block in (*group, *notes)]
    about = tuple(f for f in findings if any(s.start <= f.span.start < s.end for s in covered))
    first = group[0]
    if first.kind not in _TABLE:
        return Part(first.kind, first, notes=notes, findings=about)
    rows = tuple(block for block in group if block.kind == "row")
    return Part("table", first, rows=rows, notes=notes, findings=about)
