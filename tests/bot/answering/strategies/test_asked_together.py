"""Questions that ask for a role and a day, for two numbers, for causes, requests, addresses, another year."""

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

REPORT = """Số: 71/BC-UBND

Phú Yên, ngày 28 tháng 9 năm 2024

BÁO CÁO
Tình hình kinh tế - xã hội 9 tháng đầu năm 2024

I. KẾT QUẢ THỰC HIỆN

1. Giáo dục: Toàn tỉnh có 415 giáo viên mầm non; tốt nghiệp 286/291 em, đạt 98,28%.

2. Ngân sách: Thu ngân sách đạt 57,50% dự toán; chi ngân sách đạt 43,84% dự toán.

3. Xã hội số: Duy trì 118 Tổ công nghệ số cộng đồng. Trang hỏi đáp thủ tục hành chính tại địa chỉ \
https://hoidap.phuyen.gov.vn.

4. Chữ ký số: Cấp 640 chữ ký số, tăng 25 chữ ký số so với cùng kỳ, đạt 91,43% chỉ tiêu (700 chữ ký số).

5. Thư viện: Cấp 320 thẻ thư viện.

II. TỒN TẠI, NGUYÊN NHÂN

1. Tồn tại

a) Giải phóng mặt bằng tuyến đường ven biển còn chậm, vướng 11 hộ.

b) Rác thải tồn đọng tại 03 điểm.

2. Nguyên nhân

a) Giá đất chưa được người dân đồng thuận.

b) Xe thu gom thiếu.

III. NHIỆM VỤ QUÝ IV NĂM 2024

1. Phòng Quản lý Đô thị - Hạ tầng: Lập danh sách hộ chưa tham gia thu gom rác, \
gửi UBND cấp xã trước ngày 25/10/2024.

2. Hoàn thành bàn giao mặt bằng; giao Sở Xây dựng chủ trì, Sở Tài chính phối hợp.

3. Cấp 150 thẻ thư viện.

IV. KIẾN NGHỊ

1. Đề nghị Bộ Tài chính bố trí 2,4 tỷ đồng nâng cấp trạm bơm.

2. Đề nghị Bộ Tài chính bổ sung 01 xe ép rác.

Nơi nhận:
- Lưu: VT.

CHỦ TỊCH

Lê Văn Tùng
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    store = Store.open(tmp_path_factory.mktemp("together") / "knowledge.sqlite")
    store.add(read_report_text(REPORT, name="phu-yen.txt"))
    shelf = Shelf(store)
    shelf.reload_if_changed()
    assistant = Assistant(shelf, load(), None)

    def talk(*turns: str) -> Answer:
        answer: Answer | None = None
        for turn in turns:
            answer = assistant.answer(normalise(turn), state=answer.state if answer else None)
        assert answer is not None
        return answer

    return talk


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "Phòng nào của Phú Yên phải lập danh sách hộ chưa tham gia thu gom rác, gửi trước ngày nào?",
            ["Phòng Quản lý Đô thị - Hạ tầng", "25/10/2024"],
        ),
        ("don vi nao o phu yen chu tri ban giao mat bang, ai phoi hop", ["Sở Xây dựng", "Sở Tài chính"]),
        ("Phú Yên đề nghị Bộ Tài chính những gì?", ["2,4 tỷ", "xe ép rác"]),
        ("Trang hỏi đáp thủ tục hành chính Phú Yên có địa chỉ web nào?", ["hoidap.phuyen.gov.vn"]),
        ("link trang hoi dap thu tuc hanh chinh phu yen", ["hoidap.phuyen.gov.vn"]),
    ],
)
def test_all_that_is_asked_is_answered(ask: Ask, question: str, said: list[str]) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert all(words in answer.text for words in said)


@pytest.mark.parametrize(
    "question", ["Vì sao giải phóng mặt bằng ở Phú Yên chậm?", "Nguyên nhân rác thải ở Phú Yên tồn đọng?"]
)
def test_the_causes_stand_beside_the_difficulty(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert "Nguyên nhân báo cáo nêu:" in answer.text
    assert "Giá đất chưa được người dân đồng thuận" in answer.text
    assert "Xe thu gom thiếu" in answer.text


def test_two_numbers_that_one_sentence_asks_for_are_both_given(ask: Ask) -> None:
    answer = ask("Phú Yên có bao nhiêu giáo viên mầm non và thu ngân sách đạt bao nhiêu phần trăm dự toán?")
    assert answer.status == "answered"
    assert "415" in answer.text
    assert "57,50%" in answer.text
    assert len({c.section for c in answer.citations}) == 2


def test_of_two_numbers_the_one_that_is_not_there_is_said(ask: Ask) -> None:
    answer = ask("Phú Yên có bao nhiêu giáo viên mầm non và có bao nhiêu bác sĩ?")
    assert answer.status == "answered"
    assert "415" in answer.text
    assert "bác sĩ" in answer.text


def test_asking_for_oneself_is_not_waiting(ask: Ask) -> None:
    assert "118" in ask("Cho em hỏi Phú Yên có bao nhiêu tổ công nghệ số cộng đồng?").text


@pytest.mark.parametrize("followed", ["cùng kỳ năm 2023 thì sao?", "cung ky 2023 bao nhieu"])
def test_this_years_figure_is_none_of_the_year_before(ask: Ask, followed: str) -> None:
    answer = ask("Thu ngân sách Phú Yên đạt bao nhiêu phần trăm dự toán?", followed)
    assert answer.status == "not_found"
    assert "57,50" not in answer.text


def test_the_figure_beside_the_last_one_is_found(ask: Ask) -> None:
    first = "Phú Yên cấp bao nhiêu chữ ký số?"
    assert "91,43%" in ask(first, "đạt bao nhiêu phần trăm?").text
    assert "25 chữ ký số" in ask(first, "tăng bao nhiêu so với cùng kỳ?").text
    assert "700" in ask(first, "chỉ tiêu được giao là bao nhiêu?").text


def test_a_figure_traced_back_is_talked_about_from_then_on(ask: Ask) -> None:
    assert "286/291" in ask("98,28% là của chỉ tiêu nào?", "bao nhiêu em?").text


def test_a_plan_for_later_is_told_as_such(ask: Ask) -> None:
    asked = ask("Quý IV/2024 Phú Yên cấp bao nhiêu thẻ thư viện?")
    assert "nhiệm vụ, kế hoạch" in asked.text.splitlines()[0]
    followed = ask("Phú Yên cấp bao nhiêu thẻ thư viện?", "quý IV/2024 thì sao?")
    assert followed.status == "not_found"
