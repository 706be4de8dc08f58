from __future__ import annotations

import pytest

from bot.answering.assistant import Assistant
from bot.understanding.rasa import Understanding


@pytest.mark.parametrize(
    ("intent", "status"),
    [
        ("greet", "smalltalk"),
        ("thanks", "smalltalk"),
        ("goodbye", "smalltalk"),
        ("help", "smalltalk"),
        ("unsafe", "not_found"),
    ],
)
def test_fixed_answers_cite_nothing(small: Assistant, intent: str, status: str) -> None:
    answer = small.answer("khai sinh", understanding=Understanding(intent, 0.99))
    assert answer.status == status
    assert answer.citations == ()


@pytest.mark.parametrize("intent", ["ask_count", "ask_summary", "ask_yesno", "ask_who"])
def test_a_wrong_intent_does_not_keep_a_plain_rate_from_its_answer(small: Assistant, intent: str) -> None:
    answer = small.answer(
        "Tỷ lệ đăng ký khai tử của Hà Nam tháng 4/2024 là bao nhiêu phần trăm?",
        understanding=Understanding(intent, 0.75),
    )
    assert "80%" in answer.text


def test_words_without_an_asking_one_name_a_figure(small: Assistant) -> None:
    answer = small.answer("đăng ký khai tử Hà Nam tháng 4/2024")
    assert answer.status == "answered"
    assert "80%" in answer.text


@pytest.mark.parametrize("question", ["Bao nhiêu?", "cái nào cao nhất", "???", "ừ"])
def test_what_names_nothing_gets_no_figure_of_its_own(small: Assistant, question: str) -> None:
    assert small.answer(question).status in {"clarify", "smalltalk", "not_found"}


def test_the_superlative_of_what_is_no_group_is_no_figure(small: Assistant) -> None:
    answer = small.answer("Trạm y tế nào của Hà Nam nhiều bác sĩ nhất?")
    assert answer.status == "not_found"


def test_two_questions_in_one_message_get_both_answers(small: Assistant) -> None:
    answer = small.answer("Tỷ lệ khai sinh của Hà Nam tháng 4/2024 là bao nhiêu? Ai ký báo cáo 45/BC-UBND?")
    assert "90%" in answer.text
    assert "Trần Văn Bảo" in answer.text
    assert [c.n for c in answer.citations] == [*range(1, len(answer.citations) + 1)]
