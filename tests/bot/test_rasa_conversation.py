"""Conversations with a real Rasa, whose action server is a stand-in that tells what it was sent."""

from __future__ import annotations

import http.server
import json
import socket
import statistics
import threading
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.rasa_client import RasaClient, RasaUnavailable
from bot.rasa_process import RasaProcess
from bot.rasa_training import ensure_model

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[2]


@dataclass
class Actions:
    """An action server: answers with the intent and entities it was sent, and carries the subject over."""

    url: str = ""
    fails: bool = False
    calls: list[dict[str, Any]] = field(default_factory=list)

    def reply(self, call: dict[str, Any]) -> dict[str, Any]:
        self.calls.append(call)
        tracker = call["tracker"]
        latest = tracker["latest_message"]
        entities = {e["entity"]: e["value"] for e in latest["entities"]}
        subject = entities.get("subject") or tracker["slots"]["subject"]
        answer = {"status": "answered", "intent": latest["intent"]["name"], "subject": subject, **entities}
        return {
            "events": [{"event": "slot", "timestamp": None, "name": "subject", "value": subject}],
            "responses": [{"text": "trả lời", "custom": answer | {"subject": subject}}],
        }


@pytest.fixture(scope="module")
def actions() -> Iterator[Actions]:
    served = Actions()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            body = b"" if served.fails else json.dumps(served.reply(call)).encode()
            self.send_response(500 if served.fails else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        served.url = f"http://127.0.0.1:{server.server_port}/rasa/webhook"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield served
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def process(actions: Actions, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RasaProcess]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    model = ensure_model(ROOT / "var" / "rasa" / "models").path
    log = tmp_path_factory.mktemp("rasa") / "rasa.log"
    with RasaProcess(model=model, port=port, action_url=actions.url, log_path=log) as process:
        process.wait_ready(180)
        yield process


def custom(said: Sequence[Mapping[str, Any]]) -> Any:  # noqa: ANN401 - JSON
    """The action's own answer; where a reply has text and custom, the REST channel gives one message each."""
    found = [message["custom"] for message in said if "custom" in message]
    assert len(found) == 1, said
    return found[0]


@pytest.fixture
async def rasa(process: RasaProcess, actions: Actions) -> AsyncIterator[RasaClient]:
    actions.calls.clear()
    async with RasaClient(process.url, timeout_seconds=20) as client:
        yield client


async def test_a_question_reaches_the_action_server_and_its_answer_comes_back(
    rasa: RasaClient, actions: Actions
) -> None:
    said = await rasa.turn("q1", "Tỷ lệ cấp hộ chiếu của Lâm Đồng tháng 3/2024 là bao nhiêu?")
    assert custom(said) == {
        "status": "answered",
        "intent": "ask_rate",
        "subject": "cấp hộ chiếu",
        "place": "Lâm Đồng",
        "period": "tháng 3/2024",
    }
    assert said[0]["text"] == "trả lời"
    assert actions.calls[0]["next_action"] == "action_answer"
    assert "domain" not in actions.calls[0]


async def test_slots_carry_over_to_the_next_turn(rasa: RasaClient) -> None:
    await rasa.turn("q2", "tỷ lệ cấp hộ chiếu tháng 3")
    said = await rasa.turn("q2", "thế tháng 4?")
    assert custom(said)["intent"] == "followup"
    assert custom(said)["subject"] == "cấp hộ chiếu"
    assert custom(said)["period"] == "tháng 4"


@pytest.mark.parametrize("greeting", ["Xin chào", "cảm ơn bạn", "tạm biệt nhé", "bạn là ai"])
async def test_small_talk_does_not_call_the_action_server(
    rasa: RasaClient, actions: Actions, greeting: str
) -> None:
    said = await rasa.turn("talk", greeting)
    assert said[0]["text"]
    assert "custom" not in said[0]
    assert actions.calls == []


async def test_a_greeting_with_a_question_is_a_question(rasa: RasaClient) -> None:
    said = await rasa.turn("q3", "chào bạn, cho hỏi tỷ lệ cấp hộ chiếu tháng 3")
    assert custom(said)["intent"] == "ask_rate"


@pytest.mark.parametrize(
    "text", ["asdkjh qweoiu zxc", "🙂🙂", "/restart", '/ask_rate{"subject": "x"}', "?" * 4000]
)
async def test_whatever_is_typed_is_answered_by_the_action_server_or_small_talk(
    rasa: RasaClient, text: str
) -> None:
    said = await rasa.turn("odd", text)
    assert said[0].get("text") or said[0].get("custom")


async def test_a_failing_action_is_a_failure_of_the_turn_and_the_next_turn_works(
    rasa: RasaClient, actions: Actions
) -> None:
    actions.fails = True
    try:
        with pytest.raises(RasaUnavailable, match="the action failed"):
            await rasa.turn("q4", "tỷ lệ cấp hộ chiếu tháng 3")
    finally:
        actions.fails = False
    said = await rasa.turn("q4", "tỷ lệ cấp hộ chiếu tháng 3")
    assert custom(said)["status"] == "answered"


async def test_lost_slots_can_be_given_back(rasa: RasaClient) -> None:
    await rasa.set_slots("q5", {"subject": "cấp điện mới"})
    said = await rasa.turn("q5", "thế tháng 4?")
    assert custom(said)["subject"] == "cấp điện mới"
    await rasa.start_session("q5", {"subject": "khai tử"})
    said = await rasa.turn("q5", "thế tháng 5?")
    assert custom(said)["subject"] == "khai tử"
    assert (await rasa.slots("q5"))["subject"] == "khai tử"


async def test_a_turn_costs_the_same_at_the_end_of_a_long_conversation(
    rasa: RasaClient, actions: Actions
) -> None:
    await rasa.turn("long", "tỷ lệ cấp hộ chiếu tháng 3")
    seconds = []
    for number in range(60):
        began = time.perf_counter()
        await rasa.turn("long", f"thế tháng {number % 12 + 1}?")
        seconds.append(time.perf_counter() - began)
    assert statistics.median(seconds[-15:]) < 2 * statistics.median(seconds[5:20])
    assert len(actions.calls[-1]["tracker"]["events"]) < 30
    assert actions.calls[-1]["tracker"]["slots"]["subject"] == "cấp hộ chiếu"
