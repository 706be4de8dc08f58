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
        ("- Ghi nhận 1.326 ca mắc, tăng 412 ca so với cùng kỳ.", "Ghi nhận ca mắc tăng", "increase"),
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


def test_change_behind_a_bracket_is_said_of_what_stood_before_it(read: ReadBody) -> None:
    body = "- Có 58 cuộc (kỳ trước 14 cuộc, trong kỳ 44 cuộc), tăng 12,5% so với năm 2022."
    whole, *_, change = figures(read(body))
    assert (change.kind, change.indicator) == ("change", f"{whole.indicator} tăng")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("- Thu 312 tỷ đồng, bằng 98,7% so với tháng trước và bằng 124% so với cùng kỳ.",
         ["Thu", "Thu so với tháng trước", "Thu so với cùng kỳ"]),
        ("- Thu đạt 61% dự toán pháp lệnh (350 tỷ "
         "đồng).", ["Thu dự toán pháp lệnh", "Thu dự toán pháp lệnh"]),
        ("- Nợ 486 tỷ đồng, tăng 4% so với thời điểm 31/12/2023 (467 tỷ đồng).",
         ["Nợ", "Nợ tăng", "Nợ so với thời điểm 31/12/2023"]),
        ("- Đưa 400 lao động (Hàn Quốc 62, Đài Loan 51).", ["Đưa lao động", "Hàn Quốc", "Đài Loan"]),
        ("- Giải phóng mặt bằng 312/358 hộ; đình chỉ 21 cơ sở; cấp mới 5 thẻ.",
         ["Giải phóng mặt bằng hộ", "đình chỉ cơ sở", "cấp mới thẻ"]),
        ("- Có 47 xe (trong đó: 22 xe chữa cháy), 18 máy bơm.", ["xe", "xe chữa cháy", "máy bơm"]),
        ("- Bồi thường 214 tỷ đồng/398 hộ.", ["Bồi thường", "hộ"]),
        ("- Có 22/22 xã phủ sóng, tỷ lệ bản có sóng 95,4%.", ["xã phủ sóng", "tỷ lệ bản có sóng"]),
        ("- Khiếu nại đúng 05 vụ việc, đúng một phần 07 vụ việc.",
         ["Khiếu nại đúng vụ việc", "đúng một phần vụ việc"]),
    ],
)  # fmt: skip
def test_indicator_is_what_the_words_around_the_figure_say(
    read: ReadBody, body: str, expected: list[str]
) -> None:
    assert [f.indicator for f in figures(read(body)) if f.kind != "date"] == expected


def test_signed_percentage_in_a_bracket_is_the_change_before_it(read: ReadBody) -> None:
    facts = figures(read("- Giảm 11 vụ (-11,34%), tăng 04 người bị thương (+7,4%)."))
    assert [(f.kind, f.role) for f in facts] == [
        ("change", "decrease"), ("change", "decrease"), ("change", "increase"), ("change", "increase"),
    ]  # fmt: skip


def test_bracket_that_adds_up_holds_parts_of_other_nouns_too(read: ReadBody) -> None:
    facts = figures(read("- Ban hành 09 văn bản (01 Chỉ thị, 05 Kế hoạch, 03 Công văn)."))
    assert [f.role for f in facts] == ["", "part", "part", "part"]


def test_figure_with_no_words_of_its_own_takes_the_title_on_its_line(read: ReadBody) -> None:
    facts = figures(read("1. Doanh thu: ước đạt 6.516 tỷ đồng.\n\n2. Việc làm: 172/150 lao động, đạt 114%."))
    assert [f.indicator for f in facts] == ["Doanh thu", "Việc làm: lao động"]


def test_range_of_money_has_both_ends_in_dong_and_its_unit(read: ReadBody) -> None:
    (fact,) = figures(read("- Thu nhập từ 120 đến 150 triệu đồng/người/năm."))
    assert (fact.value, fact.upper, fact.unit) == (Decimal("120e6"), Decimal("150e6"), "triệu đồng/người/năm")


def test_foreign_money_is_measured_since_sums_are_of_dong(read: ReadBody) -> None:
    (fact,) = figures(read("- Vốn FDI 12,5 triệu USD."))
    assert (fact.kind, fact.value, fact.unit) == ("measure", Decimal("12.5"), "triệu USD")


@pytest.mark.parametrize(
    ("body", "label"),
    [
        ("I. KẾT QUẢ\n\nII. NHIỆM VỤ THÁNG 4\n\n- Cấp 50 thẻ.", "tháng 4/2024"),
        ("- Lũy kế 3 tháng đầu năm thu 12 tỷ đồng.", "quý I/2024"),
        ("- Từ ngày 15/12/2023 đến ngày 14/3/2024, xảy ra 46 vụ cháy.", "từ 15/12/2023 đến 14/3/2024"),
        ("- Kế hoạch năm 2024, gồm:\n\n+ Vốn tỉnh: 12 tỷ đồng.", "năm 2024"),
        ("- Tiến độ 92%, dự kiến hoàn thành tháng 11/2024.", "tháng 3/2024"),
        ("1. Theo Nghị quyết số 50/NQ-CP ngày 08/4/2022 về phiên họp tháng 3/2022\n\n- Có 5 xã.",
         "tháng 3/2024"),
    ],
)  # fmt: skip
def test_period_is_the_clauses_its_lead_ins_its_headings_or_the_reports(
    read: ReadBody, body: str, label: str
) -> None:
    assert {f.period.label for f in figures(read(body)) if f.period and f.kind != "date"} == {label}


def test_heading_that_looks_back_below_a_plan_is_of_the_reports_period(read: ReadBody) -> None:
    body = (
        "I. KẾT QUẢ\n\nII. ĐÁNH GIÁ VÀ PHƯƠNG HƯỚNG QUÝ II\n\n1. Ưu điểm\n\n- Đạt 66%.\n\n"
        "2. Nhiệm vụ\n\n- Mở 28 lớp."
    )
    done, planned = figures(read(body))
    assert (done.period and done.period.label, planned.period and planned.period.label) == (
        "tháng 3/2024",
        "quý II/2024",
    )


@pytest.mark.parametrize(
    "body",
    [
        "- Giao Phòng Nghiệp vụ 3 chủ trì.",
        "- Sự cố lưới điện 22 kV, 35 kV.",
        "- Sửa chữa Đường tỉnh 864 và Đường huyện 35.",
        "- Mô hình chính quyền địa phương 02 cấp.",
    ],
)
def test_numbers_of_units_roads_and_lines_are_no_figures(read: ReadBody, body: str) -> None:
    assert not figures(read(body))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("- Thu thuế 112 triệu đồng, lũy kế 1,86 tỷ đồng, đạt 31% chỉ tiêu năm.",
         ["Thu thuế", "Thu thuế lũy kế", "Thu thuế lũy kế chỉ tiêu năm"]),
        ("- Nợ xấu 1.286 tỷ đồng, chiếm 1,7% tổng dư nợ.", ["Nợ xấu", "Nợ xấu tổng dư nợ"]),
        ("- Tỷ lệ bao phủ 93,1% dân số (chỉ tiêu tỉnh giao 94%).",
         ["Tỷ lệ bao phủ dân số", "Tỷ lệ bao phủ dân số chỉ tiêu tỉnh giao"]),
        ("- GRDP đạt 43.512 tỷ đồng (giá so sánh), tăng 4,07%.", ["GRDP", "GRDP tăng"]),
        ("- Thời gian giải quyết giảm từ 7,4 ngày xuống còn 5,1 ngày.",
         ["Thời gian giải quyết giảm ngày", "Thời gian giải quyết giảm ngày xuống còn"]),
        ("- Giải ngân 14/68 tỷ đồng, đạt 20,6% kế hoạch vốn được giao, thấp hơn 5,2 điểm phần trăm.",
         ["Giải ngân tỷ đồng", "Giải ngân tỷ đồng thấp hơn"]),
        ("- Có 10/15 xã, thị trấn đạt chuẩn; thu 12 khoản phí, lệ phí.",
         ["xã, thị trấn đạt chuẩn", "thu khoản phí, lệ phí"]),
        ("- Nhắc nhở 23 trường hợp lấn chiếm vỉa hè.", ["Nhắc nhở trường hợp lấn chiếm vỉa hè"]),
        ("- Tổ chức 318 hội nghị cho 41 lượt người, giảm 12 hội nghị.",
         ["Tổ chức hội nghị", "lượt người", "Tổ chức hội nghị giảm"]),
        ("- Cấp 50 thẻ, trong đó có 20 thẻ mới.", ["Cấp thẻ", "thẻ mới"]),
    ],
)  # fmt: skip
def test_figure_without_a_subject_of_its_own_has_that_of_the_one_it_is_said_beside(
    read: ReadBody, body: str, expected: list[str]
) -> None:
    assert [f.indicator for f in figures(read(body))] == expected


def test_bare_figures_that_add_up_count_what_the_whole_counts_each_at_its_place(read: ReadBody) -> None:
    report = read("- Kích hoạt 12.500 tài khoản. Chi tiết: huyện Mai Châu 7.500; huyện Lạc Sơn 5.000.")
    assert figures(report)[1].indicator == "huyện Mai Châu: Kích hoạt tài khoản"
    assert [(f.unit, f.role, f.place) for f in figures(report)[1:]] == [
        ("tài khoản", "part", "huyện Mai Châu"), ("tài khoản", "part", "huyện Lạc Sơn"),
    ]  # fmt: skip


def test_what_stands_behind_parts_that_make_the_whole_is_no_part(read: ReadBody) -> None:
    report = read("- Bố trí 27 tỷ đồng, trong đó tỉnh 20 tỷ đồng, huyện 7 tỷ đồng; đã giải ngân 8 tỷ đồng.")
    assert [f.role for f in figures(report)] == ["", "part", "part", ""]


def test_same_time_a_year_before_is_told_from_what_stands_before_it(read: ReadBody) -> None:
    facts = figures(read("- Thu ngân sách 9 tháng đạt 22 tỷ đồng, tăng 12,5% (cùng kỳ 19 tỷ đồng)."))
    assert [(f.role, f.period and f.period.label) for f in facts] == [
        ("", "9 tháng đầu năm 2024"), ("increase", "9 tháng đầu năm 2024"), ("", "9 tháng đầu năm 2023"),
    ]  # fmt: skip


def test_figure_is_of_the_time_named_last_before_it(read: ReadBody) -> None:
    facts = figures(read("- Tỷ lệ hộ nghèo năm 2022 là 6,18%, ước năm 2023 còn 4,9%."))
    assert [f.period and f.period.label for f in facts] == ["năm 2022", "năm 2023"]


def test_plan_in_a_bracket_is_a_target_and_no_figure_reached(read: ReadBody) -> None:
    facts = figures(read("- BHXH: 98.740 người, đạt 94,8% kế hoạch năm (104.200 người)."))
    assert (facts[2].indicator, facts[2].role) == ("BHXH: người kế hoạch năm", "target")


def test_line_of_place_and_date_is_no_fact(read: ReadBody) -> None:
    assert not [f for f in read("- Cấp 5 thẻ.").facts if f.kind == "date"]


def test_time_since_which_a_cause_is_there_is_not_that_of_the_figure(read: ReadBody) -> None:
    (fact,) = read("- Tiêm chủng đạt 46,2% kế hoạch do thiếu vắc xin kéo dài từ tháng 01.").facts
    assert fact.period is not None
    assert fact.period.label == "tháng 3/2024"


def test_day_of_remembrance_is_no_ratio(read: ReadBody) -> None:
    facts = read("- Dịp kỷ niệm 27/7 tặng 3.418 suất quà.").facts
    assert [(f.kind, f.value) for f in facts if f.kind != "date"] == [("count", 3418)]
