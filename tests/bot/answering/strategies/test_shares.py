from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.case import Case
from bot.answering.records import Answer
from bot.answering.strategies import multiples, remainders, shares

CaseOf = Callable[..., Case]
Converse = Callable[..., list[Answer]]


@pytest.mark.parametrize(
    "question",
    [
        "Mua sắm thiết bị chiếm bao nhiêu phần trăm kinh phí Hà Nam bố trí?",
        "mua sam thiet bi chiem may % tong kinh phi ha nam",
    ],
)
def test_a_share_is_of_the_printed_total(case_of: CaseOf, question: str) -> None:
    draft = shares.share(case_of(question))
    assert draft is not None
    assert [(c.value, c.formula) for c in draft.computed] == [("55,56%", "500 / 900")]
    assert len(draft.quotes) == 2


def test_how_many_times_as_much(case_of: CaseOf) -> None:
    draft = multiples.times(case_of("Mua sắm thiết bị gấp mấy lần công tác tuyên truyền ở Hà Nam?"))
    assert draft is not None
    assert [(c.value, c.formula) for c in draft.computed] == [("5", "500 / 100")]


def test_the_rate_of_a_fraction_that_is_printed_without_it(case_of: CaseOf) -> None:
    draft = shares.rate(case_of("Tỷ lệ huyện đã lắp đặt phòng họp trực tuyến ở Hà Nam?"))
    assert draft is not None
    assert [(c.value, c.formula) for c in draft.computed] == [("66,67%", "4 / 6")]


def test_what_came_on_paper_is_the_base_less_the_part(case_of: CaseOf) -> None:
    question = "Khai tử ở Hà Nam tháng 4/2024 có bao nhiêu hồ sơ nộp trực tiếp?"
    draft = remainders.other_channel(case_of(question))
    assert draft is not None
    assert [(c.value, c.formula) for c in draft.computed] == [("10", "50 − 40")]


def test_nothing_is_a_share_of_what_no_report_counts(converse: Converse) -> None:
    answer = converse("Mua sắm thiết bị chiếm bao nhiêu phần trăm dân số Hà Nam?")[-1]
    assert not answer.computed


def test_a_place_without_a_report_is_not_compared(converse: Converse) -> None:
    answer = converse("Chênh lệch tỷ lệ khai sinh giữa Hà Nam và Quảng Ngãi?")[-1]
    assert answer.status == "not_found"
    assert not answer.computed
