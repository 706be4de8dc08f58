"""Wrapped lines, page breaks and columns made whole."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from knowledge.reading.blocks import plain_blocks
from knowledge.reading.layout import layout
from knowledge.reading.outline import outline
from knowledge.reading.source import clean

REPORTS = Path(__file__).parents[3] / "knowledge" / "reports"


def blocks(text: str) -> list[str]:
    return [b.text for b in plain_blocks(text)]


def test_sentence_cut_by_a_page_break_is_whole() -> None:
    assert blocks("- Hệ thống đã được kết nối đúng quy\n\n3\n\ntrình, quy định.") == [
        "- Hệ thống đã được kết nối đúng quy trình, quy định."
    ]


def test_sentence_cut_by_a_footnote_is_whole_and_the_footnote_apart() -> None:
    found = plain_blocks("- Tạo điều kiện thuận² và\n\n²Tập huấn.\n\nlợi nhất cho người dân.")
    assert [(b.text, b.footnote) for b in found] == [
        ("- Tạo điều kiện thuận² và lợi nhất cho người dân.", ""),
        ("Tập huấn.", "²"),
    ]


def test_lines_of_an_unwrapped_text_are_paragraphs() -> None:
    assert blocks("2. Tuyên truyền\nTổ chức 03 buổi.\n3. Hòa giải\nTiếp nhận 05 vụ.") == [
        "2. Tuyên truyền",
        "Tổ chức 03 buổi.",
        "3. Hòa giải",
        "Tiếp nhận 05 vụ.",
    ]


def test_letterhead_and_signature_in_columns_come_apart() -> None:
    text = (
        "UBND TỈNH A            CỘNG HÒA XÃ HỘI\nSố: 12/BC-SYT          A, ngày 05 tháng 4 năm "
        "2024\n\nBÁO CÁO\n\nI. B\n\n- C.\n\n"
        "Nơi nhận:                 GIÁM ĐỐC\n- Bộ Y tế;\n- Lưu: VT.                  Trần Văn Bình\n"
    )
    found = blocks(text)
    assert found[:4] == ["UBND TỈNH A", "CỘNG HÒA XÃ HỘI", "Số: 12/BC-SYT", "A, ngày 05 tháng 4 năm 2024"]
    assert found[-5:] == ["Nơi nhận:", "- Bộ Y tế;", "- Lưu: VT.", "GIÁM ĐỐC", "Trần Văn Bình"]


@pytest.mark.parametrize("source", sorted(REPORTS.glob("*.txt")), ids=lambda p: p.stem)
@pytest.mark.parametrize("width", [68, 80, 100])
def test_hard_wrapped_report_has_the_same_outline(source: Path, width: int) -> None:
    plain = clean(source.read_text(encoding="utf-8"), name=source.name)
    wrapped = "\n".join(
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False) if line.strip() else ""
        for line in plain.split("\n")
    )
    assert layout(wrapped).width > 0
    expected, found = outline(plain_blocks(plain)), outline(plain_blocks(wrapped))
    assert [(s.path, s.title) for s in found.sections] == [(s.path, s.title) for s in expected.sections]
    assert [p.span.of(found.text) for p in found.passages] == [
        p.span.of(expected.text) for p in expected.passages
    ]
