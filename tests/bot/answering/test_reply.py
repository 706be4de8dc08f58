from __future__ import annotations

import logging

import pytest

from bot.answering import wording
from bot.answering.records import Computed
from bot.answering.reply import Draft, Quote, finish
from bot.answering.shelf import ShelvedReport
from knowledge.records import Span


def quoting(shelved: ShelvedReport, words: str) -> Quote:
    start = shelved.report.text.index(words)
    span = Span(start, start + len(words))
    passage = next(p for p in shelved.report.passages if p.span.covers(span))
    return Quote(shelved, passage, span)


def test_citations_are_numbered_in_order_and_quote_their_span(shelved: ShelvedReport) -> None:
    quotes = [quoting(shelved, "Đã tiếp nhận 40/50 hồ sơ"), quoting(shelved, "Đã tiếp nhận 90/100 hồ sơ")]
    answer = finish(Draft("answered", ["80% và 90%"], quotes), question="80 90", state={})
    assert [c.n for c in answer.citations] == [1, 2]
    assert [c.quote for c in answer.citations] == ["Đã tiếp nhận 40/50 hồ sơ", "Đã tiếp nhận 90/100 hồ sơ"]
    assert [c.section for c in answer.citations] == ["II.1.(2)", "II.1.(1)"]


def test_a_quote_inside_another_is_not_cited_again(shelved: ShelvedReport) -> None:
    inner, outer = (
        quoting(shelved, "90/100 hồ sơ"),
        quoting(shelved, "Đã tiếp nhận 90/100 hồ sơ, đạt tỷ lệ 90%"),
    )
    answer = finish(Draft("answered", ["90%"], [inner, outer, outer]), question="", state={})
    assert [c.quote for c in answer.citations] == [outer.words]


def test_the_source_line_names_report_date_and_section(shelved: ShelvedReport) -> None:
    answer = finish(Draft("answered", ["90%"], [quoting(shelved, "đạt tỷ lệ 90%")]), question="", state={})
    assert answer.text.splitlines()[-1] == "Nguồn [1]: Báo cáo số 45/BC-UBND ngày 28/4/2024, mục II.1.(1)."


def test_a_section_cited_twice_has_one_source_line(shelved: ShelvedReport) -> None:
    quotes = [quoting(shelved, "mua sắm thiết bị 500"), quoting(shelved, "đào tạo cán bộ 300")]
    answer = finish(Draft("answered", ["500 và 300"], quotes), question="", state={})
    assert len(answer.citations) == 2
    assert answer.text.count("Nguồn [") == 1


def test_a_number_from_nowhere_blocks_the_answer_and_is_logged(
    shelved: ShelvedReport, caplog: pytest.LogCaptureFixture
) -> None:
    draft = Draft("answered", ["đạt 91%"], [quoting(shelved, "đạt tỷ lệ 90%")])
    with caplog.at_level(logging.WARNING):
        answer = finish(draft, question="tỷ lệ khai sinh?", state={"subject": "khai sinh"})
    assert answer.status == "not_found"
    assert answer.text == wording.BLOCKED
    assert "91" not in answer.text
    assert "91" in caplog.text
    assert answer.state == {"subject": "khai sinh"}


def test_a_shown_calculation_passes(shelved: ShelvedReport) -> None:
    draft = Draft(
        "answered", ["còn 10"], [quoting(shelved, "90/100 hồ sơ")], [Computed("10", "100 − 90", "còn lại")]
    )
    answer = finish(draft, question="", state={})
    assert answer.status == "answered"
    assert answer.computed[0].formula == "100 − 90"


def test_figures_that_disagree_come_with_their_finding(shelved: ShelvedReport) -> None:
    draft = Draft(
        "answered", ["16% (12/80 hồ sơ)"], [quoting(shelved, "Đã tiếp nhận 12/80 hồ sơ, đạt tỷ lệ 16%")]
    )
    answer = finish(draft, question="", state={})
    assert [(f.kind, f.printed, f.recomputed) for f in answer.findings] == [("ratio", "16%", "15%")]
    assert "⚠" in answer.text
    assert "15%" in answer.text


def test_a_clean_figure_has_no_finding(shelved: ShelvedReport) -> None:
    answer = finish(Draft("answered", ["90%"], [quoting(shelved, "đạt tỷ lệ 90%")]), question="", state={})
    assert answer.findings == ()
    assert "⚠" not in answer.text


def test_suggestions_are_few_and_different(shelved: ShelvedReport) -> None:
    draft = Draft("clarify", ["Hỏi gì?"], suggestions=["a", "b", "a", "", "c", "d", "e", "f", "g"])
    assert finish(draft, question="", state={}).suggestions == ("a", "b", "c", "d", "e")


def test_the_json_is_of_the_contracts_shape(shelved: ShelvedReport) -> None:
    found = finish(
        Draft("answered", ["90%"], [quoting(shelved, "đạt tỷ lệ 90%")]), question="", state={"x": 1}
    ).to_json()
    assert set(found) == {"status", "text", "citations", "computed", "findings", "suggestions", "chart"}
    (citation,) = found["citations"]  # type: ignore[misc]
    assert citation["issued_on"] == "2024-04-28"
    assert citation["report_number"] == "45/BC-UBND"
