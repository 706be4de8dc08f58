"""Questions typed without diacritics are understood as with them, and quoted as they were typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.assistant import Assistant
from bot.answering.case import Case


def test_words_are_analysed_with_the_diacritics_that_are_sure(case_of: Callable[..., Case]) -> None:
    question = case_of("ty le dang ky khai sinh cua ha nam thang 4/2024 la bao nhieu").question
    assert question.text == "tỷ lệ đăng ký khai sinh của hà nam tháng 4/2024 là bao nhiêu"
    assert question.typed == "ty le dang ky khai sinh cua ha nam thang 4/2024 la bao nhieu"


def test_spans_fit_what_was_typed_and_what_was_restored(case_of: Callable[..., Case]) -> None:
    question = case_of("Hà Nam thang 4/2024 may huyen da lap dat phong hop truc tuyen").question
    assert len(question.typed) == len(question.text)
    assert [question.typed[p.start : p.end] for p in question.periods] == ["thang 4/2024"]


def test_a_part_of_a_message_keeps_what_was_typed(case_of: Callable[..., Case]) -> None:
    case = case_of("Xin chao. Toi la can bo moi cua so. Ty le dang ky khai tu thang 4/2024 la bao nhieu?")
    assert case.question.typed.startswith("Xin chao.")
    assert "khai tử" in case.question.text


@pytest.mark.parametrize(
    ("bare", "marked"),
    [
        ("ty le dang ky khai tu thang 4/2024 o ha nam", "tỷ lệ đăng ký khai tử tháng 4/2024 ở Hà Nam"),
        ("trung tam du lieu khai truong ngay nao", "trung tâm dữ liệu khai trương ngày nào"),
        ("may quet o cap xa the nao", "máy quét ở cấp xã thế nào"),
    ],
)
def test_the_answer_is_the_same_as_with_diacritics(small: Assistant, bare: str, marked: str) -> None:
    assert small.answer(bare).text == small.answer(marked).text


def test_a_refusal_quotes_the_words_as_typed(small: Assistant) -> None:
    answer = small.answer("ty le tiem vac xin cho tre em cua ha nam thang 4/2024 la bao nhieu")
    assert answer.status == "not_found"
    assert "tiem" in answer.text
    assert "tiêm" not in answer.text
