"""A report as a whole, in brief."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.records import Answer


@pytest.mark.parametrize("asked", ["tóm tắt báo cáo 45", "Báo cáo số 45/BC-UBND", "bao cao 45 noi ve gi"])
def test_report_in_brief_has_a_statement_of_each_part(
    asked: str, converse: Callable[..., list[Answer]]
) -> None:
    (answer,) = converse(asked)
    assert answer.status == "answered"
    assert {c.section.split(".")[0] for c in answer.citations} == {"mở đầu", "I", "II", "III", "IV"}


def test_several_reports_lead_to_a_question_back_whose_choices_answer(
    converse: Callable[..., list[Answer]],
) -> None:
    (back,) = converse("Tóm tắt báo cáo")
    assert back.status == "clarify"
    assert converse(back.suggestions[0])[0].status == "answered"


def test_summary_of_a_subject_is_none_of_the_report(converse: Callable[..., list[Answer]]) -> None:
    (answer,) = converse("tóm tắt khó khăn, vướng mắc trong báo cáo 45")
    assert {c.section for c in answer.citations} == {"III"}
