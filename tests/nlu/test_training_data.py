"""The training data as they are written: complete, apart from the held-out sets, and of the domain."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from knowledge.vietnamese import fold
from tests.nlu.messages import annotated

ROOT = Path(__file__).parents[2]
DATA = ROOT / "nlu_data"
HELD_OUT = sorted(Path(__file__).parent.glob("held_out*.yml"))


TRAINING = [m for path in sorted((DATA / "nlu").glob("*.yml")) for m in annotated(path)]
DOMAIN = yaml.safe_load((ROOT / "bot/rasa/domain.yml").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def test_every_intent_has_enough_examples_and_none_is_unknown() -> None:
    counts = Counter(message.intent for message in TRAINING)
    assert set(counts) == set(DOMAIN["intents"])
    assert min(counts.values()) >= 60
    assert max(counts.values()) <= 200


def test_no_message_has_two_intents() -> None:
    intents: dict[str, set[str]] = {}
    for message in TRAINING:
        intents.setdefault(plain(message.text), set()).add(message.intent)
    assert {text: found for text, found in intents.items() if len(found) > 1} == {}


def test_entities_are_those_of_the_domain() -> None:
    assert {kind for message in TRAINING for _, _, kind in message.entities} == set(DOMAIN["entities"])


def test_annotations_have_no_loose_brackets() -> None:
    assert [message.text for message in TRAINING if re.search(r"[\[\]]|\)\(", message.text)] == []


@pytest.mark.parametrize("path", HELD_OUT, ids=lambda path: path.stem)
def test_held_out_messages_are_not_trained_on(path: Path) -> None:
    small_talk = {"greet", "thanks", "goodbye", "help"}  # "xin chào" cannot be said in many other ways
    trained = {plain(message.text) for message in TRAINING}
    held_out = [message for message in annotated(path) if message.intent not in small_talk]
    assert [message.text for message in held_out if plain(message.text) in trained] == []


def test_the_held_out_sets_hold_every_intent_and_250_messages() -> None:
    messages = [message for path in HELD_OUT for message in annotated(path)]
    assert {message.intent for message in messages} == set(DOMAIN["intents"])
    assert len(messages) >= 250


def test_what_small_talk_says_has_no_digits() -> None:
    """A figure in an answer must stand in a report (the numeric gate); small talk has none to show."""
    texts = [variant["text"] for variants in DOMAIN["responses"].values() for variant in variants]
    assert texts
    assert [text for text in texts if re.search(r"\d", text)] == []


def test_every_intent_and_the_fallback_has_one_rule() -> None:
    rules = yaml.safe_load((DATA / "rules.yml").read_text(encoding="utf-8"))["rules"]
    actions = {rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in rules}
    assert len(rules) == len(actions)
    assert set(actions) == {*DOMAIN["intents"], "nlu_fallback"}
    assert {i for i, action in actions.items() if action != "action_answer"} == {
        "greet",
        "thanks",
        "goodbye",
        "help",
    }
    assert set(actions.values()) <= {"action_answer", *DOMAIN["responses"]}


def test_patterns_are_written_folded_and_compile() -> None:
    blocks = yaml.safe_load((DATA / "nlu/patterns.yml").read_text(encoding="utf-8"))["nlu"]
    patterns = [line.removeprefix("- ") for block in blocks for line in block["examples"].splitlines()]
    assert len(patterns) > 20
    for pattern in patterns:
        re.compile(pattern)
        assert pattern.isascii(), pattern


def test_slots_are_the_action_servers_and_steer_nothing() -> None:
    assert set(DOMAIN["slots"]) == {"subject", "kind", "period", "place", "focus"}
    for slot in DOMAIN["slots"].values():
        assert slot == {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}
