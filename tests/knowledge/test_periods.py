"""Periods: what people and reports call them, how open ones are settled, arithmetic on them."""

from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.periods import (
    Period,
    between,
    find_periods,
    format_day,
    month_of,
    months_of,
    period_before,
    quarter_of,
    resolve,
    year_before,
    year_of,
)
from knowledge.vietnamese import fold, nfc

TODAY = date(2024, 4, 10)


def labels(text: str, **options: object) -> list[str | None]:
    found = find_periods(text, **options)  # type: ignore[arg-type]
    return [mention.period.label if mention.period else None for mention in found]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("tháng 3/2024", "tháng 3/2024"),
        ("tháng 3", "tháng 3/2024"),
        ("tháng ba", "tháng 3/2024"),
        ("tháng 3 năm 2023", "tháng 3/2023"),
        ("T3/2024", "tháng 3/2024"),
        ("tháng 3/23", "tháng 3/2023"),
        ("3/2024", "tháng 3/2024"),
        ("quý I", "quý I/2024"),
        ("quý 1/2023", "quý I/2023"),
        ("quý 2", "quý II/2024"),
        ("Q1/2024", "quý I/2024"),
        ("6 tháng đầu năm 2022", "6 tháng đầu năm 2022"),
        ("06 tháng cuối năm", "6 tháng cuối năm 2024"),
        ("nửa đầu năm 2023", "6 tháng đầu năm 2023"),
        ("9 tháng", "9 tháng đầu năm 2024"),
        ("năm 2023", "năm 2023"),
        ("2023 thế nào", "năm 2023"),
        ("năm ngoái", "năm 2023"),
        ("tháng này", "tháng 4/2024"),
        ("tháng trước", "tháng 3/2024"),
        ("quý này", "quý II/2024"),
        ("tháng 3 năm ngoái", "tháng 3/2023"),
        ("đến ngày 20/3/2024", "đến 20/3/2024"),
        ("tính đến hết ngày 20/3", "đến 20/3/2024"),
        ("từ đầu năm", "đến 10/4/2024"),
        ("từ đầu năm 2023", "năm 2023"),
        ("giai đoạn 2021-2025", "giai đoạn 2021-2025"),
        ("2022 - 2025", "giai đoạn 2022-2025"),
        ("từ năm 2021 đến nay", "từ 01/01/2021 đến 10/4/2024"),
        ("từ ngày 01/3/2024 đến ngày 20/3/2024", "từ 01/3/2024 đến 20/3/2024"),
        ("từ tháng 1 đến tháng 3/2024", "quý I/2024"),
    ],
)
def test_a_period_is_read_with_and_without_diacritics(text: str, label: str) -> None:
    assert labels(text, today=TODAY, default_year=2024) == [label]
    assert labels(fold(text), today=TODAY, default_year=2024) == [label]


@pytest.mark.parametrize(
    "text",
    ["25 dịch vụ", "mức độ 3", "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018", "ngày 29 tháng 3 năm 2024",
     "08/25 dịch vụ",
     "nộp 2024 hồ sơ", "02 năm thực hiện", "trẻ 6 tháng tuổi", "quy định 2", "ai ky bao cao",
     "người ký báo cáo", "quỹ 1", "tháng 13",
     "Quyết định số 2000/QĐ-UBND",
     "2.024 hồ sơ", "Việt Nam nay đã", "31/02/2024", "thắng 3 trận"],
)  # fmt: skip
def test_other_figures_and_plain_dates_are_no_periods(text: str) -> None:
    assert find_periods(text, today=TODAY, default_year=2024) == []


def test_the_next_month_and_june_are_told_apart_where_marks_are_typed() -> None:
    assert labels("tháng sáu", today=TODAY, default_year=2024) == ["tháng 6/2024"]
    assert labels("tháng sau", today=TODAY, default_year=2024) == ["tháng 5/2024"]


def test_a_month_without_a_year_stays_open_until_the_year_is_known() -> None:
    (mention,) = find_periods("thế tháng 4?")
    assert mention.period is None
    assert not mention.relative
    assert resolve(mention) is None
    assert resolve(mention, 2023) == month_of(2023, 4)


def test_what_is_told_from_today_needs_today() -> None:
    (mention,) = find_periods("tháng trước")
    assert mention.relative
    assert resolve(mention, 2024) is None
    assert resolve(mention, today=date(2024, 1, 5)) == month_of(2023, 12)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("so với cùng kỳ năm trước", "same_period"), ("Trong tháng không phát sinh", "reporting")],
)
def test_what_depends_on_the_period_talked_about_is_left_to_the_caller(text: str, kind: str) -> None:
    (mention,) = find_periods(text, today=TODAY, default_year=2024)
    assert (mention.kind, mention.period, mention.relative) == (kind, None, True)


def test_joined_months_share_the_year() -> None:
    assert labels("tháng 2 và tháng 3/2024") == ["tháng 2/2024", "tháng 3/2024"]
    assert labels("tháng 2. Tháng 3/2024") == [None, "tháng 3/2024"]


def test_periods_compare_by_their_days() -> None:
    march, quarter = month_of(2024, 3), quarter_of(2024, 1)
    assert quarter.contains(march)
    assert not march.contains(quarter)
    assert quarter.contains(date(2024, 3, 31))
    assert march.overlaps(quarter)
    assert not march.overlaps(month_of(2024, 4))
    assert quarter.same(Period(date(2024, 1, 1), date(2024, 3, 31), "ba tháng"))


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it starts"):
        Period(date(2024, 2, 1), date(2024, 1, 1), "")


@pytest.mark.parametrize(
    ("period", "year_earlier", "just_before"),
    [
        (month_of(2024, 3), "tháng 3/2023", "tháng 2/2024"),
        (month_of(2024, 2), "tháng 2/2023", "tháng 1/2024"),
        (quarter_of(2024, 1), "quý I/2023", "quý IV/2023"),
        (year_of(2024), "năm 2023", "năm 2023"),
        (months_of(2024, 1, 6), "6 tháng đầu năm 2023", "6 tháng cuối năm 2023"),
        (
            between(date(2024, 3, 1), date(2024, 3, 20)),
            "từ 01/3/2023 đến 20/3/2023",
            "từ 10/02/2024 đến 29/02/2024",
        ),
    ],
)
def test_the_period_before_and_the_year_before(period: Period, year_earlier: str, just_before: str) -> None:
    assert year_before(period).label == year_earlier
    assert period_before(period).label == just_before


@given(st.integers(1990, 2049), st.integers(1, 12))
def test_labels_of_months_are_read_back(year: int, month: int) -> None:
    period = month_of(year, month)
    assert [mention.period for mention in find_periods(period.label)] == [period]


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 1, 1)))
def test_days_are_written_as_offices_do_and_read_back(day: date) -> None:
    (mention,) = find_periods(f"đến ngày {format_day(day)}")
    assert mention.period is not None
    assert mention.period.end == day


PIECES = st.sampled_from(
    [
        "tháng",
        "quý",
        "năm",
        "1",
        "3",
        "12",
        "2024",
        "2021",
        "-",
        "/",
        ",",
        "và",
        "đến",
        "từ",
        "đầu",
        "cuối",
        "nay",
        "trước",
        "ngày",
        "20/3",
        "cùng",
        "kỳ",
        "I",
        "iv",
        "giai",
        "đoạn",
        "t3",
        "hồ",
        "sơ",
    ]
)


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(PIECES, max_size=20).map(" ".join),
        st.lists(PIECES, max_size=20).map("".join),
    )
)
def test_offsets_slice_the_text_back_whatever_it_is(text: str) -> None:
    mentions = find_periods(text, today=TODAY, default_year=2024)
    for mention in mentions:
        assert nfc(text)[mention.start : mention.end] == mention.text
    assert mentions == sorted(mentions, key=lambda mention: mention.start)


@pytest.mark.parametrize(
    "piece", ["tháng ", "tháng 3 ", "2021-", "từ ", "năm 2024 ", "1/", "đến ngày ", "ngày 1/1/2024 đến "]
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    started = perf_counter()
    find_periods(piece * (30_000 // len(piece)))
    assert perf_counter() - started < 4


@pytest.mark.parametrize(
    ("text", "months", "shift"),
    [("7 tháng năm nay", (1, 7), 0), ("11 thang nam ngoai", (1, 11), -1), ("tháng 3 năm nay", (3, 3), 0)],
)
def test_months_of_a_year_told_from_today_name_no_may(text: str, months: tuple[int, int], shift: int) -> None:
    (mention,) = find_periods(f"Thu ngân sách {text} tăng hay giảm?")
    assert (mention.months, mention.year_shift) == (months, shift)
