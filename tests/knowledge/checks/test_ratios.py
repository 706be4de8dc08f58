"""Percentages against their numerator and denominator."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from knowledge.checks.ratios import fits
from knowledge.records import Report

ReadBody = Callable[[str], Report]


@pytest.mark.parametrize(
    ("printed", "exact", "decimals"),
    [
        ("97.33", "97.3266", 2),  # rounded
        ("97.32", "97.3266", 2),  # cut off
        ("58.32", "58.3122", 2),  # one unit in the last place
        ("82", "82", 0),
        ("46", "45.6", 0),
        ("45", "45.6", 0),
        ("0", "0", 0),
    ],
)
def test_rounding_is_no_finding(printed: str, exact: str, decimals: int) -> None:
    assert fits(Decimal(printed), Decimal(exact), decimals)


@pytest.mark.parametrize(
    ("printed", "exact", "decimals"), [("0.14", "1.37", 2), ("58.35", "58.31", 2), ("47", "45.6", 0)]
)
def test_more_than_rounding_is_a_finding(printed: str, exact: str, decimals: int) -> None:
    assert not fits(Decimal(printed), Decimal(exact), decimals)


def test_wrong_percentage_names_both_values_and_the_formula(read: ReadBody) -> None:
    report = read("- Cấp giấy phép: Đã tiếp nhận 24/1.306 hồ sơ, đạt tỷ lệ 0,18%.")
    (finding,) = report.findings
    assert (finding.kind, finding.printed, finding.recomputed) == ("ratio", "0,18%", "1,84%")
    assert finding.formula == "24 / 1.306"
    assert finding.span.of(report.text) == "24/1.306 hồ sơ, đạt tỷ lệ 0,18%"
    assert finding.certain


def test_change_behind_a_ratio_is_not_its_percentage(read: ReadBody) -> None:
    assert not read("- Đã giải quyết 45/60 hồ sơ, tăng 12% so với tháng trước.").findings


def test_denominator_zero_is_left_alone(read: ReadBody) -> None:
    assert not read("- Đã giải quyết 0/0 hồ sơ, đạt tỷ lệ 0%.").findings
