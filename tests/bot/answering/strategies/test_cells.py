from __future__ import annotations

import pytest

from bot.answering.assistant import Assistant
from bot.answering.shelf import Shelf
from bot.answering.strategies.row_names import names_in
from index.thesaurus import load
from knowledge.reading import read_report_text
from knowledge.store import Store

REPORT = """Số: 77/BC-UBND

Lâm Đồng, ngày 29 tháng 4 năm 2024

BÁO CÁO
Kết quả cải cách hành chính năm 2023

Ủy ban nhân dân tỉnh báo cáo kết quả năm 2023 như sau:

I. KẾT QUẢ THEO ĐỊA BÀN

| TT | Đơn vị | Hồ sơ tiếp nhận | Hồ sơ điện tử | Tỷ lệ | Kế hoạch |
|---|---|---|---|---|---|
| 1 | Thành phố Đà Lạt | 1.000 | 900 | 90% | 1.500 |
| 2 | Huyện Lạc Dương | 400 | 380 | 95% | 300 |
| 3 | Huyện Đơn Dương | 500 | 310 | 62% | 900 |
| | Cộng | 1.900 | 1.590 | 83,68% | 2.800 |

II. LƯỢT HƯỞNG THEO CHẾ ĐỘ

| Chế độ | Năm 2022 | Năm 2023 |
|---|---|---|
| Ốm đau | 80 | 100 |
| Thai sản | 60 | 45 |
| Tai nạn lao động | 20 | 30 |

III. PHÒNG CHÁY

1. Kiểm tra

Đã kiểm tra 150/190 cơ sở, đạt 78,95%, còn 40 cơ sở chưa kiểm tra; xử phạt 25 trường hợp.

2. Tình hình cháy

Xảy ra 12 vụ cháy, nguyên nhân: do điện 07 vụ; do sơ suất 03 vụ; đang điều tra 02 vụ.

PHỤ LỤC CHỈ TIÊU NĂM 2023

| TT | Chỉ tiêu | Kế hoạch | Thực hiện | Đánh giá |
|---|---|---|---|---|
| 1 | Thanh toán trực tuyến | 85% | 81% | Chưa đạt |
| 2 | Mức độ hài lòng | 95% | 96% | Đạt |
| 3 | Chữ ký số cá nhân | 50% | 36% | Chưa đạt |

IV. NHÂN LỰC

- Số công chức do phòng chuyên môn cử đến Bộ phận một cửa: 18 (chính thức 08, dự phòng 10).

- Số công chức do ngành dọc cử đến Bộ phận một cửa: 07 (03 chính thức, 04 dự phòng).

V. ĐƠN THƯ

Trong năm nhận 63 đơn, đã giải quyết 57 đơn, đang giải quyết 06 đơn. Chi lương 24 tỷ đồng; chi điện nước \
6 tỷ đồng; tổng chi 30 tỷ đồng.

VI. ĐĂNG KÝ XE

Đăng ký mới 39 xe, trong đó 4 ô tô, 35 mô tô.

Nơi nhận:
- Lưu: VT.

CHỦ TỊCH
"""


@pytest.fixture(scope="module")
def tabled(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    store = Store.open(tmp_path_factory.mktemp("tabled") / "knowledge.sqlite")
    store.add(read_report_text(REPORT, name="bang.txt"))
    shelf = Shelf(store)
    shelf.reload_if_changed()
    return Assistant(shelf, load(), None)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Đà Lạt tiếp nhận nhiều hơn Lạc Dương bao nhiêu hồ sơ?", "1.000 − 400 = 600"),
        ("Hồ sơ điện tử của Đơn Dương ít hơn Đà Lạt mấy hồ sơ?", "900 − 310 = 590"),
        ("Đà Lạt và Lạc Dương, nơi nào làm hồ sơ điện tử tốt hơn, chênh mấy điểm?", "95 − 90 = 5"),
        ("So sánh tỷ lệ hồ sơ điện tử của Đà Lạt với Đơn Dương", "90 − 62 = 28"),
        ("Đà Lạt và Đơn Dương tiếp nhận tổng cộng bao nhiêu hồ sơ?", "1.000 + 500 = 1.500"),
        ("Cộng hồ sơ điện tử của hai huyện", "380 + 310 = 690"),
        ("Kế hoạch của Đà Lạt và Đơn Dương cộng lại là bao nhiêu?", "1.500 + 900 = 2.400"),
        ("da lat va lac duong tiep nhan tong cong bao nhieu ho so", "1.000 + 400 = 1.400"),
        ("Lượt thai sản năm 2023 so với năm 2022 giảm bao nhiêu?", "60 − 45 = 15"),
    ],
)
def test_rows_and_column_are_those_that_the_question_names(
    tabled: Assistant, question: str, said: str
) -> None:
    answer = tabled.answer(question)
    assert answer.status == "answered"
    assert said in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Huyện, thành phố nào được giao kế hoạch lớn nhất?", "1.500"),
        ("Đơn vị nào tiếp nhận ít hồ sơ nhất?", "400"),
        ("Chế độ nào năm 2022 ít lượt nhất?", "Tai nạn lao động"),
        ("Chế độ nào năm 2023 nhiều lượt thứ nhì?", "Thai sản"),
        ("Nguyên nhân cháy nào nhiều nhất?", "do điện"),
    ],
)
def test_a_ranking_is_over_the_column_that_is_meant(tabled: Assistant, question: str, said: str) -> None:
    assert said in tabled.answer(question).text


def test_a_plan_is_no_figure_that_was_reached(tabled: Assistant) -> None:
    assert "900" not in tabled.answer("Đơn vị nào tiếp nhận nhiều hồ sơ nhất?").text


def test_a_name_is_said_whole_or_without_its_kind() -> None:
    rows = ("Thành phố Hồng Ngự", "Huyện Hồng Ngự", "Huyện Lấp Vò")
    assert names_in("Huyện Lấp Vò hơn thành phố Hồng Ngự mấy?", rows)[0] == [rows[2], rows[0]]
    assert names_in("Lấp Vò nhận mấy hồ sơ?", rows)[0] == [rows[2]]


def test_a_short_name_of_two_rows_is_none_of_them() -> None:
    assert names_in("Hồng Ngự và Lấp Vò", ("Thành phố Hồng Ngự", "Huyện Hồng Ngự", "Huyện Lấp Vò"))[0] == []


def test_a_name_is_spelt_as_typed() -> None:
    rows = ("Bệnh viện Nhi", "Bệnh viện Phụ sản")
    assert names_in("nhiều thứ nhì", rows)[0] == []
    assert names_in("benh vien nhi va phu san", rows)[0] == list(rows)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "Hồ sơ điện tử của các đơn vị cộng lại có khớp với dòng cộng không?",
            "Khớp: 900 + 380 + 310 = 1.590",
        ),
        ("Kế hoạch của các đơn vị cộng lại lệch với tổng bao nhiêu?", "2.800 − 2.700 = 100"),
        ("Số cơ sở còn chưa kiểm tra có bằng tổng trừ đi số đã kiểm tra không?", "Khớp: 190 − 150 = 40"),
    ],
)
def test_what_is_checked_is_the_subject_that_is_named(tabled: Assistant, question: str, said: str) -> None:
    assert said in tabled.answer(question).text


def test_a_figure_traced_back_comes_with_its_words_and_headings(tabled: Assistant) -> None:
    answer = tabled.answer("Con số 25 trong báo cáo là số gì?")
    assert "xử phạt 25 trường hợp" in answer.text
    assert "PHÒNG CHÁY / Kiểm tra" in answer.text


def test_an_unchecked_subject_is_not_called_right(tabled: Assistant) -> None:
    assert "Chưa phát hiện" not in tabled.answer("Đơn vị nào rà soát sai sót hộ tịch?").text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Phòng chuyên môn và ngành dọc cử tổng cộng bao nhiêu người chính thức đến một cửa?", "8 + 3 = 11"),
        ("Hai nguồn cử đến Bộ phận một cửa có tổng cộng bao nhiêu người dự phòng?", "10 + 4 = 14"),
        ("Trong số đơn đã nhận thì giải quyết được bao nhiêu phần trăm?", "57 / 63"),
        ("Trong tổng chi, chi điện nước chiếm mấy phần trăm?", "6 / 30"),
        ("Trong tổng số xe đăng ký mới ô tô chiếm bao nhiêu phần trăm?", "4 / 39"),
    ],
)
def test_the_part_in_the_bracket_is_asked_for(tabled: Assistant, question: str, said: str) -> None:
    assert said in tabled.answer(question).text


def test_a_whole_is_no_answer_to_what_its_part_is_called(tabled: Assistant) -> None:
    answer = tabled.answer("Ngành dọc cử bao nhiêu người dự phòng đến Bộ phận một cửa?")
    assert "04 dự phòng (" in answer.text


def test_which_targets_were_missed_is_what_the_table_says(tabled: Assistant) -> None:
    answer = tabled.answer("Những chỉ tiêu nào chưa đạt kế hoạch?")
    assert "2/3 chỉ tiêu được đánh giá chưa đạt" in answer.text
    assert "Chữ ký số cá nhân: kế hoạch 50%; thực hiện 36%" in answer.text
    assert "Mức độ hài lòng" not in answer.text
