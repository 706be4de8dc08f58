"""The assistant: a question in, an answer out, from the reports that are stored now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Self

from bot.answering.case import Case
from bot.answering.dialogue import Dialogue, Turn, next_state
from bot.answering.planner import plan
from bot.answering.records import Answer
from bot.answering.reply import Draft, finish, merged, saying_settled, saying_time
from bot.answering.scope import Scope, newest, resolve_scope, with_known
from bot.answering.shelf import Shelf
from bot.answering.told_time import settled, taken_for
from bot.masking import without_personal
from bot.understanding.analysis import analyse
from bot.understanding.message import Message
from bot.understanding.parts import asking_parts, joined_questions
from bot.understanding.rasa import Understanding
from index.generation import open_current
from index.records import Filters
from index.thesaurus import Thesaurus
from index.thesaurus import load as load_thesaurus
from knowledge.places import PlaceMention, find_places
from knowledge.store import Store
from knowledge.vietnamese import nfc

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.search import Index

_HITS = 60
_READ_CLOSELY = 10


class Assistant:
    """Answers questions from the store and the published index; one thread at a time."""

    def __init__(self, shelf: Shelf, thesaurus: Thesaurus, index: Index | None) -> None:
        self._shelf, self._thesaurus, self._index = shelf, thesaurus, index

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """The assistant over the store and index that `settings` name.

        Raises:
            StoreError: the store cannot be opened.
            SearchError: no index has been published, or another model made it.
        """
        shelf = Shelf(Store.open(settings.knowledge_path))
        index = open_current(settings.index_folder, embedder=settings.embedder, vectors=settings.vector_store)
        assistant = cls(shelf, load_thesaurus(), index)
        assistant.reload_if_changed()
        return assistant

    def reload_if_changed(self) -> bool:
        """Whether reports or index had changed and the new ones are now used."""
        changed = self._shelf.reload_if_changed()
        if self._index is not None:
            changed = self._index.reload_if_changed() or changed
        return changed

    def answer(
        self,
        text: str,
        *,
        understanding: Understanding | None = None,
        state: Mapping[str, object] | None = None,
        today: date | None = None,
    ) -> Answer:
        """The answer to `text`.

        `understanding` is Rasa's reading of it, `state` what the answer before left behind. A message with
        several questions gets the answers to all, each understood in the light of the one before.
        """
        message = self._read(without_personal(nfc(text)))
        parts = asking_parts(message.text)
        day = today or datetime.now(UTC).astimezone().date()
        drafts = []
        carried: Mapping[str, object] = state or {}
        for part in parts:
            found = self._joined(part, message, carried, day) or [
                self._turn(part, message, understanding if len(parts) == 1 else None, carried, day)
            ]
            for turn, draft in found:
                carried = next_state(turn, draft) if draft.status != "smalltalk" else carried
                drafts.append(draft)
        # What was said in earlier turns and carries over is the person's own, too.
        said = f"{text} {carried.get('period', '')} {carried.get('place', '')}"
        return finish(merged(drafts), question=said, state=carried)

    def _joined(
        self, part: str, message: Message, state: Mapping[str, object], today: date
    ) -> list[tuple[Turn, Draft]]:
        """The answers to the two questions that "và" joins, where they are two; else nothing.

        They are two where one of them is answered, or each from a place of its own.
        """
        out: list[tuple[Turn, Draft]] = []
        for side in joined_questions(part):
            turn, draft = self._turn(side, message, None, state, today)
            state = next_state(turn, draft)
            out.append((turn, draft))
        answered = [draft for _, draft in out if draft.status == "answered"]
        apart = len({(q.shelved.report.id, q.span.start) for d in answered for q in d.quotes[:1]})
        return out if answered and apart == len(answered) else []

    def _read(self, typed: str) -> Message:
        """The message with the diacritics that were not typed, as the reports spell, where they are sure."""
        restorer = self._shelf.restorer
        if restorer is None or not restorer.is_bare(typed):
            return Message(typed, typed)
        names = [(m.start, nfc(m.place.name)) for m in self._mentions(typed) if m.place]
        return Message(restorer.restored(typed, names=names), typed)

    def _mentions(self, text: str) -> list[PlaceMention]:
        return with_known(text, find_places(text, known=self._shelf.places), self._shelf.places)

    def _turn(
        self,
        text: str,
        message: Message,
        understanding: Understanding | None,
        state: Mapping[str, object],
        today: date,
    ) -> tuple[Turn, Draft]:
        """One question, joined with what came before it, and the draft of its answer."""
        typed = message.as_typed(text)
        mentions = self._mentions(typed)
        question = analyse(
            text,
            typed=typed,
            thesaurus=self._thesaurus,
            speller=self._shelf.speller,
            places=[(m.full_start, m.start, m.end, m.text) for m in mentions],
            understanding=understanding,
            today=today,
        )
        dialogue = Dialogue.of(state, self._thesaurus)
        turn = dialogue.join(question, mentions, self._shelf.places, self._shelf.weights)
        for carried in dialogue.carried(turn, self._shelf.places):
            # A complete question that names no place or period is first asked of those talked about.
            draft = self._plan(carried)
            if draft.status == "answered":
                return carried, draft
        draft = self._plan(turn)
        elsewhere = dialogue.without_period(turn) if draft.status == "not_found" else None
        if elsewhere:
            found = self._plan(elsewhere)
            if found.status == "answered":
                return elsewhere, found
        return turn, draft

    def _plan(self, turn: Turn) -> Draft:
        """The draft of the answer to a question that has been joined with what came before."""
        question, asked = turn.question, turn.question.periods
        scope = resolve_scope(self._shelf.reports, turn.mentions, asked, question.document_numbers)
        periods = settled(asked, scope.reports, turn.focus.report_id)
        if periods != asked:
            question = replace(question, periods=periods)
            scope = resolve_scope(self._shelf.reports, turn.mentions, periods, question.document_numbers)
        hits = self._hits(turn, scope)
        narrowed = _narrowed(scope, hits)
        if question.told and not question.periods:
            narrowed = newest(narrowed)
        draft = self.draft(
            Case(question, narrowed, self._shelf.weights, turn.focus, hits, self._shelf.reports)
        )
        if not periods:
            return saying_time(draft, question.told)
        return saying_settled(draft, taken_for(asked, periods))

    def draft(self, case: Case) -> Draft:
        """The draft of the answer to one question at work."""
        return plan(case)

    def _hits(self, turn: Turn, scope: Scope) -> dict[tuple[str, int], float]:
        """The scores of the passages in scope that search finds, by report and ordinal."""
        if self._index is None:
            return {}
        whole = len(scope.reports) == len(self._shelf.reports)
        filters = None if whole else Filters(report_ids=frozenset(s.report.id for s in scope.reports))
        out = {}
        typed, restored = turn.typed_search_text, turn.search_text
        for hit in self._index.search(typed, k=_HITS, filters=filters, restored=restored):
            report_id, _, ordinal = hit.id.rpartition("#")
            out[report_id, int(ordinal)] = hit.score
        return out


def _narrowed(scope: Scope, hits: Mapping[tuple[str, int], float]) -> Scope:
    """The scope without the reports that search finds least in, where there are too many to read closely."""
    if len(scope.reports) <= _READ_CLOSELY or not hits:
        return scope
    best: dict[str, float] = {}
    for (report_id, _), score in hits.items():
        best[report_id] = max(best.get(report_id, 0.0), score)
    in_scope = [s.report.id for s in scope.reports if s.report.id in best]
    chosen = sorted(in_scope, key=lambda report_id: -best[report_id])[:_READ_CLOSELY]
    return replace(scope, reports=tuple(s for s in scope.reports if s.report.id in chosen))
