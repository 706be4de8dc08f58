"""Days that cannot be as printed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.records import Report

ReadBody = Callable[[str], Report]


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("- Hội nghị tổ chức ngày 31/6/2024.", "31/6/2024"),
        ("- Tính đến ngày 20/5/2024, đã cấp 50 thẻ.", "20/05/2024"),
    ],
)
def test_day_that_cannot_be_is_found(read: ReadBody, sentence: str, printed: str) -> None:
    (finding,) = read(sentence).findings
    assert (finding.kind, finding.printed) == ("date", printed)


@pytest.mark.parametrize(
    "sentence",
    [
        "- Tính đến ngày 20/3/2024, đã cấp 50 thẻ.",
        "- Phấn đấu tính đến ngày 31/12/2024 cấp 500 thẻ.",
        "- Hoàn thành trước ngày 30/6/2024.",
        "- Hội nghị ngày 29/02/2024.",
    ],
)
def test_day_that_can_be_or_is_planned_is_no_finding(read: ReadBody, sentence: str) -> None:
    assert not read(sentence).findings
