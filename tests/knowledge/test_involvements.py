"""Organisations and people with their roles, by the words around their names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.involvements import BEFORE, BEHIND
from knowledge.organisations import find_organisations
from knowledge.records import Report

ReadBody = Callable[[str], Report]


def told(report: Report) -> list[tuple[str, str]]:
    return [
        (i.role, i.name) for i in report.involvements
        if report.passages[i.passage].section not in {"mở đầu", "kết"}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "- Giao Sở Lao động - Thương binh và Xã hội chủ trì, phối hợp với Sở Văn hóa, Thể thao và Du "
            "lịch, "
            "Bảo hiểm xã hội tỉnh và UBND các huyện, thành phố rà soát.",
            [
                ("lead", "Sở Lao động - Thương binh và Xã hội"),
                ("partner", "Sở Văn hóa, Thể thao và Du lịch"),
                ("partner", "Bảo hiểm xã hội tỉnh"),
                ("partner", "UBND các huyện, thành phố"),
            ],
        ),
        ("- Phần mềm một cửa do VNPT Hòa Bình cung cấp.", [("doer", "VNPT Hòa Bình")]),
        ("- Dự án được Sở Tư pháp triển khai từ năm 2021.", [("doer", "Sở Tư pháp")]),
        ("- Công an tỉnh là cơ quan thường trực.", [("standing", "Công an tỉnh")]),
        ("- Đề nghị Bộ Công an cấp bổ sung 05 máy.", [("asked", "Bộ Công an")]),
        ("- Theo báo cáo của Cục Thuế tỉnh, đã thu 12 tỷ đồng.", [("source", "Cục Thuế tỉnh")]),
        (
            "- Sở Y tế đã tham mưu UBND tỉnh ban hành kế hoạch.",
            [("doer", "Sở Y tế"), ("advised", "UBND tỉnh")],
        ),
        (
            "- Yêu cầu Phòng Kinh tế và Hạ tầng huyện Lạc Sơn khắc phục.",
            [("assigned", "Phòng Kinh tế và Hạ tầng huyện Lạc Sơn")],
        ),
        ("- Giao Trạm Y tế phun hóa chất 02 đợt.", [("assigned", "Trạm Y tế")]),
        (
            "- Giao công chức Địa chính - Xây dựng chủ trì; Trạm Y tế, Trường Mầm non 22A phối hợp.",
            [
                ("lead", "công chức Địa chính - Xây dựng"),
                ("partner", "Trạm Y tế"),
                ("partner", "Trường Mầm non 22A"),
            ],
        ),
        ("- Giao Phòng Hành chính tài vụ chủ trì.", [("lead", "Phòng Hành chính tài vụ")]),
        ("- Thanh tra Sở thanh tra 05 tổ chức.", [("doer", "Thanh tra Sở")]),
        ("- Họp Tổ giúp việc (đồng chí Phó Chủ tịch Bùi Văn Nam chủ trì).", [("lead", "Bùi Văn Nam")]),
    ],
)
def test_role_stands_in_the_words_around_the_name(
    read: ReadBody, body: str, expected: list[tuple[str, str]]
) -> None:
    assert told(read(body)) == expected


def test_person_has_the_office_that_is_printed_and_the_one_given(read: ReadBody) -> None:
    report = read(
        "- Ban Chỉ đạo do đồng chí Bùi Văn Nam, Phó Chủ tịch Thường trực UBND tỉnh chỉ đạo; Giám đốc Sở Y "
        "tế làm "
        "Phó Trưởng ban."
    )
    found = {(i.kind, i.role, i.name, i.office) for i in report.involvements if i.kind == "person"}
    assert ("person", "doer", "Bùi Văn Nam", "Phó Chủ tịch Thường trực UBND tỉnh") in found
    assert ("person", "head", "Giám đốc Sở Y tế", "Phó Trưởng ban") in found


def test_heading_that_names_somebody_gives_them_the_tasks_below(read: ReadBody) -> None:
    report = read(
        "I. KẾT QUẢ\n\n- Tốt.\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. Công an tỉnh\n\nRà soát dữ liệu.\n\n"
        "2. Sở Tư pháp, Sở Y tế: Cập nhật phần mềm.\n\nIII. ĐỀ XUẤT, KIẾN NGHỊ\n\n1. Đối với Bộ Y tế: Cấp "
        "kinh phí."
    )
    assert told(report) == [
        ("assigned", "Công an tỉnh"), ("assigned", "Sở Tư pháp"), ("assigned", "Sở Y tế"),
        ("asked", "Bộ Y tế"),
    ]  # fmt: skip
    assert report.involvements[1].what == "Rà soát dữ liệu"


@pytest.mark.parametrize(
    "body",
    [
        "- Phòng, chống tham nhũng được tăng cường; Ban hành kế hoạch; Sở hữu trí tuệ; Đội ngũ cán bộ.",
        "- Theo Kế hoạch phối hợp giữa Sở Y tế và Công an tỉnh.",
        "- Thực hiện Quyết định số 06/QĐ-TTg ngày 06/01/2022 của Thủ tướng Chính phủ.",
        "- Trụ sở Công an tỉnh đặt tại thành phố.",
    ],
)
def test_words_that_name_nobody_and_names_without_a_role_are_left_out(read: ReadBody, body: str) -> None:
    assert told(read(body)) == []


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ Công an tỉnh", "kiểm tra"),
        ("Ban Quản lý dự án đầu tư xây dựng huyện Bình Sơn", "làm chủ đầu tư"),
        ("Chi cục Thuế khu vực Lạc Sơn - Yên Thủy", "đã thu"),
        ("Tổ công tác triển khai Đề án 06 tỉnh", "báo cáo"),
        ("Sở Tư pháp", "tổ chức hội nghị"),
        ("Văn phòng HĐND và UBND thị xã", "tham mưu"),
        ("UBND các xã, phường, thị trấn", "rà soát"),
    ],
)
def test_name_ends_before_what_the_organisation_does(name: str, rest: str) -> None:
    assert find_organisations(f"{name} {rest}")[0].name == name


def test_each_pattern_reads_its_example() -> None:
    for entry in (*BEFORE, *BEHIND):
        names = find_organisations(entry.example)
        sides = [(entry.example[: m.start], entry.example[m.end :]) for m in names] or [("", entry.example)]
        assert any(entry.pattern.search(a) or entry.pattern.match(b) for a, b in sides), entry.role
