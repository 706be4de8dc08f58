"""How near words are in meaning."""

from __future__ import annotations

from index.nearness import nearest


def test_a_word_is_nearest_to_itself_and_nearer_to_its_like() -> None:
    assert nearest("hoc sinh", ["hoc sinh", "cau duong"]) > 0.99
    assert nearest("giao vien", ["hoc sinh"]) > nearest("giao vien", ["cau duong"])


def test_no_words_are_not_near() -> None:
    assert nearest("hoc sinh", []) == 0.0
