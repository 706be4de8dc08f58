"""Groups that no enumeration announces: a table's column over its rows, and like figures of one clause.

They are given the form of a listing, so that whatever works on listings works on them:
"Sở A (41 hồ sơ), Sở B (22 hồ sơ)", "| Bệnh viện Nhi | 165.109 |".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from weakref import WeakKeyDictionary

from bot.answering.case import is_comparison
from bot.answering.figure_words import fact_of
from bot.answering.shelf import Evidence, ShelvedReport
from bot.answering.strategies.grid import Column, column_of, tables
from bot.answering.strategies.headers import telling
from knowledge.records import Listing, Member, Span
from knowledge.sentences import sentences

# "thu 3.862,5 tỷ đồng, kế hoạch 5.320 tỷ đồng": the second is no further thing of its own.
_BESIDE = re.compile(r" (?:ke hoach|du toan|chi tieu|cung ky)(?: nam)?(?: \w+)? $")
_FIRST_ORDINAL = 100_000
_LEAST_OF_CLAUSE = 3
_known: WeakKeyDictionary[ShelvedReport, tuple[Listing, ...]] = WeakKeyDictionary()


def unannounced(shelved: ShelvedReport) -> tuple[Listing, ...]:
    """The listings made of table columns and of the clauses that name three or more like figures."""
    if shelved not in _known:
        _known[shelved] = (*_columns(shelved), *_clauses(shelved), *_runs(shelved))
    return _known[shelved]


def total_of(shelved: ShelvedReport, listing: Listing) -> Evidence | None:
    """The figure in the total row of a table's column, or None."""
    rows = {m.span.start for m in listing.members}
    for table in tables(shelved):
        for column in table.columns:
            mine = table.start == listing.lead.start and column.header
            if mine and any(fact_of(e).span.start in rows for _, e in column.cells):
                return column.total
    return None


def total_beside(cell: Evidence) -> Evidence | None:
    """The figure in the total row of the column that a table's cell stands in, or None."""
    column = column_of(cell)
    return column.total if column else None


def siblings(shelved: ShelvedReport, listing: Listing) -> list[Listing]:
    """The other columns of the table that a column listing is one of."""
    return [o for o in unannounced(shelved) if o.lead == listing.lead and o is not listing]


def _columns(shelved: ShelvedReport) -> list[Listing]:
    out = []
    for i, (column, left) in enumerate((c, o) for t in tables(shelved) for c, o in _with_left(t.columns)):
        rows = column.cells
        if len(rows) > 1 and all(fact_of(e).kind != "date" for _, e in rows):
            title = f"{column.header} {left} – {_title(rows[0][1])}"
            out.append(_listing(_FIRST_ORDINAL + i, title, rows[0][1].passage.lead[-1], rows))
    return out


def _with_left(columns: Sequence[Column]) -> Iterator[tuple[Column, str]]:
    """Each column with the header of that before it, where it is a rate without a name of its own."""
    for left, column in zip((None, *columns), columns, strict=False):
        bare = column.rates and not telling(column.header)
        yield column, left.header if bare and left else ""


def _title(evidence: Evidence) -> str:
    titles = evidence.shelved.titles(evidence.passage.section)
    return titles[-1] if titles else ""


def _clauses(shelved: ShelvedReport) -> list[Listing]:
    """The clauses that give three or more things a figure of one unit each, and have no listing."""
    alike: dict[tuple[Span, str], list[Evidence]] = defaultdict(list)
    for e in shelved.facts:
        fact = fact_of(e)
        if is_comparison(e) or _BESIDE.search(e.local):
            continue
        if fact.kind in {"count", "money", "measure"} and fact.role in {"", "part"} and fact.unit:
            alike[_sentence(e), fact.unit].append(e)
    listed = {
        e.span for listing in shelved.report.listings for e in shelved.facts if listing.lead.covers(e.span)
    }
    out = []
    for i, ((span, unit), every) in enumerate(alike.items()):
        # Beside its parts the whole is no member: "đã giải quyết 45.870 hồ sơ; trong đó, trước hạn 31.002".
        facts = [e for e in every if fact_of(e).role == "part"] or _without_whole(every)
        rows = [(_named(e, unit), e) for e in facts]
        own = len({fact_of(e).member for e in facts}) == 1 and not any(e.span in listed for e in facts)
        if len(facts) >= _LEAST_OF_CLAUSE and own and all(name for name, _ in rows):
            lead = Span(span.start, fact_of(facts[0]).span.start)
            out.append(_listing(_FIRST_ORDINAL * 2 + i, span.of(shelved.report.text)[:200], lead, rows))
    return out


def _without_whole(facts: list[Evidence]) -> list[Evidence]:
    """The figures without a first one that they come to: "12 vụ cháy, nguyên nhân: do điện 07 vụ; …"."""
    first, *others = (fact_of(e).value or 0 for e in facts)
    return facts[1:] if len(others) >= _LEAST_OF_CLAUSE and first == sum(others) else facts


def _sentence(evidence: Evidence) -> Span:
    """The sentence of a figure: "Hội Nông dân 41.206 hội viên; Hội Phụ nữ 38.914 hội viên" is one."""
    text, passage = evidence.report.text, evidence.passage.span
    return next((s for s in sentences(text, passage) if s.covers(evidence.span)), evidence.span)


def _runs(shelved: ShelvedReport) -> list[Listing]:
    """The runs of names with a bare figure each: "chi tiết: Lục Ngạn 79.655; Lục Nam 148.210"."""
    runs: list[list[Evidence]] = [[]]
    for e in shelved.facts:
        fact = fact_of(e)
        bare = fact.kind == "count" and not fact.unit and not e.quote.lstrip().startswith("|")
        last = runs[-1][-1] if runs[-1] else None
        # "18 (chính thức 08, dự phòng 10)": a whole and its parts are no members beside each other.
        if not bare or (last and (last.passage is not e.passage or fact_of(last).role != fact.role)):
            runs.append([])
        if bare:
            runs[-1].append(e)
    out = []
    for i, run in enumerate(r for r in runs if len(r) >= _LEAST_OF_CLAUSE):
        rows = [(fact_of(e).indicator.rpartition(": ")[2].strip(), e) for e in run]
        if all(name for name, _ in rows) and len({name for name, _ in rows}) == len(rows):
            start, first = run[0].passage.span.start, fact_of(run[0]).span.start
            lead = Span(start, first)
            out.append(_listing(_FIRST_ORDINAL * 3 + i, lead.of(shelved.report.text)[:200], lead, rows))
    return out


def _named(evidence: Evidence, unit: str) -> str:
    """What the figure is of, without its unit: "Sở Xây dựng"."""
    words = fact_of(evidence).indicator.rpartition(": ")[2].strip()
    return words[: -len(unit)].strip() if words.endswith(unit) else words


def _listing(ordinal: int, title: str, lead: Span, rows: Sequence[tuple[str, Evidence]]) -> Listing:
    first = rows[0][1]
    members = tuple(Member("", name, fact_of(e).span) for name, e in rows)
    return Listing(ordinal, title, lead, members, first.passage.ordinal, first.passage.section)
