"""Sections, their paths and titles, passages and what leads into them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.reading.blocks import plain_blocks
from knowledge.reading.labels import PATTERNS, opening_label
from knowledge.reading.outline import Outline, outline
from knowledge.records import Report

ReadBody = Callable[[str], Report]


def outlined(text: str) -> Outline:
    return outline(plain_blocks(text))


def paths(text: str) -> dict[str, str]:
    return {s.path: s.title for s in outlined(text).sections if s.path not in {"mở đầu", "kết"}}


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: f"{p.kind}-{p.example[:8]}")
def test_every_label_pattern_reads_its_example(pattern: object) -> None:
    label = opening_label(pattern.example)  # type: ignore[attr-defined]
    assert label is not None
    assert label.kind == pattern.kind  # type: ignore[attr-defined]


def test_multi_level_label_is_not_repeated_in_the_path() -> None:
    found = paths("I. A\n\n1. B\n\n1.1. C\n\na) Phần nội dung\n\nđ) Nội dung khác\n\nII. D\n\n1. E")
    assert [*found] == ["I", "I.1", "I.1.1", "I.1.1.a", "I.1.1.đ", "II", "II.1"]


def test_part_takes_its_title_from_the_line_below() -> None:
    found = paths(
        "Phần thứ nhất\nKẾT QUẢ NĂM 2024\n\nA. CÔNG TÁC CHỈ ĐẠO\n\nI. Văn bản\n\n1. Ban "
        "hành\n\nPHẦN THỨ HAI\nNHIỆM VỤ"
    )
    assert found["Phần thứ nhất"] == "KẾT QUẢ NĂM 2024"
    assert found["Phần thứ hai"] == "NHIỆM VỤ"
    assert "Phần thứ nhất.A.I.1" in found


def test_labels_with_strokes_and_dashes_open_sections() -> None:
    found = paths(
        "I/ TÌNH HÌNH\n\n1/ Hình sự: Xảy ra 214 vụ.\n\na/ Trọng án: 05 vụ.\n\nII/ KẾT QUẢ\n\n1- Hộ "
        "tịch\n\n5- 7 ngày là thời hạn."
    )
    assert [*found] == ["I", "I.1", "I.1.a", "II", "II.1"]


def test_part_may_be_a_letter() -> None:
    found = paths("PHẦN A\nKẾT QUẢ\n\nI. Thu\n\nPHẦN B\nNHIỆM VỤ")
    assert found == {"Phần A": "KẾT QUẢ", "Phần A.I": "Thu", "Phần B": "NHIỆM VỤ"}


def test_repeated_label_stays_apart() -> None:
    assert [*paths("IV. NHIỆM VỤ\n\nIV. KIẾN NGHỊ")] == ["IV", "IV#2"]


def test_numbers_that_begin_again_below_a_lead_are_a_list_inside_the_section() -> None:
    found = paths(
        "I. KẾT QUẢ\n\n1. Dịch vụ công\n\nKết quả như sau:\n\n1. Thường trú: tiếp nhận 10 hồ sơ.\n"
        "2. Tạm trú: tiếp nhận 5 hồ sơ.\n\n2. Căn cước công dân\n\n3. Dữ liệu"
    )
    assert [*found] == ["I", "I.1", "I.1.1", "I.1.2", "I.2", "I.3"]


def test_numbered_paragraph_has_no_title() -> None:
    found = paths(
        "IV. NHIỆM VỤ\n\n1. Tập trung chỉ đạo các sở, ngành hoàn thành nhiệm vụ. Báo cáo hằng tháng."
    )
    assert found["IV.1"] == ""


def test_sentence_that_leads_into_a_list_is_no_title() -> None:
    found = paths(
        "II. NHÂN LỰC\n\na) Nhân lực\n\nb) Đã cử 148 người đi đào tạo, gồm: 12 tiến sĩ; 64 thạc sĩ; "
        "72 đại học."
    )
    assert (found["II.a"], found["II.b"]) == ("Nhân lực", "")


def test_heading_with_sentences_before_a_lead_in_ends_at_its_colon() -> None:
    found = paths("I. KẾT QUẢ\n\n1. Công nghiệp: Chỉ số IIP tăng 2,9%. Một số sản phẩm chủ yếu:\n\n- "
                  "Thép 3 tấn.")
    assert found["I.1"] == "Công nghiệp"


def test_heading_and_its_first_sentence_share_a_line() -> None:
    read = outlined("I. KẾT QUẢ\n\na) Chi đầu tư: Ước thực hiện 120 tỷ đồng.")
    assert read.sections[2].title == "Chi đầu tư"
    assert [p.span.of(read.text) for p in read.passages] == ["Ước thực hiện 120 tỷ đồng."]


def test_title_loses_the_mark_of_its_footnote() -> None:
    assert paths("I. CÁC DỰ ÁN[1]\n\n- A.\n\n[1] Theo Quyết định.")["I"] == "CÁC DỰ ÁN"


def test_text_from_the_closing_sentence_on_is_closing(read: ReadBody) -> None:
    report = read("- Nội dung.")
    assert report.sections[-1].path == "kết"
    assert any("Trên đây là" in p.span.of(report.text) for p in report.passages if p.section == "kết")


def test_annex_behind_the_signature_has_labels_of_its_own(read: ReadBody) -> None:
    report = read("- Nội dung.")
    text = (
        report.text
        + "\n\nPHỤ LỤC 2\nDANH MỤC DỰ ÁN\n\nI. Dự án mới\n\n1. Trạm bơm: 12 tỷ đồng.\n\nMẫu biểu số "
        "01\nTỔNG HỢP\n"
    )
    found = paths(text)
    assert found["Phụ lục 2"] == "DANH MỤC DỰ ÁN"
    assert {"Phụ lục 2.I", "Phụ lục 2.I.1", "Mẫu biểu số 01"} <= found.keys()


def test_bullets_are_led_by_the_line_that_ends_with_a_colon() -> None:
    read = outlined(
        "I. A\n\nTiến độ của ngành:\n\n+ Giáo viên: 10/12.\n\n+ Học sinh: 5/7.\n\n- Công tác khác."
    )
    leads = {p.span.of(read.text): [s.of(read.text) for s in p.lead] for p in read.passages}
    assert leads["Giáo viên: 10/12."] == ["Tiến độ của ngành:"]
    assert leads["Công tác khác."] == []


def test_starred_heading_without_a_colon_leads_the_bullets_below() -> None:
    read = outlined("I. A\n\n* Cấp tỉnh\n\n+ Tiếp nhận 48 hồ sơ.\n\n* Cấp xã\n\n+ Tiếp nhận 61 hồ sơ.")
    assert [[s.of(read.text) for s in p.lead] for p in read.passages if p.lead] == [["Cấp tỉnh"], ["Cấp xã"]]


def test_table_rows_are_led_by_their_header_and_repeated_headers_left_out() -> None:
    header = "| TT | Huyện | Số |"
    read = outlined(
        f"I. A\n\n{header}\n|---|---|---|\n| 1 | B | 3 |\n{header}\n| 2 | C | 4 |\n\nII. D\n\n| X | "
        f"Y | Z |\n| 1 | 2 | 3 |"
    )
    rows = [p for p in read.passages if p.lead]
    assert [p.span.of(read.text) for p in rows] == ["| 1 | B | 3 |", "| 2 | C | 4 |", "| 1 | 2 | 3 |"]
    assert [p.lead[-1].of(read.text) for p in rows] == [header, header, "| X | Y | Z |"]


def test_footnote_printed_after_the_next_heading_belongs_to_its_mark() -> None:
    read = outlined(
        "I. CHỈ ĐẠO\n\nKhắc phục hạn chế¹ trong tháng.\n\nII. KẾT QUẢ\n\n¹Công tác số hóa.\n\n1. "
        "Dịch vụ công\n\n- A."
    )
    (note,) = read.footnotes
    assert (note.section, note.span.of(read.text)) == ("I", "Công tác số hóa.")
    assert read.text[note.mark] == "¹"


def test_mark_in_round_brackets_at_a_word_is_a_footnotes() -> None:
    read = outlined(
        "I. A\n\n1. Thanh toán: Số tiền 2,46 tỷ đồng(1).\n\n(1) Không gồm phí.\n\n2. Hồ sơ: (1) Mới; (2) Cũ."
    )
    assert [(n.marker, n.section, n.span.of(read.text)) for n in read.footnotes] == [
        ("(1)", "I.1", "Không gồm phí.")
    ]


def test_enumerator_is_no_footnote_mark() -> None:
    assert not outlined("I. A\n\n- Gồm: ⁽¹⁾ Khai sinh; ⁽²⁾ Khai tử.\n\n⁽¹⁾ Cấp phiếu: 10 hồ sơ.").footnotes
