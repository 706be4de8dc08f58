"""The records that a report is read into, all frozen.

A span is a half-open pair of offsets into `Report.text`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from knowledge.periods import Period


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open pair of offsets into a report's normalised text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The text that the span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a report. `path` is unique in the report, e.g. ``II.2.3``.

    `span` covers its subsections too.
    """

    path: str
    label: str
    title: str
    depth: int
    parent: str | None
    span: Span
    heading: Span


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: `span` is its body, `mark` the offset of its mark, `section` the mark's section path."""

    marker: str
    span: Span
    mark: int
    section: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrievable piece: a paragraph, a bullet, an enumerated item, a table row or a footnote's body.

    `section` is the path of the section it stands in (for a footnote: of its mark), `item` the label of
    an enumerated item (``(15)``) or "", `lead` the spans of the sentences that introduce it (a bullet's
    lead-in, a table's header row), nearest last.
    """

    ordinal: int
    section: str
    span: Span
    item: str = ""
    footnote: str | None = None
    lead: tuple[Span, ...] = ()

    @property
    def path(self) -> str:
        """The section path with the item's label: ``II.2.3.(15)``."""
        return f"{self.section}.{self.item}" if self.item else self.section


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure as the report prints it.

    `kind`: ratio (a/b, with or without its %), rate (a lone %), count, money, bandwidth, measure (ha,
    km), date, change (a figure by which something grew or fell). `indicator` is what is counted, in the
    report's words; `context` what it inherits from headings and lead-ins, outermost first. `value` is
    the printed value (the % of a ratio; the number itself of a count; đồng of money); `unit` the
    printed unit ("%", "hồ sơ", "triệu đồng", "Mbps"). `span` covers the printed figure, `clause` the
    words that make the statement. `passage` is the ordinal of the passage that it stands in; `group`
    the ordinal of a listing, `member` the place in it. `role`: total, part, target, remainder, increase,
    decrease or "". `bound` is the comparison printed before the figure ("trên 95%" is ">"), `upper` the
    other end of a range.
    """

    ordinal: int
    kind: str
    indicator: str
    context: tuple[str, ...]
    value: Decimal | None
    unit: str
    span: Span
    clause: Span
    passage: int
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    counted: str = ""
    role: str = ""
    group: int | None = None
    member: int | None = None
    place: str = ""
    period: Period | None = None
    as_of: date | None = None
    bound: str = ""
    upper: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a listing: its printed label ("(15)", "Bước 1", "" for none), its name and its span."""

    label: str
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Listing:
    """An enumeration: `title` says what its members are, `stated` the number that the report gives for it."""

    ordinal: int
    title: str
    lead: Span
    members: tuple[Member, ...]
    passage: int
    section: str
    stated: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A cited document, e.g. kind "Quyết định", number "06/QĐ-TTg", its date, issuer and what it is about."""

    kind: str
    number: str
    issued_on: date | None
    issuer: str
    about: str
    span: Span
    clause: Span
    passage: int


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form that the report defines beside its long form."""

    short: str
    long: str
    span: Span
    passage: int


@dataclass(frozen=True, slots=True)
class Involvement:
    """An organisation or a person, and its role in a statement: what answers "ai?" and "đơn vị nào?".

    `kind`: organisation or person. `name` is as printed ("Sở Y tế"), `office` a person's ("Phó Chủ tịch UBND
    tỉnh") or what somebody is made ("Trưởng ban"). `role` is one of

    - lead: leads the work ("giao … chủ trì")
    - partner: works with the one who leads or does it ("phối hợp với …")
    - standing: is the standing or contact body ("là cơ quan thường trực")
    - assigned: is told to do it ("giao …", "yêu cầu …", a heading that names who has the tasks below it)
    - asked: is asked for it ("đề nghị …", "kiến nghị …")
    - doer: does or did it ("do … triển khai", "… đã ban hành")
    - advised: gets the advice or the report ("tham mưu … ban hành", "trình …")
    - source: whose figures or opinion it is ("theo báo cáo của …")
    - head: heads something ("làm Trưởng ban"), member: is a member of it

    `what` says what it is about, in the report's words: what is done by it, or what was given to it to do.
    `span` covers the name, `clause` the statement to quote, which is in the passage `passage`, or for a
    heading reaches from it to the end of that passage. To answer "đơn vị nào chủ trì …?", match the question
    with `what` and `clause` and keep those of the role that is asked for; to answer "Sở Y tế làm gì?", match
    `name`. A name that stands where nothing tells its role is no record.
    """

    name: str
    kind: str
    role: str
    what: str
    span: Span
    clause: Span
    passage: int
    office: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Figures of a report that disagree.

    `kind`: ratio, sum, remainder, length, document. `certain` is False where the report names a base
    that it does not print. `span` covers the printed figures, in the passage `passage`.
    """

    kind: str
    text: str
    printed: str
    recomputed: str
    formula: str
    span: Span
    passage: int
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """One document with everything that was read from it.

    `id` is a slug of number, place and date, stable over re-reading.
    """

    id: str
    number: str
    kind: str
    title: str
    issuer: str
    superior: str
    place: str
    issued_on: date | None
    period: Period | None
    signatory: str
    signatory_title: str
    recipients: tuple[str, ...]
    addressees: tuple[str, ...]
    text: str
    sha256: str
    source_name: str
    sections: tuple[Section, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    passages: tuple[Passage, ...] = ()
    facts: tuple[Fact, ...] = ()
    listings: tuple[Listing, ...] = ()
    documents: tuple[DocumentRef, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    involvements: tuple[Involvement, ...] = ()
    findings: tuple[Finding, ...] = ()
    warnings: tuple[str, ...] = field(default=())
