from __future__ import annotations

from bot.anchors import citation_url, footnote_anchor, section_anchor
from bot.report_page import blocks, outline, parse_span
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
