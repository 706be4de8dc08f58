"""What Rasa made of a message: its intent and entities, as the action server receives them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entity:
    """A span that Rasa named, e.g. subject, period, place; offsets into the message that Rasa was given."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Understanding:
    """Rasa's reading of a message; `confidence` is that of the intent, 0 to 1."""

    intent: str
    confidence: float
    entities: tuple[Entity, ...] = ()
