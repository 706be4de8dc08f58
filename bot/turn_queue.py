"""One turn at a time for each conversation, in the order in which the messages came."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.problems import Problem


class TurnQueue:
    """Rasa locks a conversation and polls that lock once a second; queuing here costs nothing."""

    def __init__(self, *, max_waiting: int) -> None:
        self._max_waiting = max_waiting
        self._locks: dict[str, asyncio.Lock] = {}
        self._present: dict[str, int] = {}

    @asynccontextmanager
    async def turn(self, conversation_id: str) -> AsyncIterator[None]:
        """Hold the conversation's turn; nothing is kept of conversations that nobody waits for.

        Raises:
            Problem: more messages of this conversation wait already than the limit allows.
        """
        present = self._present.get(conversation_id, 0)
        if present > self._max_waiting:
            raise Problem(
                "too-many-messages",
                f"Đã có {self._max_waiting} tin nhắn của hội thoại này đang chờ. "
                "Hãy đợi câu trả lời rồi gửi tiếp. "
                f"({self._max_waiting} messages of this conversation are waiting. Wait for an answer first.)",
            )
        self._present[conversation_id] = present + 1
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        try:
            async with lock:
                yield
        finally:
            self._present[conversation_id] -= 1
            if not self._present[conversation_id]:
                del self._present[conversation_id], self._locks[conversation_id]

    def __len__(self) -> int:
        """How many conversations have a message in work or waiting."""
        return len(self._locks)
