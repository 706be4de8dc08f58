"""The figures of a report as facts: what is counted, in the report's words, with what headings and lead-ins add to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from knowledge.dates import find_dates
from knowledge.documents import find_documents
from knowledge.indicators import change_of, clean_words, joined, per_unit, words_behind
from knowledge.numbers import Quantity, find_quantities
from knowledge.periods import Period
from knowledge.reading.tables import is_table_row
from knowledge.records import Fact, Listing, Passage, Section, Span
from knowledge.sentences import clauses, sentences
from knowledge.table_facts import row_facts
from knowledge.timing import timing
from knowledge.vietnamese import fold

_HEAD = re.compile(r"[^:\n]{2,230}?:(?=\s)")
_RATIO_WORDS = re.compile(r"đạt|tỷ lệ|tỉ lệ|chiếm|tương đương|bằng|tỷ trọng|\(", re.IGNORECASE)
_ENUMERATOR = re.compile(r"[⁽(](?:[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\d{1,2})[)⁾]\s*")
# Counted nouns that qualify who or what is meant and are no figure of the report: "trẻ em dưới 06 tuổi".
_QUALIFIERS = frozenset({"tuổi"})
# "24.310 tấn[1]": the mark of a footnote; "Quế Xuân 1", "Trường Mầm non 1/6": the figure of a name.
_NOTE_BEFORE, _NOTE_AFTER = re.compile(r"\[$"), re.compile(r"\]")
_NAME_BEFORE = re.compile(r"(?:^|\s)[A-ZĐÀ-Ỹ][a-zà-ỹ]+\s[A-ZĐÀ-Ỹ][a-zà-ỹ]+\s$")
_SCHEME_BEFORE = re.compile(r"(?:Đề án|Dự án|Nghị quyết|Chỉ thị|Quyết định)\s+$")
_TOTAL = re.compile(r"(?<!\w)(?:tổng|tổng số|tổng cộng|toàn bộ)(?!\w)", re.IGNORECASE)
_TARGET = re.compile(r"(?<!\w)(?:chỉ tiêu|phấn đấu|mục tiêu|kế hoạch giao|dự kiến)(?!\w)", re.IGNORECASE)
_CHANGES = frozenset({"tăng", "giảm", "vượt", "tăng thêm", "giảm còn", "cao", "thấp", "cao hơn", "thấp hơn"})
_MEASURES = (["ke", "hoach"], ["du", "toan"], ["chi", "tieu"], ["muc", "tieu"], ["nghi", "quyet"])
_LEAD_IN = re.compile(r"(?:^|[\s,;(])(?:gồm|bao gồm|gồm có|cụ thể|như|như sau|sau|sau đây|là)\s*:$", re.IGNORECASE)
_REST = re.compile(r"^(?:hiện )?còn(?: lại)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Setting:
    """What every fact of a report inherits: its sections, place and period."""

    text: str
    sections: Sequence[Section]
    listings: Sequence[Listing]
    place: str
    period: Period | None


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures of a passage, at offsets of the report's text."""

    quantities: list[Quantity]
    dates: list[tuple[Span, date]]


def facts(setting: Setting, passages: Sequence[Passage]) -> tuple[Fact, ...]:
    """Every figure and date of the passages as a fact, in reading order; `ordinal` is its place in the result."""
    titles = section_titles(setting.sections)
    out: list[Fact] = []
    for passage in passages:
        above = titles.get(passage.section, ())
        if is_table_row(passage.span.of(setting.text)) and passage.lead:
            context = context_of(setting, replace(passage, lead=passage.lead[:-1]), passage.span, above)
            out += row_facts(setting.text, passage, _base(setting, passage, passage.span, context))
        else:
            out += _passage_facts(setting, passage, above)
    out.sort(key=lambda f: f.span.start)
    return tuple(replace(_grouped(fact, setting.listings), ordinal=i) for i, fact in enumerate(out))


def head_of(text: str, span: Span) -> Span | None:
    """The words before the colon that open a statement ("Cấp lý lịch tư pháp: …"), or None."""
    m = _HEAD.match(text, span.start, span.end)
    if not m or m.end() >= span.end or _LEAD_IN.search(m.group()):
        return None
    stated = find_quantities(m.group())
    # "Trong đó: 25 hồ sơ mới: …" states a figure; "… cho trẻ em dưới 06 tuổi: …" only names something.
    if any(
        q.kind != "count" or (len(m.group()) - q.counted_end < 2 and q.counted not in _QUALIFIERS)
        for q in stated
    ):
        return None
    opening = _ENUMERATOR.match(text, span.start, m.end())
    return Span(opening.end() if opening else span.start, m.end() - 1)


def context_of(setting: Setting, passage: Passage, clause: Span, titles: tuple[str, ...]) -> tuple[str, ...]:
    """What a clause inherits, outermost first: section titles, lead-ins, the passage's head, what leads into its list."""
    text = setting.text
    out = [*titles, *(_tail(lead.of(text)) for lead in passage.lead)]
    head = head_of(text, passage.span)
    if head and head.end < clause.start:
        out.append(head.of(text))
    for listing in setting.listings:
        inside = listing.passage == passage.ordinal and any(m.span.covers(clause) for m in listing.members)
        if inside and listing.lead.end <= clause.start and listing.title and listing.title not in out:
            out.append(listing.title)
    return tuple(o for o in out if o)


def section_titles(sections: Sequence[Section]) -> dict[str, tuple[str, ...]]:
    """The titles of each section and those above it, outermost first, by the section's path."""
    by_path = {s.path: s for s in sections}
    out: dict[str, tuple[str, ...]] = {}
    for section in sections:
        chain, at = [], section
        while True:
            chain.append(at.title)
            if at.parent is None or at.parent not in by_path:
                break
            at = by_path[at.parent]
        out[section.path] = tuple(t for t in reversed(chain) if t)
    return out


def _base(setting: Setting, passage: Passage, clause: Span, context: tuple[str, ...]) -> Fact:
    """A fact with what every figure of the clause shares."""
    return Fact(
        0, "count", "", context, None, "", clause, clause, passage.ordinal, place=setting.place, period=setting.period
    )  # fmt: skip


def _figures(text: str, passage: Passage) -> _Figures:
    words, offset = passage.span.of(text), passage.span.start
    documents = [Span(d.clause_start + offset, d.clause_end + offset) for d in find_documents(words)]
    quantities = [
        _moved(q, offset) for q in find_quantities(words)
        if q.counted not in _QUALIFIERS and not _is_name(words, q)
    ]  # fmt: skip
    dates = [
        (Span(d.start + offset, d.end + offset), d.value) for d in find_dates(words)
        if d.value and not _SCHEME_BEFORE.search(words[: d.start])
    ]  # fmt: skip
    # A document's own date is the document's, not a date of the report.
    return _Figures(quantities, [(s, day) for s, day in dates if not any(d.covers(s) for d in documents)])


def _is_name(words: str, q: Quantity) -> bool:
    """Whether a bare figure belongs to a footnote's mark or to a name."""
    if _NOTE_BEFORE.search(words[: q.start]) and _NOTE_AFTER.match(words, q.end):
        return True
    bare = q.kind == "count" and not q.counted and q.value < 100 and q.value == q.scaled
    return bare and _NAME_BEFORE.search(words[: q.start]) is not None


def _passage_facts(setting: Setting, passage: Passage, titles: tuple[str, ...]) -> Iterator[Fact]:
    text = setting.text
    figures = _figures(text, passage)
    for sentence in sentences(text, passage.span):
        for clause in clauses(text, sentence):
            inside = [q for q in figures.quantities if clause.start <= q.start < clause.end]
            days = [(s, day) for s, day in figures.dates if clause.start <= s.start < clause.end]
            if not inside and not days:
                continue
            period, as_of = timing(text, clause, sentence, setting.period)
            context = context_of(setting, passage, clause, titles)
            base = replace(_base(setting, passage, clause, context), period=period, as_of=as_of)
            yield from _clause_facts(text, clause, inside, base)
            for span, day in days:
                words = clean_words(text[clause.start : span.start])
                yield replace(base, kind="date", indicator=words, unit="ngày", span=span, as_of=day)


def _clause_facts(text: str, clause: Span, quantities: Sequence[Quantity], base: Fact) -> Iterator[Fact]:
    head = head_of(text, clause)
    opening = head.of(text).strip(" “”\"'") if head else ""
    enumerator = _ENUMERATOR.match(text, clause.start)
    at = head.end + 1 if head else enumerator.end() if enumerator else clause.start
    previous: Fact | None = None
    subject: Fact | None = None
    skip = False
    for i, quantity in enumerate(quantities):
        if skip:
            skip = False
            continue
        following = quantities[i + 1] if i + 1 < len(quantities) else None
        pre = text[at : quantity.start]
        post, at = words_behind(text, quantity, clause.end, following)
        rate = _paired_rate(text, quantity, following)
        if rate:
            skip, at = True, rate.end
        said_of = _counted_before(text, quantity, previous)
        words = _Words(opening, pre, post, per_unit(text, quantity))
        previous = _fact(base, quantity, words, rate=rate, said_of=said_of, subject=subject)
        if subject is None or previous.kind not in {"rate", "change"}:
            subject = previous
        yield previous


@dataclass(frozen=True, slots=True)
class _Words:
    """The words around a figure: the clause's head, those before and behind it, what it is per."""

    head: str
    before: str
    behind: str
    per: str


def _fact(
    base: Fact, q: Quantity, words: _Words, *, rate: Quantity | None, said_of: Fact | None, subject: Fact | None
) -> Fact:  # fmt: skip
    change = change_of(words.before) if q.kind != "ratio" else ""
    indicator = _indicator(q, words, subject)
    end = rate.end if rate else max(q.end, q.counted_end)
    shared = replace(
        base, indicator=indicator, span=Span(q.start, end), role=change or _role(words),
        bound=q.bound, upper=q.upper,
    )  # fmt: skip
    if q.kind == "ratio":
        return replace(
            shared, kind="ratio", value=rate.value if rate else None, unit="%" if rate else q.counted,
            numerator=q.value, denominator=q.denominator, counted=q.counted,
        )  # fmt: skip
    if q.kind == "points" or change:
        return replace(shared, kind="change", value=_value(q), unit=_unit(q, words.per), counted=q.counted)
    if q.kind == "percent" and said_of is not None:
        own = clean_words(words.before)
        indicator = said_of.indicator if own in said_of.indicator else joined(said_of.indicator, own)
        return replace(
            shared, kind="rate", indicator=indicator, value=q.value, unit="%", numerator=said_of.value,
            counted=said_of.counted,
        )  # fmt: skip
    kind = "rate" if q.kind == "percent" else q.kind
    return replace(shared, kind=kind, value=_value(q), unit=_unit(q, words.per), counted=q.counted + words.per if q.counted else "")


def _indicator(q: Quantity, words: _Words, subject: Fact | None) -> str:
    before = clean_words(words.before)
    own = joined(before, q.counted + words.per, words.behind)
    if subject is not None and (not own or (q.kind in {"percent", "points"} and _is_said_of(q, before, words.behind))):
        # "…, tăng 5,6% so với cùng kỳ", "…, đạt 69,41%", "…, đạt 101,5% kế hoạch": said of the figure before.
        return joined(subject.indicator, own)
    head = words.head + ":" if words.head and own else words.head
    return joined(head, own)


def _is_said_of(q: Quantity, before: str, behind: str) -> bool:
    """Whether the words around a percentage name no subject of its own, only a change or what it is measured by."""
    if before.lower() in _CHANGES:
        return not behind or q.counted == ""
    return not before and fold(q.counted).split(" ")[:2] in _MEASURES


def _role(words: _Words) -> str:
    before = " ".join(words.before.split())
    if _REST.search(before.rpartition(",")[2].strip(" ;")):
        return "remainder"
    if _TOTAL.search(before):
        return "total"
    return "target" if _TARGET.search(before) else ""


def _value(q: Quantity) -> Decimal:
    """đồng of money and ones of a count ("6,2 triệu con"); the printed number of everything else."""
    return q.scaled if q.kind in {"money", "count"} else q.value


def _unit(q: Quantity, per: str) -> str:
    if q.kind == "money":
        # As printed, with its marks.
        return re.sub(r"^[\d.,\s–\-]+", "", q.text) or q.unit
    return {"percent": "%", "points": "điểm phần trăm"}.get(q.kind, q.unit) + per


def _paired_rate(text: str, ratio: Quantity, following: Quantity | None) -> Quantity | None:
    """The percentage that goes with a ratio: "919/1.576 hồ sơ, đạt tỷ lệ 58,31%"."""
    if ratio.kind != "ratio" or following is None or following.kind != "percent":
        return None
    between = text[ratio.end : following.start]
    paired = len(between) < 90 and _RATIO_WORDS.search(between) and not change_of(between)
    return following if paired else None


def _counted_before(text: str, q: Quantity, previous: Fact | None) -> Fact | None:
    """The count that a percentage is said of: "748.699 thửa, đạt tỷ lệ 61,90%"."""
    if q.kind != "percent" or previous is None or previous.kind != "count":
        return None
    between = text[previous.span.end : q.start]
    return previous if len(between) < 40 and _RATIO_WORDS.search(between) else None


def _grouped(fact: Fact, listings: Sequence[Listing]) -> Fact:
    """`fact` with the smallest listing that has it in a member."""
    best: tuple[int, int, int] | None = None
    for listing in listings:
        for i, member in enumerate(listing.members):
            if member.span.covers(fact.span):
                size = member.span.end - member.span.start
                if best is None or size < best[0]:
                    best = (size, listing.ordinal, i)
    return replace(fact, group=best[1], member=best[2]) if best else fact


def _tail(lead: str) -> str:
    """The last clause of a lead-in, without its colon."""
    return re.split(r"(?<=[.;])\s+", lead.strip().rstrip(":"))[-1]


def _moved(q: Quantity, offset: int) -> Quantity:
    return replace(q, start=q.start + offset, end=q.end + offset, counted_end=q.counted_end + offset)
