"""The figures of a report as facts: what is counted, in the report's words, with what headings and lead-ins add to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from knowledge.dates import find_dates
from knowledge.documents import find_documents
from knowledge.numbers import Quantity, find_quantities
from knowledge.periods import Period, find_periods
from knowledge.sentences import clauses, sentences
from knowledge.records import Fact, Listing, Passage, Section, Span

_HEAD = re.compile(r"[^:\n]{2,230}?:(?=\s)")
_RATIO_WORDS = re.compile(r"đạt|tỷ lệ|tỉ lệ|chiếm|tương đương|bằng|tỷ trọng|\(", re.IGNORECASE)
# Words between two figures that tie the second to a statement of its own.
_POST_END = re.compile(r"[,;()]|\.(?=\s|$)|:(?=\s)|\s(?:đạt|chiếm|còn|trong đó|và|với|bằng|tương đương)\s")
_PRE_EDGE = re.compile(r"^[\s,;:.()–\-]+|[\s,;:(]+$")
_TRAILING = re.compile(
    r"\s+(?:là|đạt|được|có|với|bằng|chỉ|hơn|gần|khoảng|đạt tỷ lệ|tỷ lệ|chiếm tỷ lệ|chiếm|trên|dưới)$",
    re.IGNORECASE,
)
_ENUMERATOR = re.compile(r"[⁽(](?:[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\d{1,2})[)⁾]\s*")
# Counted nouns that qualify who or what is meant and are no figure of the report: "trẻ em dưới 06 tuổi".
_QUALIFIERS = frozenset({"tuổi"})
_CHANGE = re.compile(r"(?:^|\s)(?:tăng|giảm|vượt|cao hơn|thấp hơn)(?:\s+\S+){0,3}\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Setting:
    """What every fact of a report inherits: its sections, place and period."""

    text: str
    sections: Sequence[Section]
    listings: Sequence[Listing]
    place: str
    period: Period | None


def facts(setting: Setting, passages: Sequence[Passage]) -> tuple[Fact, ...]:
    """Every figure and date of the passages as a fact, in reading order; `ordinal` is its place in the result."""
    titles = section_titles(setting.sections)
    out: list[Fact] = []
    for passage in passages:
        out += _passage_facts(setting, passage, titles.get(passage.section, ()))
    out.sort(key=lambda f: f.span.start)
    return tuple(replace(_grouped(fact, setting.listings), ordinal=i) for i, fact in enumerate(out))


def head_of(text: str, span: Span) -> Span | None:
    """The words before the colon that open a statement ("Cấp lý lịch tư pháp: …"), or None."""
    m = _HEAD.match(text, span.start, span.end)
    if not m or m.end() >= span.end:
        return None
    stated = find_quantities(m.group())
    # "Trong đó: 25 hồ sơ mới: …" states a figure; "… cho trẻ em dưới 06 tuổi: …" only names something.
    if any(
        q.kind != "count" or len(m.group()) - q.counted_end < 2 and q.counted not in _QUALIFIERS
        for q in stated
    ):
        return None
    opening = _ENUMERATOR.match(text, span.start, m.end())
    return Span(opening.end() if opening else span.start, m.end() - 1)


def context_of(setting: Setting, passage: Passage, clause: Span, titles: tuple[str, ...]) -> tuple[str, ...]:
    """What a clause inherits, outermost first: section titles, lead-ins, the passage's head, the words before an enumeration."""
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


def _passage_facts(setting: Setting, passage: Passage, titles: tuple[str, ...]) -> Iterator[Fact]:
    text = setting.text
    words = passage.span.of(text)
    quantities = [
        _moved(q, passage.span.start) for q in find_quantities(words) if q.counted not in _QUALIFIERS
    ]
    documents = [
        (d.clause_start + passage.span.start, d.clause_end + passage.span.start)
        for d in find_documents(words)
    ]
    dates = [
        (d.start + passage.span.start, d.end + passage.span.start, d.value)
        for d in find_dates(words)
        if d.value
    ]
    for sentence in sentences(text, passage.span):
        for clause in clauses(text, sentence):
            inside = [q for q in quantities if clause.start <= q.start < clause.end]
            if not inside and not any(clause.start <= s < clause.end for s, _, _ in dates):
                continue
            context = context_of(setting, passage, clause, titles)
            period, as_of = _timing(text, clause, sentence, setting.period)
            base = Fact(
                0,
                "count",
                "",
                context,
                None,
                "",
                clause,
                clause,
                passage.ordinal,
                place=setting.place,
                period=period,
                as_of=as_of,
            )
            yield from _clause_facts(text, clause, inside, base)
            for start, end, day in dates:
                if clause.start <= start < clause.end and not any(s <= start < e for s, e in documents):
                    words_before = _clean(text[clause.start : start])
                    yield replace(
                        base,
                        kind="date",
                        indicator=words_before,
                        unit="ngày",
                        span=Span(start, end),
                        as_of=day,
                    )


def _clause_facts(text: str, clause: Span, quantities: Sequence[Quantity], base: Fact) -> Iterator[Fact]:
    head = head_of(text, clause)
    opening = head.of(text).strip(" “”\"'") if head else ""
    enumerator = _ENUMERATOR.match(text, clause.start)
    at = head.end + 1 if head else enumerator.end() if enumerator else clause.start
    previous: Fact | None = None
    skip = False
    for i, quantity in enumerate(quantities):
        following = quantities[i + 1] if i + 1 < len(quantities) else None
        if skip:
            skip = False
            continue
        pre = _clean(text[at : quantity.start])
        post, at = _post(text, quantity, clause.end, following)
        if quantity.kind == "ratio":
            paired = _paired_rate(text, quantity, following)
            previous = _fact(base, quantity, opening, pre, post, rate=paired)
            if paired:
                skip, at = True, paired.end
        else:
            previous = _fact(base, quantity, opening, pre, post, of=_counted_before(text, quantity, previous))
        yield previous


def _fact(
    base: Fact,
    q: Quantity,
    head: str,
    pre: str,
    post: str,
    *,
    rate: Quantity | None = None,
    of: Fact | None = None,
) -> Fact:
    indicator = " ".join(
        part
        for part in ((head + ":") if head and (pre or post or q.counted) else head, pre, q.counted, post)
        if part
    )
    end = (rate or q).end if rate else max(q.end, q.counted_end)
    span = Span(q.start, end)
    if q.kind == "ratio":
        value = rate.value if rate else None
        unit = "%" if rate else q.counted
        return replace(
            base, kind="ratio", indicator=indicator, value=value, unit=unit, span=span, numerator=q.value,
            denominator=q.denominator, counted=q.counted,
        )  # fmt: skip
    kind = {"percent": "rate", "points": "change"}.get(q.kind, q.kind)
    if kind in {"rate", "count", "money"} and _CHANGE.search(pre):
        kind = "change" if kind == "rate" else kind
    if of is not None and kind == "rate":
        return replace(
            base, kind="rate", indicator=of.indicator + " " + indicator if indicator not in of.indicator else of.indicator,
            value=q.value, unit="%", span=span, numerator=of.value, counted=of.counted,
        )  # fmt: skip
    value = q.scaled if q.kind == "money" else q.value
    return replace(
        base, kind=kind, indicator=indicator, value=value, unit=q.unit, span=span, counted=q.counted
    )


def _paired_rate(text: str, ratio: Quantity, following: Quantity | None) -> Quantity | None:
    """The percentage that goes with a ratio: "919/1.576 hồ sơ, đạt tỷ lệ 58,31%"."""
    if following is None or following.kind != "percent":
        return None
    between = text[ratio.end : following.start]
    return following if len(between) < 90 and _RATIO_WORDS.search(between) else None


def _counted_before(text: str, q: Quantity, previous: Fact | None) -> Fact | None:
    """The count that a percentage is said of: "748.699 thửa, đạt tỷ lệ 61,90%"."""
    if q.kind != "percent" or previous is None or previous.kind != "count":
        return None
    between = text[previous.span.end : q.start]
    return previous if len(between) < 40 and _RATIO_WORDS.search(between) else None


def _post(text: str, q: Quantity, limit: int, following: Quantity | None) -> tuple[str, int]:
    """The words behind a figure that belong to it, and where they end."""
    start = max(q.end, q.counted_end)
    stop = min(limit, following.start) if following else limit
    m = _POST_END.search(text, start, stop)
    end = m.start() if m else stop
    return _clean(text[start:end]), end


def _clean(words: str) -> str:
    words = _PRE_EDGE.sub("", words)
    while (shorter := _TRAILING.sub("", words)) != words:
        words = _PRE_EDGE.sub("", shorter)
    return "" if words.lower() in {"là", "đạt", "và", "có", "với", "được", "đạt tỷ lệ", "tỷ lệ"} else words


def _timing(text: str, clause: Span, sentence: Span, period: Period | None) -> tuple[Period | None, date | None]:
    """The period that a clause names, else the report's; and the day that its figures are as of."""
    year = period.end.year if period else None
    for span in (clause, Span(sentence.start, clause.start)):
        for mention in find_periods(span.of(text), default_year=year):
            if mention.period is None or mention.kind in {"same_period", "span"}:
                continue
            if mention.kind == "as_of":
                return period, mention.period.end
            if span is clause:
                return mention.period, None
    return period, None


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


def as_percent(numerator: Decimal, denominator: Decimal) -> Decimal:
    """The percentage, unrounded. `denominator` must not be 0."""
    return numerator * 100 / denominator
