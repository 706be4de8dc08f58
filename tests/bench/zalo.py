"""The Zalo channel under load with everything going wrong, against the made-up Zalo.

10 000 messages of 500 people; duplicates, overtaking, failing and slow calls, a token that expires and a
kill -9 in the middle. The answering core is a quick one; queue, store, HTTP and processes are the product's.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from bot.channels.zalo.simulation.faults import Rates
from tests.bench.document import say, table, write_section
from tests.zalo.load import Outcome, Plan, percentile, run

PLAN = Plan(
    messages=10_000,
    people=500,
    per_second=30,
    rates=Rates(
        busy=0.002,
        unavailable=0.03,
        lost=0.02,
        slow=0.05,
        slow_seconds=0.5,
        duplicate=0.05,
        shuffle=0.2,
        shuffle_seconds=0.08,
    ),
    kill_at=5000,
    expire_at=3000,
    seed=7,
)


def main() -> None:
    """Write the section `zalo`."""
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(PLAN, Path(folder) / "var", say=say)
    write_section("zalo", "The Zalo channel", _setting(), table(("what", "measured", "bar"), _rows(outcome)))


def _setting() -> str:
    r = PLAN.rates
    return (
        f"{PLAN.messages} messages of {PLAN.people} people, {PLAN.per_second:g} a second; {r.duplicate:.0%} "
        f"delivered twice, {r.shuffle:.0%} held back so that later ones overtake them; of the calls to the "
        f"API {r.busy:.1%} meet error -32, {r.unavailable:.0%} HTTP 503, {r.lost:.0%} lose their reply (half "
        f"of these after the message was sent), {r.slow:.0%} take {r.slow_seconds:g} s longer; a token "
        "expires, and the service is killed with -9 in the middle and started again. *Floor*: a request that "
        "does nothing, under the same load."
    )


def _rows(outcome: Outcome) -> list[tuple[str, object, str]]:
    return [
        ("answered once", outcome.answered_once, ""),
        ("listed as undeliverable or uncertain", outcome.listed, ""),
        ("neither answered nor listed", len(outcome.lost), "0"),
        ("answered twice", len(outcome.twice), "0"),
        ("answers in the wrong order", len(outcome.out_of_order), "0"),
        ("reached the service only after a later one was answered", outcome.overtaken, ""),
        ("secrets, Zalo ids, personal numbers in the log or store", len(outcome.leaks), "0"),
        ("webhook p50, ms", _milliseconds(outcome.latencies, 0.5), ""),
        ("webhook p99, ms", _milliseconds(outcome.latencies, 0.99), "≤ 200"),
        ("floor p50, ms", _milliseconds(outcome.floor, 0.5), ""),
        ("floor p99, ms", _milliseconds(outcome.floor, 0.99), ""),
        ("calls to the API", outcome.api_calls, ""),
        ("renewals of the token", outcome.renewals, "1"),
        ("seconds in all", f"{outcome.seconds:.0f}", ""),
    ]


def _milliseconds(seconds: list[float], share: float) -> str:
    return f"{percentile(seconds, share) * 1000:.1f}"
