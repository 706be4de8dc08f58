from __future__ import annotations

from pathlib import Path

import pytest

from bot.answering.assistant import Assistant
from bot.answering.shelf import Shelf
from index.thesaurus import load
from knowledge.reading import read_report_text
from knowledge.store import Store


def test_a_missing_period_is_named_with_the_periods_there_are(small: Assistant) -> None:
    answer = small.answer("Tỷ lệ đăng ký khai sinh của Hà Nam tháng 9/2024?")
    assert answer.status == "not_found"
    assert "tháng 9/2024" in answer.text
    assert "tháng 4/2024" in answer.text
    assert "tháng 5/2024" in answer.text


def test_a_missing_place_is_named_with_the_places_there_are(small: Assistant) -> None:
    answer = small.answer("Tỷ lệ đăng ký khai sinh của Cà Mau?")
    assert answer.status == "not_found"
    assert "Cà Mau" in answer.text
    assert "Hà Nam" in answer.text
    assert "Ninh Thuận" in answer.text


def test_a_missing_indicator_is_refused_for_the_report_that_was_asked(small: Assistant) -> None:
    answer = small.answer("Tỷ lệ cấp hộ chiếu của Hà Nam tháng 4/2024?")
    assert answer.status == "not_found"
    assert "Ninh Thuận" not in answer.text
    assert "54" not in answer.text


@pytest.mark.parametrize(
    "question", ["thời tiết ngày mai thế nào?", "ai vô địch bóng đá năm nay?", "viết cho tôi một bài thơ"]
)
def test_out_of_domain_questions_get_no_figure(small: Assistant, question: str) -> None:
    answer = small.answer(question)
    assert answer.status != "answered"
    assert "%" not in answer.text


def test_without_any_report_it_says_so(empty: Assistant) -> None:
    answer = empty.answer("tỷ lệ khai sinh tháng 4?")
    assert answer.status == "not_found"
    assert "chưa có báo cáo" in answer.text
    assert answer.citations == ()


@pytest.mark.parametrize("status", ["unsafe", "out_of_scope"])
def test_what_rasa_calls_unsafe_or_out_of_scope_is_not_answered(small: Assistant, status: str) -> None:
    from bot.understanding.rasa import Understanding

    answer = small.answer("tỷ lệ khai sinh tháng 4/2024 Hà Nam", understanding=Understanding(status, 0.99))
    assert answer.status == "not_found"
    assert "90%" not in answer.text


def test_a_refusals_suggestions_are_of_the_report_that_was_asked(small: Assistant) -> None:
    answer = small.answer("Ninh Thuận có bao nhiêu hồ sơ cấp phép xây dựng?")
    assert answer.status == "not_found"
    assert "Trung tâm dữ liệu" not in answer.suggestions


def test_a_place_with_a_number_in_its_name_may_be_listed(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "knowledge.sqlite")
    head = "ỦY BAN NHÂN DÂN\nPHƯỜNG 22\n\nSố: 9/BC-UBND\n\nPhường 22, ngày 15 tháng 5 năm 2025\n\n"
    text = f"{head}BÁO CÁO\nCông tác tháng 5/2025\n"
    store.add(read_report_text(text + "\nI. KẾT QUẢ\n\n1. Cấp thẻ: 40/50 hồ sơ, đạt 80%.\n", name="p22.txt"))
    shelf = Shelf(store)
    shelf.reload_if_changed()
    answer = Assistant(shelf, load(), None).answer("Cà Mau cấp thẻ đạt bao nhiêu phần trăm?")
    assert answer.status == "not_found"
    assert "Cà Mau" in answer.text
    assert "22" in answer.text
