from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.case import Case
from bot.answering.strategies import additions

CaseOf = Callable[..., Case]


def test_terms_and_total_of_the_question_are_found_and_added(case_of: CaseOf) -> None:
    draft = additions.answer(
        case_of("Kinh phí 500 triệu, 300 triệu, 100 triệu cộng lại có đúng 900 triệu không?")
    )
    assert draft is not None
    assert draft.lines[0].startswith("Khớp: 500 + 300 + 100 = 900 triệu đồng")
    assert [c.formula for c in draft.computed] == ["500 + 300 + 100"]


def test_a_total_alone_is_checked_by_the_terms_printed_beside_it(case_of: CaseOf) -> None:
    draft = additions.answer(case_of("Các khoản kinh phí của Hà Nam cộng lại có đúng 900 triệu đồng không?"))
    assert draft is not None
    assert draft.lines[0].startswith("Khớp: 500 + 300 + 100 = 900")


def test_a_wrong_total_is_told_with_the_right_sum(case_of: CaseOf) -> None:
    draft = additions.answer(
        case_of("Kinh phí 500 triệu, 300 triệu, 100 triệu cộng lại có đúng 950 triệu không?")
    )
    assert draft is not None
    assert draft.lines[0].startswith("Không khớp: 500 + 300 + 100 = 900")
    assert "950" in draft.lines[0]


@pytest.mark.parametrize(
    "question",
    [
        "Kinh phí 510 triệu, 320 triệu, 70 triệu cộng lại có đúng 900 triệu không?",
        "Kinh phí của Hà Nam là bao nhiêu?",
        "Các khoản cộng lại có khớp không?",
    ],
)
def test_terms_that_are_not_printed_or_not_asked_to_be_added_give_none(
    case_of: CaseOf, question: str
) -> None:
    assert additions.answer(case_of(question)) is None
