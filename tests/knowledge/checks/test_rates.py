"""Percentages said of a count, against the totals beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.records import Report

ReadBody = Callable[[str], Report]


def test_rate_that_fits_its_printed_base_is_right(read: ReadBody) -> None:
    assert not read(
        "- Kích hoạt 1.200 tài khoản, đạt tỷ lệ 80% so với chỉ tiêu được giao (1.500 tài khoản)."
    ).findings


def test_rate_that_does_not_fit_its_printed_base_is_found(read: ReadBody) -> None:
    (finding,) = read(
        "- Kích hoạt 1.200 tài khoản, đạt tỷ lệ 90% so với chỉ tiêu được giao (1.500 tài khoản)."
    ).findings
    assert (finding.recomputed, finding.certain) == ("80%", True)


def test_base_that_is_named_but_not_printed_makes_the_finding_uncertain(read: ReadBody) -> None:
    (finding,) = read(
        "- Tổng dữ liệu là 2.000 thửa; đã ký số 1.000 thửa, đạt tỷ lệ 61,90% so với thiết kế được duyệt."
    ).findings
    assert not finding.certain
    assert finding.recomputed == "50%"
    assert "thiết kế được duyệt" in finding.text


def test_rate_of_a_plan_is_no_share_of_the_total_beside_it(read: ReadBody) -> None:
    assert not read("- Tổng số 2.000 hồ sơ; đã giải quyết 1.000 hồ sơ, đạt 80% kế hoạch năm.").findings


def test_comparison_with_last_year_is_no_share(read: ReadBody) -> None:
    assert not read("- Tổng số 2.000 hồ sơ; đã giải quyết 1.000 hồ sơ, bằng 80% so với cùng kỳ.").findings


def test_shares_of_one_whole_are_not_measured_by_each_other(read: ReadBody) -> None:
    assert not read("- Kết quả: Tốt 960 học sinh (96%), khá 30 học sinh (3%), đạt 10 học sinh (1%).").findings


def test_share_of_two_counts_of_one_thing_is_read_and_checked(read: ReadBody) -> None:
    report = read("- Tổ chức 12 kỳ thi cho 2.000 thí sinh dự thi, đỗ 1.500 thí sinh, tỷ lệ 78%, tăng 2%.")
    (rate,) = [f for f in report.facts if f.kind == "rate"]
    assert (rate.numerator, rate.denominator) == (1500, 2000)
    (finding,) = report.findings
    assert (finding.recomputed, finding.formula, finding.certain) == ("75%", "1.500 / 2.000", True)
    assert not read("- Tiếp nhận 500 hồ sơ, giải quyết 450 hồ sơ, đạt tỷ lệ 90%.").findings


@pytest.mark.parametrize(
    "body",
    [
        "- Giải quyết 500 hồ sơ trước hạn, 300 hồ sơ đúng hạn, tỷ lệ 37,5%.",
        "- Có 800 hồ sơ, tiếp nhận mới 500 hồ sơ, giải quyết 300 hồ sơ, tỷ lệ 35%.",
        "- Tổng số 800 hồ sơ; tiếp nhận mới 500 hồ sơ, giải quyết 300 hồ sơ, tỷ lệ 37,5%.",
        "- Thu hút 500 lao động, giải quyết 450 lao động, đạt tỷ lệ 91% kế hoạch.",
        "- Tiếp nhận 500 hồ sơ, giải quyết 450 hồ sơ, tỷ lệ đúng hạn 99%.",
        "- Tuyển 300 học sinh, đạt 450 học sinh, tỷ lệ 91%.",
        "- Năm 2022 có 500 hồ sơ, năm 2023 có 450 hồ sơ, tỷ lệ 95%.",
    ],
)
def test_rate_whose_whole_is_in_doubt_has_none(read: ReadBody, body: str) -> None:
    report = read(body)
    assert not [f for f in report.facts if f.denominator is not None]
    assert not report.findings
