"""Workbooks, web pages and texts in other encodings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from knowledge.errors import LegacyEncoding, UnsupportedFormat
from knowledge.formats.xlsx import shown
from knowledge.reading import read_report
from knowledge.reading.source import read_source


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [(1234567, "#,##0", "1.234.567"), (0.5831, "0.00%", "58,31%"), (12.5, "General", "12,5"),
     (2024, "General", "2024"),
     (0.1 + 0.2, "General", "0,3"), (1234.5, "#,##0.00", "1.234,50"),
     (date(2024, 4, 5), "dd/mm/yyyy", "05/4/2024"),
     (True, "General", ""), (-3.79, "0.0", "-3,8"), (float("inf"), "General", ""), (5, '0 "hồ sơ"', "5")],
)  # fmt: skip
def test_cells_are_read_as_their_format_prints_them(value: object, form: str, text: str) -> None:
    assert shown(value, form) == text


def test_sheets_are_sections_and_their_cells_facts(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    for row in (["UBND HUYỆN QUẾ SƠN"], ["Số: 12/BC-UBND"], ["Quế Sơn, ngày 05 tháng 4 năm 2024"],
                ["BÁO CÁO"],
                ["Kết quả thu ngân sách quý I năm 2024"]):  # fmt: skip
        first.append(row)
    second = book.create_sheet("Biểu thu")
    second.append(["Đơn vị tính: triệu đồng"])
    second.append(["TT", "Nội dung", "Năm 2024", None])
    second.append([None, None, "Kế hoạch", "Thực hiện"])
    second.append([1, "Thu thuế", 31200, 15600])
    for area in ("A2:A3", "B2:B3", "C2:D2", "A1:D1"):
        second.merge_cells(area)
    hidden = book.create_sheet("Nháp")
    hidden.append(["a", "b", 99])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    report = read_report(tmp_path / "a.xlsx")
    assert [s.path for s in report.sections] == ["mở đầu", "Trang tính 2"]
    assert {(f.indicator, f.value) for f in report.facts if f.kind == "money"} == {
        ("Thu thuế: Năm 2024 Kế hoạch", 31_200_000_000),
        ("Thu thuế: Năm 2024 Thực hiện", 15_600_000_000),
    }


def test_page_of_lists_hidden_text_and_breaks(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        """<html><head><title>T</title></head><body><ol start="2"><li>Hai<li>Ba</ol><ul><li>Gạch</ul>
        <ol type="a"><li>Chữ</ol><p style="display:none">ẩn</p><p>Một<br>dòng 5&nbsp;m<sup>2</sup></p>
        <script>alert(1)</script></body></html>""",
        "utf-8",
    )
    assert read_source(tmp_path / "a.html").text.split("\n\n") == [
        "2. Hai", "3. Ba", "- Gạch", "a) Chữ", "Một\ndòng 5 m²",
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_in_unicode_of_any_kind(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Số: 12/BC-UBND\nTỷ lệ đạt 5%".encode(encoding))
    assert read_source(tmp_path / "a.txt").text == "Số: 12/BC-UBND\nTỷ lệ đạt 5%"


@pytest.mark.parametrize(
    ("text", "name"),
    [("Céng hßa x· héi chñ nghÜa ViÖt Nam §éc lËp - Tù do - H¹nh phóc b¸o c¸o kÕt qu¶ ", "TCVN3"),
     ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam Ñoäc laäp - Töï do - Haïnh phuùc ", "VNI")],
)  # fmt: skip
def test_text_of_an_old_font_says_which(text: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text * 4, "utf-8")
    with pytest.raises(LegacyEncoding, match=rf"{name}.*convert it to Unicode \(Unikey"):
        read_source(tmp_path / "a.txt")


def test_mail_archives_are_no_reports(tmp_path: Path) -> None:
    (tmp_path / "a.mht").write_bytes(b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n")
    with pytest.raises(UnsupportedFormat, match="no reader takes this type of file; found 'mhtml'"):
        read_source(tmp_path / "a.mht")
