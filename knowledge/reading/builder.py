"""An outline while it is laid out: the text so far, the open sections, what leads into the next bullets."""

from __future__ import annotations

from dataclasses import dataclass, field

from knowledge.reading.labels import BULLET_LEVEL, Label
from knowledge.records import Passage, Span

_RANK = {"annex": 0, "phan": 1, "chuong": 2, "capital": 3, "roman": 4, "arabic": 5, "letter": 9}
_LEAD_LENGTH = 150


@dataclass(slots=True)
class Open:
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
class Lead:
    """A block that ends with a colon, and the level of the bullets that it turned out to introduce."""

    span: Span
    introduces: int | None = None


@dataclass(slots=True)
class Builder:
    """What the outline pass has read so far."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    stack: list[Open] = field(default_factory=list)
    done: list[Open] = field(default_factory=list)
    paths: dict[str, int] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=lambda: dict(_RANK))
    passages: list[Passage] = field(default_factory=list)
    leads: dict[int, Lead] = field(default_factory=dict)
    header: list[str] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    signed: bool = False
    kinds: set[str] = field(default_factory=set)
    table_header: Span | None = None
    header_rows: list[str] = field(default_factory=list)
    table_rows: int = 0
    table_group: Span | None = None

    def place(self, block: str) -> Span:
        """Appends `block` to the text and returns its span."""
        start = self.length
        self.text.append(block + "\n")
        self.length += len(block) + 1
        return Span(start, start + len(block))


def add_passage(build: Builder, text: str, span: Span, label: Label | None) -> None:
    """Adds the passage of a block that opens no section: a paragraph, a bullet, an item."""
    level = BULLET_LEVEL.get(label.kind, 0) if label else 0
    item = label.text if label and label.kind == "item" else ""
    lead = _leads_for(build, level)
    start = span.start + (label.end if label else 0)
    place_passage(build, Span(start, span.end), level=level, text=text, lead=lead, item=item)


def _leads_for(build: Builder, level: int) -> tuple[Span, ...]:
    """The blocks that introduce a bullet of `level`.

    "X: + a + b - c": the lead of the "+" bullets is not that of "-".
    """
    for k in [
        k for k, lead in build.leads.items() if lead.introduces is not None and lead.introduces > level
    ]:
        del build.leads[k]
    found = [build.leads[k] for k in sorted(build.leads) if k < level]
    for lead in found:
        lead.introduces = lead.introduces or level
    return tuple(lead.span for lead in found)


def place_passage(
    build: Builder, span: Span, *, level: int, text: str, lead: tuple[Span, ...], item: str = ""
) -> None:
    """Adds a passage at `span`; it ends what led into bullets of its level and deeper ones."""
    if span.start >= span.end:
        return
    for k in [k for k in build.leads if k >= level]:
        del build.leads[k]
    if _leads_in(text, level, build.stack[-1].label.kind):
        build.leads[level] = Lead(span)
    build.passages.append(Passage(len(build.passages), build.stack[-1].path, span, item, None, lead))


def _leads_in(text: str, level: int, section_kind: str) -> bool:
    """Whether bullets of a deeper level that follow belong to `text`.

    It ends with a colon, or is a short heading.
    """
    words = text.rstrip()
    if words.endswith(":"):
        return True
    # "* Cấp tỉnh" above "+ Tiếp nhận 48 hồ sơ": a heading without a colon, nor any other stop.
    heading = (
        len(words) <= _LEAD_LENGTH and words[-1:] not in ".;,…" and section_kind not in {"opening", "closing"}
    )
    return heading


def unique_path(build: Builder, path: str) -> str:
    """`path`, with `#2`, `#3` … where a section of that path is there already."""
    candidate, n = path, build.paths.get(path, 1)
    while candidate in build.paths:
        n += 1
        candidate = f"{path}#{n}"
    build.paths[path] = n
    build.paths.setdefault(candidate, 1)
    return candidate
