"""What holds for every text: spans, lossless reading, no error but ReportError."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.coverage import share_read, unread
from knowledge.errors import ReportError
from knowledge.reading import read_report, read_report_text
from knowledge.reading.source import read_source
from knowledge.records import Report, Span
from tests.golden.render import SOURCES

# Pieces that labels, lists, tables, footnotes, figures and dates are made of.
PIECES = st.sampled_from([
    "I. ", "II. KẾT QUẢ", "Phần thứ nhất", "1. ", "2.3. ", "a) ", "đ) ", "- ", "+ ", "* ", "(1) ", "⁽²⁾ ",
    "- (4) ", "Đăng ký khai sinh", "Đã tiếp nhận ", "919/1.576 hồ sơ", ", đạt tỷ lệ ", "58,31%",
    "1,2 tỷ đồng", "0/0 hồ sơ", "96.651 triệu đồng", ", gồm: ", "trong đó, ", "còn 05 hồ sơ",
    " (chính thức 08, dự phòng 10)", "; ", ". ", ":", ",", "\n", "\n\n", "¹", "¹Công tác", "[1]",
    "| TT | A | B |", "| 1 | x | 2 |", "|---|", "Nơi nhận:", "PHỤ LỤC 1", "Trên đây là", "KT. CHỦ TỊCH",
    "Lê Văn A", "ngày 20/3/2024", "tháng 3/2024", "Nghị định số 61/2021/NĐ-CP ngày 23/4/2018",
    "so với cùng kỳ", "tăng 5%", "gồm 03 xã: A, B và C", "()", ")(", "99999999999999999999", "0,", "/",
    "Giao Sở Y tế chủ trì, phối hợp với ", "Công an tỉnh", " do UBND xã ", "triển khai", "1. Sở Y tế: ",
    "đồng chí Lê Văn A, Giám đốc Sở Y tế",
    "\u0301", "🙂",
])  # fmt: skip
BODIES = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=300))
NUMBERED = BODIES.map(
    lambda body: f"Số: 1/BC-UBND\n\nHuế, ngày 05 tháng 4 năm 2024\n\nBÁO CÁO\nKết quả\n\n{body}"
)


def spans(report: Report) -> list[Span]:
    """Every span that a report holds."""
    found = [s.span for s in report.sections] + [s.heading for s in report.sections]
    found += [n.span for n in report.footnotes]
    found += [p.span for p in report.passages] + [lead for p in report.passages for lead in p.lead]
    found += [f.span for f in report.facts] + [f.clause for f in report.facts]
    found += [li.lead for li in report.listings] + [m.span for li in report.listings for m in li.members]
    found += [d.span for d in report.documents] + [d.clause for d in report.documents]
    found += [i.span for i in report.involvements] + [i.clause for i in report.involvements]
    found += [a.span for a in report.abbreviations] + [f.span for f in report.findings]
    return found


def check_spans(report: Report) -> None:
    """Holds a report's spans against its text and each other."""
    text = report.text
    assert all(0 <= s.start <= s.end <= len(text) for s in spans(report))
    by_ordinal = {p.ordinal: p for p in report.passages}
    assert sorted(by_ordinal) == list(range(len(report.passages)))
    paths = {s.path for s in report.sections}
    assert len(paths) == len(report.sections)
    assert {p.section for p in report.passages} <= paths
    for fact in report.facts:
        assert by_ordinal[fact.passage].span.covers(fact.span)
        assert fact.clause.start <= fact.span.start
    for document in report.documents:
        assert document.number in "".join(document.span.of(text).split()).replace("–", "-")
        assert by_ordinal[document.passage].span.covers(document.span)
    for involvement in report.involvements:
        assert involvement.name == " ".join(involvement.span.of(text).split()) or involvement.office
        assert involvement.span.of(text).startswith(involvement.name.split(" ")[0])
        assert involvement.clause.covers(involvement.span)
        assert by_ordinal[involvement.passage].span.end >= involvement.clause.end
    for section in report.sections:
        assert section.parent is None or section.parent in paths


@given(NUMBERED)
def test_numbered_text_is_read_with_spans_that_hold(text: str) -> None:
    check_spans(read_report_text(text, name="x.txt"))


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused_as_a_report(text: str) -> None:
    try:
        report = read_report_text(text, name="x.txt")
    except ReportError:
        return
    check_spans(report)


@given(NUMBERED)
def test_reading_is_repeatable(text: str) -> None:
    assert read_report_text(text, name="x.txt") == read_report_text(text, name="x.txt")


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.stem)
def test_every_span_of_a_report_holds(source: Path) -> None:
    check_spans(read_report(source))


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.stem)
def test_every_figure_of_a_report_is_read(source: Path) -> None:
    report = read_report(source)
    assert share_read(report) >= 0.99, [s.of(report.text) for s in unread(report)]


def letters(text: str) -> list[str]:
    """The letters of a text, a row of a table that is printed once more (a repeated header) left out."""
    lines = text.split("\n")
    once = [line for i, line in enumerate(lines) if not (line.startswith("|") and line in lines[:i])]
    return sorted(c for c in "".join(once) if c.isalpha())


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.stem)
def test_no_word_of_a_report_is_lost(source: Path) -> None:
    assert letters(read_source(source).text) == letters(read_report(source).text)


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.stem)
def test_report_is_read_within_a_second(source: Path) -> None:
    started = time.process_time()  # of this process: other work on the machine is not the reader's
    read_report(source)
    assert time.process_time() - started < 1
