"""Tables that a text parts by tabs or wide gaps, against what only stands side by side."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from knowledge.formats.text_rows import with_bars
from knowledge.records import Report

ReadBody = Callable[[str], Report]

_TABBED = (
    "TT\tChỉ tiêu\tKế hoạch năm\tThực hiện 6 tháng\tĐơn vị chủ trì\n"
    "1\tLàm mới đường\t90 km\t41,5 km\tPhòng Kinh tế\n"
    "2\tSố người chết do đuối nước giảm\tTừ 5%\t11,6%\tPhòng Văn hóa\n"
    "3\tSố hộ nghèo\t-\t214\n"
)


def test_rows_parted_by_tabs_are_a_table_whose_order_numbers_are_no_figures(read: ReadBody) -> None:
    facts = [(f.indicator, f.kind, f.value, f.unit, f.role, f.bound) for f in read(_TABBED).facts]
    assert facts == [
        ("Làm mới đường: Kế hoạch năm", "count", Decimal(90), "km", "target", ""),
        ("Làm mới đường: Thực hiện 6 tháng", "count", Decimal("41.5"), "km", "", ""),
        ("Số người chết do đuối nước giảm: Kế hoạch năm", "rate", Decimal(5), "%", "target", ">="),
        ("Số người chết do đuối nước giảm: Thực hiện 6 tháng", "rate", Decimal("11.6"), "%", "", ""),
        ("Số hộ nghèo: Thực hiện 6 tháng", "count", Decimal(214), "", "", ""),
    ]


def test_rows_parted_by_two_spaces_are_a_table(read: ReadBody) -> None:
    table = "Xã  Số hộ  Tỷ lệ (%)\nYên Sơn  1.204  12,5\nPhú Lâm  98  3,25\nCộng  1.302  10,1"
    assert [(f.indicator, f.value, f.role) for f in read(table).facts] == [
        ("Yên Sơn: Số hộ", Decimal(1204), ""),
        ("Yên Sơn: Tỷ lệ", Decimal("12.5"), ""),
        ("Phú Lâm: Số hộ", Decimal(98), ""),
        ("Phú Lâm: Tỷ lệ", Decimal("3.25"), ""),
        ("Cộng: Số hộ", Decimal(1302), "total"),
        ("Cộng: Tỷ lệ", Decimal("10.1"), "total"),
    ]


def test_an_empty_cell_is_found_by_what_stands_above_it() -> None:
    table = (
        "Xã           Kế hoạch   Thực hiện   Tỷ lệ (%)\n"
        "Yên Sơn      40         35          87,5\n"
        "Phú Lâm                 12\n"
        "Tân Hòa      10         10          100"
    )
    assert with_bars(table).split("\n")[2] == "| Phú Lâm |   | 12 |   |"


def test_an_empty_cell_whose_column_is_in_doubt_makes_no_table() -> None:
    table = "Xã  Kế hoạch  Thực hiện\nYên Sơn  40  35\nPhú Lâm  12\nTân Hòa  10  10"
    assert with_bars(table) == table


def test_a_blank_line_between_rows_parts_no_table() -> None:
    rows = with_bars("Xã\tSố hộ\tSố khẩu\n\nYên Sơn\t10\t41\n\nPhú Lâm\t12\t50").split("\n")
    assert rows == ["| Xã | Số hộ | Số khẩu |", "", "| Yên Sơn | 10 | 41 |", "", "| Phú Lâm | 12 | 50 |"]


@pytest.mark.parametrize(
    "text",
    [
        "UBND TỈNH A\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ Y TẾ\tĐộc lập - Tự do - Hạnh phúc\nSố: 12\t2024",
        "1.\tCông tác chỉ đạo\n2.\tCông tác tổ chức\n3.\tCông tác kiểm tra",
        "Nơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- Như trên;\tCHỦ TỊCH\n- Lưu: VT.\tNguyễn Văn A",
        "Công  tác  kiểm tra đạt\nkết  quả  tốt trong\nnăm  qua,  toàn diện",
    ],
)
def test_what_stands_side_by_side_without_being_a_table_stays(text: str) -> None:
    assert with_bars(text) == text
