from __future__ import annotations

from collections.abc import Callable

from bot.answering.case import Case
from bot.answering.strategies import statements

CaseOf = Callable[..., Case]


def test_a_section_is_given_whole_where_its_title_is_named(case_of: CaseOf) -> None:
    draft = statements.section_answer(case_of("Khó khăn, vướng mắc của Hà Nam là gì?"))
    assert draft is not None
    assert "Máy quét" in "\n".join(draft.lines)
    assert [q.passage.section for q in draft.quotes] == ["III"]


def test_no_section_where_no_title_is_named(case_of: CaseOf) -> None:
    assert statements.section_answer(case_of("Máy quét ở Hà Nam thế nào?")) is None


def test_a_sentence_that_says_it_is_quoted(case_of: CaseOf) -> None:
    draft = statements.passages_answer(case_of("Máy quét tại cấp xã của Hà Nam thế nào?"))
    assert draft is not None
    assert "Máy quét tại cấp xã còn thiếu" in "\n".join(draft.lines)


def test_nothing_is_quoted_for_what_no_sentence_says(case_of: CaseOf) -> None:
    assert statements.passages_answer(case_of("Tàu điện ngầm của Hà Nam thế nào?")) is None
