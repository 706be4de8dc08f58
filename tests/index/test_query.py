"""What a question is taken for."""

from __future__ import annotations

import pytest

from index.query import ASKING_WEIGHT, MOST_SYLLABLES, analyse
from index.thesaurus import load


@pytest.mark.parametrize(
    ("question", "content"),
    [
        ("Có bao nhiêu tổ công tác?", ["có", "tổ", "công", "tác"]),
        ("bao nhieu to cong tac", ["to", "cong", "tac"]),
        ("cho hỏi vốn vay thế nào ạ", ["vốn", "vay"]),
        ("von vay the nao", ["von", "vay"]),
    ],
)
def test_asking_words_hardly_weigh(question: str, content: list[str]) -> None:
    query = analyse(question, load())
    assert [word for word, weight in zip(query.spelt, query.weights, strict=True) if weight == 1.0] == content
    assert set(query.weights) == {1.0, ASKING_WEIGHT}


@pytest.mark.parametrize(
    ("question", "typed"),
    [("tỷ lệ hồ sơ", True), ("ty le ho so", False), ("VNeID", True), ("tỷ le ho so", True)],
)
def test_typing_without_diacritics_is_noticed(question: str, typed: bool) -> None:
    assert analyse(question, load()).has_diacritics is typed


def test_a_pasted_page_is_cut() -> None:
    assert len(analyse("hồ sơ " * 5_000, load()).folded) == MOST_SYLLABLES


def test_restored_diacritics_say_how_words_are_spelt_and_nothing_else() -> None:
    bare = analyse("ty le cap the", load())
    query = analyse("ty le cap the", load(), restored="tỷ lệ cấp thế")
    assert query.spelt == ("tỷ", "lệ", "cấp", "thế")
    assert query.has_diacritics
    assert (query.folded, query.concepts, query.weights) == (bare.folded, bare.concepts, bare.weights)


def test_what_is_no_restoration_of_the_question_is_left_out() -> None:
    assert analyse("ty le cap the", load(), restored="tỷ lệ") == analyse("ty le cap the", load())
