from __future__ import annotations

from bot.anchors import citation_url, footnote_anchor, section_anchor
from bot.highlighting import lit_words
from bot.report_page import blocks, finding_lines, outline, parse_span
from bot.report_reading import parts
from knowledge.reading import read_report_text
from knowledge.records import Report, Span


def letters(text: str) -> str:
    return "".join(text.split())


def test_page_holds_the_whole_text(report: Report) -> None:
    shown = "".join(piece.text for block in blocks(report) for piece in block.pieces)
    assert letters(shown) == letters(report.text)


def test_every_section_item_and_footnote_is_an_anchor_once(report: Report) -> None:
    page = blocks(report)
    ids = [block.anchor for block in page if block.anchor]
    ids += [piece.anchor for block in page for piece in block.pieces if piece.anchor]
    assert len(ids) == len(set(ids))
    wanted = {section_anchor(s.path) for s in report.sections} | {
        section_anchor(p.path) for p in report.passages
    }
    wanted |= {footnote_anchor(n.marker, n.section) for n in report.footnotes}
    assert wanted
    assert wanted <= set(ids)


def test_mark_and_footnote_lead_to_each_other(report: Report) -> None:
    page = blocks(report)
    (mark,) = [piece for block in page for piece in block.pieces if piece.note]
    (note,) = [block for block in page if block.kind == "footnote"]
    assert (mark.note, note.back) == (note.anchor, mark.anchor)


def test_quoted_words_and_only_they_are_lit(report: Report) -> None:
    start = report.text.index("40/50")
    lit = [p.text for b in blocks(report, lit=Span(start, start + 5)) for p in b.pieces if p.marked]
    assert lit == ["40/50"]


def test_quote_over_several_lines_is_lit_in_each(report: Report) -> None:
    span = Span(report.text.index("40/50"), report.text.index("9/10"))
    lit = [p.text for b in blocks(report, lit=span) for p in b.pieces if p.marked]
    assert len(lit) > 1
    assert letters("".join(lit)) == letters(span.of(report.text))


def test_span_in_an_address_must_lie_in_the_report(report: Report) -> None:
    assert parse_span("2-7", report) == Span(2, 7)
    for bad in (
        "",
        "7",
        "7-2",
        "7-7",
        "-1-3",
        "a-b",
        f"0-{len(report.text) + 1}",
        "²-³",
        "1-99999999999999999999",
    ):
        assert parse_span(bad, report) is None


def test_outline_leads_to_headings(report: Report) -> None:
    anchors = {block.anchor for block in blocks(report)}
    assert [entry.label for entry in outline(report)][1:3] == ["I", "II"]
    assert {entry.anchor for entry in outline(report)} <= anchors


def test_address_of_a_citation_is_safe_and_names_its_words() -> None:
    assert (
        citation_url("a/b", "mở đầu", span=Span(1, 2))
        == "/reports/a%2Fb?trich=1-2#muc-m%E1%BB%9F_%C4%91%E1%BA%A7u"
    )
    assert citation_url("r", "IV#2") == "/reports/r#muc-IV~2"
    assert citation_url("r", "II.2.3.(15)") == "/reports/r#muc-II.2.3.(15)"
    assert citation_url("r", "II", edition="0a1b2c3d") == "/reports/r?ban=0a1b2c3d#muc-II"


TABLES = """Số: 45/BC-UBND

Hòa Lạc, ngày 15 tháng 5 năm 2025

BÁO CÁO
Kết quả tháng 5/2025

I. KẾT QUẢ

Kết quả các xã¹:

| Xã | Hồ sơ | Tỷ lệ |
|---|---|---|
| Tân Hòa | 40/50 hồ sơ | 70% |
| Vĩnh An | 9/10 hồ sơ | 90% |

Vốn của các xã:

| Xã | Vốn |
|---|---|
| Tân Hòa | 5 tỷ đồng |

Cấp thẻ thư viện: Đã tiếp nhận 40/50 hồ sơ, đạt tỷ lệ 70%.

¹ Kế hoạch số 07/KH-UBND ngày 02/01/2025.
"""


def test_tables_footnotes_and_findings_stand_where_they_belong() -> None:
    report = read_report_text(TABLES, name="bang.txt")
    found = parts(blocks(report), finding_lines(report))
    tables = [part for part in found if part.kind == "table"]
    assert [len(part.rows) for part in tables] == [3, 2]
    assert [row.level for row in tables[0].rows] == [1, 0, 0]
    assert ["".join(piece.text for piece in cell) for cell in tables[0].rows[1].cells] == [
        "Tân Hòa", "40/50 hồ sơ", "70%",
    ]  # fmt: skip
    (noted,) = [part for part in found if part.notes]
    assert noted.block.pieces[0].text == "Kết quả các xã"
    doubted = [part for part in found if part.findings]
    assert doubted
    assert all("70%" in "".join(p.text for p in part.block.pieces if p.doubtful) for part in doubted)
    assert sum(len(part.findings) for part in found) == len(report.findings)


def test_parts_hold_every_block_once(report: Report) -> None:
    page = blocks(report)
    shown = [b for part in parts(page, []) for b in (part.rows or (part.block,)) + part.notes]
    assert sorted(shown, key=lambda b: b.span.start) == page


def test_words_of_a_query_are_lit_with_or_without_diacritics() -> None:
    found = lit_words("Tỷ lệ khai sinh và <b>khai tử</b> đạt 90%.", "tỷ lệ của KHAI SINH")
    assert [p.text for p in found if p.marked] == ["Tỷ lệ khai sinh", "khai"]
    assert "".join(p.text for p in lit_words("không có gì", "khai sinh")) == "không có gì"
