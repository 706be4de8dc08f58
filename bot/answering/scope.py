"""Which reports a question is about, and whether a statement is for the period and place that it asks for."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from bot.answering.shelf import Evidence, ShelvedReport, padded, tokens_of
from bot.understanding.question import Concept
from knowledge.dates import find_dates
from knowledge.periods import Period, PeriodMention, resolve
from knowledge.places import REFORM, Place, PlaceMention, is_within, provinces
from knowledge.vietnamese import fold, nfc

# "Hoàn thành trước ngày 15/3/2024" in February's report tells nothing of March.
_DEADLINE = re.compile(r"(?:trước|chậm nhất|hạn|xong|hoàn thành)(?:\s+\S+){0,3}\s+$", re.IGNORECASE)
# None of these selects: spans of years name a programme ("giai đoạn 2021-2025"), "trong tháng" the report's
# own period.
_UNSELECTIVE = frozenset({"span", "reporting", "same_period"})


@dataclass(frozen=True, slots=True)
class PlaceAsked:
    """A place of the question with the reports of it, or those that cover it from above.

    It is `demanded` where only a statement that mentions it counts.
    """

    name: str
    place: Place | None
    reports: tuple[ShelvedReport, ...]
    demanded: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """The reports that may answer, what their statements must mention, and the periods asked for."""

    reports: tuple[ShelvedReport, ...]
    places: tuple[PlaceAsked, ...] = ()
    periods: tuple[PeriodMention, ...] = ()
    number: str = ""

    @property
    def demanded(self) -> tuple[Concept, ...]:
        """The places that a statement itself must name."""
        return tuple(place_concept(p.name) for p in self.places if p.demanded)

    def fits(self, evidence: Evidence, *, figure: bool) -> bool:
        """Whether the statement is for the asked period (any of them)."""
        return not self.periods or any(fits_period(evidence, m, figure=figure) for m in self.periods)

    def says(self, evidence: Evidence) -> bool:
        """Whether the statement's own words say an asked period as it was typed ("06 tháng")."""
        return any(f" {' '.join(tokens_of(m.text))} " in padded(evidence.quote) for m in self.periods)

    def names(self, evidence: Evidence) -> bool:
        """Whether the statement itself, by its words or dates, is of the asked period."""
        return not self.periods or any(names_period(evidence, m) for m in self.periods)


def newest(scope: Scope) -> Scope:
    """The scope with its newest report alone, where all are of one place: "tháng này" is that one's month."""
    dated = [s for s in scope.reports if s.report.period]
    if len({s.report.place for s in scope.reports}) != 1 or not dated:
        return scope
    last = max(s.report.period.end for s in dated if s.report.period)
    return replace(scope, reports=tuple(s for s in dated if s.report.period and s.report.period.end == last))


def place_concept(name: str) -> Concept:
    """The place's name as a concept."""
    return Concept(0, 0, (tokens_of(name),))


def resolve_scope(
    reports: Sequence[ShelvedReport],
    mentions: Sequence[PlaceMention],
    periods: Sequence[PeriodMention],
    numbers: Sequence[str],
) -> Scope:
    """The scope of a question over `reports`, by the places, periods and document numbers that it names."""
    numbered = [s for s in reports if any(same_number(n, s.report.number) for n in numbers)]
    candidates = tuple(numbered) if numbered else tuple(reports)
    asked = tuple(_asked(m, candidates) for m in mentions)
    own = [p for p in asked if p.reports and not p.demanded]
    if own:
        kept = {id(s) for p in asked for s in p.reports}
        candidates = tuple(s for s in candidates if id(s) in kept)
    elif asked:
        kept = {id(s) for p in asked for s in p.reports}
        candidates = tuple(s for s in candidates if id(s) in kept) or candidates
    number = numbered[0].report.number if numbered else ""
    selective = tuple(p for p in periods if p.kind not in _UNSELECTIVE)
    return Scope(candidates, asked, selective, number)


def same_number(one: str, other: str) -> bool:
    """Whether two document numbers are the same; "59/2022" or "59" may stand for 59/2022/NĐ-CP."""
    typed, printed = fold(one).replace(" ", ""), fold(other).replace(" ", "")
    partial = re.fullmatch(r"\d+(?:/\d{4})?", typed) is not None
    return typed == printed or (partial and printed.startswith(f"{typed}/"))


def _asked(mention: PlaceMention, reports: Sequence[ShelvedReport]) -> PlaceAsked:
    options = (mention.place,) if mention.place else mention.candidates
    for place in options:
        exact = tuple(s for s in reports if s.place and s.place.key == place.key)
        if exact:
            return PlaceAsked(place.name, place, exact, demanded=False)
    for place in options:
        above = tuple(s for s in reports if s.place and is_within(place, s.place))
        if above:
            return PlaceAsked(place.name, place, above, demanded=True)
    # A commune that the tables of places have elsewhere, or since a merger: a report has a row of its name.
    name = f" {' '.join(tokens_of(mention.text))} "
    named = tuple(s for s in reports if any(name in row for row in s.row_names))
    if named and all(place.level != "tinh" for place in options):
        return PlaceAsked(mention.text, None, named, demanded=True)
    return PlaceAsked(mention.text, mention.place, (), demanded=True)


def fits_period(evidence: Evidence, mention: PeriodMention, *, figure: bool) -> bool:
    """Whether a statement is for the period: its words or headings name it, or it is the report's own."""
    own = evidence.report.period
    asked = mention.period or resolve(mention, own.end.year if own else None)
    if asked is None:
        return own is None
    told = _told_by_figure(evidence, asked) if figure else None
    if told is not None:
        return told
    named = [p.period for p in evidence.periods if p.period and p.kind not in _UNSELECTIVE]
    if any(_names(asked, n) for n in named):
        return True
    if own is None:
        return False
    if mention.kind == "as_of":
        return own.contains(asked.end)
    if asked.same(own):
        return True
    # A day in a figure's clause may be a deadline; it dates words and dates only.
    if not (figure and evidence.fact and evidence.fact.kind != "date") and _dated_within(evidence, asked):
        return True
    # "năm 2022" asked of a half-year's report: its words and lists count, its figures are not the year's.
    return asked.contains(own) and not figure


def _told_by_figure(evidence: Evidence, asked: Period) -> bool | None:
    """Whether a figure is for the period, where its own time tells: its column, or what its words say."""
    fact = evidence.fact
    if evidence.column_period is not None:
        return _names(asked, evidence.column_period)
    if fact is None or fact.period is None or fact.kind == "date":
        return None
    if asked.same(fact.period):
        return True
    return None if asked.overlaps(fact.period) else False  # a figure of the same period last year


def names_period(evidence: Evidence, mention: PeriodMention) -> bool:
    """Whether a statement's own words name the period or a day of it."""
    own = evidence.report.period
    asked = mention.period or resolve(mention, own.end.year if own else None)
    named = [p.period for p in evidence.periods if p.period and p.kind not in _UNSELECTIVE]
    return asked is not None and (any(_names(asked, n) for n in named) or _dated_within(evidence, asked))


def _names(asked: Period, named: Period) -> bool:
    return asked.same(named) or (asked.contains(named) and (named.end - named.start).days > 0)


def _dated_within(evidence: Evidence, asked: Period) -> bool:
    words = evidence.quote
    days = [d.value for d in find_dates(words) if d.value and not _DEADLINE.search(words[: d.start])]
    return any(asked.contains(day) for day in days)


def with_known(text: str, mentions: Sequence[PlaceMention], known: Collection[Place]) -> list[PlaceMention]:
    """The mentions, and the places that the reports are about where `text` has their bare names.

    "dien tich ca phe gia lai": a name that without diacritics may be ordinary words is a place where there is
    a report of it.
    """
    folded = fold(text)
    out = list(mentions)
    for place in (*known, *(p for p in _all_provinces() if p not in known)):
        for m in re.finditer(rf"(?<!\w){re.escape(fold(place.name))}(?!\w)", folded):
            typed = text[m.start() : m.end()]
            same = typed.isascii() or nfc(typed).lower() == place.name.lower()
            over = [o for o in out if o.full_start < m.end() and m.start() < o.end]
            if same and (
                not over or (place.key.startswith("report/") and all(o.place not in known for o in over))
            ):
                out = [o for o in out if o not in over]
                out.append(PlaceMention(place, (place,), typed, m.start(), m.end(), m.start()))
    out += _initials(text, out, known)
    return sorted(out, key=lambda o: o.start)


# "hòa bình", "thái bình" and the like are words of their own once the diacritics are gone.
_ORDINARY = frozenset({"hoa binh", "thai binh", "hai duong", "nam dinh", "ha nam", "hue"})


@cache
def _all_provinces() -> tuple[Place, ...]:
    """The provinces whose names without diacritics are no ordinary words."""
    return tuple(p for p in provinces(REFORM - timedelta(days=1)) if fold(p.name) not in _ORDINARY)


def _initials(text: str, found: Sequence[PlaceMention], known: Collection[Place]) -> list[PlaceMention]:
    """Places of the reports that are typed as capital initials ("AG"), where only one has them."""
    out = []
    for m in re.finditer(r"(?<![\w/-])[A-ZĐ]{2,4}(?![\w/-])", text):
        fits = [p for p in known if "".join(w[0] for w in p.name.split()) == m.group()]
        if len(fits) == 1 and not any(o.start < m.end() and m.start() < o.end for o in found):
            out.append(PlaceMention(fits[0], (fits[0],), m.group(), m.start(), m.end(), m.start()))
    return out
