"""Chooses the way to answer: smalltalk, then the ledger, then lists and documents, then sentences, else a refusal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.refusal import ask_back, refuse, says_nothing
from bot.answering.reply import Draft
from bot.answering.strategies import (
    calculation,
    checking,
    comparison,
    dates,
    definitions,
    derived,
    differences,
    documents,
    figures,
    lists,
    metadata,
    negation,
    premise,
    ranking,
    reverse,
    section_kinds,
    statements,
    yesno,
)

Strategy = Callable[[Case], Draft | None]

_FIXED = {
    "greet": ("smalltalk", wording.GREETING), "thanks": ("smalltalk", wording.THANKS), "goodbye": ("smalltalk", wording.GOODBYE),
    "help": ("smalltalk", wording.HELP), "unsafe": ("not_found", wording.UNSAFE),
}  # fmt: skip


def _compared(case: Case) -> Draft | None:
    return comparison.answer(case, _one_side)


def _with_focus(case: Case) -> Draft | None:
    return comparison.with_focus(case, _one_side)


def _one_side(case: Case) -> Draft | None:
    """One side of a comparison: its figure, where one is asked for or fits well, else what is said of it."""
    q = case.question
    if q.has("count", "percent", "money", "extent"):
        return _first(case, (figures.answer, *_TEXT))
    if q.has("document") or documents.asked_kinds(case):
        return _first(case, (documents.answer, *_TEXT))
    return _first(case, _TEXT)


_TEXT: tuple[Strategy, ...] = (statements.section_answer, statements.passages_answer)
_FIGURES: tuple[Strategy, ...] = (
    lists.breakdown,
    differences.subtraction,
    calculation.total,
    differences.difference,
    differences.since_then,
    differences.lacking,
    calculation.remaining,
    figures.answer,
)
# "Vì sao" is answered among the difficulties first: elsewhere the same words state the fact, not its reason.
_WHY: tuple[Strategy, ...] = (section_kinds.answer, *_TEXT)
_ORDER: dict[str, tuple[Strategy, ...]] = {
    "ask_rate": (differences.difference, calculation.total, derived.rate, figures.answer),
    "ask_count": _FIGURES,
    "ask_money": _FIGURES,
    "ask_calc": _FIGURES,
    "ask_rank": (ranking.answer, calculation.remaining),
    "ask_compare": (
        differences.named_pair,
        _compared,
        _with_focus,
        differences.difference,
        figures.answer,
        *_TEXT,
    ),
    "ask_list": (lists.answer, *_TEXT),
    "ask_negative": (negation.answer, *_FIGURES, *_TEXT),
    "ask_yesno": (yesno.answer, *_TEXT),
    "ask_date": (documents.unnamed, dates.answer, documents.answer, *_TEXT),
    "ask_document": (documents.unnamed, documents.answer),
    "ask_who": _TEXT,
    "ask_definition": (definitions.answer, lists.numbered, *_TEXT),
    "ask_check": (checking.answer, *_TEXT),
    "ask_reverse": (reverse.answer, *_TEXT),
}


def plan(case: Case) -> Draft:
    """The draft of the first way that answers the question; a refusal that says what is missing, else."""
    fixed = _FIXED.get(case.question.kind)
    if fixed:
        status, text = fixed
        return Draft(status, [text])  # type: ignore[arg-type]
    if says_nothing(case) and not reverse.asks_back(case):
        return ask_back(case.reports)
    return _first(case, _strategies(case)) or refuse(case, case.reports)


def _strategies(case: Case) -> tuple[Strategy, ...]:
    """The ways to try, in order. What the words ask for outright goes before what the kind suggests."""
    q = case.question
    if q.kind == "out_of_scope":
        return ()
    first: tuple[Strategy, ...] = (metadata.answer, derived.earlier, premise.answer)
    if reverse.asks_back(case):
        first += (reverse.answer,)
    if q.filters and q.has("which", "list", "count"):
        first += (ranking.answer,)
    if not q.concepts and q.numbers and not q.context:
        first += (reverse.answer,)
    if q.has("max", "min"):
        # The largest of something is no figure that merely fits: where no group is found, that is said.
        several = sum(not p.demanded and bool(p.reports) for p in case.scope.places) > 1
        return (*first, *((comparison.highest, _compared) if several else (ranking.answer,)))
    if q.has("both") or sum(not p.demanded and bool(p.reports) for p in case.scope.places) > 1:
        first += (_compared,)
    if case.focus.report_id:
        first += (documents.pointed_at,)
    if q.document_numbers or documents.asked_kinds(case):
        first += (documents.numbered,)
    if q.has("negative") and q.has("which", "list"):
        first += (negation.answer,)
    if not q.cues:
        # "diện tích cà phê Gia Lai": words without any asking one name a figure as often as a subject.
        first += (figures.named,)
    if q.kind == "ask_document" and documents.asks_agency(case):
        return first + _ORDER["ask_who"]
    if q.has("why"):
        return first + _WHY
    second = _ORDER.get(q.cue_kind, ()) if q.cue_kind != q.kind else ()
    return first + _ORDER.get(q.kind, _TEXT) + second + (section_kinds.answer,)


def _first(case: Case, strategies: Sequence[Strategy]) -> Draft | None:
    for strategy in strategies:
        draft = strategy(case)
        if draft:
            return draft
    return None
