"""Figures as facts: indicator, value, unit, period, role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from knowledge.records import Fact, Report

ReadBody = Callable[[str], Report]


def figures(report: Report) -> list[Fact]:
    return [
        f for f in report.facts if f.passage and report.passages[f.passage].section not in {"mở đầu", "kết"}
    ]


def test_ratio_has_numerator_denominator_and_the_printed_percentage(read: ReadBody) -> None:
    (fact,) = figures(read("- Cấp lý lịch tư pháp: Đã tiếp nhận 919/1.576 hồ sơ, đạt tỷ lệ **58,31%**."))
    assert (fact.kind, fact.numerator, fact.denominator, fact.value, fact.unit) == (
        "ratio", Decimal(919), Decimal(1576), Decimal("58.31"), "%",
    )  # fmt: skip
    assert fact.indicator == "Cấp lý lịch tư pháp: Đã tiếp nhận hồ sơ"


@pytest.mark.parametrize(
    ("body", "value", "unit"),
    [
        ("- Bố trí 1,2 tỷ đồng.", Decimal("1.2e9"), "tỷ đồng"),
        ("- Bố trí 96.651 triệu đồng.", Decimal("96651e6"), "triệu đồng"),
        ("- Lệ phí thu được 4.870.000 đồng.", Decimal(4870000), "đồng"),
    ],
)
def test_money_is_in_dong_and_keeps_its_printed_unit(
    read: ReadBody, body: str, value: Decimal, unit: str
) -> None:
    (fact,) = figures(read(body))
    assert (fact.kind, fact.value, fact.unit) == ("money", value, unit)


@pytest.mark.parametrize(
    ("body", "indicator", "role"),
    [
        ("- Đàn lợn 38.400 con, tăng 5,6% so với cùng kỳ.", "Đàn lợn con tăng", "increase"),
        ("- Tỷ lệ bao phủ bảo hiểm y tế đạt 96,8%, giảm 0,4 điểm phần trăm so với năm "
        "2022.", "Tỷ lệ bao phủ bảo hiểm y tế giảm", "decrease"),
        ("- Ghi nhận 1.326 ca mắc, tăng 412 ca so với cùng kỳ.", "tăng ca", "increase"),
    ],
)  # fmt: skip
def test_change_is_said_of_the_figure_before_it(read: ReadBody, body: str, indicator: str, role: str) -> None:
    change = figures(read(body))[1]
    assert (change.kind, change.role, change.indicator) == ("change", role, indicator)


def test_percentage_of_a_plan_is_said_of_the_figure_before_it(read: ReadBody) -> None:
    facts = figures(
        read("- Giá trị sản xuất ước đạt 1.248 tỷ đồng, đạt 48,3% kế hoạch năm, tăng 9,7% so với cùng kỳ.")
    )
    assert [f.indicator for f in facts] == [
        "Giá trị sản xuất",
        "Giá trị sản xuất kế hoạch năm",
        "Giá trị sản xuất tăng",
    ]


def test_bounds_and_ranges_are_kept(read: ReadBody) -> None:
    over, between = figures(read("- Có 12 chủ đầu tư đạt trên 60%; 09 chủ đầu tư đạt từ 40% đến dưới 60%."))[
        1::2
    ]
    assert (over.bound, over.value) == (">", Decimal(60))
    assert (between.value, between.upper) == (Decimal(40), Decimal(60))


def test_roles_tell_totals_targets_and_remainders(read: ReadBody) -> None:
    facts = figures(read("- Tổng số 120 hồ sơ; phấn đấu 100 hồ sơ; đã xong 90/100 hồ sơ, còn 10 hồ sơ."))
    assert [f.role for f in facts] == ["total", "target", "", "remainder"]


def test_period_compared_with_is_not_the_figures_own(read: ReadBody) -> None:
    (fact, _) = figures(read("- Tiếp nhận 50 hồ sơ, tăng 5 hồ sơ so với năm 2022."))
    assert fact.period is not None
    assert fact.period.label == "tháng 3/2024"


def test_period_of_a_bracket_is_said_of_the_figures_in_it_alone(read: ReadBody) -> None:
    done, planned = figures(
        read("- Đã nhập 80/100 dữ liệu, đạt 80% (dự kiến hoàn thành 100% chỉ tiêu vào cuối tháng 5/2024).")
    )
    assert done.period is not None
    assert planned.period is not None
    assert (done.period.label, planned.period.label) == ("tháng 3/2024", "tháng 5/2024")


def test_day_that_figures_are_as_of(read: ReadBody) -> None:
    facts = [
        f
        for f in figures(read("- Tính đến ngày 20/3/2024, đã kích hoạt 1.035 tài khoản."))
        if f.kind == "count"
    ]
    assert facts[0].as_of == date(2024, 3, 20)


@pytest.mark.parametrize(
    "body",
    [
        "- Thực hiện Đề án 06 và Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ.",
        "- Cấp thẻ bảo hiểm y tế cho trẻ em dưới 06 tuổi.",
        "- Các xã đạt chuẩn: Quế Xuân 1, Hương An[1].\n\n[1] Theo báo cáo.",
    ],
)
def test_names_qualifiers_and_marks_are_no_figures(read: ReadBody, body: str) -> None:
    assert not figures(read(body))


def test_context_holds_headings_leads_and_what_leads_into_a_list(read: ReadBody) -> None:
    report = read(
        "I. KẾT QUẢ\n\n1. Dữ liệu\n\nTiến độ xác thực:\n\n+ Đối với học sinh: ⁽¹⁾ Mầm non: 10/12 dữ "
        "liệu; ⁽²⁾ Tiểu học: 5/9 dữ liệu."
    )
    assert figures(report)[1].context == ("KẾT QUẢ", "Dữ liệu", "Tiến độ xác thực", "Đối với học sinh")
    assert figures(report)[1].indicator == "Tiểu học: dữ liệu"


def test_facts_know_their_listing_and_member(read: ReadBody) -> None:
    report = read("(1) Khai sinh: 10 hồ sơ.\n\n(2) Khai tử: 7 hồ sơ.")
    second = figures(report)[1]
    assert second.group is not None
    assert second.member is not None
    assert report.listings[second.group].members[second.member].name == "Khai tử"


def test_figures_of_a_bracket_or_behind_trong_do_are_parts(read: ReadBody) -> None:
    facts = figures(read("- Có 334 sản phẩm (291 sản phẩm 3 sao, 43 sản phẩm 4 sao)."))
    assert [f.role for f in facts] == ["", "part", "part"]
    facts = figures(read("- Tiếp nhận 100 hồ sơ; trong đó, đã giải quyết 90 hồ sơ."))
    assert [f.role for f in facts] == ["", "part"]
