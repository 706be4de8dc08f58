from __future__ import annotations

import pytest

from bot.answering.assistant import Assistant
from bot.answering.shelf import Shelf
from index.thesaurus import load
from knowledge.reading import read_report_text
from knowledge.store import Store

REPORT = """Số: 21/BC-UBND

Lâm Hà, ngày 28 tháng 6 năm 2024

BÁO CÁO
Tình hình kinh tế - xã hội 6 tháng đầu năm 2024

Ủy ban nhân dân huyện Lâm Hà báo cáo như sau:

I. KẾT QUẢ

1. Đào tạo nghề: Đã đào tạo nghề cho 640/1.000 lao động, đạt 64% kế hoạch.

2. Thanh toán trực tuyến: Tỷ lệ thanh toán trực tuyến đạt 41,5%, chưa đạt chỉ tiêu 45%.

3. Trồng rừng: Đã trồng 520 ha, đạt 104% kế hoạch.

Nơi nhận:
- Lưu: VT.

CHỦ TỊCH
"""


@pytest.fixture(scope="module")
def lam_ha(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    store = Store.open(tmp_path_factory.mktemp("targets") / "knowledge.sqlite")
    store.add(read_report_text(REPORT, name="lam-ha.txt"))
    shelf = Shelf(store)
    shelf.reload_if_changed()
    return Assistant(shelf, load(), None)


@pytest.mark.parametrize(
    ("question", "verdict", "computed"),
    [
        ("Thanh toán trực tuyến đã đạt chỉ tiêu chưa?", "Chưa đạt", [("3,5", "45 − 41,5")]),
        ("Trồng rừng có vượt kế hoạch không?", "Có, vượt", []),
        (
            "Đào tạo nghề còn thiếu bao nhiêu lao động so với kế hoạch?",
            "Còn thiếu 360",
            [("360", "1.000 − 640")],
        ),
    ],
)
def test_a_figure_is_held_against_its_target(
    lam_ha: Assistant, question: str, verdict: str, computed: list[tuple[str, str]]
) -> None:
    answer = lam_ha.answer(question)
    assert answer.status == "answered"
    assert verdict in answer.text
    assert [(c.value, c.formula) for c in answer.computed] == computed


TABLE = """Số: 22/BC-UBND

Lâm Hà, ngày 22 tháng 7 năm 2024

BÁO CÁO
Tình hình kinh tế - xã hội tháng 7 năm 2024

I. SỐ LIỆU

| TT | Chỉ tiêu | Đơn vị | Kế hoạch 2024 | Tháng 6 | Tháng 7 | Lũy kế 7 tháng | Cùng kỳ 2023 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 1 | Số lao động được giải quyết việc làm | Người | 2.500 | 210 | 190 | 1.480 | 1.502 |
"""


def test_what_is_lacking_of_a_years_plan_is_reckoned_from_january_on(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    store = Store.open(tmp_path_factory.mktemp("year") / "knowledge.sqlite")
    store.add(read_report_text(TABLE, name="lam-ha-7.txt"))
    shelf = Shelf(store)
    shelf.reload_if_changed()
    answer = Assistant(shelf, load(), None).answer(
        "Giải quyết việc làm còn thiếu bao nhiêu lao động so với kế hoạch năm?"
    )
    assert [(c.value, c.formula) for c in answer.computed] == [("1.020", "2.500 − 1.480")]
