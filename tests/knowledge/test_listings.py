"""Enumerations and their members."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.records import Listing, Report

ReadBody = Callable[[str], Report]


def listings(report: Report) -> list[Listing]:
    return [li for li in report.listings if li.section not in {"mở đầu", "kết"}]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("Có 03 huyện đã triển khai gồm: Lạc Sơn, Tân Lạc và Mai Châu.", ["Lạc Sơn", "Tân Lạc", "Mai Châu"]),
        (
            "Gồm: (1) Khai sinh; (2) Khai tử, kết hôn; (3) Cư trú.",
            ["Khai sinh", "Khai tử, kết hôn", "Cư trú"],
        ),
        ("Theo 03 thành phần ⁽¹⁾Hạ tầng; ⁽²⁾Kết nối; ⁽³⁾Dữ liệu.", ["Hạ tầng", "Kết nối", "Dữ liệu"]),
        ("(1) Khai sinh: 10 hồ sơ.\n\n- (2) Khai tử: 7 hồ sơ.", ["Khai sinh", "Khai tử"]),
        ("- Bước 1: Thu thập.\n\n- Bước 2: Kiểm tra.", ["Thu thập", "Kiểm tra"]),
        # The stated number tells where the list ends.
        ("Kiểm tra tại 03 địa phương: Sơn Động, Lục Ngạn, Yên Thế; phát hiện 05 xã chưa đạt.",
         ["Sơn Động", "Lục Ngạn", "Yên Thế"]),
        ("Thành lập 99 Tổ (01 Tổ tại huyện, 98 Tổ tại xã).", ["01 Tổ tại huyện", "98 Tổ tại xã"]),
    ],
)
def test_members_are_named(read: ReadBody, body: str, names: list[str]) -> None:
    assert [m.name for m in listings(read(body))[0].members] == names


def test_numbered_paragraphs_are_the_list_of_their_section(read: ReadBody) -> None:
    report = read(
        "I. NHIỆM VỤ\n\n1. Đôn đốc các sở, ngành. Báo cáo hằng tháng.\n\n2. Tổ chức tập huấn. Hoàn "
        "thành trong quý II."
    )
    (listing,) = listings(report)
    assert listing.title == "NHIỆM VỤ"
    assert [m.label for m in listing.members] == ["1", "2"]


def test_headings_with_text_below_them_are_no_list(read: ReadBody) -> None:
    assert not listings(
        read("I. KẾT QUẢ\n\n1. Khai sinh\n\nTiếp nhận 10 hồ sơ.\n\n2. Khai tử\n\nTiếp nhận 7 hồ sơ.")
    )


@pytest.mark.parametrize(
    ("body", "stated"),
    [
        ("Có 03 huyện đã triển khai gồm: Lạc Sơn, Tân Lạc, Mai Châu.", 3),
        ("Đã triển khai 02/25 dịch vụ công: (1) Khai sinh; (2) Khai tử.", 2),
        ("Cấp thẻ cho trẻ em dưới 6 tuổi gồm: Lạc Sơn, Tân Lạc.", None),
    ],
)
def test_stated_number_is_the_last_count_of_the_lead(read: ReadBody, body: str, stated: int | None) -> None:
    assert listings(read(body))[0].stated == stated


def test_footnote_that_says_only_gom_is_titled_by_the_sentence_of_its_mark(read: ReadBody) -> None:
    report = read(
        "Đã kết nối 02/25 dịch vụ công thiết yếu¹ vào hệ thống.\n\n¹Gồm: (1) Khai sinh; (2) Khai tử."
    )
    listing = next(li for li in listings(report) if len(li.members) == 2)
    assert listing.title == "Đã kết nối 02/25 dịch vụ công thiết yếu"
    assert listing.stated == 2
