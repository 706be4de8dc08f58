"""The ways to answer that look one thing up: dates, definitions, documents, lists, metadata, reverse."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.case import Case
from bot.answering.reply import Draft
from bot.answering.strategies import dates, definitions, documents, lists, metadata, named_documents, reverse

CaseOf = Callable[..., Case]


def text(draft: Draft | None) -> str:
    assert draft is not None
    assert draft.status == "answered"
    assert draft.quotes
    return "\n".join(draft.lines)


# --- dates


def test_a_date_is_given_with_its_sentence(case_of: CaseOf) -> None:
    assert "15/3/2024" in text(dates.answer(case_of("Trung tâm lưu trữ số của Hà Nam khai trương khi nào?")))


def test_a_date_that_is_not_printed_is_not_given(case_of: CaseOf) -> None:
    assert dates.answer(case_of("Cầu vượt của Hà Nam khánh thành khi nào?")) is None


# --- definitions


@pytest.mark.parametrize("question", ["TTLTS là gì?", "ttlts la viet tat cua gi"])
def test_an_abbreviation_is_told_as_the_report_says_it(case_of: CaseOf, question: str) -> None:
    assert "Trung tâm lưu trữ số" in text(definitions.answer(case_of(question)))


def test_an_unknown_abbreviation_is_not_made_up(case_of: CaseOf) -> None:
    assert definitions.answer(case_of("XYZK là gì?")) is None


# --- documents


def test_a_document_is_found_by_what_it_is_about(case_of: CaseOf) -> None:
    found = text(documents.answer(case_of("Kế hoạch nào về nâng cao chất lượng phục vụ người dân?")))
    assert "12/KH-UBND" in found
    assert "77/UBND-NC" not in found


def test_a_document_is_found_by_its_number(case_of: CaseOf) -> None:
    assert "số hóa hồ sơ lưu trữ" in text(documents.answer(case_of("Công văn 77/UBND-NC về việc gì?")))


def test_a_document_that_is_not_cited_is_not_found(case_of: CaseOf) -> None:
    assert documents.answer(case_of("Nghị định nào về phòng cháy chữa cháy?")) is None


def test_that_plan_without_a_plan_before_is_asked_back(case_of: CaseOf) -> None:
    draft = named_documents.unnamed(case_of("kế hoạch đó ban hành ngày nào?"))
    assert draft is not None
    assert draft.status == "clarify"
    assert draft.suggestions == ["Kế hoạch số 12/KH-UBND"]


# --- lists


def test_the_members_of_a_list_are_given_one_a_line(case_of: CaseOf) -> None:
    draft = lists.answer(case_of("Những huyện nào của Hà Nam đã lắp đặt phòng họp trực tuyến?"))
    found = text(draft)
    assert all(name in found for name in ("Phủ Lý", "Duy Tiên", "Kim Bảng", "Bình Lục"))
    assert draft is not None
    assert len(draft.lines) == 5


def test_no_list_for_what_is_not_listed(case_of: CaseOf) -> None:
    assert lists.answer(case_of("Những huyện nào của Hà Nam có sân bay?")) is None


# --- a report about itself


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Ai ký báo cáo 45/BC-UBND?", "Trần Văn Bảo"),
        ("Báo cáo 45/BC-UBND ban hành ngày nào?", "28/4/2024"),
        ("Báo cáo 45/BC-UBND gửi những nơi nào?", "Bộ Nội vụ"),
        ("Báo cáo 61/BC-UBND là của kỳ báo cáo nào?", "tháng 5/2024"),
    ],
)
def test_a_report_tells_about_itself(case_of: CaseOf, question: str, said: str) -> None:
    assert said in text(metadata.answer(case_of(question)))


def test_a_name_that_is_not_printed_is_said_to_be_missing(case_of: CaseOf) -> None:
    draft = metadata.answer(case_of("Họ tên người ký báo cáo 61/BC-UBND là gì?"))
    assert draft is not None
    assert draft.status == "not_found"
    assert "không in họ tên" in "\n".join(draft.lines)
    assert "Trần Văn Bảo" not in "\n".join(draft.lines)


def test_a_question_about_something_else_is_not_about_the_report(case_of: CaseOf) -> None:
    assert metadata.answer(case_of("Tỷ lệ khai sinh của Hà Nam tháng 4/2024?")) is None


# --- reverse


def test_a_figure_is_traced_to_what_it_is_of(case_of: CaseOf) -> None:
    assert "Cấp giấy phép xây dựng" in text(reverse.answer(case_of("25% là của dịch vụ nào?")))
    assert "khai tử" in text(reverse.answer(case_of("40/50 là số của dịch vụ nào?")))


def test_a_figure_that_nothing_prints_is_not_traced(case_of: CaseOf) -> None:
    assert reverse.answer(case_of("26% là của dịch vụ nào?")) is None
