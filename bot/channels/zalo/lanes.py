"""One lane a person: events are answered and messages sent one after the other, in the order written.

Lanes of different persons run side by side. What a lane does next is read from the journal each time, so a
lane that starts after a crash goes on where the last one stopped.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from sqlite3 import Connection

from bot.channels.zalo import inbox, outbox
from bot.channels.zalo.answers import Answerer
from bot.channels.zalo.delivery import Delivery, now_ms
from bot.channels.zalo.errors import ZaloError
from bot.channels.zalo.inbox import Waiting
from bot.channels.zalo.journal import Journal
from bot.channels.zalo.metrics import ZaloMetrics
from bot.channels.zalo.outbox import Outgoing

log = logging.getLogger(__name__)

_WITHOUT_TOKEN_SECONDS, _AFTER_FAULT_SECONDS = 3.0, 1.0
_GRACE_SECONDS, _ALARM_SECONDS = 15.0, 60.0


class Lanes:
    """The lanes that have work. `wake` one when something was stored for its person."""

    def __init__(
        self,
        *,
        journal: Journal,
        answerer: Answerer,
        delivery: Delivery,
        metrics: ZaloMetrics,
        settle_seconds: float,
        at_once: int,
    ) -> None:
        self._journal, self._answerer, self._delivery = journal, answerer, delivery
        self._metrics, self._settle_ms = metrics, settle_seconds * 1000
        self._answering = asyncio.Semaphore(at_once)
        self._running: dict[str, asyncio.Task[None]] = {}
        self._woken: set[str] = set()
        self._stop = asyncio.Event()
        self._silent_until = 0.0

    def wake(self, user_id: str) -> None:
        """See to it that the person's lane looks for work after this moment."""
        if self._stop.is_set():
            return
        self._woken.add(user_id)
        if user_id not in self._running:
            self._running[user_id] = asyncio.create_task(self._run(user_id))

    async def close(self) -> None:
        """Let what is under way end; the rest stays in the journal for the next start."""
        self._stop.set()
        tasks = list(self._running.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=_GRACE_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _run(self, user_id: str) -> None:
        try:
            while user_id in self._woken and not self._stop.is_set():
                self._woken.discard(user_id)
                while await self._step(user_id) and not self._stop.is_set():
                    pass
        finally:
            del self._running[user_id]
            self._woken.discard(user_id)

    async def _step(self, user_id: str) -> bool:
        """Whether there may be more to do."""
        try:
            step = await self._journal.write(_next(user_id))
            if isinstance(step, Outgoing):
                await self._send(step)
            elif step is not None:
                await self._answer(step)
        except ZaloError as error:
            self._alarm(error)
            await self._pause(_WITHOUT_TOKEN_SECONDS)
            return True
        except Exception:
            # the event or message is still in the journal; its text is in no message of ours
            log.exception("a step of the Zalo channel failed; it is tried again")
            await self._pause(_AFTER_FAULT_SECONDS)
            return True
        return step is not None

    async def _send(self, message: Outgoing) -> None:
        if (wait_ms := message.not_before_ms - now_ms()) > 0:
            await self._pause(wait_ms / 1000)
            return  # and look again: meanwhile the person may have withdrawn
        await self._delivery.deliver(message)
        self._metrics.login_needed.set(0)

    async def _answer(self, waiting: Waiting) -> None:
        event = waiting.event
        # by the time of the look and not by now: what has come since then is not in what was seen
        if (wait_ms := waiting.received_ms + self._settle_ms - waiting.seen_ms) > 0:
            await self._pause(wait_ms / 1000)
            return  # and look again: an earlier message may have come
        if event.kind == "withdraw":
            await self._withdraw(waiting)
            return
        if event.kind == "welcome" and not await self._journal.write(
            lambda c: inbox.welcome_due(c, event.user_id, now_ms=now_ms())
        ):
            await self._journal.write(lambda c: inbox.finish(c, event.key))
            return
        await self._journal.write(lambda c: inbox.begin(c, event.key))
        async with self._answering:
            messages = await self._answerer.messages(waiting)

        def planned(connection: Connection) -> None:
            at = now_ms()
            outbox.plan(connection, event.key, event.user_id, messages, now_ms=at)
            inbox.finish(connection, event.key)
            if event.kind == "welcome":
                inbox.welcomed(connection, event.user_id, now_ms=at)

        await self._journal.write(planned)

    async def _withdraw(self, waiting: Waiting) -> None:
        event = waiting.event
        await self._answerer.forget(event.user_id)
        await self._journal.write(lambda c: inbox.withdraw(c, event.user_id, until_ms=event.at_ms))
        log.info("a person withdrew: what was stored of the conversation is deleted")

    def _alarm(self, error: ZaloError) -> None:
        """Say once a minute that nothing can be sent, however many lanes find out."""
        self._metrics.login_needed.set(1)
        if time.monotonic() >= self._silent_until:
            self._silent_until = time.monotonic() + _ALARM_SECONDS
            log.error("nothing can be sent to Zalo: %s", error)

    async def _pause(self, seconds: float) -> None:
        """Wait, or less where the channel is being closed."""
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            return


def _next(user_id: str) -> Callable[[Connection], Outgoing | Waiting | None]:
    """What to do next for a person: a withdrawal, else what is planned, else what waits for an answer."""

    def look(connection: Connection) -> Outgoing | Waiting | None:
        waiting = inbox.head(connection, user_id, now_ms=now_ms())
        if waiting is not None and waiting.event.kind == "withdraw":
            return waiting
        return outbox.head(connection, user_id) or waiting

    return look
