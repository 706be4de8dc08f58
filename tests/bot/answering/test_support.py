"""A number that only a lead-in or a heading prints is quoted with it, so that the answer is not blocked."""

from __future__ import annotations

from bot.answering.quotes import Quote
from bot.answering.shelf import ShelvedReport
from bot.answering.support import quoted_besides


def test_passage_around_a_quote_is_quoted_where_it_prints_the_number(shelved: ShelvedReport) -> None:
    passage = next(p for p in shelved.report.passages if "15/3/2024" in p.span.of(shelved.report.text))
    title = shelved.sections[passage.section].heading
    beside = quoted_besides([Quote(shelved, passage, title)], ["15/3/2024"])
    assert ["15/3/2024" in q.words for q in beside] == [True]


def test_number_that_stands_nowhere_near_is_not_quoted(shelved: ShelvedReport) -> None:
    passage = shelved.report.passages[0]
    assert quoted_besides([Quote(shelved, passage, passage.span)], ["987.654"]) == []
