from __future__ import annotations

from collections.abc import Callable

from bot.answering.case import Case
from bot.answering.strategies import checking

CaseOf = Callable[..., Case]


def test_the_findings_of_a_report_are_told(case_of: CaseOf) -> None:
    draft = checking.answer(case_of("Số liệu nào trong báo cáo 45/BC-UBND không khớp?"))
    assert draft is not None
    assert [(f.printed, f.recomputed) for _, f in draft.findings] == [("16%", "15%")]
    assert draft.quotes


def test_a_total_that_agrees_is_shown_with_its_sum(case_of: CaseOf) -> None:
    draft = checking.answer(
        case_of("Kinh phí mua sắm, đào tạo, tuyên truyền của Hà Nam cộng lại có khớp 900 triệu đồng không?")
    )
    assert draft is not None
    assert draft.findings == []
    assert draft.lines[0].startswith("Khớp: 500")


def test_a_report_without_findings_is_said_to_have_none(case_of: CaseOf) -> None:
    draft = checking.answer(case_of("Số liệu nào trong báo cáo 61/BC-UBND không khớp?"))
    assert draft is not None
    assert draft.findings == []
    assert "Chưa phát hiện" in draft.lines[0]
