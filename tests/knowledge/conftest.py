"""Reports made of a few lines, so that a test shows nothing but what it is about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.reading import read_report_text
from knowledge.records import Report

HEADER = """Số: 12/BC-UBND

Hòa Bình, ngày 05 tháng 4 năm 2024

BÁO CÁO
Tình hình thực hiện nhiệm vụ tháng 3 năm 2024

Ủy ban nhân dân tỉnh báo cáo tình hình thực hiện nhiệm vụ tháng 3 năm 2024 như sau:

"""
CLOSING = """

Trên đây là tình hình thực hiện nhiệm vụ tháng 3 năm 2024./.

Nơi nhận:
- Văn phòng Chính phủ;
- Lưu: VT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Bùi Văn Nam
"""

ReadBody = Callable[[str], Report]


@pytest.fixture
def read() -> ReadBody:
    """Reads a report whose first part holds the given text."""

    def read_body(body: str) -> Report:
        text = HEADER + ("" if body.startswith("I. ") else "I. KẾT QUẢ\n\n") + body + CLOSING
        return read_report_text(text, name="test.txt")

    return read_body
