from __future__ import annotations

from collections.abc import Callable

from bot.answering.case import Case
from bot.answering.strategies import premise

CaseOf = Callable[..., Case]


def test_a_wrong_figure_is_corrected(case_of: CaseOf) -> None:
    draft = premise.answer(case_of("Có phải khai tử của Hà Nam tháng 4/2024 chỉ đạt 30% không?"))
    assert draft is not None
    text = "\n".join(draft.lines)
    assert "80%" in text
    assert not draft.lines[0].startswith("Đúng")


def test_a_right_figure_is_confirmed(case_of: CaseOf) -> None:
    draft = premise.answer(case_of("Có phải khai tử của Hà Nam tháng 4/2024 đạt 80% không?"))
    assert draft is not None
    assert draft.lines[0].startswith("Đúng")


def test_a_question_that_claims_nothing_has_no_premise(case_of: CaseOf) -> None:
    assert premise.answer(case_of("Tỷ lệ khai tử của Hà Nam tháng 4/2024?")) is None


def test_a_claim_about_what_is_not_there_is_not_judged(case_of: CaseOf) -> None:
    assert premise.answer(case_of("Có phải hộ chiếu của Hà Nam tháng 4/2024 đạt 80% không?")) is None
