from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.case import Case
from bot.answering.records import Answer
from bot.answering.strategies import ranking

CaseOf = Callable[..., Case]
Converse = Callable[..., list[Answer]]


@pytest.mark.parametrize(
    ("question", "says", "leaves_out"),
    [
        ("Dịch vụ nào có trên 60 hồ sơ mà tỷ lệ thấp nhất ở Hà Nam tháng 4/2024?", ["16%"], ["25%", "80%"]),
        ("Dịch vụ nào ở Hà Nam tháng 4/2024 tỷ lệ cao thứ hai?", ["80%"], ["90%"]),
        ("Trong khai sinh, kết hôn thì dịch vụ nào tỷ lệ cao nhất ở Hà Nam tháng 4/2024?", ["90%"], ["16%"]),
        ("Khoản kinh phí nào dưới 400 triệu đồng ở Hà Nam?", ["300", "100"], ["500"]),
    ],
)
def test_conditions_order_and_names_combine(
    case_of: CaseOf, question: str, says: list[str], leaves_out: list[str]
) -> None:
    draft = ranking.answer(case_of(question))
    assert draft is not None
    text = "\n".join(draft.lines)
    assert all(words in text for words in says)
    assert not any(words in text for words in leaves_out)


def test_a_sum_is_over_those_that_fulfil_the_condition(case_of: CaseOf) -> None:
    draft = ranking.answer(case_of("Tổng hồ sơ của các dịch vụ trên 50% ở Hà Nam tháng 4/2024?"))
    assert draft is not None
    assert ("130", "90 + 40") in [(c.value, c.formula) for c in draft.computed]
    assert ("150", "100 + 50") in [(c.value, c.formula) for c in draft.computed]


def test_members_without_the_figure_are_said(case_of: CaseOf) -> None:
    draft = ranking.answer(case_of("Những dịch vụ nào ở Hà Nam tháng 4/2024 đạt trên 50%?"))
    assert draft is not None
    assert any("Không tính 1 " in line for line in draft.lines)


def test_the_order_itself_may_be_asked_for(case_of: CaseOf) -> None:
    draft = ranking.answer(case_of("Xếp hạng các dịch vụ ở Hà Nam tháng 4/2024 theo tỷ lệ"))
    assert draft is not None
    assert [line[:2] for line in draft.lines[1:]] == ["1.", "2.", "3.", "4."]
    assert "90%" in draft.lines[1]


def test_crops_are_no_districts(case_of: CaseOf) -> None:
    assert ranking.answer(case_of("Xếp hạng các huyện của Hà Nam theo kinh phí")) is None


def test_an_order_goes_on_with_its_measure(converse: Converse) -> None:
    first, second = converse("Dịch vụ nào ở Hà Nam tháng 4/2024 tỷ lệ thấp nhất?", "thấp thứ hai?")
    assert "16%" in first.text
    assert "25%" in second.text
