"""A report against the one of its series before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.checks import check_against, is_series
from knowledge.reading import read_report, read_report_text
from knowledge.records import Report
from knowledge.store import Store


def monthly(month: int, body: str, *, number: int = 1, issuer: str = "SỞ Y TẾ") -> Report:
    return read_report_text(
        f"UBND TỈNH HÒA BÌNH\n{issuer}\n\nSố: {number}/BC-SYT\n\n"
        f"Hòa Bình, ngày 25 tháng {month} năm 2024\n\nBÁO CÁO\n"
        f"Kết quả thực hiện Đề án 06 tháng {month} năm 2024\n\nI. KẾT QUẢ\n\n{body}\n\nNơi nhận:\n- Lưu: VT.",
        name="x.txt",
    )


def found(before: str, now: str) -> list[tuple[str, str, str, bool]]:
    findings = check_against(monthly(5, now), monthly(4, before))
    return [(f.kind, f.printed, f.recomputed, f.certain) for f in findings]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("- Lũy kế từ đầu năm cấp 1.250 thẻ.", "- Lũy kế từ đầu năm cấp 1.205 thẻ.",
         [("cumulative", "1.205 thẻ", "1.250 thẻ", True)]),
        ("- Đến nay, đã kích hoạt 900 tài khoản.", "- Đến nay, đã kích hoạt 890 tài khoản.",
         [("cumulative", "890 tài khoản", "900 tài khoản", False)]),
        ("- Năm 2023 có 120 xã đạt chuẩn.", "- Năm 2023 có 121 xã đạt chuẩn.",
         [("restated", "121 xã", "120 xã", False)]),
        ("- Tiếp nhận 200 hồ sơ.", "- Tiếp nhận 250 hồ sơ, tăng 15% so với tháng trước.",
         [("growth", "tăng 15%", "tăng 25%", False)]),
        ("- Tiếp nhận 200 hồ sơ.", "- Tiếp nhận 250 hồ sơ, tăng 15% so với tháng 4/2024.",
         [("growth", "tăng 15%", "tăng 25%", False)]),
        ("- Tiếp nhận 200 hồ sơ.", "- Tiếp nhận 250 hồ sơ, tăng 40 hồ sơ so với tháng trước.",
         [("growth", "tăng 40 hồ sơ", "tăng 50 hồ sơ", False)]),
        ("- Thu phí 290,5 triệu đồng.", "- Thu phí 318,4 triệu đồng, tăng 37,9 triệu đồng so với kỳ trước.",
         [("growth", "tăng 37,9 triệu đồng", "tăng 27,9 triệu đồng", False)]),
    ],
)  # fmt: skip
def test_what_two_months_contradict_is_found(
    before: str, now: str, expected: list[tuple[str, str, str, bool]]
) -> None:
    assert found(before, now) == expected


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("- Lũy kế từ đầu năm cấp 1.250 thẻ.", "- Lũy kế từ đầu năm cấp 1.900 thẻ."),
        ("- Tiếp nhận 200 hồ sơ.", "- Tiếp nhận 150 hồ sơ."),
        ("- Tiếp nhận 200 hồ sơ.", "- Tiếp nhận 250 hồ sơ, tăng 25% so với tháng trước."),
        ("- Tiếp nhận 200 hồ sơ.", "- Tiếp nhận 250 hồ sơ, tăng 15% so với cùng kỳ."),
        ("- Tiếp nhận 200 hồ sơ.", "- Tiếp nhận 250 hồ sơ, tăng 15% so với tháng 3/2024."),
        ("- Tiếp nhận 200 hồ sơ.", "- Tiếp nhận 250 hồ sơ, tăng 50 hồ sơ so với tháng 4/2024."),
        ("- Thu phí 290,5 triệu đồng.", "- Thu phí 318,4 triệu đồng, tăng 27,9 triệu đồng so với kỳ trước."),
        ("- Năm 2023 có 120 xã đạt chuẩn.", "- Năm 2022 có 121 xã đạt chuẩn."),
        ("- Đến nay còn 90 hồ sơ.", "- Đến nay còn 80 hồ sơ."),
        ("- Lũy kế cấp 50 thẻ. Lũy kế cấp 40 thẻ.", "- Lũy kế cấp 30 thẻ. Lũy kế cấp 20 thẻ."),
    ],
)
def test_what_two_months_may_well_say_is_no_finding(before: str, now: str) -> None:
    assert not found(before, now)


def test_each_finding_says_which_report_it_was_held_against() -> None:
    (finding,) = check_against(
        monthly(5, "- Lũy kế cấp 5 thẻ.", number=20), monthly(4, "- Lũy kế cấp 7 thẻ.", number=12)
    )
    assert "12/BC-SYT" in finding.text
    assert "12/BC-SYT" in finding.formula


def test_series_is_of_one_issuer_and_subject() -> None:
    one = monthly(4, "- Tốt.", number=1)
    assert is_series(monthly(5, "- Tốt.", number=2), one)
    assert not is_series(monthly(5, "- Tốt.", number=2, issuer="SỞ NỘI VỤ"), one)


def test_store_gives_the_newest_report_of_the_series_before_one(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "k.sqlite")
    for month in (2, 4, 3, 6):
        store.add(monthly(month, "- Tốt.", number=month))
    store.add(monthly(4, "- Tốt.", number=9, issuer="SỞ NỘI VỤ"))
    previous = store.previous_of(monthly(5, "- Tốt.", number=5))
    assert previous is not None
    assert previous.number == "4/BC-SYT"
    assert store.previous_of(monthly(1, "- Tốt.", number=5)) is None


def test_two_months_as_they_are_issued_contradict_nothing_in_either_order() -> None:
    folder = Path(__file__).parents[2] / "questions" / "reports"
    april, may = (read_report(next(folder.glob(f"{n}-bc-ubnd-bac-giang-*"))) for n in (88, 117))
    assert is_series(may, april)
    assert not check_against(may, april)
    assert not check_against(april, may)
