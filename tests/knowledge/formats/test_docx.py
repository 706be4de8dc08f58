"""What Word prints is read; what it hides, deletes or only runs is not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from knowledge.errors import BrokenFile, ProtectedFile, ReportError, TooCostly, UnsupportedFormat
from knowledge.formats.limits import Limits
from knowledge.formats.numbering import number
from knowledge.reading.source import read_source
from tests.forms.word import WordFile, add_footnotes, add_list
from tests.forms.word import number as numbered

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def saved(document: WordFile, folder: Path) -> list[str]:
    """The blocks that are read from the document."""
    document.save(folder / "a.docx")
    return read_source(folder / "a.docx").text.split("\n\n")


def xml(document: WordFile, inner: str) -> None:
    """Adds a paragraph with these elements."""
    document.document.add_paragraph()._p.extend(parse_xml(f"<w:p {nsdecls('w')} {_MC}>{inner}</w:p>"))


def text(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


@pytest.mark.parametrize(
    ("n", "form", "label"),
    [(4, "upperRoman", "IV"), (9, "lowerRoman", "ix"), (27, "lowerLetter", "aa"), (3, "decimalZero", "03"),
     (5, "vietnameseCounting", "năm"), (2, "none", ""), (0, "upperRoman", "0"), (6, "bahtText", "6")],
)  # fmt: skip
def test_numbering_formats(n: int, form: str, label: str) -> None:
    assert number(n, form) == label


def test_generated_labels_count_restart_and_print_the_levels_above(tmp_path: Path) -> None:
    word = WordFile()
    levels = (("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("lowerLetter", "%4)"))
    add_list(word.document, "90", levels)
    for level in (0, 1, 2, 2, 1, 2, 3, 3, 0, 1):
        numbered(word.document.add_paragraph("x"), "90", level)
    labels = [block.split()[0] for block in saved(word, tmp_path)]
    assert labels == ["I.", "1.", "1.1.", "1.2.", "2.", "2.1.", "a)", "b)", "II.", "1."]


def test_vietnamese_letters_legal_numbers_own_starts_and_bullets(tmp_path: Path) -> None:
    word = WordFile()
    add_list(word.document, "91", (("upperRoman", "%1"), ("decimal", "%1.%2"), ("bullet", "\uf0b7")))
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>'
    add_list(word.document, "92", (("lowerLetter", "%1)"),), extra=start)
    root = word.document.part.numbering_part.element
    level = root.xpath('w:abstractNum[@w:abstractNumId="91"]/w:lvl[@w:ilvl="1"]')[0]
    level.append(parse_xml(f"<w:isLgl {nsdecls('w')}/>"))
    custom = root.xpath('w:abstractNum[@w:abstractNumId="92"]/w:lvl/w:numFmt')[0]
    custom.set(f"{{{custom.nsmap['w']}}}val", "custom")
    custom.set(f"{{{custom.nsmap['w']}}}format", "a, b, c, d, đ, e, ...")
    for key, depth in (("91", 0), ("91", 1), ("91", 2), ("92", 0), ("92", 0), ("92", 0)):
        numbered(word.document.add_paragraph("x"), key, depth)
    labels = [block.split()[0] for block in saved(word, tmp_path)]
    assert labels == ["I", "1.1", "•", "c)", "d)", "đ)"]


def test_numbers_that_come_with_a_style(tmp_path: Path) -> None:
    word = WordFile()
    style = word.document.styles["Heading 1"]
    style.element.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>')
    )
    word.document.add_paragraph("KẾT QUẢ", style="Heading 1")
    word.document.add_paragraph("NHIỆM VỤ", style="Heading 1")
    assert saved(word, tmp_path) == ["I. KẾT QUẢ", "II. NHIỆM VỤ"]


def test_deleted_hidden_and_field_code_text_is_left_out_and_inserted_text_is_read(tmp_path: Path) -> None:
    word = WordFile()
    deleted = "<w:del><w:r><w:delText>100</w:delText></w:r></w:del>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>bí mật</w:t></w:r>"
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    xml(word, text("Đạt ") + deleted + f"<w:ins>{text('90')}</w:ins>" + hidden + field + text(" hồ sơ."))
    xml(word, "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + text("Nửa đầu "))
    xml(word, text("nửa sau."))
    assert saved(word, tmp_path) == ["Đạt 90 hồ sơ.", "Nửa đầu nửa sau."]


def test_line_breaks_capitals_raised_digits_and_special_hyphens(tmp_path: Path) -> None:
    word = WordFile()
    caps = "<w:r><w:rPr><w:caps/></w:rPr><w:t>Báo cáo</w:t></w:r>"
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
    xml(
        word,
        caps + "<w:r><w:br/></w:r>" + text("1.200 m") + raised + "<w:r><w:noBreakHyphen/></w:r>" + text("A"),
    )
    assert saved(word, tmp_path) == ["BÁO CÁO\n1.200 m²-A"]


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    word = WordFile()
    box = f"<w:txbxContent><w:p>{text('Trong khung')}</w:p></w:txbxContent>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    xml(word, text("Ngoài khung") + f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>")
    assert saved(word, tmp_path) == ["Ngoài khung", "Trong khung"]


def test_footnote_marks_are_bracketed_where_raised_digits_mean_something_else(tmp_path: Path) -> None:
    word = WordFile()
    reference = '<w:r><w:footnoteReference w:id="5"/></w:r>'
    xml(word, text("Xây 1.200 m²") + reference)
    add_footnotes(word.document, {"5": "Theo thiết kế."})
    assert saved(word, tmp_path) == ["Xây 1.200 m²[1]", "[1] Theo thiết kế."]


def test_merged_cells_become_one_header_and_whole_rows(tmp_path: Path) -> None:
    word = WordFile()
    table = word.document.add_table(6, 4)
    rows = (
        ("TT", "Địa bàn", "Hồ sơ (hồ sơ)", ""), ("", "", "Tiếp nhận", "Giải quyết"), ("1", "2", "3", "4"),
        ("1", "Xã An Bình", "120", "118"), ("2", "Xã An Lạc", "80", "80"), ("Tổng cộng", "", "200", "198"),
    )  # fmt: skip
    for row, line in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, line, strict=True):
            cell.text = words
    for first, last in (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((5, 0), (5, 1))):
        table.cell(*first).merge(table.cell(*last))
    assert saved(word, tmp_path)[0].split("\n") == [
        "| TT | Địa bàn | Hồ sơ: Tiếp nhận (hồ sơ) | Hồ sơ: Giải quyết (hồ sơ) |",
        "| 1 | Xã An Bình | 120 | 118 |",
        "| 2 | Xã An Lạc | 80 | 80 |",
        "|   | Tổng cộng | 200 | 198 |",
    ]


def test_letterhead_in_a_table_is_no_table(tmp_path: Path) -> None:
    word = WordFile()
    table = word.document.add_table(2, 2)
    for cell, words in zip(
        (c for row in table.rows for c in row.cells),
        ("UBND HUYỆN A\nPHÒNG NỘI VỤ", MOTTO, "Số: 1/BC-PNV", "A, ngày 01 tháng 2 năm 2024"),
        strict=True,
    ):  # fmt: skip
        cell.text = words
    blocks = saved(word, tmp_path)
    assert blocks[1:] == ["Số: 1/BC-PNV", MOTTO, "A, ngày 01 tháng 2 năm 2024"]


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def word_of(document: bytes) -> bytes:
    return packed({"[Content_Types].xml": b"", "word/document.xml": document})


def container(stream: str) -> bytes:
    """An OLE file that holds a stream of this name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + stream.encode("utf-16-le") + bytes(99)


def whole() -> bytes:
    out = io.BytesIO()
    Document().save(out)
    return out.getvalue()


ENTITIES = b"""<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "/etc/passwd">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;&f;</w:t>
</w:r></w:p></w:body></w:document>"""
HOSTILE: dict[str, tuple[Callable[[], bytes], type[ReportError], str]] = {
    "cut off": (lambda: whole()[:9000], BrokenFile, "damaged or was cut off"),
    "entity bomb": (
        lambda: word_of(ENTITIES), BrokenFile, "document type",
    ),
    "zip bomb": (
        lambda: word_of(bytes(70_000_000)), TooCostly, "unpacks to too much",
    ),
    "too deep": (
        lambda: word_of(b"<w:a>" * 100_000), BrokenFile, "damaged",
    ),
    "other archive": (lambda: packed({"a.txt": b"x"}), UnsupportedFormat, "no Word or Excel file"),
    "password": (
        lambda: container("EncryptedPackage"), ProtectedFile, "protected with a password",
    ),
    "old Excel": (
        lambda: container("Workbook"), UnsupportedFormat, "save it as .xlsx",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_cost_one_error_that_says_what_to_do(case: str, tmp_path: Path) -> None:
    make, error, message = HOSTILE[case]
    path = tmp_path / "bao-cao.doc"  # the name says nothing
    path.write_bytes(make())
    with pytest.raises(error, match=rf"bao-cao\.doc: .*{message}"):
        read_source(path)


def test_reading_that_takes_too_long_or_too_much_text_is_ended(tmp_path: Path) -> None:
    word = WordFile()
    word.document.add_paragraph("Số liệu " * 2000)
    word.save(tmp_path / "a.docx")
    with pytest.raises(TooCostly, match=r"took too long; expected at most 0\.01 seconds"):
        read_source(tmp_path / "a.docx", limits=Limits(seconds=0.01))
    with pytest.raises(TooCostly, match="too much text"):
        read_source(tmp_path / "a.docx", limits=Limits(text_bytes=1000))
    with pytest.raises(TooCostly, match="too large; found"):
        read_source(tmp_path / "a.docx", limits=Limits(file_bytes=100))
