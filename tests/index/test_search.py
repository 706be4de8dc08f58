"""Search over real segmentation, the built-in model and real FAISS."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Document, Filters, Index, build, open_current
from knowledge.vietnamese import fold

_QUESTIONS = {
    "Tỷ lệ đổi bằng lái xe là bao nhiêu?": "r1#0",
    "làm passport đạt mấy phần trăm": "r1#1",
    "đăng ký tạm trú bao nhiêu hồ sơ": "r1#2",
    "tốc độ đường truyền": "r1#3",
    "vì sao chưa mua máy scan, thiếu tiền?": "r1#4",
    "UBND huyện lập bao nhiêu tổ công tác": "r2#5",
    "thu nhận CCCD": "r2#6",
    "kích hoạt VNeID": "r2#7",
}


@pytest.mark.parametrize("question", _QUESTIONS)
@pytest.mark.parametrize("typed", [str, fold], ids=["typed", "without diacritics"])
def test_the_right_passage_comes_first(opened: Index, question: str, typed: type[str]) -> None:
    assert opened.search(typed(question), k=3)[0].id == _QUESTIONS[question]


@pytest.mark.parametrize("question", ["", "  \n", "😀", "?!…"])
def test_a_blank_question_finds_nothing(opened: Index, question: str) -> None:
    assert opened.search(question) == []


def test_hits_come_best_first_with_their_legs(opened: Index) -> None:
    hits = opened.search("tỷ lệ hồ sơ hộ chiếu")
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert set(hits[0].legs) == {"spelt", "folded", "dense", "coverage", "figure", "substance"}
    assert 0 < hits[0].legs["coverage"] <= 1


def test_something_else_is_hardly_covered(opened: Index) -> None:
    covered = opened.search("tỷ lệ cấp hộ chiếu phổ thông")[0].legs["coverage"]
    hits = opened.search("dự báo thời tiết bóng đá ngoại hạng")
    assert max((hit.legs["coverage"] for hit in hits), default=0) < 0.3 < covered


def test_k_limits(opened: Index) -> None:
    assert len(opened.search("hồ sơ", k=2)) == 2
    assert opened.search("hồ sơ", k=0) == []


@settings(max_examples=40)
@given(
    st.sampled_from(sorted(_QUESTIONS)),
    st.none() | st.frozensets(st.sampled_from(["r1", "r2", "r9"])),
    st.sampled_from(["", "II", "II.1", "III"]),
    st.none() | st.just((date(2025, 4, 1), date(2025, 12, 31))),
)
def test_filters_never_leak(
    opened: Index,
    documents: list[Document],
    question: str,
    reports: frozenset[str] | None,
    section: str,
    period: tuple[date, date] | None,
) -> None:
    found = {
        hit.id for hit in opened.search(question, filters=Filters(reports, section=section, period=period))
    }
    allowed = {
        document.id
        for document in documents
        if (reports is None or document.report_id in reports)
        and (not section or f"{document.section}.".startswith(f"{section}."))
        and (period is None or (document.period_end or date.min) >= period[0])
    }
    assert found <= allowed


@given(st.text(max_size=200))
@settings(max_examples=60)
def test_any_text_can_be_searched_and_gives_the_same_hits_twice(opened: Index, question: str) -> None:
    hits = opened.search(question, k=5)
    assert hits == opened.search(question, k=5)
    assert all(0 <= hit.score <= 1 for hit in hits)


def test_the_nearest_sentence_is_named(opened: Index, documents: list[Document]) -> None:
    [hit] = opened.search("có mấy máy chủ", k=1)
    text = next(document.text for document in documents if document.id == hit.id)
    assert hit.sentence is not None
    assert text[slice(*hit.sentence)] == "Tổng số máy chủ là 12."
    assert opened.search("làm passport", k=1)[0].sentence is None


def test_a_figure_speaks_for_a_passage_only_where_one_is_asked_for(tmp_path: Path) -> None:
    said = Document("said", "Cấp hộ chiếu cho người dân trong tỉnh được thực hiện đúng quy định của ngành")
    counted = Document(
        "counted", "Cấp hộ chiếu cho người dân trong tỉnh được 3.214 hồ sơ trong tháng", figures=1
    )
    build([said, counted], tmp_path)
    index = open_current(tmp_path)
    assert index.search("cấp được bao nhiêu hộ chiếu")[0].id == "counted"
    assert {hit.legs["figure"] for hit in index.search("quy định cấp hộ chiếu")} == {0.0}


def test_what_every_report_repeats_is_listed_once_where_asked(tmp_path: Path) -> None:
    texts = ["Tiếp tục cấp hộ chiếu.", "Tiếp tục cấp hộ chiếu", "Cấp hộ chiếu cho 12 người"]
    build([Document(f"r{n}#0", text, report_id=f"r{n}") for n, text in enumerate(texts)], tmp_path)
    index = open_current(tmp_path)
    assert len(index.search("tiếp tục cấp hộ chiếu")) == 3
    first, second = index.search("tiếp tục cấp hộ chiếu", fold_duplicates=True)
    assert (first.id, first.duplicates, second.id) == ("r0#0", ("r1#0",), "r2#0")
