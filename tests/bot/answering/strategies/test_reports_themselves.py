"""What reports say of themselves, which came first, what they cite, and parts of them in brief."""

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

JULY = """Số: 31/BC-UBND

Phú Yên, ngày 28 tháng 7 năm 2024

BÁO CÁO
Kết quả thực hiện Đề án 06 trên địa bàn tỉnh tháng 7/2024

Thực hiện Kế hoạch số 5/KH-UBND ngày 10/01/2024 về chuyển đổi số và Kế hoạch số 9/KH-UBND \
ngày 12/02/2024 về cải cách hành chính, Ủy ban nhân dân tỉnh báo cáo (số liệu chốt ngày 20/7/2024) như sau:

I. KẾT QUẢ THỰC HIỆN

1. Về kinh tế

a) Trồng trọt: Gieo cấy 5.120 ha lúa, năng suất 66,5 tạ/ha.

b) Chăn nuôi: Tổng đàn bò 12.650 con; tiêm phòng 11.870/12.650 con, đạt 93,83%.

2. Về nguồn nhân lực

- Số công chức của Bộ phận một cửa tỉnh: 18 người.

- Số công chức của Bộ phận một cửa cấp xã: 77 người.

3. Tài chính²

Thu 3.862 triệu đồng, chi 2.415 triệu đồng.

² Số liệu chốt đến ngày 15/7/2024.

Nơi nhận:
- Bộ Công an;
- Lưu: VT, NC.

CHỦ TỊCH

Lê Văn Tùng
"""
AUGUST = """Số: 44/BC-UBND

Phú Yên, ngày 30 tháng 8 năm 2024

BÁO CÁO
Kết quả thực hiện Đề án 06 trên địa bàn tỉnh tháng 8/2024

I. KẾT QUẢ THỰC HIỆN

1. Chỉ đạo

Triển khai Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 về một cửa và Nghị định số 42/2022/NĐ-CP \
ngày 24/6/2022 về dịch vụ công trực tuyến. Rà soát 25 người sai thông tin, gửi Công an xã.

Nơi nhận:
- Bộ Công an.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Trần Thị Lan
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    store = Store.open(tmp_path_factory.mktemp("themselves") / "knowledge.sqlite")
    for text, name in ((JULY, "thang-7.txt"), (AUGUST, "thang-8.txt")):
        store.add(read_report_text(text, name=name))
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
        ("Báo cáo tháng 7/2024 của Phú Yên lưu ở đâu?", "Lưu: VT, NC"),
        ("bao cao thang 7/2024 cua phu yen luu o phong nao", "Lưu: VT, NC"),
        ("bao cao 44/BC-UBND la bao cao cho ky nao", "tháng 8/2024"),
        ("Ai ký báo cáo Đề án 06 tháng 8/2024 của Phú Yên, chức vụ?", "Trần Thị Lan"),
        ("Cơ quan nào ban hành báo cáo 31/BC-UBND?", "Ủy ban nhân dân tỉnh Phú Yên"),
    ],
)
def test_a_report_tells_about_itself(ask: Ask, question: str, said: str) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert said in answer.text


def test_a_report_of_another_month_does_not_tell_who_signed(ask: Ask) -> None:
    answer = ask("Ai ký báo cáo tháng 9/2024 của Phú Yên?")
    assert answer.status == "not_found"
    assert "Trần Thị Lan" not in answer.text


@pytest.mark.parametrize("question", ["Ban hành ngày nào?", "ky ngay nao"])
def test_when_nothing_is_named_it_is_asked_which_report(ask: Ask, question: str) -> None:
    assert ask(question).status == "clarify"


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Hai báo cáo của Phú Yên, cái nào ra sau?", "44/BC-UBND"),
        (
            "Báo cáo tháng 7 và báo cáo tháng 8/2024 của Phú Yên, báo cáo nào ban hành trước, ngày nào?",
            "31/BC-UBND",
        ),
        ("bao cao moi nhat cua phu yen la bao cao nao", "44/BC-UBND"),
    ],
)
def test_reports_are_put_in_the_order_of_their_issue(ask: Ask, question: str, first: str) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert first in answer.text.splitlines()[0]


def test_a_document_is_quoted_without_the_one_beside_it(ask: Ask) -> None:
    answer = ask("Kế hoạch nào của Phú Yên về cải cách hành chính?")
    assert "9/KH-UBND" in answer.text
    assert "5/KH-UBND" not in answer.text


def test_whether_a_document_is_cited(ask: Ask) -> None:
    cited = ask("báo cáo tháng 8/2024 có viện dẫn nghị định 42/2022 không")
    assert cited.status == "answered"
    assert cited.text.startswith("Có")
    assert "61/2018" not in cited.text
    assert ask("báo cáo Phú Yên có nhắc nghị định 99/2020 không").status == "not_found"


def test_that_decree_is_the_one_talked_about(ask: Ask) -> None:
    answer = ask("báo cáo tháng 8/2024 có nhắc đến nghị định 42/2022 không", "nghị định đó nói về vấn đề gì")
    assert answer.status == "answered"
    assert "dịch vụ công trực tuyến" in answer.text
    assert "61/2018" not in answer.text


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Báo cáo tháng 7/2024 của Phú Yên chốt số liệu ngày nào?", "20/7/2024"),
        ("số liệu tài chính tháng 7/2024 chốt đến ngày mấy?", "15/7/2024"),
    ],
)
def test_the_day_that_figures_are_as_of(ask: Ask, question: str, day: str) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert day in answer.text


def test_wrong_data_of_people_is_no_question_about_wrong_figures(ask: Ask) -> None:
    assert "sai lệch" not in ask("Người sai thông tin được gửi cho đơn vị nào?").text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Tổng hợp mảng kinh tế tháng 7/2024 của Phú Yên giúp em", ["5.120", "93,83"]),
        ("tom tat phan kinh te cua phu yen thang 7/2024 (trong trot, chan nuoi)", ["5.120", "93,83"]),
        ("tóm tắt về nhân lực bộ phận một cửa ở Phú Yên", ["18", "77"]),
        (
            "Thưa anh chị, lãnh đạo yêu cầu trích gửi ngay phần kinh tế trong báo cáo tháng 7/2024 "
            "của Phú Yên, nhờ hệ thống nêu các ý chính, càng gọn càng tốt.",
            ["5.120", "93,83"],
        ),
    ],
)
def test_a_part_in_brief_gives_the_figures_of_all_that_is_below_it(
    ask: Ask, question: str, said: list[str]
) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert all(words in answer.text for words in said)


def test_no_other_part_is_given_for_one_that_is_not_there(ask: Ask) -> None:
    assert ask("Tóm tắt phần du lịch của Phú Yên tháng 7/2024").status == "not_found"


def test_who_signed_is_asked_without_diacritics(ask: Ask) -> None:
    assert "Trần Thị Lan" in ask("pho chu tich phu yen ky bao cao thang 8/2024 la ai").text
