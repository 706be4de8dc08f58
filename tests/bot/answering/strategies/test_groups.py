"""The ways to answer over a group: its rows, ranking and filters, what is missing from it, yes or no."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.assistant import Assistant
from bot.answering.case import Case
from bot.answering.strategies import groups, negation, ranking, yesno

CaseOf = Callable[..., Case]


def test_a_group_has_a_row_for_each_member_with_the_figure(case_of: CaseOf) -> None:
    group = groups.best_group(
        case_of("Dịch vụ công trực tuyến nào của Hà Nam tháng 4/2024 cao nhất?"), "percent"
    )
    assert group is not None
    assert [(r.name, str(r.value)) for r in group.rows] == [
        ("Đăng ký khai sinh", "90"),
        ("Đăng ký khai tử", "80"),
        ("Cấp giấy phép xây dựng", "25"),
        ("Đăng ký kết hôn", "16"),
    ]


def test_what_is_left_is_computed_for_each_row(case_of: CaseOf) -> None:
    group = groups.best_group(
        case_of("Dịch vụ công trực tuyến nào của Hà Nam tháng 4/2024 còn nhiều nhất?"), "remaining"
    )
    assert group is not None
    assert [(str(r.value), r.formula) for r in group.rows][:2] == [("10", "100 − 90"), ("10", "50 − 40")]


def test_no_group_for_what_is_not_grouped(case_of: CaseOf) -> None:
    assert groups.best_group(case_of("Sân bay nào của Hà Nam cao nhất?"), "percent") is None


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("Dịch vụ công trực tuyến nào của Hà Nam tháng 4/2024 có tỷ lệ cao nhất?", ["90%"], ["16%", "25%"]),
        ("Dịch vụ công trực tuyến nào của Hà Nam tháng 4/2024 có tỷ lệ thấp nhất?", ["16%"], ["90%", "80%"]),
        (
            "Top 2 dịch vụ công trực tuyến của Hà Nam tháng 4/2024 tỷ lệ cao nhất?",
            ["90%", "80%"],
            ["25%", "16%"],
        ),
        ("Dịch vụ công trực tuyến nào của Hà Nam tháng 4/2024 dưới 50%?", ["25%", "16%"], ["90%", "80%"]),
        (
            "Dịch vụ công trực tuyến nào của Hà Nam tháng 4/2024 từ 80% trở lên?",
            ["90%", "80%"],
            ["25%", "16%"],
        ),
        ("Dịch vụ công trực tuyến nào của Hà Nam tháng 4/2024 trên 80%?", ["90%"], ["25%", "(40/50"]),
    ],
)
def test_ranking_and_filters(small: Assistant, question: str, said: list[str], unsaid: list[str]) -> None:
    answer = small.answer(question)
    body = "\n".join(line for line in answer.text.splitlines() if line.startswith(("-", "1.", "2.")))
    assert all(word in body for word in said), answer.text
    assert not any(word in body for word in unsaid), answer.text


def test_a_condition_that_none_fulfils_is_said_so(case_of: CaseOf) -> None:
    draft = ranking.answer(case_of("Dịch vụ công trực tuyến nào của Hà Nam tháng 4/2024 dưới 5%?"))
    assert draft is not None
    assert "không có" in draft.lines[0]


def test_nothing_is_ranked_where_there_is_no_group(case_of: CaseOf) -> None:
    assert ranking.answer(case_of("Sân bay nào của Hà Nam có tỷ lệ cao nhất?")) is None


def test_the_places_without_are_the_units_less_those_listed(case_of: CaseOf) -> None:
    draft = negation.answer(case_of("Huyện nào của Hà Nam chưa lắp đặt phòng họp trực tuyến?"))
    assert draft is not None
    assert "Lý Nhân" in draft.lines[0]
    assert "Thanh Liêm" in draft.lines[0]
    assert "Kim Bảng" not in draft.lines[0]


def test_a_member_that_says_no_is_found(case_of: CaseOf) -> None:
    draft = negation.answer(
        case_of("Dịch vụ công trực tuyến nào của Hà Nam tháng 4/2024 không phát sinh hồ sơ?")
    )
    assert draft is not None
    assert "Cấp thẻ thư viện" in "\n".join(draft.lines)
    assert "khai sinh" not in "\n".join(draft.lines)


def test_without_a_negation_nothing_is_subtracted(case_of: CaseOf) -> None:
    assert negation.answer(case_of("Huyện nào của Hà Nam đã lắp đặt phòng họp trực tuyến?")) is None


@pytest.mark.parametrize(
    ("place", "opening"), [("huyện Kim Bảng", "Có."), ("thành phố Phủ Lý", "Có."), ("huyện Lý Nhân", "Chưa")]
)
def test_membership_is_answered_with_yes_or_no(case_of: CaseOf, place: str, opening: str) -> None:
    draft = yesno.answer(case_of(f"{place} đã lắp đặt phòng họp trực tuyến chưa?"))
    assert draft is not None
    assert draft.lines[0].startswith(opening)


def test_a_false_premise_is_answered_with_what_is_printed(small: Assistant) -> None:
    answer = small.answer("Có phải khai tử của Hà Nam tháng 4/2024 chỉ đạt 30% không?")
    assert "80%" in answer.text


def test_yes_or_no_about_nothing_that_is_said(case_of: CaseOf) -> None:
    assert yesno.answer(case_of("Hà Nam có sân bay quốc tế không?")) is None
