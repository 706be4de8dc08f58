"""What reading costs grows with the length of a text, whatever is repeated in it.

Counted in calls of functions and of the methods of patterns and strings, which no busy machine changes.
"""

from __future__ import annotations

import sys
import time
from types import FrameType

import pytest

from knowledge.reading import read_report_text

_HEAD = "Số: 12/BC-UBND\n\nHòa Bình, ngày 05 tháng 4 năm 2024\n\nBÁO CÁO\nTháng 3\n\nI. KẾT QUẢ\n\n"
_TIMES = 4
# Four times the text may take six times the calls: sorting and searching by halves grow a little faster.
_MOST = 1.5 * _TIMES


def calls(text: str) -> int:
    """How many calls reading the text takes."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        read_report_text(_HEAD + text, name="x.txt")
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "(1) ", "1. ", "- ", "| a |", "¹", "tháng 3, ", "1/2/2024, ", "- a 5\n", "(1) A. ", "5 hồ sơ, ",
        "tổng 5 hồ sơ (", "I. a\n\n", "a) b\n\n", "trong đó 5 xã, ", "| a | 1 | b |\n", "abc\n\n",
        "giao Sở Y tế 5; ", "12/QĐ-UBND, ", "(a 1, b 2) ", "tính đến ngày 1/2/2024; ",
    ],
)  # fmt: skip
def test_reading_costs_no_more_than_the_text_is_longer(piece: str) -> None:
    read_report_text(_HEAD + piece * 20, name="x.txt")  # tables and patterns are there from here on
    few = calls(piece * 60)
    assert calls(piece * 60 * _TIMES) < _MOST * few


@pytest.mark.parametrize("piece", ["(1) ", "1/2/2024, ", "(1) A. "])
def test_time_of_patterns_grows_with_the_text(piece: str) -> None:
    def seconds(times: int) -> float:
        begin = time.process_time()
        read_report_text(_HEAD + piece * times, name="x.txt")
        return time.process_time() - begin

    few = min(seconds(300), seconds(300))
    # Each figure used to be read with all the text before it: sixteen times the work for four times the text.
    assert seconds(300 * _TIMES) < 2.5 * _TIMES * few
