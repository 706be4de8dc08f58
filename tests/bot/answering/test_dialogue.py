from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.assistant import Assistant
from bot.answering.dialogue import Dialogue
from bot.answering.records import Answer
from index.thesaurus import load

Converse = Callable[..., list[Answer]]
FIRST = "Tỷ lệ đăng ký khai sinh của Hà Nam tháng 4/2024?"


def test_kind_place_and_period_carry_over(converse: Converse) -> None:
    *_, answer = converse(FIRST, "còn khai tử?")
    assert answer.status == "answered"
    assert "80%" in answer.text
    assert "70%" not in answer.text


@pytest.mark.parametrize(
    "turn", ["thế còn khai tử?", "con khai tu", "khai tử thì sao", "vậy khai tử?", "khai tử?"]
)
def test_a_follow_up_may_be_worded_in_many_ways(converse: Converse, turn: str) -> None:
    *_, answer = converse(FIRST, turn)
    assert "80%" in answer.text


def test_the_period_is_overridden(converse: Converse) -> None:
    *_, answer = converse(FIRST, "tháng 5?")
    assert "95%" in answer.text


def test_the_place_is_overridden(converse: Converse) -> None:
    *_, answer = converse(FIRST, "còn Ninh Thuận?")
    assert "75%" in answer.text
    assert {c.report_number for c in answer.citations} == {"8/BC-UBND"}


def test_the_kind_is_overridden(converse: Converse) -> None:
    *_, answer = converse(FIRST, "bao nhiêu hồ sơ?")
    assert "90/100" in answer.text


def test_a_correction_replaces_the_subject(converse: Converse) -> None:
    *_, answer = converse(FIRST, "không, ý tôi là khai tử")
    assert "80%" in answer.text
    assert "90%" not in answer.text


def test_a_whole_question_switches_the_topic(converse: Converse) -> None:
    *_, answer = converse(FIRST, "Tỉnh Hà Nam bố trí bao nhiêu kinh phí tháng 4/2024?")
    assert "900 triệu đồng" in answer.text
    assert "90%" not in answer.text


def test_the_topic_can_be_switched_back(converse: Converse) -> None:
    *_, answer = converse(
        FIRST, "Tỉnh Hà Nam bố trí bao nhiêu kinh phí tháng 4/2024?", "quay lại khai sinh, tỷ lệ bao nhiêu?"
    )
    assert "90%" in answer.text


def test_a_period_that_is_not_there_is_refused_in_a_follow_up_too(converse: Converse) -> None:
    _, refused, again = converse(FIRST, "tháng 9?", "tháng 5?")
    assert refused.status == "not_found"
    assert "tháng 9" in refused.text
    assert "90%" not in refused.text
    assert "95%" in again.text


def test_small_talk_leaves_the_state_as_it_was(converse: Converse) -> None:
    first, thanks = converse(FIRST, "cảm ơn bạn")
    assert thanks.status == "smalltalk"
    assert thanks.state == first.state


def test_a_first_turn_that_leans_on_nothing_is_asked_back(converse: Converse) -> None:
    (answer,) = converse("bao nhiêu?")
    assert answer.status == "clarify"


def test_the_state_survives_json(small: Assistant) -> None:
    state = small.answer(FIRST).state
    again = json.loads(json.dumps(state))
    assert small.answer("còn khai tử?", state=again).text == small.answer("còn khai tử?", state=state).text


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=20), st.lists, max_leaves=5)


@given(st.dictionaries(st.sampled_from(["subject", "kind", "period", "place", "focus", "other"]), JSON))
def test_a_malformed_state_is_an_empty_one(state: dict[str, object]) -> None:
    dialogue = Dialogue.of(state, load())
    assert isinstance(dialogue.subject, str)
    assert isinstance(dialogue.focus.facts, tuple)


def test_a_state_of_another_shape_does_not_stop_the_answer(small: Assistant) -> None:
    broken = {
        "subject": 7,
        "kind": ["x"],
        "period": "tháng 99",
        "place": {"a": 1},
        "focus": '["gone", 999, [5], 3, "X"]',
    }
    answer = small.answer("còn khai tử?", state=broken)
    assert answer.text
