from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.case import Case
from bot.answering.strategies import holdings

CaseOf = Callable[..., Case]


@pytest.mark.parametrize("question", ["Có những báo cáo nào?", "co may bao cao", "báo cáo nào mới nhất?"])
def test_the_reports_are_named_with_a_source_each(case_of: CaseOf, question: str) -> None:
    draft = holdings.answer(case_of(question))
    assert draft is not None
    assert len(draft.quotes) == len(draft.lines) - 1 > 1


@pytest.mark.parametrize(
    "question", ["Báo cáo do ai ký?", "Báo cáo nào nói về khai sinh?", "Huyện nào làm tốt?"]
)
def test_a_question_about_a_report_is_none_for_the_list(case_of: CaseOf, question: str) -> None:
    assert holdings.answer(case_of(question)) is None
