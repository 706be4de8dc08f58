from __future__ import annotations

from collections.abc import Callable

from bot.answering.case import Case
from bot.answering.strategies import figures

CaseOf = Callable[..., Case]


def test_a_rate_is_given_as_printed_with_its_figures(case_of: CaseOf) -> None:
    draft = figures.answer(case_of("Tỷ lệ cấp giấy phép xây dựng của Hà Nam tháng 4/2024?"))
    assert draft is not None
    assert draft.status == "answered"
    assert "25% (30/120 hồ sơ)" in draft.lines[0]
    assert "Cấp giấy phép xây dựng" in draft.lines[0]


def test_an_amount_of_money_is_no_count(case_of: CaseOf) -> None:
    draft = figures.answer(case_of("Hà Nam bố trí bao nhiêu tiền mua sắm thiết bị?"))
    assert draft is not None
    assert "500 triệu đồng" in draft.lines[0]


def test_an_item_without_a_figure_is_told_in_its_own_words(case_of: CaseOf) -> None:
    draft = figures.answer(case_of("Tỷ lệ cấp thẻ thư viện của Hà Nam tháng 4/2024?"))
    assert draft is not None
    assert "không phát sinh hồ sơ" in "\n".join(draft.lines)


def test_a_figure_that_is_not_printed_is_not_given(case_of: CaseOf) -> None:
    assert figures.answer(case_of("Tỷ lệ cấp hộ chiếu của Hà Nam tháng 4/2024?")) is None


def test_several_that_fit_are_asked_back_with_their_names(case_of: CaseOf) -> None:
    draft = figures.answer(case_of("Tỷ lệ đăng ký của Hà Nam tháng 4/2024?"))
    assert draft is not None
    assert draft.status == "clarify"
    assert {"Đăng ký khai sinh", "Đăng ký khai tử"} <= {s.split(" – ")[-1] for s in draft.suggestions}
