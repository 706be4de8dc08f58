"""The stored reports made ready for matching: every statement with its own words and those it inherits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Literal

import yaml

from bot.answering.postings import Postings
from bot.answering.weights import Weights, common_syllables
from bot.understanding.spelling import Speller
from index.restoration import Restorer
from index.spelling_domain import GrowingDomain
from knowledge.facts import Setting, context_of, section_titles
from knowledge.periods import Period, PeriodMention, find_periods
from knowledge.places import Place, place_named
from knowledge.records import Fact, Listing, Passage, Report, Section, Span
from knowledge.sentences import clauses, sentences
from knowledge.store import Store
from knowledge.vietnamese import LOWER, TOKEN, UPPER, canonical_tone, fold, syllables

StatementKind = Literal["facts", "clauses", "sentences", "passages"]

_LOCAL = re.compile(r"[,:;()]\s|\d%?\s")
# "tăng 18 vụ so với quý II": the period compared with is not the figure's.
_COMPARED = re.compile(r"(?:so với|cùng kỳ|so sánh với)(?:\s+\S+){0,4}\s*$", re.IGNORECASE)
_CAPITAL = re.compile(rf"(?<![\w.])[{UPPER}][{LOWER}]+(?:[ ,-]+[^\W\d_]+){{2,8}}")


@lru_cache(maxsize=8192)  # one turn asks for the same few words again and again
def tokens_of(text: str) -> tuple[str, ...]:
    """The folded syllables of a text in one spelling."""
    return tuple(syllables(canonical_tone(text)))


def padded(text: str) -> str:
    """The folded syllables between single spaces, with one at each end: phrases stand in it as substrings."""
    return f" {' '.join(tokens_of(text))} "


def measured_by(unit: str) -> str:
    """What a unit measures ("ha": "diện tích"), or ""."""
    return _measures().get(unit.lower(), "")


@cache
def measures() -> frozenset[str]:
    """Everything that some unit measures, folded."""
    return frozenset(padded(m).strip() for measured in _measures().values() for m in measured.split(","))


def capitalised_names(text: str) -> Iterator[tuple[str, ...]]:
    """The folded syllables from each capital letter on: where a name may begin ("Trung tâm Kiểm soát …")."""
    for m in _CAPITAL.finditer(text):
        yield tokens_of(m.group())


@cache
def _measures() -> dict[str, str]:
    raw = files("bot.answering").joinpath("data/measures.yml").read_text(encoding="utf-8")
    return {str(unit): str(measure) for unit, measure in yaml.safe_load(raw).items()}


@dataclass
class Evidence:
    """A statement of a report that can be quoted.

    It has its `own` words, those `near` it, those `far` above it and those `wide` around it, all padded
    folded syllables. `fact` is set where the statement is a figure.
    """

    shelved: ShelvedReport
    passage: Passage
    span: Span
    own: str
    near: str
    far: str
    fact: Fact | None = None
    wide: str = " "
    _weighed: tuple[Weights, float] | None = None

    @property
    def section(self) -> Section:
        """The section that it stands in."""
        return self.shelved.sections[self.passage.section]

    @property
    def report(self) -> Report:
        """The report that says it."""
        return self.shelved.report

    @property
    def quote(self) -> str:
        """The statement's words."""
        return self.span.of(self.report.text)

    @cached_property
    def own_tokens(self) -> frozenset[str]:
        """The syllables of `own`, figures left out."""
        return frozenset(t for t in self.own.split() if not t[0].isdigit())

    @cached_property
    def all_tokens(self) -> frozenset[str]:
        """Every syllable that the statement says or inherits."""
        return frozenset(f"{self.own}{self.far}{self.near}{self.wide}".split())

    @cached_property
    def spelt_tokens(self) -> frozenset[str]:
        """The syllables of its passage and of the titles and lead-ins above it, with diacritics."""
        text = self.report.text
        leads = (lead.of(text) for lead in self.passage.lead)
        above = (*self.shelved.titles(self.passage.section), *leads, self.report.title, self.report.issuer)
        words = " ".join((self.passage.span.of(text), self.quote, *above))
        return frozenset(canonical_tone(t) for t in TOKEN.findall(words.lower()))

    @cached_property
    def local(self) -> str:
        """The words before the figure, after the last comma, colon or figure: they tell it from others."""
        if self.fact is None:
            return " "
        text, start = self.report.text, self.fact.span.start
        return padded(_LOCAL.split(text[max(self.fact.clause.start, start - 120) : start])[-1])

    def own_weight(self, weights: Weights) -> float:
        """What its own syllables weigh together."""
        if self._weighed is None or self._weighed[0] is not weights:
            self._weighed = (weights, sum(weights.token(t) for t in self.own_tokens))
        return self._weighed[1]

    @cached_property
    def periods(self) -> tuple[PeriodMention, ...]:
        """The periods that the statement's passage, headings and lead-ins name."""
        year = self.report.period.end.year if self.report.period else None
        found = find_periods(self.quote, default_year=year)
        own = [p for p in found if not _COMPARED.search(self.quote[: p.start])]
        return tuple(own) + self.shelved.heading_periods(self.passage)

    @cached_property
    def column_period(self) -> Period | None:
        """The period that the header of a table's column names, where it is not the report's own."""
        own, fact = self.report.period, self.fact
        if fact is None or fact.period is None or not self.passage.span.of(self.report.text).startswith("|"):
            return None
        return None if own is not None and fact.period.same(own) else fact.period


def _place(name: str) -> Place | None:
    """The place of that name; a unit that the tables lack (a commune, a merged ward) stands for itself."""
    if not name:
        return None
    words = name.split(" ")
    at = next((i for i, w in enumerate(words) if w[:1].isupper()), 0)
    kind, bare = " ".join(words[:at]), " ".join(words[at:])
    return place_named(name) or Place(name=bare, level="xa", kind=kind, key=f"report/{fold(name)}", parent="")


class ShelvedReport:
    """A report with its statements; they are made when first asked for."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.sections: dict[str, Section] = {s.path: s for s in report.sections}
        self._titles = section_titles(report.sections)
        # What the whole report is about counts as inherited by each of its statements.
        self._about = f"{report.title} ; {report.issuer}"
        self._setting = Setting(report.text, report.sections, report.listings, report.place, report.period)
        self.place = _place(report.place)
        self._heading_periods: dict[str, tuple[PeriodMention, ...]] = {}
        self._listing_evidence: dict[int, Evidence] = {}
        self._member_facts: dict[int, list[list[Evidence]]] = {}
        self._postings: dict[StatementKind, Postings] = {}

    def statements(self, kind: StatementKind) -> tuple[Evidence, ...]:
        """The report's statements of one kind, in reading order."""
        found: tuple[Evidence, ...] = getattr(self, kind)
        return found

    def postings(self, kind: StatementKind) -> Postings:
        """The postings of `statements(kind)`, made when first asked for."""
        if kind not in self._postings:
            self._postings[kind] = Postings(self.statements(kind))
        return self._postings[kind]

    @cached_property
    def row_names(self) -> frozenset[str]:
        """The padded names of the rows of its tables."""
        in_table = {p.ordinal for p in self.report.passages if p.span.of(self.report.text).startswith("|")}
        facts = (f for f in self.report.facts if f.passage in in_table)
        return frozenset(padded(f.indicator.rpartition(": ")[0]) for f in facts)

    @cached_property
    def clauses(self) -> tuple[Evidence, ...]:
        """Every clause of every passage, in reading order."""
        return tuple(e for p in self.report.passages for e in self._passage_clauses(p))

    @cached_property
    def sentences(self) -> tuple[Evidence, ...]:
        """Every sentence of every passage, in reading order."""
        out = []
        for p in self.report.passages:
            near = padded(p.span.of(self.report.text))
            for s in sentences(self.report.text, p.span):
                above = context_of(self._setting, p, s, self.titles(p.section))
                far = padded(" ; ".join((*above, self._about)))
                out.append(Evidence(self, p, s, padded(s.of(self.report.text)), near, far))
        return tuple(out)

    @cached_property
    def facts(self) -> tuple[Evidence, ...]:
        """Every figure."""
        text = self.report.text
        out = []
        for f in self.report.facts:
            passage = self.report.passages[f.passage]
            head = self.inline_head(passage)
            near = padded(f"{head} {f.clause.of(text)}")
            wide = padded(f"{head} {self._sentence(passage, f.clause).of(text)}")
            far = padded(" ; ".join((*f.context, self._about, measured_by(f.unit))))
            out.append(Evidence(self, passage, f.clause, padded(f"{head} {f.indicator}"), near, far, f, wide))
        return tuple(out)

    @cached_property
    def passages(self) -> tuple[Evidence, ...]:
        """Every passage whole."""
        out = []
        for p in self.report.passages:
            words = padded(p.span.of(self.report.text))
            leads = [lead.of(self.report.text) for lead in p.lead]
            far = padded(" ; ".join((*self.titles(p.section), *leads, self._about)))
            out.append(Evidence(self, p, p.span, words, " ", far))
        return tuple(out)

    def inline_head(self, passage: Passage) -> str:
        """The title of the passage's section where the passage goes on in its line, or "".

        "3. Đăng ký khai sinh: 610/655 hồ sơ": what the figure is of stands in the title alone.
        """
        section = self.sections[passage.section]
        between = self.report.text[section.heading.end : passage.span.start]
        inline = section.heading.end <= passage.span.start and "\n" not in between and not between.strip()
        return section.title if inline and passage.footnote is None else ""

    def titles(self, path: str) -> tuple[str, ...]:
        """The titles of a section and those above it, outermost first."""
        return self._titles.get(path, ())

    def heading_periods(self, passage: Passage) -> tuple[PeriodMention, ...]:
        """The periods that the titles above a passage name."""
        if passage.section not in self._heading_periods:
            year = self.report.period.end.year if self.report.period else None
            text = " ; ".join(self.titles(passage.section))
            self._heading_periods[passage.section] = tuple(find_periods(text, default_year=year))
        return self._heading_periods[passage.section]

    def listing_context(self, listing: Listing) -> str:
        """The padded words of what stands above a listing: titles, lead-ins, its own title."""
        passage = self.report.passages[listing.passage]
        leads = [lead.of(self.report.text) for lead in passage.lead]
        head = passage.span.of(self.report.text)[: max(0, listing.lead.end - passage.span.start)]
        return padded(" ; ".join((*self.titles(listing.section), *leads, head, listing.title, self._about)))

    def listing_evidence(self, listing: Listing) -> Evidence:
        """A listing as a statement: its title is its own, its members are near, what stands above is far."""
        if listing.ordinal not in self._listing_evidence:
            text = self.report.text
            # A cell's span is its figure alone: what it is of is the name of its row.
            members = " ; ".join(f"{m.name} {m.span.of(text)[:400]}" for m in listing.members)
            passage, title = self.report.passages[listing.passage], padded(listing.title)
            self._listing_evidence[listing.ordinal] = Evidence(
                self, passage, listing.lead, title, padded(members), self.listing_context(listing)
            )
        return self._listing_evidence[listing.ordinal]

    def member_facts(self, listing: Listing) -> list[list[Evidence]]:
        """For each member of a listing the figures that stand in it."""
        if listing.ordinal not in self._member_facts:
            inside = [(e, e.fact.span) for e in self.facts if e.fact]
            self._member_facts[listing.ordinal] = [
                [e for e, span in inside if m.span.covers(span)] for m in listing.members
            ]
        return self._member_facts[listing.ordinal]

    def _sentence(self, passage: Passage, span: Span) -> Span:
        """The sentence of a passage that a span stands in."""
        return next((s for s in sentences(self.report.text, passage.span) if s.covers(span)), passage.span)

    def _passage_clauses(self, passage: Passage) -> Iterator[Evidence]:
        text = self.report.text
        near = padded(passage.span.of(text))
        for sentence in sentences(text, passage.span):
            for clause in clauses(text, sentence):
                above = context_of(self._setting, passage, clause, self.titles(passage.section))
                far = padded(" ; ".join((*above, self._about)))
                yield Evidence(self, passage, clause, padded(clause.of(text)), near, far)


class Shelf:
    """All active reports, loaded from the store and kept until the store changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._fingerprint = ""
        self.reports: tuple[ShelvedReport, ...] = ()
        self.weights = Weights(0, {})
        self.speller = Speller(())
        self._spelling: GrowingDomain | None = None
        self.restorer: Restorer | None = None

    @property
    def places(self) -> frozenset[Place]:
        """The places that the reports are about."""
        return frozenset(s.place for s in self.reports if s.place)

    def reload_if_changed(self) -> bool:
        """Whether the store had changed; reports that did not change keep what was made of them."""
        fingerprint = self._store.fingerprint()
        if fingerprint == self._fingerprint:
            return False
        kept = {s.report.id: s for s in self.reports}
        loaded = []
        for summary in self._store.reports():
            report = self._store.report(summary.id)
            old = kept.get(report.id)
            loaded.append(old if old and old.report == report else ShelvedReport(report))
        self.reports = tuple(loaded)
        tokens = [tokens_of(p.span.of(s.report.text)) for s in self.reports for p in s.report.passages]
        self.weights = Weights.of(tokens)
        names = (name for s in self.reports for name in capitalised_names(s.report.text))
        self.speller = Speller(tokens, known=common_syllables(), names=names)
        self._spelling = self._spelling or GrowingDomain()
        self.restorer = Restorer(self._spelling.of(s.report.text for s in self.reports))
        self._fingerprint = fingerprint
        return True
