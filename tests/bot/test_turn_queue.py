from __future__ import annotations

import asyncio

import pytest

from bot.problems import Problem
from bot.turn_queue import TurnQueue

pytestmark = pytest.mark.anyio


async def test_turns_of_one_conversation_never_overlap_and_keep_their_order() -> None:
    queue, seen = TurnQueue(max_waiting=9), []

    async def turn(number: int) -> None:
        async with queue.turn("c"):
            seen.append(("in", number))
            await asyncio.sleep(0)
            seen.append(("out", number))

    await asyncio.gather(*(turn(number) for number in range(5)))
    assert seen == [(way, number) for number in range(5) for way in ("in", "out")]


async def test_conversations_do_not_wait_for_each_other() -> None:
    queue = TurnQueue(max_waiting=0)
    async with queue.turn("a"), queue.turn("b"):
        assert len(queue) == 2


async def test_too_many_waiting_are_refused_and_the_others_served() -> None:
    queue, gate, served = TurnQueue(max_waiting=1), asyncio.Event(), []

    async def turn(number: int) -> None:
        async with queue.turn("c"):
            await gate.wait()
            served.append(number)

    tasks = [asyncio.create_task(turn(number)) for number in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Problem, match="Wait for an answer") as caught:
        async with queue.turn("c"):
            pass
    assert caught.value.kind.status == 429
    gate.set()
    await asyncio.gather(*tasks)
    assert served == [0, 1]


async def test_nothing_is_kept_of_finished_or_failed_turns() -> None:
    queue = TurnQueue(max_waiting=1)
    with pytest.raises(RuntimeError, match="boom"):
        async with queue.turn("c"):
            raise RuntimeError("boom")
    assert len(queue) == 0
