"""Who does it, how many and which, what is planned, what "tháng này" is: over a report that says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.assistant import Assistant
from bot.answering.records import Answer
from bot.answering.shelf import Shelf
from bot.understanding.message import normalise
from index.thesaurus import load
from knowledge.reading import read_report_text
from knowledge.store import Store

Ask = Callable[..., Answer]

REPORT = """Số: 19/BC-UBND

Phú Yên, ngày 28 tháng 9 năm 2024

BÁO CÁO
Kết quả chuyển đổi số trên địa bàn tỉnh tháng 9/2024

I. KẾT QUẢ THỰC HIỆN THÁNG 9/2024

1. Hạ tầng

Lắp đặt 52 máy quét tại 03 huyện: Sơn Hòa, Sông Hinh, Đồng Xuân. Tỷ lệ phủ sóng di động đạt 91,5%.

2. Công dân số

Cấp 640 chữ ký số cá nhân, tăng 25 chữ ký số so với cùng kỳ. Trả quá hạn 17 hồ sơ do hỏng máy in.

II. NHIỆM VỤ THÁNG 10/2024

1. Tỷ lệ phủ sóng di động đạt 96%.

2. Giao Sở Tài chính chủ trì, phối hợp với Sở Nội vụ bố trí kinh phí đào tạo lại công chức.

3. Công an tỉnh: Kích hoạt thêm tài khoản định danh tại các khu công nghiệp.

III. KIẾN NGHỊ

Đề nghị Bộ Công an nâng cấp phần mềm dịch vụ công liên thông.

Nơi nhận:
- Bộ Công an;
- Lưu: VT.

CHỦ TỊCH

Lê Văn Tùng
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    store = Store.open(tmp_path_factory.mktemp("roles") / "knowledge.sqlite")
    store.add(read_report_text(REPORT, name="phu-yen.txt"))
    shelf = Shelf(store)
    shelf.reload_if_changed()
    assistant = Assistant(shelf, load(), None)
    return lambda text, state=None: assistant.answer(normalise(text), state=state)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Sở nào chủ trì bố trí kinh phí đào tạo lại công chức?", "Sở Tài chính – "),
        ("bo tri kinh phi dao tao lai cong chuc thi phoi hop voi don vi nao", "Sở Nội vụ – "),
        ("Đơn vị nào phải kích hoạt thêm tài khoản định danh tại khu công nghiệp?", "Công an tỉnh – "),
        ("Phú Yên đề nghị ai nâng cấp phần mềm dịch vụ công liên thông?", "Bộ Công an – "),
    ],
)
def test_who_has_the_role_that_is_asked_for_is_named_first(ask: Ask, question: str, name: str) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert answer.text.startswith(name)
    assert answer.citations


@pytest.mark.parametrize(
    "question", ["Sở nào chủ trì xây cầu vượt sông?", "Phú Yên giao đơn vị nào nuôi tôm hùm?"]
)
def test_nobody_is_named_for_what_the_report_does_not_say(ask: Ask, question: str) -> None:
    assert ask(question).status == "not_found"


def test_how_many_and_which_gives_the_number_and_the_names(ask: Ask) -> None:
    text = ask("Lắp đặt máy quét ở mấy huyện, huyện nào?").text
    assert "03" in text
    assert all(name in text for name in ("Sơn Hòa", "Sông Hinh", "Đồng Xuân"))


def test_what_is_planned_for_later_is_not_what_was_reached(ask: Ask) -> None:
    assert "91,5%" in ask("Tỷ lệ phủ sóng di động của Phú Yên?").text.splitlines()[0]
    assert "96%" in ask("Chỉ tiêu tỷ lệ phủ sóng di động tháng 10/2024 của Phú Yên?").text


def test_a_time_told_from_now_is_said_to_be_the_reports_own(ask: Ask) -> None:
    text = ask("Tháng này Phú Yên cấp bao nhiêu chữ ký số cá nhân?").text
    assert text.startswith("Hiểu “tháng này” là tháng 9/2024")
    assert "640" in text
    assert "Hiểu" not in ask("Phú Yên cấp bao nhiêu chữ ký số cá nhân?").text


def test_chatter_around_the_name_of_a_part_does_not_hide_it(ask: Ask) -> None:
    answer = ask("Tóm tắt phần công dân số của Phú Yên giúp em, ngắn gọn thôi, để gửi sếp")
    assert answer.status == "answered"
    assert "640" in answer.text


def test_the_same_period_is_signed_by_nobody(ask: Ask) -> None:
    assert "Lê Văn Tùng" not in ask("chữ ký số cá nhân của Phú Yên so với cùng kỳ tăng hay giảm").text


def test_why_asks_after_the_reason_behind_the_figure(ask: Ask) -> None:
    first = ask("Phú Yên trả quá hạn bao nhiêu hồ sơ?")
    assert "17" in first.text
    assert "do hỏng máy in" in ask("vì sao vậy?", first.state).text


def test_a_report_that_was_talked_about_is_asked_for_its_number(ask: Ask) -> None:
    first = ask("Báo cáo chuyển đổi số của Phú Yên do ai ký?")
    assert "Lê Văn Tùng" in first.text
    assert "19/BC-UBND" in ask("số mấy, ban hành ngày nào?", first.state).text.splitlines()[1]
