"""What the last answer of each conversation left behind, for when Rasa was started anew or left out.

Rasa keeps the same in its slots; but its tracker lives in its memory, and a turn answered without Rasa is
unknown to it.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping

_KEPT = 10_000
_SECONDS = 3600.0  # as long as a session of Rasa lasts


class DialogueMemory:
    """A bounded memory, the longest unused forgotten first. Safe to use from several threads."""

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now, self._lock = now, threading.Lock()
        self._states: OrderedDict[str, tuple[float, Mapping[str, object]]] = OrderedDict()

    def keep(self, conversation_id: str, state: Mapping[str, object]) -> None:
        """Remember a conversation's state."""
        with self._lock:
            self._states[conversation_id] = (self._now(), dict(state))
            self._states.move_to_end(conversation_id)
            if len(self._states) > _KEPT:
                self._states.popitem(last=False)

    def forget(self, conversation_id: str) -> None:
        """Forget a conversation's state."""
        with self._lock:
            self._states.pop(conversation_id, None)

    def recall(self, conversation_id: str) -> Mapping[str, object] | None:
        """The state that the conversation's last answer left, or None where there was none for an hour."""
        with self._lock:
            kept = self._states.get(conversation_id)
            if kept is None or self._now() - kept[0] > _SECONDS:
                self._states.pop(conversation_id, None)
                return None
            return kept[1]
