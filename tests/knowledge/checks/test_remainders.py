"""What is left against the ratio before it."""

from __future__ import annotations

from collections.abc import Callable

from knowledge.records import Report

ReadBody = Callable[[str], Report]


def test_remainder_that_fits_is_no_finding(read: ReadBody) -> None:
    assert not read(
        "- Đã xác thực 4.464/4.614 dữ liệu, đạt tỷ lệ 96,75%, còn 150 dữ liệu chưa được xác thực."
    ).findings


def test_remainder_that_does_not_fit_is_found(read: ReadBody) -> None:
    report = read(
        "- Đã xác thực 4.464/4.614 dữ liệu, đạt tỷ lệ 96,75%, còn 160 trường hợp chưa được xác thực."
    )
    (finding,) = report.findings
    assert (finding.kind, finding.printed, finding.recomputed) == (
        "remainder",
        "160 trường hợp",
        "150 trường hợp",
    )
    assert finding.formula == "4.614 - 4.464"


def test_some_of_what_is_left_is_not_the_remainder(read: ReadBody) -> None:
    assert not read("- Đã giải quyết 90/100 hồ sơ, còn 03 hồ sơ quá hạn.").findings


def test_remainder_told_in_parts_is_their_sum(read: ReadBody) -> None:
    assert not read(
        "- Đã giải quyết 90/100 hồ sơ, còn lại 07 hồ sơ đang thẩm định, 03 hồ sơ chờ bổ sung."
    ).findings
