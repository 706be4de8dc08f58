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
from knowledge.records import Footnote, Passage, Section, Span

OPENING, CLOSING = "mở đầu", "kết"
_CLOSING = re.compile(r"(?:Trên đây là|Nơi nhận)", re.IGNORECASE)
_RANK = {"annex": 0, "phan": 1, "chuong": 2, "capital": 3, "roman": 4, "arabic": 5, "letter": 9}
_LOWEST = 99
_TITLE_LENGTH = 450
_COLON_TITLE_LENGTH = 230
_TOP_KINDS = frozenset({"annex", "phan", "chuong", "roman", "capital"})
_SENTENCE_INSIDE = re.compile(r"[.;]\s+[A-ZÀ-ỸĐ]")
_HEADING_END = re.compile(r":(?=\s|$)")


@dataclass(slots=True)
class _Open:
    """A section that is still being filled."""

    path: str
    parts: tuple[str, ...]
    label: Label
    title: str
    rank: int
    parent: str | None
    depth: int
    heading: Span
    start: int
    end: int = 0


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
    footnotes, note_passages = _notes(build, [b for b in blocks if b.footnote], sections)
    return Outline(
        "".join(build.text), sections, footnotes, (*build.passages, *note_passages),
        tuple(build.header), tuple(build.closing),
    )  # fmt: skip


def section_at(sections: Sequence[Section], offset: int) -> Section:
    """The innermost section whose span holds `offset`."""
    inside = [s for s in sections if s.span.start <= offset < s.span.end or offset == s.span.start]
    return max(inside, key=lambda s: (s.span.start, s.depth)) if inside else sections[0]


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
        span = build.place(text)
        _start_section(build, text, label, span)
        return
    top = build.stack[-1]
    if top.label.kind == "opening":
        build.header.append(text)
    elif top.label.kind == "closing":
        build.closing.append(text)
    span = build.place(text)
    _add_passage(build, text, span, label)


_SIGNED = re.compile(r"(?:Nơi nhận|TM\.|KT\.|TL\.|TUQ\.)")


def _start_section(build: _Builder, text: str, label: Label, span: Span) -> None:
    title, body_at = _title(text, label)
    heading = Span(span.start, span.start + (body_at if title else label.end))
    _open(build, label, title, heading)
    if any(c.isdigit() for c in title):
        # "2.5. … hướng dẫn số 2622/BYT-CNTT ngày 04/5/2022": what a heading states must be found, too.
        start = span.start + label.end
        _passage(build, Span(start, start + len(title)), level=0, text=title, lead=())
    rest = text[body_at:]
    if rest.strip():
        start = span.start + body_at + (len(rest) - len(rest.lstrip()))
        _passage(build, Span(start, span.end), level=0, text=rest, lead=())
        build.leads.clear()


def _title(text: str, label: Label) -> tuple[str, int]:
    """The title of a section that `text` opens, and where its body begins; title "" for a numbered paragraph."""
    words = text[label.end :]
    if len(words) <= _TITLE_LENGTH and (words.endswith(":") or _is_bare_title(words, label)):
        return words.strip().rstrip(":. "), len(text)
    colon = _HEADING_END.search(words)
    if (
        colon
        and 3 <= colon.start() <= _COLON_TITLE_LENGTH
        and not _SENTENCE_INSIDE.search(words[: colon.start()])
    ):
        return words[: colon.start()].strip(), label.end + colon.end()
    return "", label.end


def _is_bare_title(words: str, label: Label) -> bool:
    """Whether nothing but a title stands behind the label: no sentence in it and no stop behind it."""
    if label.kind in _TOP_KINDS and words.isupper():
        return True
    colon = _HEADING_END.search(words)
    body_behind_colon = colon is not None and bool(words[colon.end() :].strip())
    ended = re.search(r"[.;,…]$|\./\.$", words) is not None
    return (
        not body_behind_colon
        and not _SENTENCE_INSIDE.search(words)
        and (not ended or label.kind in _TOP_KINDS)
    )


def _open(build: _Builder, label: Label, title: str, heading: Span) -> None:
    rank = _rank(build, label)
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
        )
    )
    build.leads.clear()


def _rank(build: _Builder, label: Label) -> int:
    if label.kind in {"opening", "closing"}:
        return _LOWEST  # any section that follows closes it
    if label.kind == "arabic":
        return build.ranks["arabic"] + label.text.count(".")
    if label.kind == "capital" and label.kind not in {o.label.kind for o in build.done + build.stack}:
        # "I. … A. …": where capitals first appear inside a Roman part they rank below it in this document.
        if any(o.label.kind == "roman" for o in build.stack):
            build.ranks["capital"] = build.ranks["roman"]
            build.ranks["roman"] = build.ranks["capital"] - 1
            for o in build.stack:
                if o.label.kind == "roman":
                    o.rank = build.ranks["roman"]
    return build.ranks[label.kind]


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


def _close_until(build: _Builder, rank: int, end: int) -> None:
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
    if text.rstrip().endswith(":"):
        build.leads[level] = _Lead(span)
    build.passages.append(Passage(len(build.passages), build.stack[-1].path, span, item, None, lead))


def _mark(body: str, marker: str, *, after: int) -> int:
    """Where `marker` stands as a footnote's mark: not in an enumerator ("⁽³⁾"), not within a longer mark ("¹²")."""
    exact = re.compile(r"(?<![⁽¹²³⁴⁵⁶⁷⁸⁹⁰])" + re.escape(marker) + r"(?![⁾¹²³⁴⁵⁶⁷⁸⁹⁰])")
    m = exact.search(body, after + 1) or exact.search(body)
    return m.start() if m else 0


def _notes(
    build: _Builder, notes: Sequence[Block], sections: Sequence[Section]
) -> tuple[tuple[Footnote, ...], tuple[Passage, ...]]:
    """The footnotes, each with the section of its mark, and their passages; bodies are laid out behind the text."""
    body = "".join(build.text)
    out: list[Footnote] = []
    passages: list[Passage] = []
    searched: dict[str, int] = {}
    for note in notes:
        at = _mark(body, note.footnote, after=searched.get(note.footnote, -1))
        searched[note.footnote] = at
        build.place("")
        span = build.place(note.text)
        path = section_at(sections, at).path
        out.append(Footnote(note.footnote, span, at, path))
        bearer = next((p for p in build.passages if p.span.start <= at < p.span.end), None)
        lead = (*bearer.lead, bearer.span) if bearer else ()
        passages.append(
            Passage(
                len(build.passages) + len(passages),
                path,
                span,
                bearer.item if bearer else "",
                note.footnote,
                lead,
            )
        )
    return tuple(out), tuple(passages)
