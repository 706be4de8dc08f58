"""What the made-up Zalo tells the webhook: truly signed, at least once, in no order, again where refused."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from bot.channels.zalo.account import Account
from bot.channels.zalo.signature import sign
from bot.channels.zalo.simulation.faults import Faults

# 30 s, 5 min, 15 min, 30 min, 1 h after the attempt before.
RETRY_SECONDS = (30.0, 300.0, 900.0, 1800.0, 3600.0)
_TIMEOUT_SECONDS, _AT_ONCE = 2.0, 100
OA_ID = "2000000000000000002"


class Webhooks:
    """Delivers events to one address.

    `latencies` are the seconds that each accepted delivery took; `begun` and `accepted` are, by message, when
    the first accepted delivery began and ended.
    """

    def __init__(
        self,
        account: Account,
        url: str,
        *,
        faults: Faults,
        http: httpx.AsyncClient,
        retry_seconds: Sequence[float] = RETRY_SECONDS,
    ) -> None:
        self._account, self._url, self._faults, self._http = account, url, faults, http
        self._retry_seconds = retry_seconds
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._numbers = itertools.count(time.time_ns() // 1000)
        self._last_ms = 0
        self.latencies: list[float] = []
        self.begun: dict[str, float] = {}
        self.accepted: dict[str, float] = {}

    def text(self, user_id: str, text: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """The event of a person's text, made now."""
        return self.message("user_send_text", user_id, text=text, **more)

    def message(self, name: str, user_id: str, **message: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """An event with a message; each gets an id and a later time than the one before."""
        return {
            **self._envelope(name),
            "sender": {"id": user_id},
            "recipient": {"id": OA_ID},
            "user_id_by_app": f"9{user_id}",
            "message": {"msg_id": f"{next(self._numbers):x}", **message},
        }

    def follow(self, user_id: str) -> dict[str, Any]:
        """The event of a person who follows the account."""
        return {**self._envelope("follow"), "oa_id": OA_ID, "follower": {"id": user_id}}

    def flat(self, name: str, user_id: str) -> dict[str, Any]:
        """An event that names the person and nothing else."""
        return {**self._envelope(name), "oa_id": OA_ID, "user_id": user_id}

    def echo(self, user_id: str, text: str) -> dict[str, Any]:
        """The event of a text that the account itself sent."""
        event = self.message("oa_send_text", OA_ID, text=text)
        return {**event, "recipient": {"id": user_id}}

    async def deliver(self, event: Mapping[str, Any]) -> bool:
        """Whether the event was accepted in the end; delivered as often and as late as the faults say."""
        if (held := self._faults.held_back()) > 0:
            await asyncio.sleep(held)
        raw = json.dumps(event, ensure_ascii=False).encode()
        copies = [self._until_accepted(raw, event) for _ in range(self._faults.copies())]
        return all(await asyncio.gather(*copies))

    async def post(self, raw: bytes, *, timestamp: str, retry: int = 0) -> int:
        """The HTTP status that a signed body meets; 0 where nobody answers in time."""
        headers = {
            "Content-Type": "application/json",
            "X-ZEvent-Signature": f"mac={sign(self._account, raw, timestamp)}",
        }
        if retry:
            headers["num_retry"] = str(retry)
        try:
            response = await self._http.post(
                self._url, content=raw, headers=headers, timeout=_TIMEOUT_SECONDS
            )
        except httpx.HTTPError:
            return 0
        return response.status_code

    async def _until_accepted(self, raw: bytes, event: Mapping[str, Any]) -> bool:
        for retry, pause in enumerate((*self._retry_seconds, None)):
            async with self._room:
                started, begun = time.perf_counter(), time.monotonic()
                status = await self.post(raw, timestamp=event["timestamp"], retry=retry)
            if status == httpx.codes.OK:
                self.latencies.append(time.perf_counter() - started)
                key = event.get("message", {}).get("msg_id", event["event_name"])
                self.begun[key] = min(begun, self.begun.get(key, begun))
                self.accepted.setdefault(key, time.monotonic())
                return True
            if pause is not None:
                await asyncio.sleep(pause)
        return False

    def _envelope(self, name: str) -> dict[str, Any]:
        self._last_ms = max(self._last_ms + 1, time.time_ns() // 1_000_000)
        return {"app_id": self._account.app_id, "event_name": name, "timestamp": str(self._last_ms)}
