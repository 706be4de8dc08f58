"""Talks to Rasa over loopback: a person's message to its REST channel, slots to its tracker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import httpx

from bot.errors import BotError


class RasaUnavailable(BotError):
    """Rasa is down, slow, not ready, or its action failed; the caller answers without it."""


class RasaClient:
    """One connection pool to one Rasa server. Open it with `async with`, or call `close`."""

    def __init__(
        self, url: str, *, timeout_seconds: float = 3.0, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        """`transport` replaces the network in tests."""
        if timeout_seconds <= 0:
            raise ValueError(f"timeout_seconds must be positive, found {timeout_seconds}")
        self._http = httpx.AsyncClient(
            base_url=url.rstrip("/"),
            timeout=httpx.Timeout(timeout_seconds, connect=min(1.0, timeout_seconds)),
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=16),
            transport=transport,
            trust_env=False,  # a proxy must not get to see what stays on this machine
        )

    async def __aenter__(self) -> RasaClient:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Closes the connections."""
        await self._http.aclose()

    async def turn(self, conversation_id: str, text: str) -> Sequence[Mapping[str, Any]]:
        """What Rasa says to a message: one or more of ``{"recipient_id", "text"?, "custom"?}``.

        Two messages of one conversation must not be under way at once: the second would wait for a lock that
        Rasa looks at once a second.

        Raises:
            RasaUnavailable: no connection, no answer in time, not HTTP 200, or nothing said: when the action
                server fails, the REST channel answers ``[]`` with HTTP 200.
        """
        body = {"sender": conversation_id, "message": plain(text)}
        said = await self._call("POST", "/webhooks/rest/webhook", body)
        if not isinstance(said, list) or not all(isinstance(message, dict) for message in said):
            raise RasaUnavailable(f"expected a list of messages, found {type(said).__name__}")
        if not said:
            raise RasaUnavailable("an empty reply: the action failed (see Rasa's log)")
        return said

    async def parse(self, text: str) -> Mapping[str, Any]:
        """Rasa's reading of a text outside any conversation: ``{"intent", "entities", "intent_ranking", …}``.

        Raises:
            RasaUnavailable: as for `turn`.
        """
        parsed = await self._call("POST", "/model/parse", {"text": plain(text)})
        if not isinstance(parsed, dict) or "intent" not in parsed:
            raise RasaUnavailable("expected an intent in the reply to /model/parse")
        return parsed

    async def set_slots(self, conversation_id: str, slots: Mapping[str, object]) -> None:
        """Sets slots of a conversation, for example those of one that Rasa lost when it was started anew.

        Raises:
            RasaUnavailable: as for `turn`.
        """
        events = [{"event": "slot", "name": name, "value": value} for name, value in slots.items()]
        if events:
            await self._call("POST", f"{_conversation(conversation_id)}/tracker/events", events)

    async def slots(self, conversation_id: str) -> Mapping[str, Any]:
        """The slots of a conversation, unset ones as None.

        Raises:
            RasaUnavailable: as for `turn`.
        """
        tracker = await self._call(
            "GET", f"{_conversation(conversation_id)}/tracker?include_events=NONE", None
        )
        found = tracker.get("slots") if isinstance(tracker, dict) else None
        if not isinstance(found, dict):
            raise RasaUnavailable("expected slots in the tracker")
        return found

    async def start_session(self, conversation_id: str, slots: Mapping[str, object]) -> None:
        """Begins a conversation anew, with nothing left of it but these slots.

        Raises:
            RasaUnavailable: as for `turn`.
        """
        listen = {"event": "action", "name": "action_listen"}
        events: list[dict[str, object]] = [
            {"event": "action", "name": "action_session_start"},
            {"event": "session_started"},
        ]
        events += [{"event": "slot", "name": name, "value": value} for name, value in slots.items()]
        await self._call("PUT", f"{_conversation(conversation_id)}/tracker/events", [*events, listen])

    async def ready(self) -> bool:
        """Whether Rasa has a model loaded; a server that failed to load one answers /status with 409."""
        try:
            status = await self._call("GET", "/status", None)
        except RasaUnavailable:
            return False
        return isinstance(status, dict) and bool(status.get("model_id"))

    async def _call(self, method: str, path: str, body: object) -> Any:  # noqa: ANN401 - JSON
        try:
            reply = await self._http.request(method, path, json=body)
        except httpx.TimeoutException as error:
            raise RasaUnavailable(f"{path}: no answer in time ({type(error).__name__})") from None
        except httpx.HTTPError as error:
            raise RasaUnavailable(f"{path}: {type(error).__name__} {error}") from None
        if reply.status_code != httpx.codes.OK:
            raise RasaUnavailable(f"{path}: HTTP {reply.status_code}")
        try:
            return reply.json()
        except ValueError:
            raise RasaUnavailable(f"{path}: the reply is not JSON") from None


def plain(text: str) -> str:
    """`text` without the leading slash that would name an intent ("/restart") past the model."""
    return text.strip().lstrip("/").lstrip() or "?"


def _conversation(conversation_id: str) -> str:
    return f"/conversations/{quote(conversation_id, safe='')}"
