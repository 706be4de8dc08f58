"""The outline of a report: its blocks laid out as one text, its sections with their paths, its passages.

Section paths are the labels as printed, joined by dots; a multi-level label is not repeated (``II.2.3``); before the
first part stands ``mở đầu``, from "Trên đây là…" or "Nơi nhận" on ``kết``; a path printed twice gets ``#2``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.reading.blocks import Block
from knowledge.reading.labels import BULLET_LEVEL, SECTION_KINDS, Label, opening_label
from knowledge.reading.notes import lay_out_notes
from knowledge.reading.tables import is_rule, is_table_row
from knowledge.reading.titles import is_title_below, title_of, without_marks
from knowledge.records import Footnote, Passage, Section, Span

OPENING, CLOSING = "mở đầu", "kết"
_CLOSING = re.compile(r"(?:Trên đây là|Nơi nhận)", re.IGNORECASE)
_RANK = {"annex": 0, "phan": 1, "chuong": 2, "capital": 3, "roman": 4, "arabic": 5, "letter": 9}
_LOWEST = 99
_SIGNED = re.compile(r"(?:Nơi nhận|TM\.|KT\.|TL\.|TUQ\.)")
_LEAD_LENGTH = 150


@dataclass(slots=True)
class _Open:
    """A section that is still being filled."""

    path: str
    parts: tuple[str, ...]
    label: Label
    title: str
    rank: float
    parent: str | None
    depth: int
    heading: Span
    start: int
    end: int = 0
    bare: bool = True


@dataclass(slots=True)
class _Lead:
    """A block that ends with a colon, and the level of the bullets that it turned out to introduce."""

    span: Span
    introduces: int | None = None


@dataclass(slots=True)
class Outline:
    """What the outline pass produces; `text` is the report's normalised text."""

    text: str
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    passages: tuple[Passage, ...]
    header_lines: tuple[str, ...]
    closing_lines: tuple[str, ...]


@dataclass(slots=True)
class _Builder:
    text: list[str] = field(default_factory=list)
    length: int = 0
    stack: list[_Open] = field(default_factory=list)
    done: list[_Open] = field(default_factory=list)
    paths: set[str] = field(default_factory=set)
    ranks: dict[str, int] = field(default_factory=lambda: dict(_RANK))
    passages: list[Passage] = field(default_factory=list)
    leads: dict[int, _Lead] = field(default_factory=dict)
    header: list[str] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    signed: bool = False
    table_header: Span | None = None

    def place(self, block: str) -> Span:
        """Appends `block` to the text and returns its span."""
        start = self.length
        self.text.append(block + "\n")
        self.length += len(block) + 1
        return Span(start, start + len(block))


def outline(blocks: Sequence[Block]) -> Outline:
    """The outline of `blocks`, running text first, footnote bodies last."""
    build = _Builder()
    body = [b for b in blocks if not b.footnote]
    closing_from = _closing_index(body)
    _open(build, Label("opening", OPENING, 0), "", Span(0, 0))
    for i, block in enumerate(body):
        if i == closing_from:
            _close_until(build, 0, build.length)
            _open(build, Label("closing", CLOSING, 0), "", Span(build.length, build.length))
        _add(build, block.text, closing=i >= closing_from)
    _close_until(build, 0, build.length)
    sections = tuple(sorted((_section(o) for o in build.done), key=lambda s: (s.span.start, s.depth)))
    notes = [b for b in blocks if b.footnote]
    footnotes, note_passages = lay_out_notes(build.text, notes, sections, build.passages)
    return Outline(
        "".join(build.text), sections, footnotes, (*build.passages, *note_passages),
        tuple(build.header), tuple(build.closing),
    )  # fmt: skip


def _closing_index(body: Sequence[Block]) -> int:
    """The block from which on the report closes: "Trên đây là…" with no numbered part after it but annexes."""
    last_part = max(
        (i for i, b in enumerate(body) if (lab := opening_label(b.text)) and lab.kind in {"roman", "phan", "capital"}
         and not any(_is_annex(x.text) for x in body[:i])),
        default=-1,
    )  # fmt: skip
    return next((i for i, b in enumerate(body) if i > last_part and _CLOSING.match(b.text)), len(body))


def _is_annex(text: str) -> bool:
    label = opening_label(text, annexes=True)
    return label is not None and label.kind == "annex" and text[:3].isupper()


def _add(build: _Builder, text: str, *, closing: bool) -> None:
    if _SIGNED.match(text):
        build.signed = True
    label = opening_label(text, annexes=build.signed)
    in_annex = any(o.label.kind == "annex" for o in build.stack)
    if label and label.kind in SECTION_KINDS and (not closing or in_annex or label.kind == "annex"):
        build.table_header = None
        _start_section(build, text, label, build.place(text))
        return
    top = build.stack[-1]
    if not top.title and build.length == top.heading.end + 1 and is_title_below(text, top.label.kind):
        span = build.place(text)
        top.title, top.heading = without_marks(text), Span(top.heading.start, span.end)
        if any(c.isdigit() for c in text):
            _passage(build, span, level=0, text=text, lead=())
        return
    if is_table_row(text):
        _add_row(build, text)
        return
    build.table_header = None
    if top.label.kind == "opening":
        build.header.append(text)
    elif top.label.kind == "closing":
        build.closing.append(text)
    span = build.place(text)
    _add_passage(build, text, span, label)


def _add_row(build: _Builder, text: str) -> None:
    """A table's row: the first of a table is its header, which leads in the others; a repeated header is left out."""
    if is_rule(text):
        return
    header = build.table_header
    if header is not None and text == "".join(build.text)[header.start : header.end]:
        return
    span = build.place(text)
    if header is None:
        build.table_header = span
        return
    lead = tuple(found.span for _, found in sorted(build.leads.items()))
    build.passages.append(Passage(len(build.passages), build.stack[-1].path, span, lead=(*lead, header)))


def _start_section(build: _Builder, text: str, label: Label, span: Span) -> None:
    title, body_at = title_of(text, label)
    heading = Span(span.start, span.start + (body_at if title else label.end))
    _open(build, label, title, heading, bare=bool(title) and not text[body_at:].strip())
    if any(c.isdigit() for c in title):
        # "2.5. … hướng dẫn số 2622/BYT-CNTT ngày 04/5/2022": what a heading states must be found, too.
        start = span.start + label.end
        _passage(build, Span(start, start + len(title)), level=0, text=title, lead=())
    rest = text[body_at:]
    if rest.strip():
        start = span.start + body_at + (len(rest) - len(rest.lstrip()))
        _passage(build, Span(start, span.end), level=0, text=rest, lead=())


def _open(build: _Builder, label: Label, title: str, heading: Span, *, bare: bool = True) -> None:
    rank = _rank(build, label, bare=bare)
    _close_until(build, rank, heading.start)
    parent = build.stack[-1] if build.stack else None
    base = _base_parts(build, label)
    path = _unique(build, ".".join((*base, label.text)))
    parts = (*base, path[len(".".join((*base, ""))) :])
    build.stack.append(
        _Open(
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


def _rank(build: _Builder, label: Label, *, bare: bool) -> float:
    if label.kind in {"opening", "closing"}:
        return _LOWEST  # any section that follows closes it
    if label.kind == "arabic":
        dots = label.text.count(".")
        return build.ranks["arabic"] + dots if dots else _rank_of_number(build, int(label.text), bare=bare)
    if label.kind == "capital" and label.kind not in {o.label.kind for o in build.done + build.stack}:
        # "I. … A. …": where capitals first appear inside a Roman part they rank below it in this document.
        if any(o.label.kind == "roman" for o in build.stack):
            build.ranks["capital"] = build.ranks["roman"]
            build.ranks["roman"] = build.ranks["capital"] - 1
            for o in build.stack:
                if o.label.kind == "roman":
                    o.rank = build.ranks["roman"]
    return build.ranks[label.kind]


def _rank_of_number(build: _Builder, number: int, *, bare: bool) -> float:
    """The rank of "1.", "2.", …: under "1. … như sau:" a second "1." begins a list inside the section."""
    open_now = [o for o in reversed(build.stack) if o.label.kind == "arabic" and "." not in o.label.text]
    following = [o for o in open_now if int(o.label.text) + 1 == number]
    if following:
        # Both the list inside and the section around it may go on with this number: what it looks like decides.
        return next((o for o in following if o.bare == bare), following[0]).rank
    introduced = len(build.text) > 1 and build.text[-2].rstrip().endswith(":")
    if number == 1 and open_now and introduced:
        return build.stack[-1].rank + 0.5
    return build.ranks["arabic"]


def _base_parts(build: _Builder, label: Label) -> tuple[str, ...]:
    """The path that the new label is joined to: a multi-level label ("2.3") already repeats its Arabic parents."""
    for o in reversed(build.stack):
        if o.label.kind in {"opening", "closing"}:
            continue
        if label.kind == "arabic" and o.label.kind == "arabic" and "." in label.text:
            continue
        return o.parts
    return ()


def _unique(build: _Builder, path: str) -> str:
    candidate, n = path, 1
    while candidate in build.paths:
        n += 1
        candidate = f"{path}#{n}"
    build.paths.add(candidate)
    return candidate


def _close_until(build: _Builder, rank: float, end: int) -> None:
    while build.stack and build.stack[-1].rank >= rank:
        o = build.stack.pop()
        o.end = end
        build.done.append(o)


def _section(o: _Open) -> Section:
    return Section(o.path, o.label.text, o.title, o.depth, o.parent, Span(o.start, o.end), o.heading)


def _add_passage(build: _Builder, text: str, span: Span, label: Label | None) -> None:
    level = BULLET_LEVEL.get(label.kind, 0) if label else 0
    item = label.text if label and label.kind == "item" else ""
    lead = _leads_for(build, level)
    start = span.start + (label.end if label else 0)
    _passage(build, Span(start, span.end), level=level, text=text, lead=lead, item=item)


def _leads_for(build: _Builder, level: int) -> tuple[Span, ...]:
    """The blocks that introduce a bullet of `level`; "X: + a + b - c": the lead of the "+" bullets is not that of "-"."""
    for k in [
        k for k, lead in build.leads.items() if lead.introduces is not None and lead.introduces > level
    ]:
        del build.leads[k]
    found = [build.leads[k] for k in sorted(build.leads) if k < level]
    for lead in found:
        lead.introduces = lead.introduces or level
    return tuple(lead.span for lead in found)


def _passage(
    build: _Builder, span: Span, *, level: int, text: str, lead: tuple[Span, ...], item: str = ""
) -> None:
    if span.start >= span.end:
        return
    for k in [k for k in build.leads if k >= level]:
        del build.leads[k]
    if _leads_in(text, level, build.stack[-1].label.kind):
        build.leads[level] = _Lead(span)
    build.passages.append(Passage(len(build.passages), build.stack[-1].path, span, item, None, lead))


def _leads_in(text: str, level: int, section_kind: str) -> bool:
    """Whether bullets of a deeper level that follow belong to `text`: it ends with a colon, or is a short heading."""
    words = text.rstrip()
    if words.endswith(":"):
        return True
    # "* Cấp tỉnh" above "+ Tiếp nhận 48 hồ sơ": a heading without a colon, nor any other stop.
    heading = len(words) <= _LEAD_LENGTH and words[-1:] not in ".;,…" and section_kind not in {"opening", "closing"}
    return heading
