from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.analysis import analyse
from bot.understanding.question import Question
from bot.understanding.rasa import Understanding
from bot.understanding.spelling import Speller
from index.thesaurus import load
from knowledge.vietnamese import fold, nfc

THESAURUS = load()


def read(text: str, **options: object) -> Question:
    return analyse(text, thesaurus=THESAURUS, **options)  # type: ignore[arg-type]


def names(question: Question) -> list[str]:
    return [c.typed for c in question.concepts]


def says(question: Question, phrase: str) -> bool:
    wanted = tuple(phrase.split())
    return any(wanted in c.alternatives for c in question.concepts)


def test_asking_words_and_period_are_no_concepts() -> None:
    question = read("Tỷ lệ đăng ký khai sinh tháng 3/2024 là bao nhiêu?")
    assert names(question) == ["dang ky khai sinh"]
    assert [p.text for p in question.periods] == ["tháng 3/2024"]
    assert question.kind == "ask_rate"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("LLTP", "ly lich tu phap"),
        ("gplx", "giay phep lai xe"),
        ("bằng lái xe", "giay phep lai xe"),
        ("CCCD", "can cuoc cong dan"),
        ("BHYT", "bao hiem y te"),
    ],
)
def test_abbreviations_and_lay_words_mean_what_reports_write(typed: str, meant: str) -> None:
    assert says(read(f"tỷ lệ cấp {typed}?"), meant)


def test_the_same_is_asked_with_and_without_diacritics() -> None:
    text = "Tỷ lệ cấp hộ chiếu phổ thông tháng 3/2024 là bao nhiêu?"
    plain, marked = read(fold(text)), read(text)
    assert plain.kind == marked.kind
    assert plain.cues == marked.cues
    assert {s for c in plain.concepts for s in c.syllables} == {
        s for c in marked.concepts for s in c.syllables
    }


def test_a_document_number_is_taken_out() -> None:
    question = read("Kế hoạch số 109/KH-UBND nói gì?")
    assert question.document_numbers == ("109/KH-UBND",)
    assert not any("109" in name for name in names(question))


def test_a_programme_is_no_document_number() -> None:
    assert read("Đề án 06/CP triển khai thế nào?").document_numbers == ()


def test_conditions_and_numbers_are_read() -> None:
    question = read("Dịch vụ nào dưới 50%?")
    assert [str(f.high) for f in question.filters] == ["50"]
    assert read("Vì sao 16/1.166 là 0,14%?").numbers == ("16/1.166", "0,14%")


@pytest.mark.parametrize(
    "text",
    [
        "thế còn khai tử?",
        "the con khai tu",
        "còn Đức Phổ?",
        "khai tử thì sao?",
        "kế hoạch đó ban hành khi nào?",
    ],
)
def test_turns_that_lean_on_the_one_before_are_known(text: str) -> None:
    assert read(text).dependent


@pytest.mark.parametrize(
    "text",
    ["Tỷ lệ khai tử tháng 3?", "Còn bao nhiêu hồ sơ khai tử chưa xử lý?", "con dấu mới có bao nhiêu hồ sơ?"],
)
def test_whole_questions_lean_on_nothing(text: str) -> None:
    assert not read(text).dependent


def test_rasas_intent_counts_when_it_is_sure() -> None:
    text = "khai sinh thế nào rồi"
    assert read(text, understanding=Understanding("ask_list", 0.9)).kind == "ask_list"
    assert read(text, understanding=Understanding("ask_list", 0.1)).kind == "ask_summary"


@pytest.mark.parametrize(
    ("typed", "mended"), [("đăg ký", "dang"), ("kêt hônn", "hon"), ("hộ chiêuu", "chieu")]
)
def test_a_mistyped_syllable_is_mended_by_the_words_of_the_reports(typed: str, mended: str) -> None:
    speller = Speller(
        [("dang", "ky", "ket", "hon"), ("cap", "ho", "chieu"), ("dang", "ky", "ho", "chieu")] * 2
    )
    question = read(f"tỷ lệ {typed}", speller=speller)
    assert mended in {s for c in question.concepts for s in c.syllables}


@given(st.text(max_size=200))
def test_any_text_is_taken_apart(text: str) -> None:
    question = read(text, today=date(2024, 6, 1))
    assert question.text == nfc(text)
    assert question.kind
    assert all(0 <= c.start < c.end <= len(question.text) for c in question.concepts)


def test_day_month_and_year_together_name_no_may() -> None:
    assert not read("báo cáo ban hành ngày tháng năm nào?").periods


def test_this_year_is_the_year_of_the_reports() -> None:
    assert not read("năm nay giải ngân bao nhiêu?").periods
