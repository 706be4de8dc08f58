"""When: the dates that the reports print with what the question names."""

from __future__ import annotations

from bot.answering.case import Case, enough
from bot.answering.figure_words import fact_of
from bot.answering.reply import Draft
from bot.answering.strategies.documents import asked_kinds
from bot.answering.strategies.statements import statements_draft


def answer(case: Case) -> Draft | None:
    """The sentence with the date that the question asks for; None where it asks for a document's date."""
    if asked_kinds(case) or case.question.document_numbers:
        return None
    found = case.facts(lambda e: fact_of(e).kind == "date")
    if not found or not enough(found[0], found[1:30]):
        return None
    draft = statements_draft(case, [found[0].evidence])
    draft.focus = [found[0].evidence]
    return draft
