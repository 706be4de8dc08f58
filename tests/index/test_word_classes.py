"""How much words insist on being said."""

from __future__ import annotations

import pytest

from index.word_classes import insistence


@pytest.mark.parametrize("word", ["của", "khi", "người", "làm", "vào"])
def test_words_that_join_and_common_words_may_be_left_unsaid(word: str) -> None:
    assert insistence(word) < 0.5


@pytest.mark.parametrize("word", ["sinh viên", "hộ chiếu", "smartangiang", "ho chieu"])
def test_names_of_things_and_unknown_words_must_be_said(word: str) -> None:
    assert insistence(word) == 1.0


def test_rare_verb_insists_more_than_a_common_one() -> None:
    assert insistence("kích hoạt") > insistence("đưa")
