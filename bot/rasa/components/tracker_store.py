"""Conversations in memory, bounded in length and in number.

Rasa's own store in memory keeps every event for ever, and reads all of them at every message: a turn costs
130 ms at message 25 and 600 ms at message 105. What the service needs of the past are the slots; so the store
keeps them and the last turns, and forgets the conversations that were silent longest.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker


class RecentTurns(TrackerStore):
    """Keeps each conversation's slots and its last turns, for the conversations that spoke last."""

    def __init__(
        self,
        domain: Domain | None,
        event_broker: EventBroker | None = None,
        turns: int = 2,
        conversations: int = 20_000,
        **kwargs: Any,  # noqa: ANN401 - Rasa hands over whatever endpoints.yml has
    ) -> None:
        """`turns` is how many messages of a person are kept, `conversations` how many conversations."""
        if turns < 1 or conversations < 1:
            raise ValueError(f"turns and conversations must be at least 1, found {turns} and {conversations}")
        kwargs.pop("host", None)
        super().__init__(domain, event_broker, **kwargs)
        self._turns, self._conversations = turns, conversations
        self._events: OrderedDict[str, list[Event]] = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps what is recent of a conversation."""
        await self.stream_events(tracker)
        self._events[tracker.sender_id] = self._recent(tracker)
        self._events.move_to_end(tracker.sender_id)
        while len(self._events) > self._conversations:
            self._events.popitem(last=False)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as far as it was kept, or None."""
        events = self._events.get(sender_id)
        if events is None:
            return None
        return DialogueStateTracker.from_events(
            sender_id,
            events,
            slots=self.domain.slots,
            max_event_history=self.max_event_history,
            domain=self.domain,
        )

    async def delete(self, sender_id: str) -> None:
        """Forgets a conversation."""
        self._events.pop(sender_id, None)

    async def keys(self) -> Iterable[str]:
        """The ids of the conversations that are kept."""
        return list(self._events)

    def _recent(self, tracker: DialogueStateTracker) -> list[Event]:
        events = list(tracker.events)
        asked = [at for at, event in enumerate(events) if isinstance(event, UserUttered)]
        if len(asked) <= self._turns:
            return events
        cut = asked[-self._turns]
        before = DialogueStateTracker.from_events(tracker.sender_id, events[:cut], slots=self.domain.slots)
        slots = [SlotSet(name, slot.value) for name, slot in before.slots.items() if slot.has_been_set]
        return [*slots, ActionExecuted(ACTION_LISTEN_NAME), *events[cut:]]
