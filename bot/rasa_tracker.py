"""What the action server takes from Rasa's tracker, and gives back to it as slot events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.understanding.rasa import Entity, Understanding

# The slots that carry from one turn to the next; `bot/rasa/domain.yml` declares the same ones.
SLOTS = ("subject", "kind", "period", "place", "focus")


def _latest(tracker: Mapping[str, Any]) -> Mapping[str, Any]:
    latest = tracker.get("latest_message")
    return latest if isinstance(latest, dict) else {}


def question_of(tracker: Mapping[str, Any]) -> str:
    """The text of the person's latest message."""
    return str(_latest(tracker).get("text") or "")


def understanding_of(tracker: Mapping[str, Any]) -> Understanding | None:
    """What Rasa understood of the latest message, or None where its classifier said nothing."""
    latest = _latest(tracker)
    intent = latest.get("intent")
    if not isinstance(intent, dict) or not intent.get("name"):
        return None
    return Understanding(
        intent=str(intent["name"]),
        confidence=float(intent.get("confidence") or 0.0),
        entities=tuple(_entities(latest.get("entities"))),
    )


def _entities(found: object) -> list[Entity]:
    entities = []
    for item in found if isinstance(found, list) else []:
        if isinstance(item, dict) and {"entity", "value", "start", "end"} <= item.keys():
            entities.append(
                Entity(str(item["entity"]), str(item["value"]), int(item["start"]), int(item["end"]))
            )
    return entities


def state_of(tracker: Mapping[str, Any]) -> dict[str, object]:
    """The slots that are set, as the state that the last answer left behind."""
    slots = tracker.get("slots")
    slots = slots if isinstance(slots, dict) else {}
    return {name: slots[name] for name in SLOTS if slots.get(name) is not None}


def slot_events(state: Mapping[str, object]) -> list[dict[str, object]]:
    """The events that make every slot what `state` says; a slot that it does not name is emptied."""
    return [{"event": "slot", "timestamp": None, "name": name, "value": state.get(name)} for name in SLOTS]
