"""What carries from one turn to the next: subject, kind, period, place, and what the answer was about."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answering.case import Focus
from bot.answering.figure_words import name_of
from bot.answering.matching import credit_of
from bot.answering.reply import Draft
from bot.answering.scope import with_known
from bot.answering.shelf import Evidence
from bot.answering.weights import Weights
from bot.understanding.concepts import concepts, distinct
from bot.understanding.cues import plain
from bot.understanding.kinds import SMALLTALK, kind_from_cues
from bot.understanding.question import Question
from index.thesaurus import Thesaurus
from knowledge.periods import find_periods
from knowledge.places import Place, PlaceMention, find_places

# Cues that by themselves make a short turn ask for something else of the same subject.
_KIND_CUES = frozenset({
    "percent", "count", "money", "date", "document", "who", "list", "max", "min", "sum", "difference",
    "remaining", "compare", "negative", "definition", "check", "difficulty", "task", "summary", "order",
    "average", "share", "times",
})  # fmt: skip
_CARRIED_CUES = frozenset(
    {"percent", "count", "money", "date", "document", "who", "remaining", "list", "which"}
)

# Which figure is looked at: "tỷ lệ thấp nhất?", then "thấp thứ hai?".
_MEASURES = frozenset({"percent", "money", "remaining", "negative"})
# A question whose concepts all weigh less cannot stand alone.
_TELLING = 0.62
# What carried over goes on where the answer says at least this much of it.
_STILL_SAID = 0.5
_SUBJECT_LENGTH = 300
_MOST_DOCUMENTS = 6
# "hơn Hội nông dân bao nhiêu?": what is more stands in the answer before.
_COMPARATIVE = re.compile(r"^\s*(?:vay |the |no )*(?:(?:cao|thap|nhieu|it|lon|nho) )?(?:hon|kem)\b")


# "so với cùng kỳ tăng mấy phần trăm?" names a change and nothing that changed.
_CHANGES = frozenset({"tang", "giam", "tang them", "giam di", "thay doi", "bien dong", "tang giam"})


@dataclass(frozen=True, slots=True)
class Turn:
    """A question joined with what came before it."""

    question: Question
    mentions: tuple[PlaceMention, ...]
    focus: Focus
    subject: str
    period: str
    place: str

    @property
    def search_text(self) -> str:
        """What to search for: the question, and its subject where that came from before."""
        return self._with_subject(self.question.text)

    @property
    def typed_search_text(self) -> str:
        """The same in the question's words as they were typed."""
        return self._with_subject(self.question.typed)

    def _with_subject(self, text: str) -> str:
        return f"{text} {self.subject}" if self.question.context and self.subject else text


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The state that the last answer left behind."""

    subject: str
    kind: str
    cues: frozenset[str]
    period: str
    place: str
    focus: Focus
    thesaurus: Thesaurus

    @classmethod
    def of(cls, state: Mapping[str, object], thesaurus: Thesaurus) -> Dialogue:
        """The dialogue state in Rasa's slots; what is missing or malformed is empty."""
        kind, _, cues = str(state.get("kind") or "").partition("|")
        return cls(
            subject=str(state.get("subject") or ""),
            kind=kind,
            cues=frozenset(cues.split(",")) - {""},
            period=str(state.get("period") or ""),
            place=str(state.get("place") or ""),
            focus=_focus(state.get("focus")),
            thesaurus=thesaurus,
        )

    def carried(self, turn: Turn, known: Collection[Place]) -> Iterator[Turn]:
        """The turn asked of the period and place talked about, where it stands alone; the closest first."""
        if turn.question.dependent or turn.question.kind in SMALLTALK:
            return
        places = () if turn.mentions else self.mentions(known)
        periods = () if turn.question.periods else tuple(find_periods(self.period))
        there = replace(turn, mentions=turn.mentions or places, place=turn.place or self.place)
        if periods:
            question = replace(turn.question, periods=periods)
            yield replace(there, question=question, period=self.period)
        if places:
            yield there

    def without_period(self, turn: Turn) -> Turn | None:
        """The turn of another place without the period that only carried over, or None where it named one.

        "Còn ở Hà Nam?" after a question on March asks of what Hà Nam reports; the answer names its period.
        """
        named = turn.period != self.period or not turn.question.dependent or not turn.question.periods
        if any(p.period for p in turn.question.periods):
            return None  # a month of a year was named: another one never stands in for it
        if named or not turn.mentions or turn.place == self.place:
            return None
        return replace(turn, question=replace(turn.question, periods=()), period="")

    def mentions(self, known: Collection[Place]) -> tuple[PlaceMention, ...]:
        """The places that were talked about."""
        return tuple(with_known(self.place, find_places(self.place, known=known), known))

    def join(
        self, question: Question, mentions: Sequence[PlaceMention], known: Collection[Place], weights: Weights
    ) -> Turn:
        """The question completed by what carries over, if it leans on the turn before."""
        if not self._leans(question, mentions, weights):
            return Turn(
                question, tuple(mentions), self.focus, _subject(question), _labels(question), _names(mentions)
            )
        carried = distinct(concepts(self.subject, (), self.thesaurus))
        own = question.concepts
        asks = bool(question.cues & _KIND_CUES)
        joined = replace(
            question,
            kind=self._kind(question, asks=asks),
            cues=self._cues(question, asks=asks),
            concepts=own or carried,
            context=carried if own else (),
            periods=question.periods or tuple(find_periods(self.period)),
            dependent=True,
        )
        places = tuple(mentions) or self.mentions(known)
        subject = f"{_subject(question)} {self.subject}".strip() if own else self.subject
        place = _names(mentions) or self.place
        # The last figures are of another period than one that is named now: nothing is reckoned with them.
        focus = replace(self.focus, facts=(), earlier=()) if question.periods else self.focus
        return Turn(joined, places, focus, subject[:_SUBJECT_LENGTH], _labels(joined), place)

    def _cues(self, question: Question, *, asks: bool) -> frozenset[str]:
        """The asking words with those that go on: of an order only its measure."""
        if not asks:
            return question.cues | (self.cues & _CARRIED_CUES)
        measured = question.has("max", "min", "order", "average") and not question.cues & _MEASURES
        return question.cues | (self.cues & _MEASURES) if measured else question.cues

    def _kind(self, question: Question, *, asks: bool) -> str:
        """The kind of a question that leans on the turn before: its own where it asks, else that before."""
        if not asks:
            return self.kind or question.kind
        leaning = question.kind in {"followup", "correction"}
        return kind_from_cues(question.cues, question.text) if leaning else question.kind

    def _leans(self, question: Question, mentions: Sequence[PlaceMention], weights: Weights) -> bool:
        if question.kind in SMALLTALK or not self.subject:
            return False
        if question.dependent or (question.has("sum") and not mentions and not question.periods):
            return True
        if _CHANGES.issuperset(c.typed for c in question.concepts) and question.has("compare", "difference"):
            return not mentions
        if question.has("difference") and not mentions and _COMPARATIVE.search(plain(question.text)):
            return True
        # "bao nhiêu hồ sơ?", "cấp huyện?", "hội cựu chiến binh?": too little to stand alone.
        if not question.concepts:
            return bool(question.cues or question.periods or mentions)
        words = len(question.text.split())
        if len(question.concepts) <= 2 and words <= 5 and not question.has("definition", "percent"):
            return True
        told = [weights.phrase(c.alternatives[0]) for c in question.concepts]
        return not mentions and words <= 9 and max(told) < _TELLING and sum(told) < 2.3 * _TELLING


def next_state(turn: Turn, draft: Draft) -> dict[str, object]:
    """The slots for the next turn."""
    kind = f"{turn.question.kind}|{','.join(sorted(turn.question.cues))}"
    focus = _next_focus(turn, draft)
    stored = [
        focus.report_id,
        focus.passage,
        list(focus.facts),
        focus.group,
        focus.section,
        list(focus.earlier),
        list(focus.documents),
    ]
    return {
        "subject": _next_subject(turn, draft),
        "kind": kind,
        "period": turn.period,
        "place": turn.place,
        "focus": json.dumps(stored, ensure_ascii=False),
    }


def _next_focus(turn: Turn, draft: Draft) -> Focus:
    evidence = _answering(draft)
    if evidence is None:
        return turn.focus
    facts = tuple(e.fact.ordinal for e in draft.focus if e.fact)
    same = turn.focus.report_id == evidence.report.id
    earlier = turn.focus.facts if same and turn.focus.facts != facts else ()
    return Focus(
        evidence.report.id,
        evidence.passage.ordinal,
        facts,
        draft.group,
        evidence.passage.section,
        earlier,
        _cited(draft),
    )


def _cited(draft: Draft) -> tuple[str, ...]:
    """The numbers of the documents that the first quote of an answer cites."""
    quote = draft.quotes[0] if draft.quotes else None
    if quote is None:
        return ()
    found = (d.number for d in quote.shelved.report.documents if d.number and quote.span.covers(d.span))
    return tuple(dict.fromkeys(found))[:_MOST_DOCUMENTS]


def _next_subject(turn: Turn, draft: Draft) -> str:
    """What was asked about: the turn's own words, and those carried over that the answer says, too."""
    evidence = _answering(draft)
    if draft.status != "answered" or evidence is None:
        return turn.subject
    if draft.traced:
        return name_of(draft.traced)[:_SUBJECT_LENGTH]
    if not turn.question.context:
        return turn.subject
    carried = [c.typed for c in turn.question.context if credit_of(c, evidence)[0] > _STILL_SAID]
    return " ".join([_subject(turn.question), *carried])[:_SUBJECT_LENGTH]


def _answering(draft: Draft) -> Evidence | None:
    """The statement that the answer rests on first."""
    if draft.focus:
        return draft.focus[0]
    quote = draft.quotes[0] if draft.quotes else None
    if quote is None:
        return None
    return next((e for e in quote.shelved.passages if e.passage.ordinal == quote.passage.ordinal), None)


def _focus(value: object) -> Focus:
    try:
        report_id, passage, facts, group, section, *more = json.loads(str(value))
        earlier = tuple(int(f) for f in more[0]) if more else ()
        documents = tuple(str(d) for d in more[1]) if len(more) > 1 else ()
        return Focus(
            str(report_id), int(passage), tuple(map(int, facts)), group, str(section), earlier, documents
        )
    except (ValueError, TypeError):
        return Focus()


def _subject(question: Question) -> str:
    """The concepts as typed, in order: what the question was about, without its asking words."""
    return " ".join(question.text[c.start : c.end] for c in question.concepts)


def _labels(question: Question) -> str:
    return ", ".join(p.text for p in question.periods)


def _names(mentions: Sequence[PlaceMention]) -> str:
    return ", ".join(f"{m.place.kind} {m.place.name}" if m.place else m.text for m in mentions)
