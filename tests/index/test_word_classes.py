"""How much words insist on being said."""

from __future__ import annotations

import pytest

from index.word_classes import UNKNOWN_USE, insistence, use_of


@pytest.mark.parametrize("word", ["của", "khi", "người", "làm", "vào"])
def test_words_that_join_and_common_words_may_be_left_unsaid(word: str) -> None:
    assert insistence(word) < 0.5


@pytest.mark.parametrize("word", ["sinh viên", "hộ chiếu", "smartangiang", "ho chieu"])
def test_names_of_things_and_unknown_words_must_be_said(word: str) -> None:
    assert insistence(word) == 1.0


def test_rare_verb_insists_more_than_a_common_one() -> None:
    assert insistence("kích hoạt") > insistence("đưa")


def test_words_that_tell_a_subject_come_again_and_everyday_ones_do_not() -> None:
    assert use_of("luật sư").repetition > 2 * use_of("vướng").repetition
    assert use_of("hộ chiếu").nouns > 0.9
    assert use_of("không có từ này") == UNKNOWN_USE


def test_a_word_without_marks_in_a_text_with_them_is_spelt_so() -> None:
    assert use_of("nghe", marked=True).nouns < use_of("nghe").nouns
    assert insistence("quy", marked=True) < insistence("quy")
