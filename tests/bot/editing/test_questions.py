from __future__ import annotations

import pytest

from bot.editing.errors import QuestionsUnreadable
from bot.editing.questions import from_conversations, from_file

GOLD = """
- id: a
  type: lookup
  turns: ['tỷ lệ khai sinh?', 'thế còn khai tử?']
  expect: ["90%"]
- tỷ lệ khai tử?
"""


def test_gold_questions_keep_their_turns_and_what_is_right() -> None:
    first, second = from_file(GOLD.encode(), name="q.yml")
    assert first.turns == ("tỷ lệ khai sinh?", "thế còn khai tử?")
    assert first.gold["expect"] == ["90%"]
    assert (second.turns, second.gold) == (("tỷ lệ khai tử?",), {})


def test_lines_are_questions_and_personal_numbers_are_masked() -> None:
    asked = from_file("\ufeff# ghi chú\n\nCCCD 089204001234?\r\ntỷ lệ?\n".encode(), name="q.txt")
    assert [one.turns for one in asked] == [("CCCD [số cá nhân]?",), ("tỷ lệ?",)]


def test_what_people_asked_is_asked_once() -> None:
    asked = from_conversations([["a?"], ["a?", "b?"], [], ["a?"]])
    assert [one.turns for one in asked] == [("a?",), ("a?", "b?")]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("q.txt", b"\xff\xfe\x00", "UTF-8"),
        ("q.txt", b"\n# only a note\n", "no question"),
        ("q.txt", b"a?\n" * 1001, "at most 1000"),
        ("q.yml", b"a: [", "not valid YAML"),
        ("q.yml", b"a: b", "expected a list"),
        ("q.yml", b"- turns: []", "item 1"),
        ("q.yml", b"- turns: 5", "item 1"),
        ("q.yml", b"- {turns: [a], expect: 5}", "item 1"),
        ("q.yml", b"- {turns: [a], cite: [5]}", "item 1"),
        ("q.yml", b"- !!python/object/apply:os.system [ls]", "not valid YAML"),
    ],
)
def test_a_file_that_is_no_question_set_is_told_so(name: str, content: bytes, why: str) -> None:
    with pytest.raises(QuestionsUnreadable, match=why):
        from_file(content, name=name)
