from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.answering.assistant import Assistant
from bot.answering.case import Case
from bot.answering.shelf import Shelf
from bot.answering.strategies import premise
from index.thesaurus import load
from knowledge.reading import read_report_text
from knowledge.store import Store

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


def test_a_printed_figure_that_does_not_add_up_is_not_simply_right(tmp_path: Path) -> None:
    text = "Số: 5/BC-UBND\n\nHòa Lạc, ngày 15 tháng 5 năm 2025\n\nBÁO CÁO\nCông tác tháng 5/2025\n\n" + (
        "I. KẾT QUẢ\n\n1. Cấp thẻ thư viện: Đã tiếp nhận 45/50 hồ sơ, đạt tỷ lệ 80%.\n"
    )
    store = Store.open(tmp_path / "knowledge.sqlite")
    store.add(read_report_text(text, name="hoa-lac.txt"))
    shelf = Shelf(store)
    shelf.reload_if_changed()
    answer = Assistant(shelf, load(), None).answer("Có phải cấp thẻ thư viện đạt 80% không?")
    assert not answer.text.startswith("Đúng")
    assert "không khớp" in answer.text.splitlines()[0]
    assert [f.recomputed for f in answer.findings] == ["90%"]
