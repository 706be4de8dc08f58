from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.cues import find_cues, plain
from bot.understanding.kinds import kind_from_cues
from knowledge.vietnamese import fold

QUESTIONS = [
    ("Tỷ lệ khai sinh là bao nhiêu phần trăm?", "percent", "ask_rate"),
    ("Có bao nhiêu hồ sơ?", "count", "ask_count"),
    ("Bố trí bao nhiêu kinh phí?", "money", "ask_money"),
    ("Gồm những dự án nào?", "list", "ask_list"),
    ("Dịch vụ nào cao nhất?", "max", "ask_rank"),
    ("Huyện nào ít hồ sơ nhất?", "min", "ask_rank"),
    ("So sánh hai huyện", "compare", "ask_compare"),
    ("Chênh lệch bao nhiêu?", "difference", "ask_calc"),
    ("Cộng lại được bao nhiêu?", "sum", "ask_calc"),
    ("Huyện nào chưa có trung tâm?", "negative", "ask_negative"),
    ("Khai trương khi nào?", "date", "ask_date"),
    ("Theo văn bản nào?", "document", "ask_document"),
    ("Cơ quan nào thực hiện?", "who", "ask_who"),
    ("CSDL là gì?", "definition", "ask_definition"),
    ("Khó khăn là gì?", "difficulty", "ask_difficulty"),
    ("Vì sao chậm?", "why", "ask_difficulty"),
    ("Nhiệm vụ thời gian tới?", "task", "ask_task"),
    ("Tình hình thực hiện ra sao?", "summary", "ask_summary"),
    ("Số liệu nào không khớp?", "check", "ask_check"),
    ("Đã có trung tâm chưa?", "yesno", "ask_yesno"),
]


@pytest.mark.parametrize(("question", "cue", "kind"), QUESTIONS)
def test_a_question_has_its_cue_and_kind_with_and_without_diacritics(
    question: str, cue: str, kind: str
) -> None:
    for text in (question, fold(question), question.upper()):
        names = frozenset(c.name for c in find_cues(text))
        assert cue in names, text
        assert kind_from_cues(names, text) == kind, text


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Tiến độ thực hiện", "money"),
        ("máy tính của xã", "count"),
        ("bàn ghế", "who"),
        ("Tiếp nhận hồ sơ ở nhà văn hóa", "percent"),
        ("công tác tuyên truyền", "sum"),
    ],
)
def test_words_spelt_otherwise_are_no_cue(text: str, cue: str) -> None:
    assert cue not in {c.name for c in find_cues(text)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("xin chào", "greet"),
        ("Chào bạn", "greet"),
        ("cảm ơn nhé", "thanks"),
        ("tạm biệt", "goodbye"),
        ("bạn là ai", "help"),
        ("bạn làm được gì?", "help"),
    ],
)
def test_small_talk_is_known(text: str, kind: str) -> None:
    for typed in (text, fold(text)):
        assert kind_from_cues(frozenset(c.name for c in find_cues(typed)), typed) == kind


def test_a_greeting_before_a_question_is_no_small_talk() -> None:
    text = "chào bạn, tỷ lệ khai sinh là bao nhiêu?"
    assert kind_from_cues(frozenset(c.name for c in find_cues(text)), text) == "ask_rate"


@given(st.text(max_size=150))
def test_cues_of_any_text_are_spans_inside_it_in_order(text: str) -> None:
    cues = find_cues(text)
    assert [c.start for c in cues] == sorted(c.start for c in cues)
    assert all(0 <= c.start < c.end <= len(plain(text)) for c in cues)


@given(st.text(max_size=150))
def test_plain_keeps_offsets(text: str) -> None:
    import unicodedata

    assert len(plain(text)) == len(unicodedata.normalize("NFC", text))


def test_a_short_cue_does_not_reach_over_a_comma() -> None:
    assert "document" not in {c.name for c in find_cues("quan ly tru so, may moc")}
