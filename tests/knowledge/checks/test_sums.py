"""Parts against the total that a list, a bracket or a "trong đó" breaks down."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.records import Report

ReadBody = Callable[[str], Report]

RIGHT = [
    "- Bố trí 96 tỷ đồng, gồm: (1) Dự án A 41 tỷ đồng; (2) Dự án B 55 tỷ đồng.",
    "- Thành lập 99 Tổ công tác (01 Tổ tại huyện, 58 Tổ tại xã, 40 Tổ tại thôn).",
    "- Số công chức: 18 (chính thức 08, dự phòng 10).",
    "- Số công chức: 07 (03 chính thức, 04 dự phòng).",
    "- Ban hành 14 văn bản (02 Nghị quyết, 05 Kế hoạch, 07 Công văn).",
    "- Bố trí 23,4 tỷ đồng, gồm: thiết bị 15,6 tỷ đồng; số hóa 5.800 triệu đồng; tập huấn 2 tỷ đồng.",
    # Rounded sums of money may be off by half a last place for each part.
    "- Chi 10,1 tỷ đồng, gồm: A 3,37 tỷ đồng; B 3,37 tỷ đồng; C 3,37 tỷ đồng.",
    # Only some of the whole are named.
    "- Tổng chi 312 tỷ đồng, trong đó: chi đầu tư 78 tỷ đồng; chi thường xuyên 221 tỷ đồng.",
    "- Mở 05 lớp (120 học viên, 3 ngày).",
    "- Tiếp nhận mới 500 hồ sơ, kỳ trước chuyển sang 20 hồ sơ; đã giải quyết 510 hồ sơ, đang giải "
    "quyết 10 hồ sơ.",
    "- Tiếp nhận 847 hồ sơ; trong đó, đã giải quyết 508 hồ sơ, chờ tiếp nhận 339 hồ sơ.",
    "- Đã giải quyết 100 hồ sơ; trong đó, trước hạn 60 hồ sơ, đúng hạn 38 hồ sơ, quá hạn 02 hồ sơ.",
    "- Nhóm khai sinh tiếp nhận 120 hồ sơ, đã giải quyết 111 hồ sơ, đang giải quyết 9 hồ sơ; nhóm hai "
    "tiếp nhận 66 hồ sơ, đã giải quyết 48 hồ sơ, đang giải quyết 18 hồ sơ.",
]
WRONG = [
    (
        "- Bố trí 96.651 triệu đồng, gồm: ⁽¹⁾ Dự án A 41.928 triệu đồng; ⁽²⁾ Dự án B 33.495 triệu đồng.",
        "75.423 triệu đồng",
    ),
    ("- Thành lập 99 Tổ công tác (01 Tổ tại huyện, 57 Tổ tại xã, 40 Tổ tại thôn).", "98 Tổ công tác"),
    ("- Số công chức: 18 (chính thức 08, dự phòng 09).", "17"),
    ("- Ban hành 11 văn bản, gồm: 02 Nghị quyết; 08 Quyết định.", "10 văn bản"),
    ("- Tiếp nhận 2.216 hồ sơ; trong đó, đã giải quyết 1.847 hồ sơ, chờ tiếp nhận 269 hồ sơ.", "2.116 hồ sơ"),
    (
        "- Tiếp nhận 640 hồ sơ; đã giải quyết 577 hồ sơ, đạt tỷ lệ 90,16%; đang giải quyết 53 hồ sơ.",
        "630 hồ sơ",
    ),
    (
        "- Đã giải quyết 100 hồ sơ; trong đó, trước hạn 60 hồ sơ, đúng hạn 38 hồ sơ, quá hạn 12 hồ sơ.",
        "110 hồ sơ",
    ),
    (
        "- Nhóm khai sinh tiếp nhận 120 hồ sơ, đã giải quyết 111 hồ sơ, đang giải quyết 9 hồ sơ; nhóm hai "
        "tiếp nhận 66 hồ sơ, đã giải quyết 48 hồ sơ, đang giải quyết 8 hồ sơ.",
        "56 hồ sơ",
    ),
    (
        "- Tổng vốn 300 tỷ đồng, bao gồm:\n\n+ Trung ương: 100 tỷ đồng;\n\n+ Địa phương: 150 tỷ đồng.",
        "250 tỷ đồng",
    ),
    (
        "- Kinh phí 13,1 tỷ đồng, gồm 8,2 tỷ đồng vốn trung ương và 5,2 tỷ đồng vốn địa phương.",
        "13,4 tỷ đồng",
    ),
    (
        "- Kinh phí: Đã giải ngân 13,1/27,4 tỷ đồng, đạt 47,81%; trong đó Công an tỉnh 6,4 tỷ đồng, "
        "Sở Y tế 4,1 tỷ đồng, các huyện 2,9 tỷ đồng.",
        "13,4 tỷ đồng",
    ),
    (
        "- Chi ngân sách địa phương: 11.250 tỷ đồng, đạt 62,1% dự toán; gồm chi đầu tư phát triển "
        "4.130 tỷ đồng và chi thường xuyên 7.020 tỷ đồng.",
        "11.150 tỷ đồng",
    ),
    (
        "- Toàn huyện có 45 tổ công nghệ số, trong đó 50 tổ hoạt động tốt.",
        "50 tổ công nghệ số",
    ),
    (
        "- Đã giải quyết 309.112 hồ sơ: trước hạn 214.300 hồ sơ, đúng hạn 92.690 hồ sơ, quá hạn 2.222 hồ sơ.",
        "309.212 hồ sơ",
    ),
    (
        "- Lũy kế 1.237.310 tài khoản; chi tiết: huyện A 700.000; huyện B 537.311.",
        "1.237.311 tài khoản",
    ),
    (
        "- Toàn tỉnh có 38 tổ chức hành nghề công chứng, bao gồm 01 phòng công chứng và 36 văn phòng "
        "công chứng.",
        "37 tổ chức",
    ),
    (
        "- Tổ chức 12 cuộc kiểm tra, gồm 5 cuộc theo kế hoạch và 8 cuộc đột xuất.",
        "13 cuộc kiểm tra",
    ),
]


@pytest.mark.parametrize("body", RIGHT)
def test_parts_that_make_the_total_are_no_finding(read: ReadBody, body: str) -> None:
    assert not read(body).findings


@pytest.mark.parametrize(("body", "recomputed"), WRONG)
def test_parts_that_miss_the_total_are_found(read: ReadBody, body: str, recomputed: str) -> None:
    (finding,) = read(body).findings
    assert (finding.kind, finding.recomputed) == ("sum", recomputed)
