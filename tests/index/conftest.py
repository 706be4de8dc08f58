"""A small collection of passages and one index over it, built once with the real parts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from index import Document, Index, build, open_current

_PASSAGES = [
    (
        "r1",
        "Phú Mỹ",
        "II.1",
        "Dịch vụ công",
        "Cấp đổi giấy phép lái xe: đã tiếp nhận 120/300 hồ sơ, đạt tỷ lệ 40%.",
    ),
    (
        "r1",
        "Phú Mỹ",
        "II.1",
        "Dịch vụ công",
        "Cấp hộ chiếu phổ thông: đã tiếp nhận 95/100 hồ sơ, đạt tỷ lệ 95%.",
    ),
    ("r1", "Phú Mỹ", "II.1", "Dịch vụ công", "Đăng ký tạm trú: đã tiếp nhận 450/500 hồ sơ, đạt tỷ lệ 90%."),
    (
        "r1",
        "Phú Mỹ",
        "II.10",
        "Hạ tầng",
        "Băng thông đường truyền tại các xã đạt 50 Mbps. Tổng số máy chủ là 12.",
    ),
    ("r1", "Phú Mỹ", "III", "Khó khăn, vướng mắc", "Kinh phí trang bị máy quét chưa được bố trí trong năm."),
    ("r2", "Tân Hòa", "I", "Chỉ đạo", "Ủy ban nhân dân huyện thành lập 42 tổ công tác ở ấp, khóm."),
    ("r2", "Tân Hòa", "II", "Kết quả", "Công an huyện thu nhận 1.250 hồ sơ căn cước công dân trong tháng."),
    (
        "r2",
        "Tân Hòa",
        "II",
        "Kết quả",
        "Kích hoạt tài khoản định danh điện tử cho 3.400 công dân; mở 12 lớp tập huấn.",
    ),
]


@pytest.fixture(scope="session")
def documents() -> list[Document]:
    periods = {"r1": (date(2025, 3, 1), date(2025, 3, 31)), "r2": (date(2025, 4, 1), date(2025, 4, 30))}
    return [
        Document(
            id=f"{report}#{number}",
            text=text,
            heading=heading,
            report_id=report,
            place=place,
            period_start=periods[report][0],
            period_end=periods[report][1],
            kind="BC",
            section=section,
        )
        for number, (report, place, section, heading, text) in enumerate(_PASSAGES)
    ]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, documents: list[Document]) -> Path:
    """A published generation. Shared: tests that change something copy it."""
    folder = tmp_path_factory.mktemp("index")
    build(documents, folder)
    return folder


@pytest.fixture(scope="session")
def opened(folder: Path) -> Index:
    return open_current(folder)
