from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.assistant import Assistant
from bot.answering.case import Case
from bot.answering.records import Answer


def numbers(case: Case) -> set[str]:
    return {s.report.number for s in case.scope.reports}


def test_a_place_selects_its_reports(case_of: Callable[..., Case]) -> None:
    assert numbers(case_of("tỷ lệ khai sinh của Ninh Thuận?")) == {"8/BC-UBND"}
    assert numbers(case_of("tỷ lệ khai sinh của Hà Nam?")) == {"45/BC-UBND", "61/BC-UBND"}


def test_a_place_without_diacritics_selects_too(case_of: Callable[..., Case]) -> None:
    assert numbers(case_of("ty le khai sinh cua ninh thuan")) == {"8/BC-UBND"}


def test_a_report_number_selects_however_it_is_typed(case_of: Callable[..., Case]) -> None:
    assert numbers(case_of("báo cáo 61/BC-UBND nêu tỷ lệ khai sinh bao nhiêu?")) == {"61/BC-UBND"}
    assert numbers(case_of("bao cao 61/bc-ubnd neu ty le khai sinh bao nhieu")) == {"61/BC-UBND"}


def test_a_place_inside_a_reports_place_must_be_named_by_the_statement(case_of: Callable[..., Case]) -> None:
    case = case_of("huyện Kim Bảng đã có phòng họp trực tuyến chưa?")
    assert numbers(case) == {"45/BC-UBND", "61/BC-UBND"}
    assert [c.typed for c in case.scope.demanded] == ["kim bang"]


def test_what_is_said_of_the_province_is_not_given_for_its_district(small: Assistant) -> None:
    answer = small.answer("Tỷ lệ đăng ký khai sinh của huyện Kim Bảng tháng 4/2024?")
    assert answer.status == "not_found"
    assert "90%" not in answer.text


@pytest.mark.parametrize(
    ("period", "rate"),
    [("tháng 4/2024", "90%"), ("tháng 5/2024", "95%"), ("thang 5 nam 2024", "95%"), ("T5/2024", "95%")],
)
def test_the_period_asked_is_the_period_answered(small: Assistant, period: str, rate: str) -> None:
    answer = small.answer(f"Tỷ lệ đăng ký khai sinh của Hà Nam {period}?")
    assert rate in answer.text
    assert ({"90%", "95%"} - {rate}).pop() not in answer.text


@pytest.mark.parametrize(
    "period",
    [
        "tháng 3/2024",
        "tháng 6/2024",
        "tháng 4/2023",
        "quý I/2024",
        "năm 2024",
        "năm 2022",
        "6 tháng đầu năm 2024",
        "thang 12",
    ],
)
def test_a_period_that_is_not_there_is_never_replaced(small: Assistant, period: str) -> None:
    answer = small.answer(f"Tỷ lệ đăng ký khai sinh của Hà Nam {period}?")
    assert answer.status == "not_found"
    assert not {"90%", "95%"} & set(answer.text.split())


def test_without_a_period_the_answer_names_the_one_that_it_is_for(small: Assistant) -> None:
    answer = small.answer("Tỷ lệ cấp giấy phép xây dựng của Hà Nam?")
    assert "25%" in answer.text
    assert "tháng 4/2024" in answer.text


def test_the_newest_report_answers_where_no_period_is_named(converse: Callable[..., list[Answer]]) -> None:
    (answer,) = converse("Tỷ lệ đăng ký khai sinh của Hà Nam?")
    assert "95%" in answer.text
    assert "tháng 5/2024" in answer.text
