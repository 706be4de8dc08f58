"""Sending one message of the outbox: once, or it is listed. What to do after each outcome stands here."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable

from bot.channels.zalo import outbox
from bot.channels.zalo.api import Outcome, ZaloApi
from bot.channels.zalo.api_errors import Treatment
from bot.channels.zalo.errors import ZaloError
from bot.channels.zalo.journal import Journal
from bot.channels.zalo.metrics import ZaloMetrics
from bot.channels.zalo.outbox import Outgoing
from bot.channels.zalo.pace import Pace
from bot.channels.zalo.replies import Message, of_picture
from bot.channels.zalo.tokens import TokenKeeper
from bot.problems import Problem

log = logging.getLogger(__name__)

Draw = Callable[[str], Awaitable[bytes]]
_FIRST_BACK_OFF_SECONDS, _LONGEST_BACK_OFF_SECONDS = 0.5, 120.0
# The message is no longer to be sent, and there is nothing to write down about it.
_GONE = Outcome(Treatment.FAULT, error="the message is gone")
_FINAL = (Treatment.PERSON, Treatment.FAULT, Treatment.OPERATOR)


class Delivery:
    """Sends messages. Callers keep the order: one message of a person at a time."""

    def __init__(
        self,
        *,
        journal: Journal,
        api: ZaloApi,
        tokens: TokenKeeper,
        pace: Pace,
        metrics: ZaloMetrics,
        draw: Draw,
        retry_seconds: float,
        at_once: int,
    ) -> None:
        self._journal, self._api, self._tokens, self._pace = journal, api, tokens, pace
        self._metrics, self._draw, self._retry_ms = metrics, draw, retry_seconds * 1000
        self._room = asyncio.Semaphore(at_once)

    async def deliver(self, message: Outgoing) -> None:
        """Try to send the message; whatever becomes of it is in the outbox afterwards.

        Raises:
            ZaloError: there is no token that works; the message waits as it was.
        """
        async with self._room:
            body: Message = message.body
            if "chart" in body:
                uploaded = await self._uploaded(str(body["chart"]))
                if uploaded.treatment is not Treatment.SENT:
                    await self._settle(message, uploaded)
                    return
                body = of_picture(uploaded.zalo_id)
            await self._send(message, body)

    async def _uploaded(self, answer_id: str) -> Outcome:
        try:
            png = await self._draw(answer_id)
        except Problem:
            return Outcome(Treatment.FAULT, error="the chart's answer is no longer stored")
        return await self._with_token("upload", lambda token: self._api.upload(token, png))

    async def _send(self, message: Outgoing, body: Message) -> None:
        marked = False

        async def call(token: str) -> Outcome:
            nonlocal marked
            if not marked:
                marked = await self._journal.write(lambda c: outbox.sending(c, message.id, now_ms=now_ms()))
            return await self._api.send(token, message.user_id, body) if marked else _GONE

        try:
            outcome = await self._with_token("send", call)
        except ZaloError:
            if marked:  # Zalo refused the token, so it has not taken the message
                await self._later(message, Outcome(Treatment.RENEW, error="waits for a token"), 0)
            raise
        if outcome is not _GONE:
            await self._settle(message, outcome)

    async def _with_token(self, name: str, call: Callable[[str], Awaitable[Outcome]]) -> Outcome:
        """The outcome of a call, made once more with another token where Zalo refuses the first."""
        token = await self._tokens.current()
        outcome = await self._paced(name, call, token)
        if outcome.treatment is Treatment.RENEW:
            token = await self._tokens.renew(refused=token)
            outcome = await self._paced(name, call, token)
        return outcome

    async def _paced(self, name: str, call: Callable[[str], Awaitable[Outcome]], token: str) -> Outcome:
        await self._pace.turn()
        outcome = await call(token)
        code = "" if outcome.code is None else str(outcome.code)
        self._metrics.calls.labels(name, outcome.treatment.name.lower(), code).inc()
        if outcome.treatment is Treatment.PAUSE:
            log.warning("Zalo's rate limit is reached; sending pauses for %.0f s", self._pace.pause())
        elif outcome.treatment is Treatment.SENT:
            self._pace.went_well()
        return outcome

    async def _settle(self, message: Outgoing, outcome: Outcome) -> None:
        """Write down what became of the message."""
        at = now_ms()
        if outcome.treatment is Treatment.SENT:
            await self._journal.write(lambda c: outbox.sent(c, message.id, outcome.zalo_id, now_ms=at))
            self._metrics.reply_seconds.observe((at - message.asked_ms) / 1000)
        elif outcome.treatment is Treatment.UNCERTAIN:
            error = f"{outcome.error}: it may have been sent"
            if await self._journal.write(lambda c: outbox.doubt(c, message.id, now_ms=at, error=error)):
                self._lost(message, outcome)
        elif outcome.treatment in _FINAL:
            await self._give_up(message, outcome)
        else:
            first = message.first_tried_ms or at
            if at - first >= self._retry_ms:
                await self._give_up(message, outcome)
            else:
                await self._later(message, outcome, _back_off_ms(message.attempts))

    async def _later(self, message: Outgoing, outcome: Outcome, wait_ms: int) -> None:
        at = now_ms()
        await self._journal.write(
            lambda c: outbox.later(
                c,
                message.id,
                not_before_ms=at + wait_ms,
                now_ms=at,
                code=outcome.code,
                error=outcome.error,
            )
        )

    async def _give_up(self, message: Outgoing, outcome: Outcome) -> None:
        await self._journal.write(
            lambda c: outbox.give_up(c, message.id, now_ms=now_ms(), code=outcome.code, error=outcome.error)
        )
        self._lost(message, outcome)

    def _lost(self, message: Outgoing, outcome: Outcome) -> None:
        self._metrics.undelivered.labels(outcome.treatment.name.lower()).inc()
        level = logging.INFO if outcome.treatment is Treatment.PERSON else logging.ERROR
        log.log(
            level,
            "message %d was not delivered: %s (%s); see `hoidap zalo dead`",
            message.id,
            outcome.error,
            outcome.treatment,
        )


def now_ms() -> int:
    """The time in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def _back_off_ms(attempts: int) -> int:
    """How long to wait after so many attempts: doubled each time, spread so that they come back apart."""
    seconds = min(_LONGEST_BACK_OFF_SECONDS, _FIRST_BACK_OFF_SECONDS * 2 ** min(attempts, 20))
    return int(seconds * random.uniform(500, 1000))  # noqa: S311 - no secret
