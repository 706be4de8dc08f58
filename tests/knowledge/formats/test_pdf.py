"""Printed and scanned reports are read as their text is; what cannot be read says why."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2
import pytest

from knowledge.errors import BrokenFile, MissingProgram, ProtectedFile, TooCostly
from knowledge.formats.page import Page, Rule, Word
from knowledge.formats.paragraphs import text_of
from knowledge.reading import read_report
from knowledge.reading.blocks import plain_blocks
from knowledge.reading.source import read_source
from tests.forms.printed import SOFFICE, converted, scanned
from tests.forms.readings import reading
from tests.forms.word import word_file
from tests.golden.render import SOURCES

needs_office = pytest.mark.skipif(
    not SOFFICE, reason="LibreOffice (libreoffice-writer-nogui) is not installed"
)
# Between them: footnotes, drawn tables, annexes, several pages, an old and an encrypted file.
NAMES = (
    "199-bc-ubnd-duc-pho-2022-06", "huyen-kinh-te-xa-hoi-6-thang", "so-y-te-9-thang",
    "so-tai-chinh-giai-ngan", "tinh-nong-nghiep-nam", "so-noi-vu-cai-cach-hanh-chinh-quy-1",
)  # fmt: skip


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the reports as Word files and as PDFs."""
    folder = tmp_path_factory.mktemp("printed")
    for name in NAMES:
        source = next(s for s in SOURCES if s.stem == name)
        word_file(plain_blocks(read_source(source).text), folder / f"{name}.docx")
    converted([folder / f"{name}.docx" for name in NAMES], folder)
    return folder


@needs_office
@pytest.mark.parametrize("name", NAMES)
def test_printed_report_is_read_as_its_text(name: str, printed: Path) -> None:
    source = next(s for s in SOURCES if s.stem == name)
    assert reading(read_report(printed / f"{name}.pdf")) == reading(read_report(source))


@needs_office
def test_old_word_file_is_read_whatever_its_name(printed: Path, tmp_path: Path) -> None:
    name = "tinh-nong-nghiep-nam"
    converted([printed / f"{name}.docx"], tmp_path, "doc")
    renamed = (tmp_path / f"{name}.doc").rename(tmp_path / "bao-cao.docx")
    assert reading(read_report(renamed)) == reading(read_report(printed / f"{name}.docx"))


@needs_office
def test_locked_pdf_asks_for_one_without_password(printed: Path, tmp_path: Path) -> None:
    converted([printed / "tinh-nong-nghiep-nam.docx"], tmp_path, "locked")
    with pytest.raises(ProtectedFile, match="save it without the password"):
        read_source(tmp_path / "tinh-nong-nghiep-nam.pdf")


@needs_office
def test_scan_is_read_by_tesseract(printed: Path, tmp_path: Path) -> None:
    if not shutil.which("tesseract"):
        pytest.skip("Tesseract (tesseract-ocr, tesseract-ocr-vie) is not installed")
    scanned(printed / "tinh-nong-nghiep-nam.pdf", tmp_path / "scan.png")
    report = read_report(tmp_path / "scan.png")
    assert report.number == "2051/BC-UBND"
    assert "33815000000000" in {str(f.value).split(".")[0] for f in report.facts}


def test_scan_without_tesseract_names_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    Image.new("L", (200, 200), 255).save(tmp_path / "scan.png")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingProgram, match="apt-get install tesseract-ocr tesseract-ocr-vie"):
        read_source(tmp_path / "scan.png")


def test_pdf_of_2000_pages_is_refused(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(2000):
        document.new_page(595, 842)
    document.save(tmp_path / "a.pdf")
    with pytest.raises(TooCostly, match=r"too many pages; found '2000'; expected at most 500; split"):
        read_source(tmp_path / "a.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n1 0 obj", b"%PDF-1.4\n" + bytes(range(256)) * 40])
def test_damaged_pdf_is_one_error(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    with pytest.raises(BrokenFile, match="damaged or was cut off"):
        read_source(tmp_path / "a.pdf")


def test_damaged_picture_is_one_error(tmp_path: Path) -> None:
    if not shutil.which("tesseract"):
        pytest.skip("Tesseract (tesseract-ocr, tesseract-ocr-vie) is not installed")
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with pytest.raises(BrokenFile, match="picture is damaged"):
        read_source(tmp_path / "a.png")


def line(text: str, base: float, x: float = 80.0, size: float = 12.0) -> list[Word]:
    """The words of a line, half their size wide a letter."""
    out = []
    for word in text.split():
        out.append(Word(word, x, x + len(word) * size / 2, base, size))
        x += (len(word) + 0.5) * size / 2
    return out


def page(*lines: list[Word], rules: tuple[Rule, ...] = ()) -> Page:
    return Page(595, 842, [w for words in lines for w in words], list(rules))


def test_columns_are_read_one_after_the_other() -> None:
    both = [
        line("trái một trái một", 300 + 15 * i) + line("phải hai phải hai", 300 + 15 * i, 330)
        for i in range(3)
    ]
    assert text_of([page(*both)]).replace("\n\n", " ").split() == ["trái", "một", "trái", "một"] * 3 + (
        ["phải", "hai", "phải", "hai"] * 3
    )


def test_page_numbers_and_running_heads_are_dropped_and_sentences_go_on_over_the_page() -> None:
    wide = "Tổng thu ngân sách trên địa bàn huyện trong sáu tháng đầu năm ước đạt được"
    first = page(line("1", 40, 290), line(wide, 700))
    second = page(line("2", 40, 290), line("86.450 triệu đồng.", 100))
    assert text_of([first, second]) == f"{wide} 86.450 triệu đồng.\f"
    heads = [page(line(f"UBND huyện A trang {i}", 50), line(f"Câu {'abcd'[i]}.", 400)) for i in range(4)]
    assert text_of(heads) == "Câu a.\fCâu b.\fCâu c.\fCâu d."


def test_footnote_at_the_foot_of_the_page_stands_last() -> None:
    rule = Rule(80, 735, 220, 735)
    body = [line("Đạt 24.310 tấn¹.", 300), line("¹ Trong đó lúa 22.357 tấn.", 750, size=9)]
    after = page(line("Câu sau.", 100))
    assert text_of([page(*body, rules=(rule,)), after]).split("\n\n")[-1] == "¹ Trong đó lúa 22.357 tấn."


def test_drawn_table_with_merged_header() -> None:
    rules = [Rule(80, y, 440, y) for y in (100, 140, 160)] + [Rule(x, 100, x, 160) for x in (80, 200, 440)]
    rules += [Rule(200, 120, 440, 120), Rule(320, 120, 320, 160)]
    words = (
        ("Xã", 84, 125), ("Hồ sơ", 204, 115), ("Nhận", 204, 135), ("Trả", 324, 135),
        ("An Bình", 84, 155), ("120", 204, 155), ("118", 324, 155),
    )  # fmt: skip
    found = text_of([page(*(line(text, base, x) for text, x, base in words), rules=tuple(rules))])
    assert found.split("\n") == ["| Xã | Hồ sơ: Nhận | Hồ sơ: Trả |", "| An Bình | 120 | 118 |"]


def test_table_row_that_a_page_break_cuts_is_one_row() -> None:
    def half(first: tuple[str, str], second: tuple[str, str]) -> Page:
        rules = [Rule(80, y, 440, y) for y in (100, 120, 140)] + [
            Rule(x, 100, x, 140) for x in (80, 120, 300, 440)
        ]
        places = ((84, 115), (124, 115), (84, 135), (124, 135))
        cells = zip((*first, *second), places, strict=True)
        return page(*(line(text, base, x) for text, (x, base) in cells if text), rules=tuple(rules))

    found = text_of([half(("TT", "Địa bàn"), ("1", "Thành phố Đà")), half(("", "Lạt"), ("2", "Huyện B"))])
    rows = [row.strip("| ").split(" | ")[:2] for row in found.replace("\f", "\n").split("\n")]
    assert rows == [["TT", "Địa bàn"], ["1", "Thành phố Đà Lạt"], ["2", "Huyện B"]]


def test_letterhead_side_by_side_is_read_column_by_column() -> None:
    rows = [
        line("UBND TỈNH LÂM ĐỒNG", 100) + line("CỘNG HÒA XÃ HỘI", 100, 320),
        line("NGHĨA VIỆT NAM", 115, 340),
        line("SỞ Y TẾ", 122, 120),
        line("Số: 4/BC-SYT", 150, 100) + line("Lâm Đồng, ngày 10 tháng 7 năm", 150, 300),
        line("2024", 165, 350),
    ]
    found = text_of([page(*rows)]).split("\n\n")
    assert found[:3] == ["UBND TỈNH LÂM ĐỒNG", "SỞ Y TẾ", "Số: 4/BC-SYT"]
    assert found[-1] == "Lâm Đồng, ngày 10 tháng 7 năm 2024"


def aligned(*rows: tuple[str, ...], base: float, step: float = 17.0) -> list[list[Word]]:
    """Rows of a table without rules: cells at the places of four columns, one line a cell."""
    places = (80, 110, 260, 360)
    return [
        [w for text, x in zip(row, places, strict=True) if text for w in line(text, base + step * i, x)]
        for i, row in enumerate(rows)
    ]


ROWS = (("TT", "Huyện", "Hồ sơ", "Tỷ lệ"), ("1", "Lạc Sơn", "210", "86,5%"), ("2", "Mai Châu", "98", "7,5%"))


def test_table_without_rules_is_read_by_its_columns() -> None:
    rows = (*ROWS, ("3", "Đà Bắc", "120", "90%"))
    prose = line("Kết quả trong tháng của các huyện trên địa bàn tỉnh theo từng lĩnh vực như sau:", 100)
    found = text_of([page(prose, *aligned(*rows, base=140))])
    assert found.split("\n\n")[1].split("\n") == ["| " + " | ".join(row) + " |" for row in rows]


def test_cell_without_rules_that_wraps_is_one_beside_what_stands_at_its_middle() -> None:
    lines = aligned(*ROWS, base=140)
    wrapped = [line("Thị trấn", 190, 110), line("3", 197, 80) + line("12", 197, 260) + line("9%", 197, 360)]
    found = text_of([page(*lines, *wrapped, line("Vụ Bản", 204, 110))])
    assert found.split("\n")[-1] == "| 3 | Thị trấn Vụ Bản | 12 | 9% |"


def test_table_without_rules_goes_on_over_the_page() -> None:
    below = aligned(("3", "Đà Bắc", "120", "90%"), ("4", "Cao Phong", "64", "71%"), base=60)
    found = text_of([page(*aligned(*ROWS, base=760)), page(*below)]).replace("\f", "\n")
    assert found.split("\n")[-1] == "| 4 | Cao Phong | 64 | 71% |"
    assert len(found.split("\n")) == 5


def test_letters_side_by_side_without_figures_are_no_table() -> None:
    both = [line("trái một", 300 + 15 * i) + line("phải hai", 300 + 15 * i, 330) for i in range(4)]
    assert "|" not in text_of([page(*both)])
