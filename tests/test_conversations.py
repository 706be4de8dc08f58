"""Conversations of several turns through the real service: `hoidap serve`, a real Rasa, the real reports."""

from __future__ import annotations

import os
import signal
import time
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bot.answering.assistant import Assistant
from bot.gateway import NO_FOLLOW_UP
from bot.masking import mask
from bot.understanding.message import normalise
from tests.conversations.checks import broken_invariants, faults
from tests.conversations.scripts import Script, scripts
from tests.conversations.service import Service, running
from tests.conversations.stored import Stored, stored

SCRIPTS = scripts()
_RESTART_SECONDS = 120.0


@pytest.fixture(scope="module")
def real() -> Stored:
    return stored("real")


@pytest.fixture(scope="module")
def service(real: Stored, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running(real, log=tmp_path_factory.mktemp("serve") / "serve.log") as service:
        yield service


@pytest.fixture(scope="module")
def own_assistant() -> Assistant:
    return stored("own").assistant()


class RuleBrokenError(Exception):
    """A reply breaks a rule that holds for every reply: no known fault excuses that."""


def parameters(which: str) -> list[Any]:
    """The scripts over these reports; one with a known fault is expected to fail, and must."""
    return [
        pytest.param(
            s,
            id=f"{s.file}: {s.name}",
            marks=[pytest.mark.xfail(reason=s.fails, raises=AssertionError)] if s.fails else [],
        )
        for s in SCRIPTS
        if s.reports == which
    ]


def judged(script: Script, replies: Iterator[Mapping[str, Any]], reports: Stored) -> list[str]:
    """The faults of a conversation, each with the turn and the reply that it is in."""
    wrong = []
    said = ""
    for number, (turn, reply) in enumerate(zip(script.turns, replies, strict=True), start=1):
        said += f"{turn.say}\n"
        if broken := broken_invariants(said, reply, reports.reports):
            raise RuleBrokenError(f"{turn.say}: {'; '.join(broken)}\n{reply['text']}")
        found = faults(turn, reply)
        if found:
            wrong.append(f"{number}. {turn.say}\n   {'; '.join(found)}\n   {reply['text'][:400]}")
    return wrong


# --- scripts


def test_there_are_enough_conversations_and_most_have_several_turns() -> None:
    assert len(SCRIPTS) >= 80
    assert sum(len(s.turns) > 1 for s in SCRIPTS) >= 60


@pytest.mark.parametrize("script", parameters("real"))
def test_conversation_through_rasa(script: Script, service: Service, real: Stored) -> None:
    conversation = uuid.uuid4().hex
    replies = (service.say(conversation, turn.say) for turn in script.turns)
    wrong = judged(script, replies, real)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("script", parameters("own"))
def test_conversation_over_many_reports(script: Script, own_assistant: Assistant) -> None:
    def replies() -> Iterator[Mapping[str, Any]]:
        state: Mapping[str, object] = {}
        for turn in script.turns:
            answer = own_assistant.answer(normalise(mask(turn.say)), state=state)
            state = answer.state
            yield answer.to_json()

    wrong = judged(script, replies(), stored("own"))
    assert not wrong, "\n".join(wrong)


def test_what_is_suggested_leads_to_an_answer(real: Stored) -> None:
    assistant = real.assistant()
    tried: dict[str, str] = {}
    for script in (s for s in SCRIPTS if s.reports == "real"):
        state: Mapping[str, object] = {}
        for turn in script.turns:
            answer = assistant.answer(normalise(mask(turn.say)), state=state)
            state = answer.state
            for words in set(answer.suggestions) - set(tried):
                tried[words] = assistant.answer(normalise(words), state=state).status
    assert len(tried) > 20
    assert [words for words, status in tried.items() if status != "answered"] == []


# --- the service as a whole


def test_the_turns_went_through_rasa(service: Service) -> None:
    before = service.turns_by_way()
    service.say("by-rasa", "Tỷ lệ đăng ký khai sinh của An Giang tháng 3/2024?")
    after = service.turns_by_way()
    assert after["rasa"] == before["rasa"] + 1
    assert after["direct"] == before["direct"]


def test_two_conversations_at_once_do_not_mix(service: Service) -> None:
    service.say("one", "Tỷ lệ cấp hộ chiếu phổ thông của An Giang tháng 3/2024?")
    service.say("two", "Đức Phổ có bao nhiêu tổ công tác Đề án 06?")
    first = service.say("one", "còn khai tử?")
    second = service.say("two", "trong đó ở phường mấy tổ?")
    assert "97,77" in first["text"]
    assert "08" in second["text"]
    assert {c["report_number"] for c in first["citations"]} == {"331/BC-UBND"}
    assert {c["report_number"] for c in second["citations"]} == {"199/BC-UBND"}


def test_a_long_conversation_keeps_answering(service: Service, real: Stored) -> None:
    rates = {
        "khai sinh": "97,81",
        "kết hôn": "97,62",
        "tạm trú": "99,08",
        "thường trú": "97,33",
        "hộ chiếu": "94,33",
    }
    service.say("long", "Tỷ lệ đăng ký khai tử của An Giang tháng 3/2024?")
    for number in range(30):
        subject, rate = list(rates.items())[number % len(rates)]
        said = f"thế còn {subject}?"
        reply = service.say("long", said)
        assert reply["status"] == "answered", (number, said, reply["text"])
        assert rate in reply["text"], (number, said, reply["text"])
        assert broken_invariants(said, reply, real.reports) == []


def test_a_follow_up_of_an_unknown_conversation_invents_no_subject(service: Service) -> None:
    reply = service.say(uuid.uuid4().hex, "bao nhiêu phần trăm?")
    assert reply["status"] == "clarify"
    assert reply["citations"] == []


def test_without_rasa_single_questions_are_answered_and_afterwards_follow_ups_again(service: Service) -> None:
    conversation = uuid.uuid4().hex
    service.say(conversation, "Tỷ lệ đăng ký khai sinh của An Giang tháng 3/2024?")
    before = service.turns_by_way()
    os.kill(service.rasa_pid(), signal.SIGKILL)
    alone = service.say(conversation, "Tỷ lệ cấp hộ chiếu phổ thông của An Giang tháng 3/2024?")
    leaning = service.say(conversation, "thế còn khai tử?")
    assert service.turns_by_way()["direct"] == before["direct"] + 2
    assert alone["status"] == "answered"
    assert "94,33" in alone["text"]
    assert NO_FOLLOW_UP not in alone["text"]
    assert leaning["text"].endswith(NO_FOLLOW_UP)

    deadline = time.monotonic() + _RESTART_SECONDS
    while not service.rasa_ready() and time.monotonic() < deadline:
        time.sleep(0.2)
    time.sleep(1.1)  # as long as the gateway leaves alone a Rasa that did not answer
    service.say(conversation, "Tỷ lệ đăng ký kết hôn của An Giang tháng 3/2024?")
    again = service.say(conversation, "thế còn khai tử?")
    assert again["status"] == "answered"
    assert "97,77" in again["text"]
    assert NO_FOLLOW_UP not in again["text"]
    assert service.turns_by_way()["rasa"] >= before["rasa"] + 2
