"""The numeric gate: any number that nothing supports is found, whatever stands around it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.gate import unsupported
from bot.answering.records import Citation, Computed

CITATION = Citation(
    n=1,
    report_id="r",
    report_number="45/BC-UBND",
    report_title="Báo cáo tháng 4/2024",
    issuer="UBND tỉnh",
    issued_on=date(2024, 4, 28),
    section="II.1.(3)",
    section_title="Dịch vụ công",
    footnote=None,
    quote="Đã tiếp nhận 1.956/4.498 hồ sơ, đạt tỷ lệ 43,49% với 08 cán bộ.",
    url="/reports/r",
)


def stray(text: str, *, question: str = "", computed: tuple[Computed, ...] = ()) -> list[str]:
    return unsupported(text, citations=[CITATION], computed=computed, question=question)


@pytest.mark.parametrize(
    "text",
    [
        "43,49% (1.956/4.498 hồ sơ)",
        "Tử số 1.956, mẫu số 4.498.",
        "Có 8 cán bộ, tức 08 cán bộ.",
        "Báo cáo số 45/BC-UBND ngày 28/4/2024, mục II.1.(3).",
        "Ban hành ngày 28 tháng 4 năm 2024, ghi 28/04/2024.",
        "không có số nào",
        "",
    ],
)
def test_what_the_citation_says_is_supported(text: str) -> None:
    assert stray(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("đạt 43,5%", "43,5"),
        ("đạt 43,49 hoặc 43.49", "43.49"),
        ("tiếp nhận 1956 hồ sơ", "1956"),
        ("tiếp nhận 1.956/4.499 hồ sơ", "1.956/4.499"),
        ("tiếp nhận 956 hồ sơ", "956"),
        ("ngày 29/4/2024", "29/4/2024"),
        ("80 cán bộ", "80"),
        ("còn 2.542 hồ sơ", "2.542"),
    ],
)
def test_a_number_that_is_only_like_a_supported_one_is_found(text: str, number: str) -> None:
    assert stray(text) == [number]


def test_a_calculation_supports_its_value_and_operands() -> None:
    shown = Computed("2.542", "4.498 − 1.956", "phần còn lại")
    assert stray("còn 2.542 (4.498 − 1.956)", computed=(shown,)) == []
    assert stray("còn 2.543", computed=(shown,)) == ["2.543"]


def test_a_number_of_the_question_may_be_repeated() -> None:
    assert stray("Không có số liệu tháng 7/2031.", question="tỷ lệ tháng 7/2031?") == []
    assert stray("Không có số liệu tháng 7/2031.", question="tỷ lệ tháng 7?") == ["7/2031"]


def test_ordinals_of_a_list_and_marks_of_citations_count_nothing() -> None:
    assert stray("1. Một\n(2) Hai\n- 3. Ba\nNhư trên [7].") == []
    assert stray("Dòng 6. có 17 việc") == ["6", "17"]


def test_numbers_are_told_in_the_order_of_the_text() -> None:
    assert stray("đầu 71, rồi 43,49%\nsau cùng 72") == ["71", "72"]


NUMBERS = st.from_regex(r"[1-9][0-9]{0,3}(?:[.,][0-9]{1,3})?", fullmatch=True)
WORDS = st.text(alphabet="abcđêôư ,;:()%–\n", max_size=30)


@given(number=NUMBERS, before=WORDS, after=WORDS)
def test_any_number_is_found_unless_it_is_supported(number: str, before: str, after: str) -> None:
    text = f"{before} gồm {number} việc {after}"
    assert unsupported(text, citations=[], computed=[], question="") == [number]
    assert unsupported(text, citations=[], computed=[], question=f"có {number} không") == []
    assert unsupported(text, citations=[], computed=[Computed(number, "", "")], question="") == []


@given(st.lists(NUMBERS, min_size=1, max_size=6), st.lists(NUMBERS, max_size=6))
def test_exactly_the_unsupported_ones_are_told(said: list[str], supported: list[str]) -> None:
    text = "Gồm " + " và ".join(f"{n} việc" for n in said)
    expected = [n for n in said if n not in supported]
    assert unsupported(text, citations=[], computed=[], question=" ; ".join(supported)) == expected


@given(st.text(max_size=200))
def test_no_text_makes_it_fail_and_what_it_tells_stands_in_the_text(text: str) -> None:
    found = unsupported(text, citations=[], computed=[], question="")
    assert all(number in text and re.search(r"\d", number) for number in found)
