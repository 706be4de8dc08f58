"""Whether the figures of a subject agree, and yes or no over the members of a list."""

from __future__ import annotations

from collections.abc import Callable

from bot.answering.case import Case
from bot.answering.strategies import reconciling, remainders, yesno

CaseOf = Callable[..., Case]


def test_parts_named_by_their_subject_alone_are_added_up(case_of: CaseOf) -> None:
    draft = reconciling.answer(case_of("Số liệu kinh phí tỉnh Hà Nam bố trí có khớp không?"))
    assert draft is not None
    assert draft.lines[0].startswith("Khớp: 500 + 300 + 100 = 900 triệu đồng")


def test_a_sum_that_the_question_claims_is_set_against_its_terms(case_of: CaseOf) -> None:
    draft = reconciling.answer(
        case_of("Hà Nam có 700 triệu đồng, có bằng mua sắm thiết bị cộng với đào tạo cán bộ không?")
    )
    assert draft is not None
    assert draft.lines[0] == ("Không khớp: 500 + 300 = 800 triệu đồng, số câu hỏi nêu là 700 triệu đồng.")


def test_a_subject_without_parts_is_not_reconciled(case_of: CaseOf) -> None:
    assert reconciling.answer(case_of("Số liệu đăng ký khai sinh của Hà Nam có khớp không?")) is None


def test_of_several_places_it_is_said_which_are_listed_and_which_are_not(case_of: CaseOf) -> None:
    draft = yesno.answer(
        case_of("Các huyện của Hà Nam đã lắp đặt phòng họp trực tuyến có Kim Bảng và Lý Nhân không?")
    )
    assert draft is not None
    assert draft.lines[0].startswith("Có. ")
    assert "Kim Bảng" in draft.lines[0]
    assert "Lý Nhân" not in draft.lines[0]
    assert draft.lines[1].startswith("Chưa thấy nêu. ")
    assert "Lý Nhân" in draft.lines[1]


def test_what_came_on_paper_is_of_the_service_that_is_named(case_of: CaseOf) -> None:
    draft = remainders.other_channel(
        case_of("Thủ tục khai tử ở Hà Nam tháng 4/2024 có bao nhiêu hồ sơ người dân nộp trực tiếp?")
    )
    assert draft is not None
    assert [c.value for c in draft.computed] == ["10"]
