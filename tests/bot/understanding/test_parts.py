from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.parts import asking_parts

FILLER = (
    "Hôm nay phòng tôi họp giao ban rất lâu và lãnh đạo giao tôi chuẩn bị số liệu để trình bày vào tuần sau. "
)


@pytest.mark.parametrize(
    "message",
    [
        "Tỷ lệ khai sinh tháng 3/2024 là bao nhiêu?",
        "ty le khai sinh",
        "Số 331/BC-UBND. ngày 29.3.2024",
        "",
        "?",
        "Chào bạn! ",
    ],
)
def test_one_question_stays_whole(message: str) -> None:
    assert asking_parts(message) == [message]


def test_two_marked_questions_are_two_parts_in_order() -> None:
    message = "Tỷ lệ khai sinh tháng 3 là bao nhiêu? Đức Phổ có mấy tổ công tác?"
    assert asking_parts(message) == ["Tỷ lệ khai sinh tháng 3 là bao nhiêu?", "Đức Phổ có mấy tổ công tác?"]


def test_a_long_message_is_asked_at_its_end() -> None:
    (part,) = asking_parts(FILLER * 12 + "Vậy tháng 3 có bao nhiêu hồ sơ đăng ký tạm trú?")
    assert part == "Vậy tháng 3 có bao nhiêu hồ sơ đăng ký tạm trú?"


def test_a_short_question_at_the_end_keeps_the_sentence_before_it() -> None:
    (part,) = asking_parts(FILLER * 6 + "Tôi đang cần số hồ sơ đăng ký tạm trú của tỉnh. Là bao nhiêu?")
    assert "đăng ký tạm trú" in part
    assert part.endswith("Là bao nhiêu?")


@given(st.text(max_size=300))
def test_any_message_has_a_few_parts_that_stand_in_it(message: str) -> None:
    parts = asking_parts(message)
    assert 1 <= len(parts) <= 3
    words = message.split()
    assert all(set(part.split()) <= set(words) or part in message for part in parts)
