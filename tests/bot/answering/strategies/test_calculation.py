from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.assistant import Assistant
from bot.answering.case import Case
from bot.answering.strategies import calculation, differences, remainders

CaseOf = Callable[..., Case]


def test_what_is_left_is_the_base_less_the_part(case_of: CaseOf) -> None:
    draft = remainders.remaining(case_of("Hà Nam tháng 4/2024 còn bao nhiêu hồ sơ khai tử chưa tiếp nhận?"))
    assert draft is not None
    assert draft.computed[0].value == "10"
    assert draft.computed[0].formula == "50 − 40"
    assert "50 − 40 = 10" in "\n".join(draft.lines)


def test_nothing_is_left_of_what_is_not_there(case_of: CaseOf) -> None:
    assert remainders.remaining(case_of("Còn bao nhiêu hồ sơ hộ chiếu của Hà Nam chưa tiếp nhận?")) is None
    assert remainders.remaining(case_of("Tỷ lệ khai tử của Hà Nam?")) is None


def test_a_printed_total_goes_before_a_sum(case_of: CaseOf) -> None:
    draft = calculation.total(case_of("Tổng kinh phí Hà Nam bố trí là bao nhiêu?"))
    assert draft is not None
    assert "900 triệu đồng" in draft.lines[0]
    assert draft.computed == []


def test_a_sum_shows_its_operands(case_of: CaseOf) -> None:
    draft = calculation.total(
        case_of("Cộng các khoản mua sắm thiết bị và đào tạo cán bộ của Hà Nam là bao nhiêu tiền?")
    )
    assert draft is not None
    assert draft.computed[0].value == "800"
    assert draft.computed[0].formula == "500 + 300"


def test_no_total_where_none_is_asked(case_of: CaseOf) -> None:
    assert calculation.total(case_of("Tỷ lệ khai tử của Hà Nam tháng 4/2024?")) is None


def test_a_difference_is_of_two_named_figures(case_of: CaseOf) -> None:
    draft = differences.difference(
        case_of("Tỷ lệ khai sinh cao hơn tỷ lệ khai tử bao nhiêu ở Hà Nam tháng 4/2024?")
    )
    assert draft is not None
    assert draft.computed[0].value == "10"
    assert draft.computed[0].formula == "90 − 80"
    assert len(draft.quotes) == 2


def test_no_difference_of_one_figure(case_of: CaseOf) -> None:
    assert differences.difference(case_of("Tỷ lệ khai tử của Hà Nam tháng 4/2024?")) is None


@pytest.mark.xfail(reason="no difference of the last two rates")
@pytest.mark.parametrize("turn", ["chênh lệch bao nhiêu?", "hơn kém nhau bao nhiêu?"])
def test_a_difference_may_be_of_the_last_two_answers(small: Assistant, turn: str) -> None:
    first = small.answer("Tỷ lệ khai sinh của Hà Nam tháng 4/2024?")
    second = small.answer("còn khai tử?", state=first.state)
    third = small.answer(turn, state=second.state)
    assert [c.value for c in third.computed] == ["10"]
