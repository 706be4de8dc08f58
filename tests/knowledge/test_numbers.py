"""Quantities: what is one, what only looks like one, its unit, bounds and ranges."""

from decimal import Decimal
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.numbers import (
    Quantity,
    find_labels,
    find_quantities,
    format_number,
    format_percent,
    parse_number,
    parse_words,
    round_half_up,
)
from knowledge.vietnamese import nfc


def only(text: str) -> Quantity:
    (quantity,) = find_quantities(text)
    return quantity


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("1.234.567,89", "1234567.89"),
        ("08", "8"),
        ("00", "0"),
        ("58,31", "58.31"),
        ("58.31", "58.31"),
        ("1.576", "1576"),
    ],
)
def test_figures_group_by_dots_and_divide_by_a_comma(figure: str, value: str) -> None:
    assert parse_number(figure) == Decimal(value)


@pytest.mark.parametrize("figure", ["", "một", "1,2,3", "1..2", "--5", "1.234.56", "9" * 100])
def test_what_is_no_figure_is_refused_by_name(figure: str) -> None:
    with pytest.raises(ValueError, match="no Vietnamese figure"):
        parse_number(figure)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_what_is_formatted_is_parsed_to_the_same(value: Decimal) -> None:
    # At four decimals no figure can be taken for thousands.
    assert parse_number(format_number(value)) == value


@given(st.integers(min_value=0, max_value=10**15))
def test_whole_numbers_survive_a_round_trip_and_are_found(value: int) -> None:
    figure = format_number(value)
    assert parse_number(figure) == value
    assert only(f"có {figure} hồ sơ").value == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("58.3122", "58,31%"),
        ("1.9", "1,90%"),
        ("82", "82%"),
        ("0.005", "0,01%"),
        ("1.005", "1,01%"),
        ("-0.001", "0%"),
    ],
)
def test_percentages_round_half_up(value: str, text: str) -> None:
    assert format_percent(Decimal(value)) == text


def test_rounding_keeps_every_digit_of_a_large_value() -> None:
    assert round_half_up(Decimal("123456789012345678901234567890.125"), 2) == Decimal(
        "123456789012345678901234567890.13"
    )


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("hai mươi lăm", 25), ("mười một", 11), ("một trăm linh ba", 103), ("hai muoi lam", 25),
        ("một triệu hai trăm nghìn", 1_200_000), ("một hai", None), ("trăm", None), ("hồ sơ", None), ("",
         None),
    ],
)  # fmt: skip
def test_number_words_have_values(words: str, value: int | None) -> None:
    assert parse_words(words) == value


def test_a_ratio_has_both_its_numbers_and_what_it_counts() -> None:
    ratio, percent = find_quantities("Đã tiếp nhận 412/1.050 hồ sơ, đạt tỷ lệ **39,24%**.")
    assert (ratio.kind, ratio.value, ratio.denominator, ratio.unit) == ("ratio", 412, 1050, "hồ sơ")
    assert (percent.kind, percent.value, percent.text) == ("percent", Decimal("39.24"), "39,24%")


@pytest.mark.parametrize(
    ("text", "numerator", "denominator"),
    [("07/20 dịch vụ", 7, 20), ("00/118 hồ sơ", 0, 118), ("đến nay 06/09 huyện", 6, 9)],
)
def test_short_ratios_are_no_dates(text: str, numerator: int, denominator: int) -> None:
    quantity = only(text)
    assert (quantity.value, quantity.denominator) == (numerator, denominator)


@pytest.mark.parametrize(
    "text",
    [
        "ngày 08/3/2024", "tháng 3/2024", "Nghị định số 61/2018/NĐ-CP", "475/QĐ-UBND",
        "lưới điện (220/380V)", "Đề án 06/CP",
        "Đề án 06 cấp xã", "Điều 25 của Luật", "mức độ 3", "phiên bản 1.0", "2.1. Về hạ tầng",
        "(15) Cấp phiếu", "cáp 24FO",
        "Covid-19", "giai đoạn 2021-2025", "6 tháng đầu năm", "trực 24/7", "tu ngay nao", "năm 2024",
        "Bước 1: Thu thập",
        "một cửa",
    ],
)  # fmt: skip
def test_dates_documents_names_and_labels_are_no_quantities(text: str) -> None:
    assert find_quantities(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "scaled", "unit"),
    [
        ("1,2 tỷ đồng", "money", "1200000000", "tỷ đồng"),
        ("52.300 triệu đồng", "money", "52300000000", "triệu đồng"),
        ("1 tỷ 200 triệu đồng", "money", "1200000000", "tỷ đồng"),
        ("2 ty dong", "money", "2000000000", "ty dong"),
        ("1.000 Mbps", "bandwidth", "1000", "Mbps"),
        ("1,8 triệu lượt", "count", "1800000", "lượt"),
        ("5,2 điểm phần trăm", "points", "5.2", "điểm phần trăm"),
        ("45 phan tram", "percent", "45", "%"),
        ("một nửa", "percent", "50", "%"),
        ("hai mươi lăm dịch vụ", "count", "25", "dịch vụ"),
    ],
)
def test_units_scale_and_name_the_kind(text: str, kind: str, scaled: str, unit: str) -> None:
    quantity = only(text)
    assert (quantity.kind, quantity.scaled, quantity.unit) == (kind, Decimal(scaled), unit)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("31/31 cơ sở khám chữa bệnh đã triển khai", "cơ sở khám chữa bệnh"),
        ("5.120 hội viên Hội Người cao tuổi", "hội viên"),
        ("47 tổ công tác triển khai", "tổ công tác"),
        ("12 huyện, thị xã, thành phố", "huyện, thị xã, thành phố"),
        ("08 dịch vụ công thiết yếu³ vào", "dịch vụ công thiết yếu"),
        ("300 cây xanh được trồng", "cây xanh"),
        ("20 ho so dat", "ho so"),
        ("Tổng số: 15.", ""),
    ],
)
def test_a_count_has_the_noun_that_follows(text: str, counted: str) -> None:
    assert only(text).counted == counted


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("dưới 50%", "<"), ("trên 95%", ">"), ("hơn 4.000 lượt", ">"), ("it nhat 3 ho so", ">="),
         ("khoảng 30 người", "~"),
        ("từ 80% trở lên", ">="), ("không quá 5 ngày", "<="), ("đăng ký kết hôn 50 hồ sơ", ""),
         ("ket hon 50 ho so", ""),
        (">= 90%", ">="), ("từ 5 hồ sơ", ""),
    ],
)  # fmt: skip
def test_words_and_signs_of_comparison_bound_a_quantity(text: str, bound: str) -> None:
    assert only(text).bound == bound


@pytest.mark.parametrize(
    ("text", "low", "high", "bounds"),
    [
        ("từ 50% đến dưới 90%", 50, 90, (">=", "<")),
        ("tu 50% den 90%", 50, 90, (">=", "<=")),
        ("10 - 15 hồ sơ", 10, 15, (">=", "<=")),
        ("50-90%", 50, 90, (">=", "<=")),
    ],
)
def test_ranges_are_one_quantity_with_two_ends(
    text: str, low: int, high: int, bounds: tuple[str, str]
) -> None:
    quantity = only(text)
    assert (quantity.value, quantity.upper, (quantity.bound, quantity.upper_bound)) == (low, high, bounds)


def test_growth_from_one_figure_to_another_is_no_range() -> None:
    assert [quantity.upper for quantity in find_quantities("tăng từ 50% đến 60%")] == [None, None]


def test_labels_account_for_figures_that_count_nothing() -> None:
    labels = find_labels("Đề án 06: (3) Cấp biển số mức độ 4, điện áp 220/380V")
    assert [(label.text, label.word) for label in labels] == [
        ("06", "đề án"), ("3", ""), ("4", "mức độ"), ("220/380", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("đường tỉnh ĐT.705 đoạn qua xã", ["705"]),
        ("sạt lở tại Km 12+350 Quốc lộ 27", ["12", "350", "27"]),
        ("trung tâm (49-02D) tạm dừng", ["49", "02"]),
        ("các tuyến buýt số 11, 12 và 14; tuyến số 15 tạm dừng", ["11", "12", "14", "15"]),
        ("tiêm vắc xin 6 trong 1 cho trẻ", ["6", "1"]),
        ("Chương trình mục tiêu quốc gia 1719", ["1719"]),
        ("theo Điều 5, 6 và 7", ["5", "6", "7"]),
    ],
)
def test_figures_of_codes_and_of_rows_of_names_are_labels(text: str, figures: list[str]) -> None:
    assert [label.text for label in find_labels(text)] == figures
    assert not find_quantities(text)


def test_figures_beside_names_still_count() -> None:
    text = "tuyến số 04, 12 xe; 3 trong 1 ngày; 12 - 14 đoàn; Điều 5, 20 hộ; giá 500.000đ"
    found = [(q.text, q.counted) for q in find_quantities(text)]
    assert found == [
        ("12", "xe"), ("3", ""), ("1", "ngày"), ("12 - 14", "đoàn"), ("20", "hộ"), ("500.000đ", ""),
    ]  # fmt: skip
    assert only("còn thiếu 1,3 triệu m3 đất").unit == "triệu m3"


def test_every_figure_of_a_sentence_is_a_quantity_or_a_label() -> None:
    text = "Cả 12 huyện có 24 tổ; nhóm 2 đạt 75,5% (dự phòng 10), giai đoạn 2) 33.495 triệu đồng"
    covered = sorted([*(q.text for q in find_quantities(text)), *(label.text for label in find_labels(text))])
    assert covered == sorted(["12", "24", "2", "75,5%", "10", "2", "33.495 triệu đồng"])


PIECES = st.sampled_from(
    [
        "1",
        "12",
        "1.234",
        "5,6",
        "/",
        " ",
        "%",
        "triệu",
        "đồng",
        "hồ sơ",
        "ngày",
        "-",
        "đến",
        "từ",
        ".",
        ",",
        "(",
        ")",
        "số",
        "\n",
    ]
)


@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(PIECES, max_size=30).map("".join),
        st.lists(PIECES, max_size=30).map(" ".join),
    )
)
def test_offsets_slice_the_text_back_whatever_it_is(text: str) -> None:
    composed = nfc(text)
    quantities = find_quantities(text)
    for item in [*quantities, *find_labels(text)]:
        assert composed[item.start : item.end] == item.text
    for before, after in pairwise(quantities):
        assert before.end <= after.start


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1.",
        "1.234.",
        "12/",
        "1 ",
        "một ",
        "năm mười ",
        "từ 5 đến ",
        "1-",
        "a1 ",
        "ngày 1/",
        "(1",
        "9.999 ",
    ],
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    text = piece * (30_000 // len(piece))
    started = process_time()
    find_quantities(text)
    assert process_time() - started < 4


def test_words_that_name_in_one_spelling_count_in_another() -> None:
    assert find_quantities("xem bảng 99") == []
    assert only("cong lai co bang 99 khong").value == 99


@pytest.mark.parametrize(
    "text",
    [
        "Sở Kế hoạch và Đầu tư báo cáo tình hình",
        "kết quả công tác tuần 11 và chương trình tuần 12 năm 2025",
        "đoạn từ số 92 đến số 208",
        "khung giờ 8 giờ - 10 giờ hằng ngày, 14 giờ ngày 18/3/2025, lúc 7 giờ; trực 24/24 giờ",
        "tiêm mũi 2",
    ],
)
def test_weeks_houses_times_of_day_and_syllables_of_names_count_nothing(text: str) -> None:
    assert not find_quantities(text)


def test_place_in_an_order_is_no_share() -> None:
    assert only("xếp thứ 58/63 tỉnh, thành phố").value == 58
    assert only("xếp hạng 12/63 tỉnh").denominator is None


def test_figure_behind_tai_khoan_counts() -> None:
    assert [(q.value, q.counted) for q in find_quantities("trả qua tài khoản 187 người")] == [(187, "người")]


@pytest.mark.parametrize(
    ("text", "noun"),
    [("10/15 xã, thị trấn đạt", "xã, thị trấn"), ("342 cán bộ, công chức", "cán bộ, công chức")],
)
def test_nouns_named_in_one_breath_are_counted_together(text: str, noun: str) -> None:
    assert only(text).counted == noun
