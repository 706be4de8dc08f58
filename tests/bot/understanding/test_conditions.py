from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.conditions import find_conditions, find_nth, find_top
from knowledge.vietnamese import fold


@pytest.mark.parametrize(
    ("text", "holds", "fails"),
    [
        ("dưới 50%", ["49.99", "0"], ["50", "51"]),
        ("trên 50%", ["50.01"], ["50", "49"]),
        ("từ 50% trở lên", ["50", "99"], ["49.99"]),
        ("50% trở xuống", ["50", "1"], ["50.01"]),
        ("từ 50% đến dưới 90%", ["50", "89.99"], ["49", "90"]),
        ("từ 50 đến 90%", ["50", "90"], ["49", "91"]),
        ("ít nhất 80%", ["80", "81"], ["79"]),
        ("không quá 20%", ["20", "1"], ["21"]),
        ("chưa đạt 58,31%", ["58.30"], ["58.31"]),
        ("vượt 1.500 hồ sơ", ["1501"], ["1500", "1.5"]),
    ],
)
def test_a_bound_is_read_with_and_without_diacritics(text: str, holds: list[str], fails: list[str]) -> None:
    for typed in (text, fold(text)):
        (condition,) = find_conditions(f"dịch vụ nào đạt {typed}?")
        assert all(condition.holds(Decimal(v)) for v in holds), typed
        assert not any(condition.holds(Decimal(v)) for v in fails), typed


@pytest.mark.parametrize(
    "text", ["trẻ em dưới 6 tuổi", "trên 3 tháng", "tỷ lệ khai sinh tháng 3", "dịch vụ công mức độ 4", ""]
)
def test_ages_and_times_are_no_bounds(text: str) -> None:
    assert find_conditions(text) == ()


def test_a_lone_percentage_is_a_condition_only_when_asked_for() -> None:
    assert find_conditions("đạt 100%") == ()
    (condition,) = find_conditions("đạt 100%", exact=True)
    assert condition.holds(Decimal(100))
    assert not condition.holds(Decimal("99.99"))


@pytest.mark.parametrize(
    ("text", "top"),
    [
        ("top 3 dịch vụ", 3),
        ("3 dịch vụ có tỷ lệ cao nhất", 3),
        ("5 huyện thấp nhất", 5),
        ("dịch vụ cao nhất", None),
        ("ba dự án lớn nhất", 3),
        ("dịch vụ có trên 60 hồ sơ mà tỷ lệ thấp nhất", None),
        ("tháng 3 dịch vụ nào cao nhất", None),
    ],
)
def test_how_many_are_asked_for(text: str, top: int | None) -> None:
    assert find_top(text) == top
    assert find_top(fold(text)) == top


@pytest.mark.parametrize(
    ("text", "nth"), [("nhiều thứ hai", 2), ("thấp thứ 3", 3), ("cao thứ nhì", 2), ("họp thứ hai", None)]
)
def test_which_place_of_the_order_is_asked_for(text: str, nth: int | None) -> None:
    assert find_nth(text) == nth
    assert find_nth(fold(text)) == nth


def test_several_conditions_each_with_what_it_is_on() -> None:
    rate, base = find_conditions("dịch vụ trên 90% và có tổng số hồ sơ dưới 1.000")
    assert (rate.unit, base.of) == ("%", "base")
    (money,) = find_conditions("dự án dưới 10.000 triệu đồng")
    assert (money.unit, money.high) == ("đồng", Decimal(10**10))


@given(st.integers(0, 99), st.integers(1, 99))
def test_between_holds_just_between(low: int, width: int) -> None:
    (condition,) = find_conditions(f"từ {low}% đến {low + width}%")
    assert condition.holds(Decimal(low))
    assert condition.holds(Decimal(low + width))
    assert not condition.holds(Decimal(low) - 1)
    assert not condition.holds(Decimal(low + width) + 1)


@given(st.text(max_size=100))
def test_no_text_makes_it_fail(text: str) -> None:
    assert all(f.low is not None or f.high is not None for f in find_conditions(text))
    find_top(text)
