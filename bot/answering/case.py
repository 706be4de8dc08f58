"""One question at work: the statements that may answer it, each with how well it fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.answering.acceptance import HARDLY, SURE, likelihood
from bot.answering.breakdowns import asks_part
from bot.answering.matching import Match, match
from bot.answering.postings import worth_reading
from bot.answering.scope import Scope
from bot.answering.shelf import Evidence, ShelvedReport, StatementKind, tokens_of
from bot.answering.weights import Weights
from bot.understanding.question import Concept, Question
from knowledge.periods import resolve
from knowledge.records import Fact
from knowledge.vietnamese import fold

_FIGURES = re.compile(r"\d+(?:[.,/]\d+)*")
# A statement that says no more of what the question names than this share, by weight, is not looked at.
_HEARD = 0.25
# A statement must say at least this share of what the question names, by weight.
ENOUGH = 0.7
LEAST = 0.5
_OUTWEIGHED, _CLEAR, _SPECIFIC = 1.05, 0.07, 0.3
_FOUND = 0.12
_SAME_GROUP, _SAME_SECTION, _SAME_REPORT = 0.25, 0.16, 0.02
_RECENT = 0.02
_SAID_BEFORE = 0.2
_NUMBERED = 0.12
_TIMELY = 0.08
_ASPECT = 0.12
_LOCAL = 0.1
_COMPARISON = 0.3
_PART, _ASIDE, _WHOLE = 0.12, 0.3, 0.25
_SAME_PASSAGE = 0.15
_BOUND = 0.25
_TARGET = re.compile(r"\b(?:chi tieu|ke hoach|muc tieu|phan dau|du kien)\b")
_TARGET_ASKED = re.compile(
    r"\b(?:chi tieu|ke hoach|muc tieu)(?: (?:duoc )?giao)? (?:la |den )?(?:bao nhieu|may)\b"
)
_AS_ASKED = 0.25
_CHANGE = re.compile(r"\b(?:tang|giam|so voi|cung ky|chenh|hon|kem|truoc)\b")
_GIVEN = re.compile(r"(?<!\w)[Cc]ho(?!\w)(?! (?:xu ly|giai quyet|duyet|tra|xac minh|phe duyet)(?!\w))")
_CHANGED = re.compile(r"\b(?:tang|giam|them)(?: \w+){0,2} $|\bso voi [^,;]{0,40}$")


@dataclass(frozen=True, slots=True)
class Focus:
    """What the answer before was about; `earlier` are the figures of the one before, of the same report.

    `documents` are the numbers of the documents that its first quote cites.
    """

    report_id: str = ""
    passage: int = -1
    facts: tuple[int, ...] = ()
    group: int | None = None
    section: str = ""
    earlier: tuple[int, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(slots=True)
class Case:
    """A question with its scope; `hits` are scores of the passages found, by (report id, ordinal)."""

    question: Question
    scope: Scope
    weights: Weights
    focus: Focus
    hits: Mapping[tuple[str, int], float]
    reports: tuple[ShelvedReport, ...] = ()
    _ranked: dict[StatementKind, list[Match]] = field(default_factory=dict)
    _aspect_words: tuple[str, ...] | None = field(init=False, default=None)
    # Never copied into a case with another question.
    _bonuses: dict[int, float] = field(init=False, default_factory=dict)

    @property
    def wanted(self) -> tuple[Concept, ...]:
        """What a statement must say: the question's concepts, and the places that it must name."""
        return (*self.question.concepts, *self.scope.demanded)

    def facts(self, keep: Callable[[Evidence], bool] | None = None) -> list[Match]:
        """The figures that may answer, best first."""
        found = self._rank("facts", figure=True)
        return [m for m in found if keep is None or keep(m.evidence)]

    def in_focus(self, ordinals: Sequence[int]) -> list[Evidence]:
        """The figures with these ordinals of the report that the last answer was about, in that order."""
        shelved = next((s for s in self.reports if s.report.id == self.focus.report_id), None)
        if shelved is None or not ordinals:
            return []
        by_ordinal = {e.fact.ordinal: e for e in shelved.facts if e.fact}
        return [by_ordinal[o] for o in ordinals if o in by_ordinal]

    def clauses(self) -> list[Match]:
        """The clauses that may answer, best first."""
        return self._rank("clauses")

    def sentences(self) -> list[Match]:
        """The sentences that may answer, best first."""
        return self._rank("sentences")

    def passages(self) -> list[Match]:
        """The passages that may answer, best first."""
        return self._rank("passages")

    def match(self, evidence: Evidence, *, wanted: Sequence[Concept] | None = None) -> Match:
        """How well a statement fits."""
        return match(
            evidence,
            self.wanted if wanted is None else wanted,
            self.weights,
            carried=self.question.context,
            bonus=self.bonus(evidence),
            found=self.hits.get((evidence.report.id, evidence.passage.ordinal), 0.0) if self.hits else None,
        )

    def _rank(self, kind: StatementKind, *, figure: bool = False) -> list[Match]:
        if kind not in self._ranked:
            wanted = self.wanted
            found = [
                m
                for shelved in self.scope.reports
                for e in self._worth_reading(shelved, kind, wanted)
                if (m := self.match(e, wanted=wanted)).coverage > _HEARD or not wanted
                if self.scope.fits(e, figure=figure)
            ]
            self._ranked[kind] = sorted(found, key=lambda m: (-round(m.score, 6), m.evidence.span.start))
        return self._ranked[kind]

    def _worth_reading(
        self, shelved: ShelvedReport, kind: StatementKind, wanted: Sequence[Concept]
    ) -> Iterable[Evidence]:
        """The report's statements without those that cannot say enough of what is wanted."""
        statements = shelved.statements(kind)
        if not wanted:
            return statements
        postings = shelved.postings(kind)
        weights = [self.weights.phrase(c.alternatives[0]) for c in wanted]
        sets = [postings.can_say(c) for c in wanted]
        return (statements[n] for n in worth_reading(sets, weights, _HEARD * sum(weights) * (1 - 1e-9)))

    def bonus(self, evidence: Evidence) -> float:
        """What speaks for a statement beside its words: search, aspects, numbers, the answer before."""
        if id(evidence) not in self._bonuses:  # a statement lives as long as its report, which the case holds
            self._bonuses[id(evidence)] = self._bonus(evidence)
        return self._bonuses[id(evidence)]

    def _bonus(self, evidence: Evidence) -> float:
        bonus = _FOUND * self.hits.get((evidence.report.id, evidence.passage.ordinal), 0.0)
        if evidence.fact:
            bonus += self._figure_bonus(evidence, evidence.fact)
        if self.scope.reports and evidence.shelved is self.scope.reports[0]:
            bonus += _RECENT
        if self.question.dependent and evidence.report.id == self.focus.report_id:
            bonus += self._focus_bonus(evidence)
        return bonus

    def _figure_bonus(self, evidence: Evidence, fact: Fact) -> float:
        """What speaks for a figure, or against it: its role, its aspect, words and numbers right at it."""
        bonus = -self._role_malus(evidence, fact)
        if asks_part(self.question, evidence):
            bonus -= _WHOLE
        if fact.role == "target" and _TARGET_ASKED.search(fold(self.question.text)):
            bonus += _AS_ASKED
        if self._aspects:
            bonus += _ASPECT * sum(f" {w} " in evidence.own for w in self._aspects) / len(self._aspects)
        if self.question.concepts:
            bonus += _LOCAL * self._locally_said(evidence)
        bonus += self._time_bonus(evidence, fact)
        if self.question.numbers:
            bonus += self._number_bonus(fact, fact.span.of(evidence.report.text))
        return bonus - _ASIDE if _is_aside(evidence) else bonus

    def _time_bonus(self, evidence: Evidence, fact: Fact) -> float:
        """What speaks for a figure of just the period asked for, against one of a time before its report.

        A table has columns of the month before and of last year beside the one that the report is about.
        """
        own = evidence.report.period
        if self.scope.periods:
            asked = [resolve(m, own.end.year if own else None) for m in self.scope.periods]
            timely = any(a and fact.period and a.same(fact.period) for a in asked)
            return _TIMELY if timely else 0.0
        before = own is not None and fact.period is not None and fact.period.end < own.start
        return -_COMPARISON if before and not _CHANGE.search(fold(self.question.text)) else 0.0

    def _focus_bonus(self, evidence: Evidence) -> float:
        """What speaks for a statement of the report that the answer before was about: how near it stands."""
        bonus = _SAME_PASSAGE if evidence.passage.ordinal == self.focus.passage else 0.0
        if evidence.fact and self._asked_beyond(evidence, evidence.fact):
            bonus -= _SAID_BEFORE
        group = evidence.fact.group if evidence.fact else None
        if group is not None and group == self.focus.group:
            return bonus + _SAME_GROUP
        return bonus + (_SAME_SECTION if evidence.passage.section == self.focus.section else _SAME_REPORT)

    def _asked_beyond(self, evidence: Evidence, fact: Fact) -> bool:
        """Whether a figure was the last answer and the question names something that it does not say."""
        named = self.question.concepts
        return fact.ordinal in self.focus.facts and not all(_says(evidence.own, c) for c in named)

    def _locally_said(self, evidence: Evidence) -> float:
        """The share of the question's concepts that stand right before the figure."""
        concepts = self.question.concepts
        return sum(_says(evidence.local, c) for c in concepts) / len(concepts)

    def _role_malus(self, evidence: Evidence, fact: Fact) -> float:
        """What speaks against a figure that only serves another one: a change, a target, a part, a bound.

        Nothing does where the question asks for such a figure.
        """
        words = fold(self.question.text)
        if fact.role == "target" or (_is_planned(evidence) and not self.scope.names(evidence)):
            return 0.0 if _TARGET.search(words) else _COMPARISON
        if is_comparison(evidence):
            return 0.0 if _CHANGE.search(words) else _COMPARISON
        if fact.kind == "rate" and fact.bound in {"<", "<=", ">", ">="}:
            return _BOUND  # "giải ngân dưới 40%" sets a bound and states no rate
        followed = self.question.dependent and bool(self.question.concepts)
        return _PART if fact.role == "part" and not followed else 0.0

    @property
    def _aspects(self) -> tuple[str, ...]:
        """The words of the question that tell what is done from what is being done: "đã", "đang", "chờ"."""
        if self._aspect_words is None:
            # "cho em hỏi", "trợ cấp cho" wait for nothing.
            words = set(tokens_of(_GIVEN.sub(" ", self.question.text)))
            self._aspect_words = tuple(w for w in ("da", "dang", "cho", "chua", "moi") if w in words)
        return self._aspect_words

    def _number_bonus(self, fact: Fact, printed: str) -> float:
        """What speaks for a figure that has a number of the question as its base, against one that is it.

        "trong 42 mô hình có mấy mô hình hiệu quả?" does not ask for the 42.
        """
        if not any(stands_in(n, printed) for n in self.question.numbers):
            return 0.0
        own = {n.rstrip("% ").lstrip("0") for n in self.question.numbers}
        asked_again = (
            self.question.has("count") and fact.kind == "count" and printed.split(" ")[0].lstrip("0") in own
        )
        return -_NUMBERED if asked_again else _NUMBERED


def _says(words: str, concept: Concept) -> bool:
    return any(f" {' '.join(phrase)} " in words for phrase in concept.alternatives)


def is_comparison(evidence: Evidence) -> bool:
    """Whether a figure only says by how much another one changed, or what it was before.

    Both figures of "tăng 412 ca so với 914 ca" do.
    """
    fact = evidence.fact
    if fact is None:
        return False
    before = fold(evidence.report.text[max(fact.clause.start, fact.span.start - 48) : fact.span.start])
    return (
        fact.kind == "change" or fact.role in {"increase", "decrease"} or _CHANGED.search(before) is not None
    )


def _is_planned(evidence: Evidence) -> bool:
    """Whether a figure stands under a heading that names a time after the report's own: it is yet to come."""
    own = evidence.report.period
    headed = [p.period for p in evidence.shelved.heading_periods(evidence.passage) if p.period]
    return own is not None and bool(headed) and all(p.start > own.end for p in headed)


def _is_aside(evidence: Evidence) -> bool:
    """Whether a figure stands in brackets within its clause: what is said there is said in passing."""
    if evidence.fact is None or evidence.fact.role == "part":
        return False
    before = evidence.report.text[evidence.span.start : evidence.fact.span.start]
    return before.count("(") > before.count(")")


def stands_in(number: str, words: str) -> bool:
    """Whether a number of the question stands in the words as a whole number; leading zeros do not count."""
    figures = {f.lstrip("0") for m in _FIGURES.findall(words) for f in (m, *m.split("/"))}
    return number.rstrip("% ").lstrip("0") in figures


def enough(found: Match, rivals: Sequence[Match] = ()) -> bool:
    """Whether a statement says what the question names, so that it may answer it."""
    if found.evidence.fact and not found.said_here:
        return False  # its headings alone do not make a figure the answer
    if any(c.typed[-1:].isdigit() for c in found.missing):
        return False  # "ấp 3" is no other hamlet
    if any(c.named or c.start == c.end for c in found.missing):
        return False  # a name, or a place that the statement must name
    likely = likelihood(found)
    return likely > SURE or (likely > HARDLY and _says_nearly_all(found, rivals))


def _says_nearly_all(found: Match, rivals: Sequence[Match]) -> bool:
    """Whether a statement says nearly all that the question names.

    It may leave out a lesser part of it ("chốt", "bên", "gửi") where its own words say the greater one and no
    rival statement says as much.
    """
    if found.coverage >= ENOUGH:
        return True
    lesser = found.missing_weight <= found.owned_weight * _OUTWEIGHED
    if found.specificity < _SPECIFIC or found.coverage < LEAST or not lesser:
        return False
    mine = found.evidence
    others = [
        m for m in rivals if m.evidence.passage is not mine.passage or m.evidence.report is not mine.report
    ]
    return all(m.coverage < found.coverage - _CLEAR for m in others)
