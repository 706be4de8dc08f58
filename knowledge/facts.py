"""The figures of a report as facts.

What is counted, in the report's words, with what headings and lead-ins add to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.breakdowns import bare_parts, parts_ended
from knowledge.clause_facts import clause_facts
from knowledge.context import QUALIFIERS, Setting, context_of, head_of, section_titles
from knowledge.dates import find_dates
from knowledge.documents import find_documents
from knowledge.fact_places import with_places
from knowledge.indicators import clean_words
from knowledge.labels import is_quoted_name
from knowledge.numbers import Quantity, find_quantities
from knowledge.periods import Period
from knowledge.records import Fact, Listing, Passage, Section, Span
from knowledge.sentences import clauses, sentences
from knowledge.table_facts import row_facts
from knowledge.tables import is_table_row
from knowledge.timing import Moment, leading_time, moment_in, months_so_far, section_moments, timing
from knowledge.vietnamese import LOWER, UPPER

__all__ = ["Setting", "context_of", "facts", "head_of", "section_titles"]

# "24.310 tấn[1]": the mark of a footnote; "Quế Xuân 1": the figure of a name.
_NOTE_BEFORE, _NOTE_AFTER = re.compile(r"\[$|[^\W_]\($"), re.compile(r"\]|\)")
_UNIT_BEFORE = re.compile(rf"(?<!\w)(?:Phòng|Đội|Tổ|Trạm|Khu)\s[{UPPER}][^,;.()\d]{{1,40}}\s$")
_HIGHEST_NAME = 100
_LISTED = re.compile(r"(?:^|[,;(:])\s*([^,;():\d]+?)\s+\d[\d.]*\s*$")
_LISTED_AFTER = re.compile(r"\s*[,;]\s*([^,;()\d]+?)\s+\d[\d.]*(?=\s*[,;.)]|$)")
_REACH = 300
_LONGEST_WORDS = 1000
_NAME_BEFORE = re.compile(rf"(?:^|\s)[{UPPER}][{LOWER}]+\s[{UPPER}][{LOWER}]+\s$")
_GRADE_AFTER = re.compile(r"\s(?:sao|G)(?!\w)")  # "sản phẩm 3 sao", "sóng 5 G"
# The line below the letterhead that says where and when a report was issued.
_DATE_LINE = re.compile(
    rf"(?:Số\s?:?[^,\n]{{1,40}}\s)?[{UPPER}][^,\d\n]{{1,50}}?(?:\s\d{{1,2}})?,\s*ngày\s[^,;:.()]{{8,30}}\d{{4}}"
)
_SCHEME_BEFORE = re.compile(r"(?:Đề án|Dự án|Nghị quyết|Chỉ thị|Quyết định)\s+$")


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures of a passage, at offsets of the report's text."""

    quantities: list[Quantity]
    dates: list[tuple[Span, date]]

    def any_in(self, span: Span) -> bool:
        """Whether a figure stands in the span."""
        return bool(self.quantities_in(span) or self.dates_in(span))

    def quantities_in(self, span: Span) -> list[Quantity]:
        """The quantities that begin in the span."""
        begin = bisect_left(self.quantities, span.start, key=lambda q: q.start)
        return self.quantities[begin : bisect_left(self.quantities, span.end, key=lambda q: q.start)]

    def dates_in(self, span: Span) -> list[tuple[Span, date]]:
        """The dates that begin in the span."""
        begin = bisect_left(self.dates, span.start, key=lambda d: d[0].start)
        return self.dates[begin : bisect_left(self.dates, span.end, key=lambda d: d[0].start)]


def facts(setting: Setting, passages: Sequence[Passage]) -> tuple[Fact, ...]:
    """Every figure and date of the passages as a fact, in reading order.

    `ordinal` is its place in the result.
    """
    titles = section_titles(setting.sections)
    moments = section_moments(setting.sections, setting.period)
    sections = {section.path: section for section in setting.sections}
    out: list[Fact] = []
    for passage in passages:
        above = titles.get(passage.section, ())
        own = _moment_of_lead(setting, passage) or moments.get(passage.section, Moment(setting.period))
        if is_table_row(passage.span.of(setting.text)) and passage.lead:
            context = context_of(setting, replace(passage, lead=passage.lead[:-1]), passage.span, above)
            base = replace(_base(setting, passage, passage.span, context), period=own.period, as_of=own.as_of)
            out += row_facts(setting.text, passage, base, report=setting.period)
        else:
            out += _passage_facts(setting, passage, above, own, sections)
    out = sorted(with_places(out, setting.place), key=lambda f: f.span.start)
    return tuple(replace(fact, ordinal=i) for i, fact in enumerate(_grouped(out, setting.listings)))


def _base(setting: Setting, passage: Passage, clause: Span, context: tuple[str, ...]) -> Fact:
    """A fact with what every figure of the clause shares."""
    return Fact(
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
        period=setting.period,
    )


def _figures(text: str, passage: Passage, period: Period | None) -> _Figures:
    words, offset = passage.span.of(text), passage.span.start
    documents = [Span(d.clause_start + offset, d.clause_end + offset) for d in find_documents(words)]
    quantities = [
        _moved(q, offset) for q in find_quantities(words)
        if q.counted not in QUALIFIERS and not _is_name(words, q) and not _is_months_so_far(words, q, period)
    ]  # fmt: skip
    dates = [
        (Span(d.start + offset, d.end + offset), d.value) for d in find_dates(words)
        if d.value and not _before(_SCHEME_BEFORE, words, d.start) and not _DATE_LINE.fullmatch(words)
    ]  # fmt: skip
    # A document's own date is the document's, not a date of the report.
    return _Figures(quantities, [(s, day) for s, day in dates if not any(d.covers(s) for d in documents)])


def _is_months_so_far(words: str, q: Quantity, period: Period | None) -> bool:
    """Whether "7 tháng" is the time from January on, since the report covers July, and no duration."""
    return months_so_far(words, q.start, q.end, period) is not None


def _is_name(words: str, q: Quantity) -> bool:
    """Whether a bare figure belongs to a footnote's mark, to a name or to a person in office."""
    if _before(_NOTE_BEFORE, words, q.start) and _NOTE_AFTER.match(words, q.end):
        return True
    if q.kind == "count" and is_quoted_name(words, q.start, q.end):
        return True
    bare = q.kind == "count" and not q.counted and q.value < _HIGHEST_NAME and q.value == q.scaled
    if bare and _before(_UNIT_BEFORE, words, q.start):
        return True
    if bare and _GRADE_AFTER.match(words, q.end):
        return True
    return bare and _before(_NAME_BEFORE, words, q.start) is not None and not _beside_count(words, q)


def _before(pattern: re.Pattern[str], words: str, end: int) -> re.Match[str] | None:
    """The match of a pattern for the last words before `end`, none of which lies further off than a line."""
    return pattern.search(words, max(0, end - _REACH), end)


def _beside_count(words: str, q: Quantity) -> bool:
    """Whether a figure behind a name counts, since its neighbours do: "Hàn Quốc 62, Đài Loan 51"."""
    start = max(words.rfind(mark, 0, q.start) for mark in ",;(:")
    own = words[start + 1 : q.start].strip()
    before = _before(_LISTED, words, max(start, 0))
    after = _LISTED_AFTER.match(words, q.end)
    others = [m[1].strip() for m in (before, after) if m]
    return any(other != own for other in others)


def _moment_of_lead(setting: Setting, passage: Passage) -> Moment | None:
    """The time that the nearest sentence which leads into the passage names, None where none does."""
    leads = (lead.of(setting.text) for lead in passage.lead[::-1])
    named = (moment_in(lead, setting.period) for lead in leads if not is_table_row(lead))
    return next((moment for moment in named if moment is not None), None)


def _passage_facts(
    setting: Setting, passage: Passage, titles: tuple[str, ...], own: Moment, sections: Mapping[str, Section]
) -> Iterator[Fact]:
    text = setting.text
    figures = _figures(text, passage, setting.period)
    opening = _title_beside(text, sections, passage)
    found: list[Fact] = []
    for sentence in sentences(text, passage.span):
        read: list[Fact] = []
        before: Fact | None = None
        leading = leading_time(text, sentence, report=setting.period) if figures.any_in(sentence) else None
        for clause in clauses(text, sentence):
            inside, days = figures.quantities_in(clause), figures.dates_in(clause)
            if not inside and not days:
                continue
            time = timing(text, clause, own, report=setting.period, leading=leading)
            base = _base(setting, passage, clause, context_of(setting, passage, clause, titles))
            title = opening if clause.start == passage.span.start else ""
            for fact in clause_facts(text, clause, inside, base, title=title):
                period, as_of = time.at(fact.span.start)
                before = _said_on(replace(fact, period=period, as_of=as_of), before, opening)
                read.append(before)
            for span, day in days:
                words = clean_words(text[_words_from(text, clause, span.start) : span.start])
                period, _ = time.at(span.start)
                dated = replace(base, kind="date", indicator=words, unit="ngày", span=span)
                read.append(replace(dated, period=period, as_of=day))
        found += parts_ended(text, read)
    yield from bare_parts(found)


def _words_from(text: str, clause: Span, end: int) -> int:
    """Where the words begin that say what the date at `end` is of: with the clause, unless it is endless."""
    if end - clause.start <= _LONGEST_WORDS:
        return clause.start
    return text.find(" ", end - _LONGEST_WORDS, end) + 1 or end - _LONGEST_WORDS


def _title_beside(text: str, sections: Mapping[str, Section], passage: Passage) -> str:
    """The title of the section whose heading stands on the line on which the passage begins, or ""."""
    section = sections.get(passage.section)
    if section is None or passage.footnote:
        return ""
    line = text.rfind("\n", 0, passage.span.start) + 1
    beside = section.heading.start >= line and section.heading.end <= passage.span.start
    return section.title if beside else ""


def _said_on(fact: Fact, before: Fact | None, title: str) -> Fact:
    """The fact with what the clause before it, in the same sentence, leaves to it.

    "trong đó: người cao tuổi 15.208 người; trẻ em 1.322 người": each is a part; "…; tỷ lệ 62,5%": of that.
    """
    if before is not None and before.clause != fact.clause:
        goes_on = before.role == "part" and not fact.role and before.kind == fact.kind
        if goes_on and before.counted == fact.counted:
            fact = replace(fact, role="part")
        if not fact.indicator:
            fact = replace(fact, indicator=before.indicator)
    return replace(fact, indicator=title) if not fact.indicator else fact


def _grouped(facts: Sequence[Fact], listings: Sequence[Listing]) -> Iterator[Fact]:
    """The facts, which are in reading order, each with the smallest listing that has it in a member."""
    waiting = [
        (member.span, (member.span.end - member.span.start, listing.ordinal, i))
        for listing in listings for i, member in enumerate(listing.members)
    ]  # fmt: skip
    waiting.sort(key=lambda entry: entry[0].start, reverse=True)
    begun: list[tuple[Span, tuple[int, int, int]]] = []
    for fact in facts:
        while waiting and waiting[-1][0].start <= fact.span.start:
            begun.append(waiting.pop())
        begun = [entry for entry in begun if entry[0].end > fact.span.start]
        best = min((sized for span, sized in begun if span.covers(fact.span)), default=None)
        yield replace(fact, group=best[1], member=best[2]) if best else fact


def _moved(q: Quantity, offset: int) -> Quantity:
    return replace(q, start=q.start + offset, end=q.end + offset, counted_end=q.counted_end + offset)
