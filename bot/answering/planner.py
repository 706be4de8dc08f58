"""Chooses the way to answer: smalltalk, then the ledger, then lists and documents, then sentences, else a refusal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.refusal import refuse
from bot.answering.reply import Draft
from bot.answering.shelf import ShelvedReport
from bot.answering.strategies import figures, statements

Strategy = Callable[[Case], Draft | None]

_FIXED = {
    "greet": ("smalltalk", wording.GREETING), "thanks": ("smalltalk", wording.THANKS), "goodbye": ("smalltalk", wording.GOODBYE),
    "help": ("smalltalk", wording.HELP), "unsafe": ("not_found", wording.UNSAFE),
}  # fmt: skip

_TEXT: tuple[Strategy, ...] = (statements.section_answer, statements.passages_answer)
_ORDER: dict[str, tuple[Strategy, ...]] = {
    "ask_rate": (figures.answer,),
    "ask_count": (figures.answer,),
    "ask_money": (figures.answer,),
}


def plan(case: Case, reports: Sequence[ShelvedReport]) -> Draft:
    """The draft of the first way that answers the question; a refusal that says what is missing, else."""
    fixed = _FIXED.get(case.question.kind)
    if fixed:
        status, text = fixed
        return Draft(status, [text])  # type: ignore[arg-type]
    for strategy in _ORDER.get(case.question.kind, _TEXT):
        draft = strategy(case)
        if draft:
            return draft
    return refuse(case, reports)
