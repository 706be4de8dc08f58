"""Figures of a table against each other."""

from __future__ import annotations

from collections.abc import Callable

from knowledge.records import Report

ReadBody = Callable[[str], Report]

TABLE = """| TT | Huyện | Số trẻ | Đã tiêm | Tỷ lệ (%) |
|---|---|---|---|---|
| 1 | Lạc Sơn | 2.000 | 1.500 | 75,00 |
| 2 | Tân Lạc | 1.000 | 900 | {rate} |
| 3 | Mai Châu | 500 | 400 | 80,00 |
| | Tổng cộng | 3.500 | {total} | 80,00 |"""


def test_table_that_adds_up_is_no_finding(read: ReadBody) -> None:
    assert not read(TABLE.format(rate="90,00", total="2.800")).findings


def test_total_row_that_is_not_the_sum_of_its_column(read: ReadBody) -> None:
    sums = [f for f in read(TABLE.format(rate="90,00", total="2.810")).findings if f.kind == "sum"]
    assert [(f.printed, f.recomputed, f.formula) for f in sums] == [("2.810", "2.800", "1.500 + 900 + 400")]


def test_rate_that_is_not_what_the_other_rows_rates_are(read: ReadBody) -> None:
    (finding,) = read(TABLE.format(rate="99,00", total="2.800")).findings
    assert (finding.kind, finding.printed, finding.recomputed) == ("ratio", "99,00%", "90%")
    assert "Tân Lạc" in finding.text


def test_rows_that_are_parts_of_other_rows_are_not_added_to_them(read: ReadBody) -> None:
    assert not read(
        "| TT | Nguồn | Vốn |\n|---|---|---|\n| I | Trung ương | 10 |\n| 1 | Dự án A | 4 |\n| 2 | "
        "Dự án B | 6 |\n"
        "| | Tổng cộng | 10 |"
    ).findings


def test_column_of_growth_is_measured_by_the_columns_it_compares(read: ReadBody) -> None:
    table = (
        "| Chế độ | Năm 2022 | Năm 2023 | Tăng/giảm (%) |\n| Ốm đau | 200 | 250 | 25 |\n"
        "| Thai sản | 100 | 90 | -10 |\n| Tử tuất | 50 | 55 | {growth} |"
    )
    assert not read(table.format(growth="10")).findings
    (finding,) = read(table.format(growth="20")).findings
    assert (finding.recomputed, finding.formula) == ("10%", "55 / 50 - 1")
