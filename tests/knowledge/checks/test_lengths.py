"""The stated number of members against their count."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.records import Report

ReadBody = Callable[[str], Report]


@pytest.mark.parametrize(
    "body",
    [
        "- Có 03 huyện đã triển khai gồm: Lạc Sơn, Tân Lạc, Mai Châu.",
        "- Có 03 đơn vị gồm: Thành phố Hòa Bình, huyện Lạc Sơn và huyện Tân Lạc.",
        # Members grouped in another way than what was counted.
        "- Đã có 07/42 mô hình được triển khai, cụ thể: Công an tỉnh triển khai 05 mô hình; Sở Y tế "
        "triển khai mô hình khám bệnh.",
        "- Tuyên truyền 25 dịch vụ công như: Loa phát thanh: 233 lượt; tờ rơi: 400 lượt.",
        # Members with counts of their own.
        "- Giải quyết việc làm cho 90 người; xuất khẩu lao động là 18 người (Nhật Bản 9, Đài Loan 6, Lào 3).",
        "1. Công tác trọng tâm\n\nTập trung 04 nhiệm vụ sau:\n1.1. Thu ngân sách.\n1.2. Giải ngân.\n"
        "1.3. Tuyển sinh.\n1.4. Cải cách hành chính.",
    ],
)
def test_lists_as_long_as_stated_or_of_something_else_are_no_finding(read: ReadBody, body: str) -> None:
    assert not [f for f in read(body).findings if f.kind == "length"]


@pytest.mark.parametrize(
    ("body", "printed", "counted"),
    [
        ("- Có 04 huyện đã triển khai gồm: Lạc Sơn, Tân Lạc, Mai Châu.", "04", "03"),
        ("- Đã triển khai 05 dịch vụ: (1) Khai sinh; (2) Khai tử; (3) Kết hôn; (4) Cư trú.", "05", "04"),
        (
            "1. Công tác trọng tâm\n\nTập trung 05 nhiệm vụ sau:\n1.1. Thu ngân sách.\n1.2. Giải ngân.\n"
            "1.3. Tuyển sinh.\n1.4. Cải cách hành chính.",
            "05",
            "04",
        ),
    ],
)
def test_list_of_another_length_is_found(read: ReadBody, body: str, printed: str, counted: str) -> None:
    (finding,) = read(body).findings
    assert (finding.kind, finding.printed, finding.recomputed) == ("length", printed, counted)
