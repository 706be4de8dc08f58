"""How fast calls may follow each other: a token bucket for the limit, and a pause when Zalo asks for one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

_BURST_SECONDS = 3.0
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 1.0, 60.0


class Pace:
    """Shared by everything that calls Zalo: the limit is the app's, not a person's."""

    def __init__(self, *, per_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._now = per_minute / 60, now
        self._most = max(1.0, self._rate * _BURST_SECONDS)
        self._tokens, self._filled = self._most, now()
        self._paused_until = self._pause = 0.0

    async def turn(self) -> None:
        """Come back when a call may be made."""
        while (wait := self._wait()) > 0:
            await asyncio.sleep(wait)

    def _wait(self) -> float:
        """Seconds to wait; 0 where the call may be made, and is counted."""
        now = self._now()
        if now < self._paused_until:
            return self._paused_until - now
        self._tokens = min(self._most, self._tokens + (now - self._filled) * self._rate)
        self._filled = now
        if self._tokens < 1:
            return (1 - self._tokens) / self._rate
        self._tokens -= 1
        return 0.0

    def pause(self) -> float:
        """Stop all calls for a while, twice as long as the last time, and return how long in seconds."""
        now = self._now()
        if now < self._paused_until:
            return self._paused_until - now  # calls that were under way already say the same
        self._pause = min(_LONGEST_PAUSE_SECONDS, self._pause * 2 or _FIRST_PAUSE_SECONDS)
        self._paused_until, self._tokens = now + self._pause, 0.0
        self._filled = self._paused_until
        return self._pause

    def went_well(self) -> None:
        """A call was taken: the next pause is a short one again."""
        if self._now() >= self._paused_until:
            self._pause = 0.0
