"""Chat turns: beside a bare Rasa turn, over a long conversation, and many conversations at once."""

from __future__ import annotations

import asyncio
import socket
import statistics
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
import yaml
from fastapi import FastAPI

from bot.rasa_process import RasaProcess
from bot.rasa_training import ensure_model
from tests.bench.document import ROOT, say, table, write_section
from tests.conversations.service import Service, running
from tests.conversations.stored import stored

_QUESTIONS = ROOT / "tests" / "questions" / "second.yml"
_WARM_UP, _PAIRS = 15, 150
_LONG = 100
_AT_ONCE, _EACH = 16, 12
_PATIENCE_SECONDS = 240.0


def main() -> None:
    """Write the section `turns`."""
    questions = _questions()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "service.log"
        with running(stored("real"), log=log) as service, _bare_rasa(Path(folder)) as bare:
            say("turns: ours and a bare Rasa turn, one after the other")
            ours, bares = _side_by_side(service, bare, questions)
            say(f"turns: one conversation of {_LONG} messages")
            long = _one_conversation(service, questions)
            say(f"turns: {_AT_ONCE} conversations at once")
            seconds, failed = asyncio.run(_at_once(service.url, questions))
            ways = service.turns_by_way()
    write_section("turns", "Chat turns", *_parts(ours, bares, long, seconds, failed, ways))


def _parts(
    ours: Sequence[float],
    bares: Sequence[float],
    long: Sequence[float],
    seconds: float,
    failed: int,
    ways: dict[str, float],
) -> Iterator[str]:
    yield (
        "Milliseconds from request to reply on loopback, both servers warm, taken in turns in one run. A "
        "*bare Rasa turn* is the same Rasa with the same model, asked over its REST channel, whose action "
        "answers a fixed sentence."
    )
    rows = [["hoidap", *_spread(ours)], ["bare Rasa turn", *_spread(bares)]]
    yield table(("turn", "n", "p50", "p95", "max"), rows)
    ratio = statistics.median(ours) / statistics.median(bares)
    yield f"Median to median: {ratio:.2f} times a bare Rasa turn."
    fifth = len(long) // 5
    yield (
        f"A conversation of {len(long)} messages: median of the first {fifth} turns "
        f"{statistics.median(long[:fifth]):.1f} ms, of the last {fifth} "
        f"{statistics.median(long[-fifth:]):.1f} ms."
    )
    total = _AT_ONCE * _EACH
    yield (
        f"{_AT_ONCE} conversations at once, {_EACH} messages each: {total / seconds:.1f} turns a second, "
        f"{failed} failed. Of all turns of this run {ways['rasa']:.0f} went by way of Rasa, "
        f"{ways['direct']:.0f} without it."
    )


def _spread(milliseconds: Sequence[float]) -> list[str]:
    cuts = statistics.quantiles(milliseconds, n=20)
    shown = (statistics.median(milliseconds), cuts[-1], max(milliseconds))
    return [str(len(milliseconds)), *(f"{value:.1f}" for value in shown)]


def _questions() -> list[str]:
    """The first turns of the questions over the real reports."""
    items = yaml.safe_load(_QUESTIONS.read_text("utf-8"))
    return [str(item["turns"][0]) for item in items if item.get("reports") == "real"]


def _side_by_side(
    service: Service, bare: httpx.Client, questions: Sequence[str]
) -> tuple[list[float], list[float]]:
    """The milliseconds of our turns and of bare ones, each question asked of both, in new conversations."""
    ours: list[float] = []
    bares: list[float] = []
    for number in range(_WARM_UP + _PAIRS):
        question, sender = questions[number % len(questions)], str(uuid.uuid4())
        mine, _ = _timed(service.http, "/api/v1/chat", {"message": question, "conversation_id": sender})
        theirs, _ = _timed(bare, "/webhooks/rest/webhook", {"sender": sender, "message": question})
        if number >= _WARM_UP:
            ours.append(mine)
            bares.append(theirs)
    return ours, bares


def _one_conversation(service: Service, questions: Sequence[str]) -> list[float]:
    """The milliseconds of each turn of one long conversation."""
    sender = str(uuid.uuid4())
    asked = [questions[number % len(questions)] for number in range(_LONG)]
    return [_timed(service.http, "/api/v1/chat", {"message": q, "conversation_id": sender})[0] for q in asked]


def _timed(http: httpx.Client, path: str, body: dict[str, Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    reply = http.post(path, json=body)
    took = (time.perf_counter() - started) * 1000
    reply.raise_for_status()
    if not reply.json():
        raise RuntimeError(f"{path}: an empty reply to {body}")
    return took, reply.json()


async def _at_once(url: str, questions: Sequence[str]) -> tuple[float, int]:
    """The seconds that many conversations at once took, and how many of their turns failed."""

    async def converse(http: httpx.AsyncClient, start: int) -> int:
        failed, sender = 0, str(uuid.uuid4())
        for number in range(start, start + _EACH):
            body = {"message": questions[number % len(questions)], "conversation_id": sender}
            reply = await http.post("/api/v1/chat", json=body)
            failed += reply.status_code != httpx.codes.OK
        return failed

    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=60.0) as http:
        started = time.perf_counter()
        failures = await asyncio.gather(*(converse(http, n * _EACH) for n in range(_AT_ONCE)))
        return time.perf_counter() - started, sum(failures)


@contextmanager
def _bare_rasa(folder: Path) -> Iterator[httpx.Client]:
    """A client of a Rasa server with our model whose action does nothing but answer."""
    app = FastAPI(openapi_url=None)

    @app.post("/webhook")
    async def webhook() -> dict[str, Any]:
        return {"events": [], "responses": [{"text": "Có."}]}

    port, action_port = _free_port(), _free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=action_port, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    process = RasaProcess(
        model=ensure_model(ROOT / "var" / "rasa" / "models").path,
        port=port,
        action_url=f"http://127.0.0.1:{action_port}/webhook",
        log_path=folder / "bare-rasa.log",
    )
    try:
        with process, httpx.Client(base_url=process.url, trust_env=False, timeout=30.0) as http:
            process.wait_ready(_PATIENCE_SECONDS)
            yield http
    finally:
        server.should_exit = True
        thread.join()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
