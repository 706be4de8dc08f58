"""Three small invented reports, an assistant over them, and the case that a question makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.answering import assistant as assistant_module
from bot.answering.assistant import Assistant
from bot.answering.case import Case
from bot.answering.planner import plan
from bot.answering.records import Answer
from bot.answering.reply import Draft
from bot.answering.shelf import Shelf, ShelvedReport
from bot.understanding.message import normalise
from index.thesaurus import load
from knowledge.reading import read_report_text
from knowledge.records import Report
from knowledge.store import Store

APRIL = """Số: 45/BC-UBND

Hà Nam, ngày 28 tháng 4 năm 2024

BÁO CÁO
Kết quả cải cách hành chính trên địa bàn tỉnh tháng 4/2024

Kính gửi: Bộ Nội vụ.

Ủy ban nhân dân tỉnh báo cáo kết quả cải cách hành chính tháng 4/2024 như sau:

I. CÔNG TÁC CHỈ ĐẠO

Ủy ban nhân dân tỉnh ban hành Kế hoạch số 12/KH-UBND ngày 05/01/2024 về nâng cao \
chất lượng phục vụ người dân; \
Công văn số 77/UBND-NC ngày 10/4/2024 về đôn đốc số hóa hồ sơ lưu trữ.

II. KẾT QUẢ THỰC HIỆN

1. Dịch vụ công trực tuyến

(1) Đăng ký khai sinh: Đã tiếp nhận 90/100 hồ sơ, đạt tỷ lệ 90%.

(2) Đăng ký khai tử: Đã tiếp nhận 40/50 hồ sơ, đạt tỷ lệ 80%.

(3) Cấp giấy phép xây dựng: Đã tiếp nhận 30/120 hồ sơ, đạt tỷ lệ 25%.

(4) Cấp thẻ thư viện: Trong tháng không phát sinh hồ sơ.

(5) Đăng ký kết hôn: Đã tiếp nhận 12/80 hồ sơ, đạt tỷ lệ 16%.

2. Kinh phí

Tỉnh bố trí 900 triệu đồng, gồm: (1) mua sắm thiết bị 500 triệu đồng; (2) đào tạo cán bộ 300 triệu đồng; \
(3) công tác tuyên truyền 100 triệu đồng.

3. Hạ tầng

Đến nay, có 04/06 huyện, thị xã, thành phố đã lắp đặt phòng họp \
trực tuyến, gồm: Phủ Lý, Duy Tiên, Kim Bảng, Bình Lục.

4. Trung tâm dữ liệu

Trung tâm lưu trữ số (TTLTS) của tỉnh đã khai trương vào ngày 15/3/2024.

III. KHÓ KHĂN, VƯỚNG MẮC

Máy quét tại cấp xã còn thiếu, đường truyền chưa ổn định.

IV. NHIỆM VỤ TRỌNG TÂM

- Hoàn thành số hóa sổ hộ tịch.

Trên đây là kết quả cải cách hành chính tháng 4/2024./.

Nơi nhận:
- Bộ Nội vụ;
- Lưu: VT.

CHỦ TỊCH

Trần Văn Bảo
"""
MAY = """Số: 61/BC-UBND

Hà Nam, ngày 29 tháng 5 năm 2024

BÁO CÁO
Kết quả cải cách hành chính trên địa bàn tỉnh tháng 5/2024

Ủy ban nhân dân tỉnh báo cáo kết quả cải cách hành chính tháng 5/2024 như sau:

I. KẾT QUẢ THỰC HIỆN

1. Dịch vụ công trực tuyến

(1) Đăng ký khai sinh: Đã tiếp nhận 57/60 hồ sơ, đạt tỷ lệ 95%.

(2) Đăng ký khai tử: Đã tiếp nhận 21/30 hồ sơ, đạt tỷ lệ 70%.

Nơi nhận:
- Bộ Nội vụ.

CHỦ TỊCH
"""
ELSEWHERE = """Số: 8/BC-UBND

Ninh Thuận, ngày 30 tháng 4 năm 2024

BÁO CÁO
Kết quả cải cách hành chính trên địa bàn tỉnh tháng 4/2024

Ủy ban nhân dân tỉnh báo cáo kết quả cải cách hành chính tháng 4/2024 như sau:

I. KẾT QUẢ THỰC HIỆN

1. Dịch vụ công trực tuyến

(1) Đăng ký khai sinh: Đã tiếp nhận 33/44 hồ sơ, đạt tỷ lệ 75%.

(2) Cấp hộ chiếu phổ thông: Đã tiếp nhận 54/60 hồ sơ, đạt tỷ lệ 90%.

Nơi nhận:
- Bộ Nội vụ.

CHỦ TỊCH
"""


@pytest.fixture(scope="session")
def april() -> Report:
    return read_report_text(APRIL, name="thang-4.txt")


@pytest.fixture(scope="session")
def small_reports(april: Report) -> dict[str, Report]:
    reports = (april, read_report_text(MAY, name="thang-5.txt"), read_report_text(ELSEWHERE, name="khac.txt"))
    return {report.id: report for report in reports}


@pytest.fixture(scope="session")
def shelf(small_reports: dict[str, Report], tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    store = Store.open(tmp_path_factory.mktemp("small") / "knowledge.sqlite")
    for report in small_reports.values():
        store.add(report)
    shelf = Shelf(store)
    shelf.reload_if_changed()
    return shelf


@pytest.fixture(scope="session")
def shelved(shelf: Shelf, april: Report) -> ShelvedReport:
    return next(s for s in shelf.reports if s.report.id == april.id)


@pytest.fixture(scope="session")
def small(shelf: Shelf) -> Assistant:
    """An assistant over the small reports, without an index: what it finds it finds by its own reading."""
    return Assistant(shelf, load(), None)


@pytest.fixture
def case_of(small: Assistant, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Case]:
    """The case that a question makes, as the assistant hands it to the planner."""

    def make(text: str, state: Mapping[str, object] | None = None) -> Case:
        cases: list[Case] = []

        def watched(case: Case) -> Draft:
            cases.append(case)
            return plan(case)

        monkeypatch.setattr(assistant_module, "plan", watched)
        small.answer(normalise(text), state=state)
        return cases[-1]

    return make


@pytest.fixture
def converse(small: Assistant) -> Callable[..., list[Answer]]:
    """The answers to the turns of one conversation."""

    def talk(*turns: str) -> list[Answer]:
        answers: list[Answer] = []
        for turn in turns:
            answers.append(small.answer(normalise(turn), state=answers[-1].state if answers else None))
        return answers

    return talk


@pytest.fixture
def empty(tmp_path: Path) -> Assistant:
    """An assistant without any report."""
    shelf = Shelf(Store.open(tmp_path / "knowledge.sqlite"))
    shelf.reload_if_changed()
    return Assistant(shelf, load(), None)
