"""Figures of tables: row's head and column's header, unit, period."""

from __future__ import annotations

from collections.abc import Callable
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
