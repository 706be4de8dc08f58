"""The benchmark's load in small: duplicates, faults, an expiring token and a kill -9, drawn from a seed."""

from __future__ import annotations

from pathlib import Path

from bot.channels.zalo.simulation.faults import Rates
from tests.zalo.load import Plan, run

PLAN = Plan(
    messages=160,
    people=12,
    per_second=40,
    rates=Rates(busy=0.01, unavailable=0.03, lost=0.04, duplicate=0.1, shuffle=0.3, shuffle_seconds=0.05),
    kill_at=80,
    expire_at=40,
    seed=3,
)


def test_every_message_is_answered_once_or_listed_in_order_and_nothing_leaks(tmp_path: Path) -> None:
    outcome = run(PLAN, tmp_path / "var")
    assert (outcome.lost, outcome.twice, outcome.out_of_order, outcome.leaks) == ([], [], [], [])
    assert outcome.answered_once + outcome.listed >= outcome.sent
    assert outcome.renewals == 1
    assert "Traceback" not in outcome.log
