"""Dates: the forms that offices and people write, and what only looks like a date."""

from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dates import find_dates
from knowledge.vietnamese import fold, nfc


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ngày 08/3/2024", date(2024, 3, 8)),
        ("6/01/2022", date(2022, 1, 6)),
        ("ngày 29 tháng 3 năm 2024", date(2024, 3, 29)),
        ("ngày 29 tháng 3, năm 2024", date(2024, 3, 29)),
        ("29.3.2024", date(2024, 3, 29)),
        ("29-3-2024", date(2024, 3, 29)),
        ("2024-03-29", date(2024, 3, 29)),
        ("20/3/24", date(2024, 3, 20)),
        ("08 / 3 / 2024", date(2024, 3, 8)),
        ("từ ngày 01/12/2022.", date(2022, 12, 1)),
    ],
)
def test_full_dates_are_days_with_and_without_diacritics(text: str, day: date) -> None:
    assert [mention.value for mention in find_dates(text)] == [day]
    assert [mention.value for mention in find_dates(fold(text))] == [day]


@pytest.mark.parametrize(
    ("text", "printed"),
    [("ngày 20/3", "20/3"), ("đến 20/3, toàn tỉnh", "20/3"), ("ngày 2 tháng 9", "2 tháng 9")],
)
def test_a_day_without_its_year_waits_for_one(text: str, printed: str) -> None:
    (mention,) = find_dates(text)
    assert (mention.text, mention.year, mention.value) == (printed, None, None)
    found = mention.in_year(2023)
    assert found is not None
    assert found.year == 2023


@pytest.mark.parametrize("text", ["tháng 04/2024", "tháng 4 năm 2024", "thang tu nam 2024", "4/2024"])
def test_a_named_month_is_a_date_without_a_day(text: str) -> None:
    (mention,) = find_dates(text)
    assert (mention.month, mention.day, mention.year, mention.value) == (4, None, 2024, None)


@pytest.mark.parametrize(
    "text",
    ["31/02/2024", "29/02/2023", "13/2024", "00/3/2024", "08/25 dịch vụ", "đến 08/11 huyện", "919/1.576",
     "61/2018/NĐ-CP",
     "1.2.3.2024", "25 tháng 3 nữa", "quý 1/2024", "220/380V", "01/01/0999"],
)  # fmt: skip
def test_what_the_calendar_or_the_words_do_not_allow_is_no_date(text: str) -> None:
    assert find_dates(text) == []


def test_29_february_without_a_year_may_exist() -> None:
    (mention,) = find_dates("ngày 29/02")
    assert mention.in_year(2024) == date(2024, 2, 29)
    assert mention.in_year(2023) is None


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)))
def test_every_day_is_read_back(day: date) -> None:
    for text in (
        f"ngày {day.day:02d}/{day.month}/{day.year}",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
    ):
        assert [mention.value for mention in find_dates(text)] == [day]


@given(st.text(alphabet="0123456789/.- ngàythgăm", max_size=60))
def test_offsets_slice_the_text_back_whatever_it_is(text: str) -> None:
    for mention in find_dates(text):
        assert nfc(text)[mention.start : mention.end] == mention.text


@pytest.mark.parametrize("piece", ["1/", "1/1/", "1 tháng ", "ngày ", "ngày 1/", "12.", " "])
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    started = perf_counter()
    find_dates(piece * (100_000 // len(piece)))
    assert perf_counter() - started < 4


@pytest.mark.parametrize("text", ["các ngày 11 và 12/3/2025", "gián đoạn 02 ngày (11 và 12/3/2025)"])
def test_days_that_share_a_month_are_each_a_date(text: str) -> None:
    assert [d.value for d in find_dates(text)] == [date(2025, 3, 11), date(2025, 3, 12)]
