"""A piece of a report around a place in it, to read beside a chat instead of on the report's page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from bot.anchors import section_anchor
from bot.report_page import Block, FindingLine, blocks, finding_lines
from knowledge.records import Report, Section, Span

# What a person sees at first: the heading that the words stand under, and some screens after them.
_BEFORE, _AFTER = 8, 24
_MAX_CHARACTERS = 24_000


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Blocks `first` up to `first + len(blocks)` of `total`.

    `notes` are the footnotes that are marked in them but printed elsewhere; `path` are the sections from the
    outermost to the one that holds the place.
    """

    path: tuple[Section, ...]
    blocks: tuple[Block, ...]
    notes: tuple[Block, ...]
    first: int
    total: int
    findings: tuple[FindingLine, ...]


def excerpt(
    report: Report, path: str, *, lit: Span | None, first: int | None = None, count: int = 40
) -> Excerpt:
    """The piece around the words of `lit`, else around `path`; where `first` is given, from that block on."""
    every = blocks(report, lit=lit)
    if first is None:
        at = _place(every, path)
        first, end = _heading_before(every, at), at + _AFTER
    else:
        end = first + count
    shown = _within_limit(every[first:end])
    return Excerpt(
        path=section_path(report, path),
        blocks=shown,
        notes=_notes(every, shown),
        first=min(first, len(every)),
        total=len(every),
        findings=tuple(line for line in finding_lines(report) if path and line.section == path),
    )


def section_path(report: Report, path: str) -> tuple[Section, ...]:
    """The sections that hold `path`, the outermost first; empty where the report has no such section."""
    by_path = {section.path: section for section in report.sections}
    labels = path.split(".")
    named = (".".join(labels[:length]) for length in range(len(labels), 0, -1))
    section = next((by_path[name] for name in named if name in by_path), None)
    chain: list[Section] = []
    while section is not None and section not in chain:
        chain.append(section)
        section = by_path.get(section.parent or "")
    return tuple(reversed(chain))


def _place(every: list[Block], path: str) -> int:
    """The ordinal of the first lit block, else of the block of `path`, else 0."""
    anchor = section_anchor(path)
    lit = (i for i, block in enumerate(every) if any(piece.marked for piece in block.pieces))
    anchored = (
        i
        for i, block in enumerate(every)
        if path and (block.anchor == anchor or any(piece.anchor == anchor for piece in block.pieces))
    )
    return next(lit, next(anchored, 0))


def _heading_before(every: list[Block], at: int) -> int:
    """The nearest heading at or before `at`, or some blocks before it where that is far."""
    earliest = max(0, at - _BEFORE)
    return next((i for i in range(at, earliest - 1, -1) if every[i].kind == "heading"), earliest)


def _within_limit(chosen: list[Block]) -> tuple[Block, ...]:
    """The first of the blocks, at least one, that hold `_MAX_CHARACTERS` together."""
    kept: list[Block] = []
    characters = 0
    for block in chosen:
        characters += sum(len(piece.text) for piece in block.pieces)
        if kept and characters > _MAX_CHARACTERS:
            break
        kept.append(block)
    return tuple(kept)


def _notes(every: list[Block], shown: tuple[Block, ...]) -> tuple[Block, ...]:
    """The footnotes whose marks stand in `shown` and that are not among them."""
    present = {block.anchor for block in shown if block.kind == "footnote"}
    wanted = {piece.note for block in shown for piece in block.pieces if piece.note} - present
    notes = (block for block in every if block.kind == "footnote" and block.anchor in wanted)
    return tuple(islice(notes, len(wanted)))
