from __future__ import annotations

from collections.abc import Callable

from bot.answering.assistant import Assistant
from bot.answering.case import Case
from bot.answering.reply import Draft
from bot.answering.strategies import comparison, figures

CaseOf = Callable[..., Case]


def single(case: Case) -> Draft | None:
    return figures.answer(case)


def test_two_places_each_with_their_source(small: Assistant) -> None:
    answer = small.answer("So sánh tỷ lệ đăng ký khai sinh tháng 4/2024 của Hà Nam và Ninh Thuận")
    assert "90%" in answer.text
    assert "75%" in answer.text
    assert {c.report_number for c in answer.citations} == {"45/BC-UBND", "8/BC-UBND"}


def test_two_periods_each_with_their_source(small: Assistant) -> None:
    answer = small.answer("So sánh tỷ lệ đăng ký khai sinh của Hà Nam tháng 4/2024 và tháng 5/2024")
    assert "90%" in answer.text
    assert "95%" in answer.text
    assert {c.report_number for c in answer.citations} == {"45/BC-UBND", "61/BC-UBND"}


def test_a_side_that_says_nothing_is_named(case_of: CaseOf) -> None:
    draft = comparison.answer(case_of("So sánh tỷ lệ cấp hộ chiếu của Hà Nam và Ninh Thuận"), single)
    assert draft is not None
    text = "\n".join(draft.lines)
    assert "Hà Nam: báo cáo không nêu nội dung này." in text
    assert "90%" in text


def test_one_side_is_no_comparison(case_of: CaseOf) -> None:
    assert comparison.answer(case_of("Tỷ lệ khai sinh của Ninh Thuận tháng 4/2024?"), single) is None


def test_neither_side_is_no_comparison(case_of: CaseOf) -> None:
    assert comparison.answer(case_of("So sánh tỷ lệ giải ngân của Hà Nam và Ninh Thuận"), single) is None


def test_what_was_answered_before_is_set_beside(small: Assistant, case_of: CaseOf) -> None:
    state = small.answer("Tỷ lệ khai sinh của Hà Nam tháng 4/2024?").state
    draft = comparison.with_focus(case_of("so với khai tử thì sao?", state), single)
    assert draft is not None
    assert "90%" in "\n".join(draft.lines)
    assert "80%" in "\n".join(draft.lines)
    assert comparison.with_focus(case_of("tỷ lệ khai tử của Hà Nam?"), single) is None
