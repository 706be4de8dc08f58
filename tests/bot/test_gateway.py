from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import pytest

from bot.conversations import Conversations
from bot.desk import AnswerDesk, answer_json
from bot.dialogue_memory import DialogueMemory
from bot.gateway import NO_FOLLOW_UP, Gateway, body_from_rasa
from bot.metrics import Metrics
from bot.problems import Problem
from bot.rasa_client import RasaUnavailable
from bot.settings import Settings
from bot.wire import ChatReply, ChatRequest
from bot.worker import Worker

pytestmark = pytest.mark.anyio
# The fixtures' own types: a module cannot import from conftest.
Rasa = Assistant = Any
Said = Sequence[Mapping[str, Any]]


class Bench:
    """A gateway with its parts in reach."""

    def __init__(self, gateway: Gateway, conversations: Conversations, metrics: Metrics) -> None:
        self.gateway, self.conversations, self.metrics = gateway, conversations, metrics

    async def say(self, message: str, conversation_id: str | None = "c1") -> ChatReply:
        return await self.gateway.turn(ChatRequest(message=message, conversation_id=conversation_id))

    def failures(self) -> float:
        return self.metrics.registry.get_sample_value("hoidap_rasa_failures_total") or 0


@pytest.fixture
async def bench(settings: Settings, assistant: Assistant, rasa: Rasa) -> AsyncIterator[Bench]:
    worker, metrics = Worker("test"), Metrics()
    conversations = Conversations.open(settings.conversations_path, retention_days=30)
    gateway = Gateway(
        desk=AnswerDesk(assistant, worker=worker, metrics=metrics),
        rasa=rasa,
        conversations=conversations,
        memory=DialogueMemory(),
        metrics=metrics,
        settings=settings.model_copy(update={"rasa_timeout_seconds": 0.05, "rasa_retry_seconds": 60}),
        normalise=str.lower,
    )
    yield Bench(gateway, conversations, metrics)
    worker.close()
    conversations.close()


@pytest.fixture
def answered(assistant: Assistant) -> dict[str, Any]:
    return answer_json(assistant.answer("bất kỳ"))


async def test_the_actions_answer_comes_back_whole(
    bench: Bench, rasa: Rasa, answered: dict[str, Any]
) -> None:
    rasa.script = lambda *_: [{"text": answered["text"]}, {"custom": answered}]
    reply = await bench.say("Tỷ lệ THẺ thư viện?")
    assert reply.model_dump(exclude={"conversation_id", "message_id"}) == answered
    assert rasa.heard == [("c1", "tỷ lệ thẻ thư viện?")]
    (turn,) = bench.conversations.turns("c1")
    assert (turn.message_id, turn.via, turn.sources) == (reply.message_id, "rasa", ("45/BC-UBND II.1.(1)",))


async def test_what_rasa_says_itself_is_smalltalk(bench: Bench, rasa: Rasa) -> None:
    rasa.script = lambda *_: [{"text": "Xin chào!"}, {"text": "Anh/chị cần gì?"}]
    reply = await bench.say("chào")
    assert (reply.status, reply.text, reply.citations) == ("smalltalk", "Xin chào!\nAnh/chị cần gì?", [])


@pytest.mark.parametrize("said", [[], [{}], [{"text": ""}], [{"custom": {"status": "sure", "text": "x"}}]])
def test_what_is_no_answer_counts_as_rasa_being_unavailable(said: Said) -> None:
    with pytest.raises(RasaUnavailable):
        body_from_rasa(said)


async def test_single_question_is_answered_directly_when_rasa_is_down(
    bench: Bench, assistant: Assistant
) -> None:
    reply = await bench.say("tỷ lệ thẻ thư viện?")
    assert reply.status == "answered"
    assert NO_FOLLOW_UP not in reply.text
    assert assistant.asked == [("tỷ lệ thẻ thư viện?", None, None)]


async def test_followup_is_told_that_the_dialogue_is_missing(bench: Bench) -> None:
    assert (await bench.say("thế còn khai tử?")).text.endswith(NO_FOLLOW_UP)


async def test_slow_rasa_is_waited_for_once_and_then_left_alone(bench: Bench, rasa: Rasa) -> None:
    class Slow:
        heard = 0

        async def turn(self, conversation_id: str, text: str) -> Said:
            self.heard += 1
            await asyncio.sleep(30)
            raise AssertionError("never waited for so long")

    slow = Slow()
    bench.gateway._rasa = slow  # type: ignore[assignment]
    replies = [await bench.say("tỷ lệ?"), await bench.say("tỷ lệ?")]
    assert [reply.status for reply in replies] == ["answered", "answered"]
    assert (slow.heard, bench.failures()) == (1, 1)


async def test_nothing_behind_the_gateway_sees_a_personal_number(
    bench: Bench, rasa: Rasa, assistant: Assistant
) -> None:
    await bench.say("CCCD 089204001234 và 0912345678")
    seen = [text for _, text in rasa.heard] + [text for text, _, _ in assistant.asked]
    seen += [turn.question for turn in bench.conversations.turns("c1")]
    assert len(seen) == 3
    assert not [text for text in seen if "0892" in text or "0912" in text]


async def test_emoji_alone_get_a_polite_word_without_rasa(bench: Bench, rasa: Rasa) -> None:
    reply = await bench.say("👍👍")
    assert (reply.status, rasa.heard) == ("smalltalk", [])


async def test_new_conversation_gets_an_id_and_a_known_one_keeps_it(bench: Bench) -> None:
    first = await bench.say("tỷ lệ?", None)
    second = await bench.say("tỷ lệ?", first.conversation_id)
    assert second.conversation_id == first.conversation_id
    assert second.message_id != first.message_id


async def test_messages_of_one_conversation_go_to_rasa_one_by_one(
    bench: Bench, answered: dict[str, Any]
) -> None:
    class Busy:
        now = most = 0

        async def turn(self, conversation_id: str, text: str) -> Said:
            self.now += 1
            self.most = max(self.most, self.now)
            await asyncio.sleep(0)
            self.now -= 1
            return [{"custom": answered}]

    busy = Busy()
    bench.gateway._rasa = busy  # type: ignore[assignment]
    await asyncio.gather(*(bench.say(f"câu {number}") for number in range(4)))
    assert busy.most == 1


async def test_blank_message_is_refused_before_anything_happens(bench: Bench, rasa: Rasa) -> None:
    with pytest.raises(Problem, match="blank"):
        await bench.say(" \u200b ")
    assert rasa.heard == []


@pytest.mark.parametrize("rasa_is", ["up", "down"])
async def test_forgotten_conversation_leaves_nothing_behind(
    bench: Bench, rasa: Rasa, monkeypatch: pytest.MonkeyPatch, rasa_is: str
) -> None:
    if rasa_is == "down":

        async def refuse(*_: object) -> None:
            raise RasaUnavailable("connection refused")

        monkeypatch.setattr(rasa, "start_session", refuse)
    await bench.say("tỷ lệ?", "c1")
    await bench.say("tỷ lệ?", "c2")
    assert bench.gateway._memory.recall("c1") is not None
    await bench.gateway.forget("c1")
    assert bench.conversations.turns("c1") == []
    assert bench.gateway._memory.recall("c1") is None
    assert len(bench.conversations.turns("c2")) == 1
    assert rasa.begun == (["c1"] if rasa_is == "up" else [])
