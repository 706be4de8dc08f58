"""What a figure inherits from around its clause: headings, lead-in sentences, the words before a colon."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from knowledge.numbers import find_quantities
from knowledge.periods import Period
from knowledge.records import Listing, Passage, Section, Span
from knowledge.tables import is_table_row, names_group

_HEAD = re.compile(r"[^:\n]{2,230}?:(?=\s)")
ENUMERATOR = re.compile(r"[⁽(](?:[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\d{1,2})[)⁾]\s*")
# Counted nouns that qualify who or what is meant and are no figure of the report: "trẻ em dưới 06 tuổi".
QUALIFIERS = frozenset({"tuổi", "cấp"})
_LEAD_IN = re.compile(
    r"(?:^|[\s,;(])(?:gồm|bao gồm|gồm có|cụ thể|như|như sau|chi tiết|sau|sau đây|là"
    r"|trong (?:số )?(?:đó|này))\s*:$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What every fact of a report inherits: its sections, place and period."""

    text: str
    sections: Sequence[Section]
    listings: Sequence[Listing]
    place: str
    period: Period | None
    of_passage: dict[int, list[Listing]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for listing in self.listings:
            self.of_passage.setdefault(listing.passage, []).append(listing)


@lru_cache(maxsize=16)  # a passage's is asked for by each of its clauses
def head_of(text: str, span: Span) -> Span | None:
    """The words before the colon that open a statement ("Cấp lý lịch tư pháp: …"), or None."""
    m = _HEAD.match(text, span.start, span.end)
    if not m or m.end() >= span.end or _LEAD_IN.search(m.group()):
        return None
    if ENUMERATOR.sub("", m.group()).count("(") > ENUMERATOR.sub("", m.group()).count(")"):
        return None  # "47 xe (trong đó: 22 xe chữa cháy": the colon is the bracket's
    stated = find_quantities(m.group())
    # "Trong đó: 25 hồ sơ mới: …" states a figure; "… cho trẻ em dưới 06 tuổi: …" only names something.
    if any(
        q.kind != "count" or (len(m.group()) - q.counted_end < 2 and q.counted not in QUALIFIERS)
        for q in stated
    ):
        return None
    opening = ENUMERATOR.match(text, span.start, m.end())
    return Span(opening.end() if opening else span.start, m.end() - 1)


def context_of(setting: Setting, passage: Passage, clause: Span, titles: tuple[str, ...]) -> tuple[str, ...]:
    """What a clause inherits, outermost first.

    Section titles, lead-ins, the passage's head, what leads into its list.
    """
    text = setting.text
    out = [*titles, *(_lead_words(lead.of(text)) for lead in passage.lead)]
    head = head_of(text, passage.span)
    if head and head.end < clause.start:
        out.append(head.of(text))
    for listing in setting.of_passage.get(passage.ordinal, ()):
        if (
            _has(listing, clause)
            and listing.lead.end <= clause.start
            and listing.title
            and listing.title not in out
        ):
            out.append(listing.title)
    return tuple(o for o in out if o)


def _has(listing: Listing, clause: Span) -> bool:
    """Whether one of the members, which stand one behind the other, covers the clause."""
    last = bisect_right(listing.members, clause.start, key=lambda m: m.span.start) - 1
    return last >= 0 and listing.members[last].span.covers(clause)


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


@lru_cache(maxsize=64)
def _lead_words(lead: str) -> str:
    """What a lead-in says: the words of a table's row that names a group, the last clause of a sentence."""
    return names_group(lead) if is_table_row(lead) else _tail(lead)


def _tail(lead: str) -> str:
    """The last clause of a lead-in, without its colon."""
    return re.split(r"(?<=[.;])\s+", lead.strip().rstrip(":"))[-1]
