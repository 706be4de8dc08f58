from __future__ import annotations

from typing import Any

import pytest

from bot.rasa_tracker import SLOTS, question_of, slot_events, state_of, understanding_of
from bot.understanding.rasa import Entity

TRACKER: dict[str, Any] = {
    "sender_id": "c1",
    "slots": {"subject": "khai sinh", "kind": "ask_rate", "period": None, "other": 1},
    "latest_message": {
        "text": "thế còn khai tử?",
        "intent": {"name": "followup", "confidence": 0.93},
        "entities": [{"entity": "subject", "value": "khai tử", "start": 8, "end": 15, "extractor": "CRF"}],
    },
}


def test_tracker_tells_question_understanding_and_state() -> None:
    understanding = understanding_of(TRACKER)
    assert question_of(TRACKER) == "thế còn khai tử?"
    assert understanding is not None
    assert (understanding.intent, understanding.confidence) == ("followup", 0.93)
    assert understanding.entities == (Entity("subject", "khai tử", 8, 15),)
    assert state_of(TRACKER) == {"subject": "khai sinh", "kind": "ask_rate"}


@pytest.mark.parametrize(
    "tracker",
    [
        {},
        {"latest_message": None, "slots": None},
        {"latest_message": {"intent": {"name": None}, "entities": None}},
    ],
)
def test_tracker_without_a_message_has_no_understanding(tracker: dict[str, Any]) -> None:
    assert (question_of(tracker), understanding_of(tracker), state_of(tracker)) == ("", None, {})


def test_entity_without_offsets_is_left_out() -> None:
    latest = {"intent": {"name": "ask_rate"}, "entities": [{"entity": "subject", "value": "x"}, "junk"]}
    understanding = understanding_of({"latest_message": latest})
    assert understanding is not None
    assert understanding.entities == ()


def test_every_slot_is_set_anew_so_that_nothing_stale_remains() -> None:
    events = slot_events({"subject": "khai tử", "unknown": 1})
    assert [event["name"] for event in events] == list(SLOTS)
    assert {event["name"]: event["value"] for event in events if event["value"] is not None} == {
        "subject": "khai tử"
    }
