from __future__ import annotations

from collections.abc import Callable

from bot.answering.case import Case
from bot.answering.strategies import section_kinds

CaseOf = Callable[..., Case]


def test_a_difficulty_of_a_thing_is_found_in_the_section_of_difficulties(case_of: CaseOf) -> None:
    draft = section_kinds.answer(case_of("Hà Nam gặp khó khăn gì về máy quét?"))
    assert draft is not None
    assert {q.passage.section for q in draft.quotes} == {"III"}


def test_a_difficulty_of_what_is_not_there_is_not_made_up(case_of: CaseOf) -> None:
    assert section_kinds.answer(case_of("Hà Nam gặp khó khăn gì về tàu điện ngầm?")) is None


def test_a_question_of_no_such_kind_is_left_to_others(case_of: CaseOf) -> None:
    assert section_kinds.answer(case_of("Tỷ lệ khai tử của Hà Nam tháng 4/2024?")) is None
