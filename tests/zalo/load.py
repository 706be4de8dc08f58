"""Load on the Zalo channel with everything going wrong, and the account of what became of each message."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import httpx

from bot.channels.zalo.simulation.faults import Rates
from bot.channels.zalo.simulation.webhooks import Webhooks
from bot.channels.zalo.token_file import TokenFile, fresh
from tests.zalo.standin import APP_ID, APP_SECRET, OA_KEY, StandIn

ROOT = Path(__file__).parents[2]
SETTLE_SECONDS = 0.3
PERSONAL = ("089204001234", "0912 345 678", "nguyen.van.a@example.vn")


@dataclass(frozen=True)
class Plan:
    """What to send and what shall go wrong. `kill_at` and `expire_at` are counts of messages sent."""

    messages: int
    people: int
    per_second: float
    rates: Rates
    kill_at: int
    expire_at: int
    per_minute: int = 4000
    seed: int = 0


@dataclass
class Outcome:
    """What became of the messages."""

    sent: int
    answered_once: int
    listed: int
    lost: list[str]
    twice: list[str]
    out_of_order: list[str]
    overtaken: int
    latencies: list[float]
    seconds: float
    api_calls: int
    renewals: int
    leaks: list[str]
    floor: list[float]
    log: str = field(repr=False, default="")



def percentile(seconds: list[float], share: float) -> float:
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Service:
    """The service as a child process that can be killed and started again."""

    def __init__(self, folder: Path, api_url: str, *, per_minute: int, **environment: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.url, self.folder = f"http://127.0.0.1:{self.port}", folder
        own = {k: v for k, v in os.environ.items() if not k.startswith("HOIDAP_")}
        self._environment = own | {
            "HOIDAP_DATA_FOLDER": str(folder),
            "HOIDAP_ZALO": "on",
            "HOIDAP_ZALO_APP_ID": APP_ID,
            "HOIDAP_ZALO_APP_SECRET": APP_SECRET,
            "HOIDAP_ZALO_OA_SECRET_KEY": OA_KEY,
            "HOIDAP_ZALO_API_URL": api_url or "http://127.0.0.1:9",
            "HOIDAP_ZALO_OAUTH_URL": api_url or "http://127.0.0.1:9",
            "HOIDAP_ZALO_SETTLE_SECONDS": str(SETTLE_SECONDS),
            "HOIDAP_ZALO_REQUESTS_PER_MINUTE": str(per_minute),
        }
        self._environment |= environment
        self._log: IO[bytes] = (folder / "service.log").open("ab")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.zalo.service", str(self.port)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, stdout=self._log, stderr=self._log
        )

    def wait_ready(self) -> None:
        with httpx.Client(trust_env=False) as http:
            for _ in range(600):
                try:
                    http.get(self.url + "/healthz")
                except httpx.HTTPError:
                    time.sleep(0.1)
                else:
                    return
        raise RuntimeError(f"the service did not start: {self.log()[-2000:]}")

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)
        self._log.close()

    def log(self) -> str:
        return (self.folder / "service.log").read_text(errors="replace")

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=60)


def run(plan: Plan, folder: Path, *, say: Callable[[str], None] = lambda _: None) -> Outcome:
    """What became of the plan's messages, with the service's files under `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    zalo = folder / "zalo"
    zalo.mkdir(mode=0o700)
    with StandIn(zalo, rates=plan.rates, seed=plan.seed, per_minute=plan.per_minute) as standin:
        TokenFile(zalo).save(fresh(standin.oa.log_in()))
        service = Service(folder, standin.url, per_minute=plan.per_minute)
        service.start()
        try:
            service.wait_ready()
            started = time.monotonic()
            webhooks, asked, floor = standin.run(_drive(plan, standin, service, say))
            say("all events are accepted; waiting for the rest of the answers")
            _wait_for_the_end(folder)
            seconds = time.monotonic() - started
        finally:
            service.stop()
        return _account(standin, webhooks, asked, floor, folder, seconds, service.log())


async def _drive(
    plan: Plan, standin: StandIn, service: Service, say: Callable[[str], None]
) -> tuple[Webhooks, dict[str, tuple[str, int]], list[float]]:
    """Send everything; who asked what when, by message id, and how long a request took that does nothing."""
    drawn = random.Random(plan.seed)  # noqa: S311 - no secret
    people = [f"7{drawn.randrange(10**17, 10**18)}" for _ in range(plan.people)]
    asked: dict[str, tuple[str, int]] = {}
    # httpx's pool looks at every waiting request for each one it serves: none may wait there
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=100)
    async with httpx.AsyncClient(trust_env=False, limits=limits) as http:
        webhooks = standin.webhooks(service.url, http, retry_seconds=(0.5, 1, 2, 4, 8, 16, 32))
        deliveries, floor, begun = [], [], time.monotonic()
        for number in range(plan.messages):
            person = drawn.choice(people)
            text = f"câu hỏi {number}" + (f" của {drawn.choice(PERSONAL)}" if number % 50 == 0 else "")
            event = webhooks.text(person, text)
            asked[event["message"]["msg_id"]] = (person, int(event["timestamp"]))
            deliveries.append(asyncio.create_task(webhooks.deliver(event)))
            if number % 50 == 25:
                deliveries.append(asyncio.create_task(_idle(http, service.url, floor)))
            if number == plan.expire_at:
                standin.oa.expire()
            if number == plan.kill_at:
                say(f"kill -9 after {number} messages")
                service.kill()
                service.start()
            if number % 1000 == 999:
                say(f"{number + 1} messages sent, {len(standin.oa.received)} answers")
            await asyncio.sleep(max(0.0, begun + (number + 1) / plan.per_second - time.monotonic()))
        if not all(await asyncio.gather(*deliveries)):
            raise RuntimeError("an event was never accepted")
    return webhooks, asked, floor


async def _idle(http: httpx.AsyncClient, url: str, floor: list[float]) -> bool:
    """Time a request that does nothing: what the machine itself takes under this load."""
    started = time.perf_counter()
    with contextlib.suppress(httpx.HTTPError):
        await http.get(url + "/healthz", timeout=2)
        floor.append(time.perf_counter() - started)
    return True


def _wait_for_the_end(folder: Path, *, patience_seconds: float = 300) -> None:
    """Wait until nothing is left to do in the journal."""
    end = time.monotonic() + patience_seconds
    while time.monotonic() < end:
        if not _rows(folder, "SELECT 1 FROM events WHERE state = 'waiting'") and not _rows(
            folder, "SELECT 1 FROM messages WHERE state IN ('planned', 'sending')"
        ):
            return
        time.sleep(0.25)
    raise RuntimeError("the queue did not empty")


def _rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(folder / "zalo" / "journal.sqlite")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def _account(
    standin: StandIn,
    webhooks: Webhooks,
    asked: dict[str, tuple[str, int]],
    floor: list[float],
    folder: Path,
    seconds: float,
    log: str,
) -> Outcome:
    quoted = [got.message["quote_message_id"] for got in standin.oa.received]
    times = Counter(quoted)
    query = "SELECT DISTINCT event_key FROM messages WHERE state IN ('dead', 'uncertain')"
    listed = {row[0] for row in _rows(folder, query)}
    out_of_order, overtaken = _order(quoted, asked, webhooks)
    tokens = TokenFile(folder / "zalo").load()
    secret = {APP_SECRET, OA_KEY, *(person for person, _ in asked.values()), *PERSONAL}
    if tokens:
        secret |= {tokens.access_token, tokens.refresh_token}
    stored = b"".join(path.read_bytes() for path in folder.rglob("*.sqlite*"))
    leaks = [word for word in secret if word in log]
    leaks += [f"{word} is stored" for word in PERSONAL if word.encode() in stored]
    return Outcome(
        sent=len(asked),
        answered_once=sum(times[key] == 1 for key in asked),
        listed=len(listed),
        lost=[key for key in asked if not times[key] and key not in listed],
        twice=[key for key in asked if times[key] > 1],
        out_of_order=out_of_order,
        overtaken=overtaken,
        latencies=webhooks.latencies,
        seconds=seconds,
        api_calls=standin.oa.calls,
        renewals=standin.oa.renewals,
        leaks=leaks,
        floor=floor,
        log=log,
    )


def _order(
    quoted: list[str], asked: dict[str, tuple[str, int]], webhooks: Webhooks
) -> tuple[list[str], int]:
    """Answers that a later message's answer overtook, and of these how many could not be helped.

    That is so where the earlier message reached the service later than the settling time allows for.
    """
    by_person: dict[str, list[str]] = defaultdict(list)
    for key in dict.fromkeys(quoted):
        by_person[asked[key][0]].append(key)
    wrong, late = [], 0
    for keys in by_person.values():
        for place, key in enumerate(keys):
            before = [k for k in keys[:place] if asked[k][1] > asked[key][1]]
            # the later one came in at `begun` or after: it was held until the settling time from then
            helpable = [k for k in before if webhooks.accepted[key] < webhooks.begun[k] + SETTLE_SECONDS]
            if helpable:
                wrong.append(key)
            elif before:
                late += 1
    return wrong, late
