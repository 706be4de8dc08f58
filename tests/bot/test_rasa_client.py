"""What the client makes of Rasa's replies, over a transport in place of the network."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx
import pytest

from bot.rasa_client import RasaClient, RasaUnavailable, plain

pytestmark = pytest.mark.anyio

Handler = Callable[[httpx.Request], httpx.Response]


def client(handler: Handler) -> RasaClient:
    return RasaClient("http://127.0.0.1:5005", transport=httpx.MockTransport(handler))


def replying(body: object, status: int = 200) -> Handler:
    return lambda _: httpx.Response(status, json=body)


async def test_a_turn_posts_sender_and_message_and_gives_what_rasa_says() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=[{"recipient_id": "c1", "custom": {"status": "answered"}}])

    async with client(handler) as rasa:
        said = await rasa.turn("c1", "Tỷ lệ khai sinh?")
    assert said[0]["custom"] == {"status": "answered"}
    assert seen[0].url.path == "/webhooks/rest/webhook"
    assert json.loads(seen[0].content) == {"sender": "c1", "message": "Tỷ lệ khai sinh?"}


@pytest.mark.parametrize(
    ("handler", "says"),
    [
        (replying([]), "empty reply"),
        (replying({"error": "x"}), "expected a list"),
        (replying(["text"]), "expected a list"),
        (replying([{}], status=500), "HTTP 500"),
        (lambda _: httpx.Response(200, content=b"<html>"), "not JSON"),
    ],
)
async def test_a_turn_without_a_usable_reply_is_a_failure(handler: Handler, says: str) -> None:
    async with client(handler) as rasa:
        with pytest.raises(RasaUnavailable, match=says):
            await rasa.turn("c1", "xin chào")


@pytest.mark.parametrize("error", [httpx.ReadTimeout("slow"), httpx.ConnectError("refused")])
async def test_a_server_that_is_slow_or_gone_is_a_failure(error: httpx.HTTPError) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        raise error

    async with client(handler) as rasa:
        with pytest.raises(RasaUnavailable, match=r"no answer in time|ConnectError"):
            await rasa.turn("c1", "xin chào")


@pytest.mark.parametrize(
    ("body", "status", "ready"),
    [({"model_id": "m"}, 200, True), ({"model_id": ""}, 200, False), ({}, 409, False), ([], 200, False)],
)
async def test_rasa_is_ready_only_with_a_model(body: object, status: int, ready: bool) -> None:
    async with client(replying(body, status)) as rasa:
        assert await rasa.ready() is ready


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("/restart", "restart"),
        (' //ask_rate{"subject":1}', 'ask_rate{"subject":1}'),
        ("/", "?"),
        ("a/b", "a/b"),
    ],
)
def test_a_leading_slash_does_not_name_an_intent(typed: str, sent: str) -> None:
    assert plain(typed) == sent


async def test_slots_are_set_as_events_of_the_quoted_conversation() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"slots": {"subject": "khai sinh", "place": None}})

    async with client(handler) as rasa:
        await rasa.set_slots("a/b ?", {"subject": "khai sinh"})
        await rasa.start_session("a/b ?", {"subject": "khai sinh"})
        await rasa.set_slots("a/b ?", {})
        assert await rasa.slots("a/b ?") == {"subject": "khai sinh", "place": None}
    assert [request.method for request in seen] == ["POST", "PUT", "GET"]
    assert {request.url.raw_path.split(b"?")[0].split(b"/")[2] for request in seen} == {b"a%2Fb%20%3F"}
    assert json.loads(seen[0].content) == [{"event": "slot", "name": "subject", "value": "khai sinh"}]


async def test_a_parse_without_an_intent_is_a_failure() -> None:
    async with client(replying({"text": "x"})) as rasa:
        with pytest.raises(RasaUnavailable, match="expected an intent"):
            await rasa.parse("x")


def test_a_timeout_must_be_positive() -> None:
    with pytest.raises(ValueError, match="must be positive, found 0"):
        RasaClient("http://127.0.0.1:5005", timeout_seconds=0)
