"""Figures of tables: row's head and column's header, unit, period."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from knowledge.records import Fact, Report

ReadBody = Callable[[str], Report]


def cells(report: Report) -> list[Fact]:
    return [f for f in report.facts if report.passages[f.passage].lead]


def test_cell_is_said_of_its_row_under_its_header(read: ReadBody) -> None:
    facts = cells(
        read("| TT | Huyện | Số trẻ | Tỷ lệ (%) |\n|---|---|---|---|\n| 1 | Lạc Sơn | 2.210 | 86,02 |")
    )
    assert [(f.indicator, f.kind, f.value, f.unit) for f in facts] == [
        ("Lạc Sơn: Số trẻ", "count", Decimal(2210), ""),
        ("Lạc Sơn: Tỷ lệ", "rate", Decimal("86.02"), "%"),
    ]


def test_unit_stands_above_the_table_in_its_header_or_in_a_column(read: ReadBody) -> None:
    above = cells(
        read("Đơn vị tính: triệu đồng\n\n| Nguồn | Vốn |\n| Trung ương | 2.109,5 |\n| Địa phương | 10 |")
    )
    assert [(f.value, f.unit) for f in above] == [
        (Decimal("2109.5e6"), "triệu đồng"),
        (Decimal("10e6"), "triệu đồng"),
    ]
    header = cells(read("| Nguồn | Vốn (tỷ đồng) |\n| Trung ương | 3 |\n| Địa phương | 4 |"))
    assert [f.value for f in header] == [Decimal("3e9"), Decimal("4e9")]
    column = cells(
        read("| Chỉ tiêu | Đơn vị tính | Thực hiện |\n| Gieo trồng | ha | 578 |\n| Che phủ | % | 47,1 |")
    )
    assert [(f.kind, f.unit) for f in column] == [("count", "ha"), ("rate", "%")]


def test_header_that_names_a_year_gives_the_period_and_a_plan_the_role(read: ReadBody) -> None:
    done, planned = cells(read("| Chỉ tiêu | Thực hiện năm 2023 | Kế hoạch năm 2024 |\n| Số xã | 91 | 105 |"))
    assert done.period is not None
    assert planned.period is not None
    assert (done.period.label, done.role, planned.period.label, planned.role) == (
        "năm 2023",
        "",
        "năm 2024",
        "target",
    )


def test_total_row_has_the_role_of_a_total(read: ReadBody) -> None:
    facts = cells(read("| TT | Huyện | Số |\n| 1 | Lạc Sơn | 3 |\n| 2 | Tân Lạc | 4 |\n| | Tổng cộng | 7 |"))
    assert [f.role for f in facts] == ["", "", "total"]


def test_row_that_is_named_after_a_place_is_of_that_place(read: ReadBody) -> None:
    facts = cells(read("| TT | Đơn vị | Số |\n| 1 | Lạc Sơn | 3 |\n| 2 | Sở Y tế | 4 |"))
    assert [f.place for f in facts] == ["huyện Lạc Sơn", "tỉnh Hòa Bình"]


def test_header_of_two_rows_says_the_merged_cell_and_the_one_below(read: ReadBody) -> None:
    table = (
        "| TT | Xã | Kế hoạch vốn | | Giải ngân | |\n| | | Tổng | NSTW | Tổng | NSTW |\n"
        "|---|---|---|---|---|---|\n| (1) | (2) | (3) | (4) | (5) | (6) |\n| 1 | A | 9 | 5 | 8 | 4 |\n"
        "| TT | Xã | Kế hoạch vốn | | Giải ngân | |\n| 2 | B | 7 | 3 | 6 | 2 |"
    )
    facts = cells(read(table))
    assert [(f.indicator, f.value, f.role) for f in facts[:4]] == [
        ("A: Kế hoạch vốn, Tổng", Decimal(9), "target"),
        ("A: Kế hoạch vốn, NSTW", Decimal(5), "target"),
        ("A: Giải ngân, Tổng", Decimal(8), ""),
        ("A: Giải ngân, NSTW", Decimal(4), ""),
    ]
    assert len(facts) == 8


def test_row_that_names_a_group_leads_in_the_rows_below_it(read: ReadBody) -> None:
    facts = cells(read("| TT | Lĩnh vực | Số |\n| I | Cấp tỉnh | |\n| 1 | Đất đai | 3 |\n| 2 | Thuế | 4 |"))
    assert [f.context[-1] for f in facts] == ["Cấp tỉnh", "Cấp tỉnh"]


def test_total_in_the_column_of_order_numbers_and_a_fraction_in_a_cell(read: ReadBody) -> None:
    one, total = cells(read("| STT | Xã | Xong |\n| 1 | A | 3/4 |\n| Tổng | | 7 |"))
    assert (one.kind, one.numerator, one.denominator) == ("ratio", Decimal(3), Decimal(4))
    assert (total.indicator, total.role) == ("Tổng: Xong", "total")


def test_column_as_of_a_day_and_column_of_a_plan(read: ReadBody) -> None:
    planned, done = cells(read("| Xã | Dự toán năm 2024 | Giải ngân đến 30/3/2024 |\n| A | 5 | 4 |"))
    assert (planned.role, planned.period and planned.period.label) == ("target", "năm 2024")
    assert (done.role, done.as_of) == ("", date(2024, 3, 30))


def test_table_right_behind_another_has_its_own_header(read: ReadBody) -> None:
    first = "| Huyện | Số trẻ | Đạt (%) |\n| Lạc Sơn | 10 | 50 |\n"
    for second in (
        "|---|---|\n", "",
    ):  # fmt: skip
        facts = cells(read(f"{first}\n| Nhóm | Kim ngạch (tấn) |\n{second}| Xuất khẩu | 7 |"))
        assert (facts[-1].indicator, facts[-1].unit) == ("Xuất khẩu: Kim ngạch", "tấn")


def test_dash_in_the_column_of_order_is_no_head(read: ReadBody) -> None:
    facts = cells(read("| TT | Chỉ tiêu | Số |\n| 1 | Thu | 9 |\n| - | Thu nội địa | 4 |"))
    assert facts[-1].indicator == "Thu nội địa: Số"


def test_column_of_the_same_period_is_a_year_before_the_one_on_its_left(read: ReadBody) -> None:
    header = "| TT | Chỉ tiêu | Kế hoạch 2024 | Tháng 2 | Tháng 3 | Lũy kế 3 tháng | Cùng kỳ 2023 | % so KH |"
    facts = cells(read(header + "\n| 1 | Số hộ | 90 | 7 | 8 | 22 | 20 | 24,4 |"))
    assert [(f.value, f.role, f.period.label if f.period else "") for f in facts[:5]] == [
        (Decimal(90), "target", "năm 2024"),
        (Decimal(7), "", "tháng 2/2024"),
        (Decimal(8), "", "tháng 3/2024"),
        (Decimal(22), "", "quý I/2024"),
        (Decimal(20), "", "quý I/2023"),
    ]
    alone = cells(read("| Chỉ tiêu | Thực hiện | Cùng kỳ năm trước |\n| Số hộ | 9 | 7 |\n| Số xã | 3 | 2 |"))
    assert [f.period.label if f.period else "" for f in alone[:2]] == ["tháng 3/2024", "tháng 3/2023"]
