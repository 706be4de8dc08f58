"""Figures of the text against the table that prints them, too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.records import Report

ReadBody = Callable[[str], Report]
TABLE = (
    "\n\n| TT | Lĩnh vực | Số hồ sơ tiếp nhận | Tỷ lệ đúng hạn (%) |\n| 1 | Đất đai | 4.120 | 99,92 |\n"
    "| 2 | Thuế | 30 | 90 |"
)


def test_figure_of_the_text_that_the_table_has_otherwise_is_found(read: ReadBody) -> None:
    (finding,) = read("- Đất đai: tiếp nhận 4.210 hồ sơ." + TABLE).findings
    assert (finding.kind, finding.printed, finding.recomputed) == ("table", "4.210 hồ sơ", "4.120")
    assert not finding.certain


@pytest.mark.parametrize(
    "sentence",
    [
        "- Đất đai: tiếp nhận 4.120 hồ sơ.",
        "- Đất đai: tiếp nhận trực tuyến 3.900 hồ sơ.",
        "- Tiếp nhận 4.150 hồ sơ.",
        "- Tháng 2, đất đai: tiếp nhận 4.000 hồ sơ.",
        "- Đất đai: tiếp nhận 12 hồ sơ.",
    ],
)
def test_figure_of_something_else_or_of_another_time_is_no_finding(read: ReadBody, sentence: str) -> None:
    assert not read(sentence + TABLE).findings
