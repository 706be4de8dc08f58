"""What a report says about itself."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.errors import NoReportNumber
from knowledge.reading import read_report_text
from knowledge.records import Report


def report(
    header: str, *, title: str = "Kết quả công tác tháng 3 năm 2024", opening: str = "", closing: str = ""
) -> Report:
    return read_report_text(
        f"{header}\n\nBÁO CÁO\n{title}\n\n{opening}\n\nI. KẾT QUẢ\n\n- Nội dung.\n\n{closing}",
        name="test.txt",
    )


def test_spaces_inside_the_number_are_left_out() -> None:
    assert report("Số: 331 /BC-UBND\n\nHuế, ngày 29 tháng 3 năm 2024").number == "331/BC-UBND"


def test_issuer_takes_its_units_name_from_the_date_line() -> None:
    read = report(
        "Số: 3/BC-UBND\n\nHòa Bình, ngày 29 tháng 3 năm 2024",
        opening="Ủy ban nhân dân tỉnh báo cáo kết quả như sau:",
    )
    assert (read.issuer, read.place) == ("Ủy ban nhân dân tỉnh Hòa Bình", "tỉnh Hòa Bình")
    assert read.issued_on == date(2024, 3, 29)


def test_department_is_the_issuer_and_the_committee_above_it_its_superior() -> None:
    read = report(
        "UBND TỈNH NAM ĐỊNH\nSỞ Y TẾ\n\nSố: 18/BC-SYT\n\nNam Định, ngày 05 tháng 10 năm 2023",
        opening="Sở Y tế báo cáo kết quả như sau:",
    )
    assert read.issuer == "Sở Y tế tỉnh Nam Định"
    assert read.superior == "Ủy ban nhân dân tỉnh Nam Định"


def test_department_that_the_text_does_not_name_is_written_as_usual() -> None:
    read = report("UBND TỈNH LÂM ĐỒNG\nSỞ GIÁO DỤC VÀ ĐÀO TẠO\n\nSố: 1/BC-SGDĐT")
    assert read.issuer == "Sở Giáo dục và Đào tạo tỉnh Lâm Đồng"


def test_letterhead_over_two_lines_is_one_agency() -> None:
    assert report("ỦY BAN NHÂN DÂN\nHUYỆN QUẾ SƠN\n\nSố: 1/BC-UBND").issuer == "Ủy ban nhân dân huyện Quế Sơn"


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Kết quả công tác quý I năm 2024", "quý I/2024"),
        ("Kết quả 9 tháng đầu năm 2023 và nhiệm vụ 3 tháng cuối năm", "9 tháng đầu năm 2023"),
        ("Kết quả năm 2023, kế hoạch năm 2024", "năm 2023"),
        ("Kết quả tuần 11 (từ ngày 10/3 đến ngày 14/3/2025)", "từ 10/3/2025 đến 14/3/2025"),
        ("Tổng kết năm học 2023 - 2024 và phương hướng năm học 2024 - 2025", "năm học 2023-2024"),
    ],
)
def test_period_is_the_one_that_the_title_names(title: str, label: str) -> None:
    period = report("Số: 1/BC-UBND\n\nHuế, ngày 29 tháng 6 năm 2024", title=title).period
    assert period is not None
    assert period.label == label


def test_numbered_unit_stands_in_the_line_of_place_and_date() -> None:
    read = report("ỦY BAN NHÂN DÂN PHƯỜNG 22\n\nSố: 7/BC-UBND          Phường 22, ngày 14 tháng 3 năm 2025")
    assert (read.place, read.issued_on) == ("phường 22", date(2025, 3, 14))


def test_addressees_and_recipients_are_lists() -> None:
    read = report(
        "Số: 1/BC-SNV",
        opening="Kính gửi:\n- Ủy ban nhân dân tỉnh;\n- Bộ Nội vụ.\n\nSở Nội vụ báo cáo như sau:",
        closing="Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nĐại tá Nguyễn Thị Hà",
    )
    assert read.addressees == ("Ủy ban nhân dân tỉnh", "Bộ Nội vụ")
    assert read.recipients == ("Như trên",)
    assert (read.signatory, read.signatory_title) == ("Đại tá Nguyễn Thị Hà", "Phó Giám đốc")


def test_reports_of_two_provinces_with_one_number_and_date_have_two_ids() -> None:
    one, other = (
        report(f"Số: 10/BC-UBND\n\n{place}, ngày 05 tháng 4 năm 2024") for place in ("Huế", "Sơn La")
    )
    assert one.id == "10-bc-ubnd-hue-2024-04-05"
    assert one.id != other.id


def test_text_without_a_number_says_what_is_missing() -> None:
    with pytest.raises(
        NoReportNumber, match=r'test\.txt: no line numbers .* expected a line such as "Số: 12/BC-UBND"'
    ):
        read_report_text("BÁO CÁO\n\nI. KẾT QUẢ\n\n- Nội dung.", name="test.txt")


def test_report_of_the_party_has_its_kind_behind_a_dash() -> None:
    read = read_report_text(
        "HUYỆN ỦY MƯỜNG LA\nĐẢNG ỦY XÃ NGỌC CHIẾN\n*\nSố 117-BC/ĐU\n\n"
        "Ngọc Chiến, ngày 15 tháng 12 năm 2022\n\nBÁO CÁO\nkết quả năm 2022\n\nI- KẾT QUẢ\n\n"
        "- Thực hiện Nghị quyết số 08-NQ/TU ngày 05/8/2021 của Tỉnh ủy.\n\nT/M ĐẢNG ỦY\n"
        "BÍ THƯ\n\nLò Văn Thoa",
        name="x.txt",
    )
    assert (read.number, read.issuer) == ("117-BC/ĐU", "Đảng ủy xã Ngọc Chiến")
    assert read.superior == "Huyện ủy Mường La"
    assert (read.signatory, read.signatory_title) == ("Lò Văn Thoa", "Bí thư")
    assert [(d.kind, d.number, d.issuer) for d in read.documents] == [("Nghị quyết", "08-NQ/TU", "Tỉnh ủy")]


@pytest.mark.parametrize(
    ("letterhead", "issuer", "superior"),
    [
        ("UBND TỈNH HẬU GIANG\nSỞ LAO ĐỘNG - THƯƠNG BINH\nVÀ XÃ HỘI",
         "Sở Lao động - Thương binh và Xã hội tỉnh Hậu Giang", "Ủy ban nhân dân tỉnh Hậu Giang"),
        ("CÔNG TY ĐIỆN LỰC SƠN LA\nĐIỆN LỰC MỘC CHÂU", "Điện lực Mộc Châu", "Công ty Điện lực Sơn La"),
        ("BỘ CÔNG AN\nCÔNG AN TỈNH BẮC NINH", "Công an tỉnh Bắc Ninh", "Bộ Công an"),
        ("# BÁO CÁO\n\n**UBND TỈNH TIỀN GIANG**\n**SỞ GIAO THÔNG VẬN TẢI**",
         "Sở Giao thông vận tải tỉnh Tiền Giang", "Ủy ban nhân dân tỉnh Tiền Giang"),
    ],
)  # fmt: skip
def test_issuer_and_superior_are_those_of_the_letterhead(letterhead: str, issuer: str, superior: str) -> None:
    read = read_report_text(
        f"{letterhead}\n\nSố: 9/BC-X\n\nHậu Giang, ngày 05 tháng 4 năm 2024\n\nBÁO CÁO\n"
        "Kết quả quý I năm 2024\n\nI. KẾT QUẢ\n\n- Tốt.",
        name="x.txt",
    )
    assert (read.issuer, read.superior, read.title) == (issuer, superior, "Báo cáo Kết quả quý I năm 2024")
