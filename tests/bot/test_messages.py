from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import messages
from bot.problems import Problem


@pytest.mark.parametrize("blank", ["", "   ", "\n\t\r\n", "\u200b\ufeff", "\x00\x07", "\u00a0"])
def test_message_without_a_visible_character_is_refused(blank: str) -> None:
    with pytest.raises(Problem, match="blank") as caught:
        messages.clean(blank, max_characters=10)
    assert caught.value.kind.slug == "message-blank"


def test_length_counts_after_trimming() -> None:
    assert messages.clean("  " + "a" * 10 + "  ", max_characters=10) == "a" * 10
    with pytest.raises(Problem, match="11 characters; at most 10") as caught:
        messages.clean("a" * 11, max_characters=10)
    assert caught.value.extra == {"length": 11, "max_length": 10}


def test_control_and_direction_characters_go_and_line_breaks_stay() -> None:
    assert (
        messages.clean("tỷ\x00 lệ\u202e\r\nkhai\tsinh\x1b[31m", max_characters=99) == "tỷ lệ\nkhai sinh[31m"
    )


def test_decomposed_letters_are_composed() -> None:
    assert messages.clean("ty\u0309 le\u0323\u0302", max_characters=99) == "tỷ lệ"


@given(st.text(min_size=1))
def test_cleaned_message_is_trimmed_and_free_of_controls(text: str) -> None:
    try:
        cleaned = messages.clean(text, max_characters=10_000)
    except Problem:
        return
    assert cleaned == cleaned.strip() != ""
    assert all(c == "\n" or c.isprintable() or not c.isascii() for c in cleaned)
    cleaned.encode()  # no lone surrogates


def test_conversation_id_is_made_where_none_is_given() -> None:
    made = messages.conversation_id(None)
    assert messages.conversation_id(made) == made
    assert messages.conversation_id(None) != made


@pytest.mark.parametrize("bad", ["a b", "../x", "ă", "a" * 65, "x\n", "<b>"])
def test_conversation_id_outside_the_safe_pattern_is_refused(bad: str) -> None:
    with pytest.raises(Problem, match="1 to 64") as caught:
        messages.conversation_id(bad)
    assert bad not in caught.value.detail


@pytest.mark.parametrize(
    ("text", "words"), [("👍🏽", False), ("?!…", False), ("❤️ ❤️", False), ("ok", True), ("331?", True)]
)
def test_emoji_alone_are_no_words(text: str, words: bool) -> None:
    assert messages.has_words(text) is words


@pytest.mark.parametrize(
    "text",
    [
        "thế còn khai tử?",
        "the con khai tu",
        "còn tháng 4?",
        "vậy còn xã",
        "không, ý tôi là khai tử",
        "Còn huyện A?",
    ],
)
def test_turn_that_leans_on_the_one_before_is_noticed(text: str) -> None:
    assert messages.looks_like_followup(text)


@pytest.mark.parametrize(
    "text",
    [
        "tỷ lệ khai sinh tháng 3?",
        "công an xã có bao nhiêu tổ?",
        "thế mạnh của huyện là gì",
        "con dau co bao nhieu ho so",
    ],
)
def test_whole_question_is_no_followup(text: str) -> None:
    assert not messages.looks_like_followup(text)
