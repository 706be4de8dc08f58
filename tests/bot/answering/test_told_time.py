"""Times told from another one, and columns of several times beside each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from bot.answering.assistant import Assistant
from bot.answering.records import Answer
from bot.answering.shelf import Shelf
from bot.understanding.message import normalise
from index.thesaurus import load
from knowledge.reading import read_report_text
from knowledge.store import Store

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN ĐỒNG XUÂN

Số: 77/BC-UBND

Đồng Xuân, ngày 24 tháng 9 năm 2024

BÁO CÁO
Tình hình kinh tế - xã hội tháng 9 năm 2024

I. KẾT QUẢ

1. Trồng trọt: Diện tích gieo sạ lúa vụ Mùa 1.204 ha.

2. Số liệu chủ yếu

| TT | Chỉ tiêu | Đơn vị | Tháng 8 | Tháng 9 | Lũy kế 9 tháng |
| --- | --- | --- | --- | --- | --- |
| 1 | Sản lượng khai thác gỗ rừng trồng | m3 | 4.120 | 5.230 | 38.410 |
| 2 | Số lượt khách du lịch | Lượt | 6.011 | 7.022 | 55.033 |
"""

Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    store = Store.open(tmp_path_factory.mktemp("told") / "knowledge.sqlite")
    store.add(read_report_text(REPORT, name="dong-xuan.txt"))
    shelf = Shelf(store)
    shelf.reload_if_changed()
    assistant = Assistant(shelf, load(), None)

    def asked(text: str, state: Mapping[str, object] | None = None) -> Answer:
        return assistant.answer(normalise(text), state=state, today=date(2026, 3, 2))

    return asked


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("Sản lượng khai thác gỗ rừng trồng tháng 9?", "5.230"),
        ("Sản lượng khai thác gỗ rừng trồng tháng 8?", "4.120"),
        ("Sản lượng khai thác gỗ rừng trồng?", "5.230"),
        ("san luong khai thac go rung trong thang 9 nam 2024", "5.230"),
        ("Sản lượng khai thác gỗ rừng trồng 9 tháng năm nay?", "38.410"),
    ],
)
def test_the_column_of_the_time_that_is_asked_for_answers(ask: Ask, question: str, figure: str) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert figure in answer.text.splitlines()[0]


def test_the_month_before_is_that_of_the_report_talked_about_and_said_so(ask: Ask) -> None:
    first = ask("Số lượt khách du lịch tháng 9?")
    answer = ask("tháng trước bao nhiêu?", first.state)
    assert "7.022" in first.text
    assert answer.text.splitlines()[0] == "Hiểu “tháng trước” là tháng 8/2024."
    assert "6.011" in answer.text.splitlines()[1]


def test_the_month_just_past_is_the_reports_own(ask: Ask) -> None:
    answer = ask("Tháng rồi gieo sạ lúa vụ Mùa bao nhiêu ha?")
    assert "1.204" in answer.text


def test_a_time_that_no_report_is_of_stays_refused(ask: Ask) -> None:
    answer = ask("Số lượt khách du lịch tháng 7?")
    assert answer.status == "not_found"
    assert "7.022" not in answer.text


def test_a_refusal_for_another_matter_does_not_blame_the_time(ask: Ask) -> None:
    text = ask("Tháng 9 có bao nhiêu giấy phép lái xe cấp đổi?").text
    assert "Không có số liệu" not in text
    assert "giấy phép lái xe" in text
