"""The outline of a report: its blocks laid out as one text, its sections with their paths, its passages.

Section paths are the labels as printed, joined by dots; a multi-level label is not repeated (``II.2.3``).
Before the first part stands ``mở đầu``, from "Trên đây là…" or "Nơi nhận" on ``kết``; a path printed twice
gets
``#2``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.reading.blocks import Block
from knowledge.reading.builder import Builder, Open, add_passage, place_passage, unique_path
from knowledge.reading.labels import SECTION_KINDS, Label, opening_label
from knowledge.reading.notes import lay_out_notes
from knowledge.reading.titles import is_title_below, title_of, without_marks
from knowledge.records import Footnote, Passage, Section, Span
from knowledge.tables import (
    begins_table,
    continues_header,
    is_rule,
    is_table_row,
    names_group,
    numbers_columns,
)
from knowledge.vietnamese import UPPER

OPENING, CLOSING = "mở đầu", "kết"
_CLOSING = re.compile(r"(?:Trên đây là|Nơi nhận)", re.IGNORECASE)
# A report that ends without either: "T/M ĐẢNG ỦY", "KT. GIÁM ĐỐC".
_SIGNATURE = re.compile(rf"(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)[.:]?\s+[{UPPER}]{{2,}}")
_LOWEST = 99
_SIGNED = re.compile(r"(?:Nơi nhận|T/M|K/T|T/L|TM\.|KT\.|TL\.|TUQ\.)")


@dataclass(slots=True)
class Outline:
    """What the outline pass produces; `text` is the report's normalised text."""

    text: str
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    passages: tuple[Passage, ...]
    header_lines: tuple[str, ...]
    closing_lines: tuple[str, ...]


def outline(blocks: Sequence[Block]) -> Outline:
    """The outline of `blocks`, running text first, footnote bodies last."""
    build = Builder()
    body = [b for b in blocks if not b.footnote]
    closing_from = _closing_index(body)
    _open(build, Label("opening", OPENING, 0), "", Span(0, 0))
    for i, block in enumerate(body):
        if i == closing_from:
            _close_until(build, 0, build.length)
            _open(build, Label("closing", CLOSING, 0), "", Span(build.length, build.length))
        _add(build, block, closing=i >= closing_from)
    _close_until(build, 0, build.length)
    sections = tuple(sorted((_section(o) for o in build.done), key=lambda s: (s.span.start, s.depth)))
    notes = [b for b in blocks if b.footnote]
    footnotes, note_passages = lay_out_notes(build.text, notes, sections, build.passages)
    return Outline(
        "".join(build.text), sections, footnotes, (*build.passages, *note_passages),
        tuple(build.header), tuple(build.closing),
    )  # fmt: skip


def _closing_index(body: Sequence[Block]) -> int:
    """The block from which on the report closes.

    "Trên đây là…" with no numbered part after it but annexes.
    """
    first_annex = next((i for i, b in enumerate(body) if _is_annex(b.text)), len(body))
    last_part = max(
        (
            i
            for i, b in enumerate(body[: first_annex + 1])
            if (lab := opening_label(b.text)) and lab.kind in {"roman", "phan", "capital"}
        ),
        default=-1,
    )
    rest = enumerate(body[last_part + 1 :], start=last_part + 1)
    return next((i for i, b in rest if _CLOSING.match(b.text) or _SIGNATURE.match(b.text)), len(body))


def _is_annex(text: str) -> bool:
    label = opening_label(text, annexes=True)
    return label is not None and label.kind == "annex" and text[:3].isupper()


def _add(build: Builder, block: Block, *, closing: bool) -> None:
    text = block.text
    if _SIGNED.match(text):
        build.signed = True
    in_annex = any(o.label.kind == "annex" for o in build.stack)
    label = opening_label(text, annexes=build.signed or in_annex)
    if label and label.kind in SECTION_KINDS and (not closing or in_annex or label.kind == "annex"):
        build.table_header = None
        _start_section(build, text, label, build.place(text))
        return
    top = build.stack[-1]
    if not top.title and build.length == top.heading.end + 1 and is_title_below(text, top.label.kind):
        span = build.place(text)
        top.title, top.heading = without_marks(text), Span(top.heading.start, span.end)
        if any(c.isdigit() for c in text):
            place_passage(build, span, level=0, text=text, lead=())
        return
    if is_table_row(text):
        _add_row(build, text, apart=block.apart)
        return
    build.table_header = None
    if top.label.kind == "opening":
        build.header.append(text)
    elif top.label.kind == "closing":
        build.closing.append(text)
    span = build.place(text)
    add_passage(build, text, span, label)


def _add_row(build: Builder, text: str, *, apart: bool) -> None:
    """A table's row: the first ones of a table are its header, which leads in the others.

    What begins another table right behind one: a row `apart` that looks like a header, one that is ruled off.

    A repeated header and a row that numbers the columns lead to no passage; a row that names a group leads in
    those below it.
    """
    if is_rule(text):
        _rule_off(build)
        return
    if apart and build.table_rows and begins_table(build.header_rows[0], text):
        build.table_header = None
    header = build.table_header
    if header is None:
        build.table_header, build.table_rows, build.table_group = build.place(text), 0, None
        build.header_rows = [text]
        return
    if text in build.header_rows:
        return
    span = build.place(text)
    if not build.table_rows and continues_header(build.header_rows, text):
        build.table_header = Span(header.start, span.end)
        build.header_rows.append(text)
        return
    if not build.table_rows and numbers_columns(text):
        return
    build.table_rows += 1
    lead = [found.span for _, found in sorted(build.leads.items())]
    group = build.table_group
    if names_group(text):
        build.table_group = group = span
    lead += [group] if group and group != span else []
    build.passages.append(Passage(len(build.passages), build.stack[-1].path, span, lead=(*lead, header)))


def _rule_off(build: Builder) -> None:
    """Makes the last row the header of a table of its own: a rule stands below a header only."""
    last = build.passages[-1] if build.passages else None
    if not build.table_rows or last is None or last.span.end + 1 != build.length:
        return
    build.passages.pop()
    build.table_header, build.table_rows, build.table_group = last.span, 0, None
    build.header_rows = [build.text[-1].rstrip("\n")]


def _start_section(build: Builder, text: str, label: Label, span: Span) -> None:
    title, body_at = title_of(text, label)
    heading = Span(span.start, span.start + (body_at if title else label.end))
    _open(build, label, title, heading, bare=bool(title) and not text[body_at:].strip())
    if any(c.isdigit() for c in title):
        # "2.5. … hướng dẫn số 2622/BYT-CNTT ngày 04/5/2022": what a heading states must be found, too.
        start = span.start + label.end
        place_passage(build, Span(start, start + len(title)), level=0, text=title, lead=())
    rest = text[body_at:]
    if rest.strip():
        start = span.start + body_at + (len(rest) - len(rest.lstrip()))
        place_passage(build, Span(start, span.end), level=0, text=rest, lead=())


def _open(build: Builder, label: Label, title: str, heading: Span, *, bare: bool = True) -> None:
    rank = _rank(build, label, bare=bare)
    _close_until(build, rank, heading.start)
    parent = build.stack[-1] if build.stack else None
    base = _base_parts(build, label)
    path = unique_path(build, ".".join((*base, label.text)))
    parts = (*base, path[len(".".join((*base, ""))) :])
    build.kinds.add(label.kind)
    build.stack.append(
        Open(
            path,
            parts,
            label,
            title,
            rank,
            parent.path if parent else None,
            len(build.stack) + 1,
            heading,
            heading.start,
            bare=bare,
        )
    )
    build.leads.clear()


def _rank(build: Builder, label: Label, *, bare: bool) -> float:
    if label.kind in {"opening", "closing"}:
        return _LOWEST  # any section that follows closes it
    if label.kind == "arabic":
        dots = label.text.count(".")
        return build.ranks["arabic"] + dots if dots else _rank_of_number(build, int(label.text), bare=bare)
    in_roman = any(o.label.kind == "roman" for o in build.stack)
    if label.kind == "capital" and label.kind not in build.kinds and in_roman:
        # "I. … A. …": where capitals first appear inside a Roman part they rank below it in this document.
        build.ranks["capital"] = build.ranks["roman"]
        build.ranks["roman"] = build.ranks["capital"] - 1
        for o in build.stack:
            if o.label.kind == "roman":
                o.rank = build.ranks["roman"]
    return build.ranks[label.kind]


def _rank_of_number(build: Builder, number: int, *, bare: bool) -> float:
    """The rank of "1.", "2.", …: under "1. … như sau:" a second "1." begins a list inside the section."""
    open_now = [o for o in reversed(build.stack) if o.label.kind == "arabic" and "." not in o.label.text]
    following = [o for o in open_now if int(o.label.text) + 1 == number]
    if following:
        # Both the list inside and the section around it may go on with this number: what it looks like
        # decides.
        return next((o for o in following if o.bare == bare), following[0]).rank
    introduced = len(build.text) > 1 and build.text[-2].rstrip().endswith(":")
    if number == 1 and open_now and introduced:
        return build.stack[-1].rank + 0.5
    return build.ranks["arabic"]


def _base_parts(build: Builder, label: Label) -> tuple[str, ...]:
    """The path that the new label is joined to.

    A multi-level label ("2.3") already repeats its Arabic parents.
    """
    for o in reversed(build.stack):
        if o.label.kind in {"opening", "closing"}:
            continue
        if label.kind == "arabic" and o.label.kind == "arabic" and "." in label.text:
            continue
        return o.parts
    return ()


def _close_until(build: Builder, rank: float, end: int) -> None:
    while build.stack and build.stack[-1].rank >= rank:
        o = build.stack.pop()
        o.end = end
        build.done.append(o)


def _section(o: Open) -> Section:
    return Section(o.path, o.label.text, o.title, o.depth, o.parent, Span(o.start, o.end), o.heading)
