"""The components and the trained model, inside Rasa's own Python."""

from __future__ import annotations

import json
import statistics
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.rasa_project import RasaProject, child_environment
from bot.rasa_training import ensure_model
from tests.nlu.messages import Annotated, annotated

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


def probe(what: str, **request: Any) -> Any:  # noqa: ANN401 - JSON
    done = subprocess.run(
        [str(RasaProject().python), str(HERE / "probe.py")],
        input=json.dumps({"what": what, **request}),
        env=dict(child_environment(ACTION_URL="http://127.0.0.1:9/")),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def stripped(text: str) -> str:
    marks = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return marks.replace("đ", "d").replace("Đ", "D")


# --- components


def test_tokens_have_exact_offsets_and_the_same_text_without_diacritics() -> None:
    text = "Tỷ lệ đăng ký kết hôn quý 1/2024 (16/1.166) theo 331/BC-UBND, Đức Phổ: 58,31%?"
    with_marks, without = probe("tokens", texts=[text, stripped(text)])
    assert with_marks == without
    words = [text[start:end] for start, end, _ in with_marks]
    assert words[3:7] == ["ký", "kết", "hôn", "quý"]
    assert {"1/2024", "16/1.166", "331/BC-UBND", "58,31", "%"} <= set(words)
    assert "".join(words) == "".join(text.split())


def test_any_text_has_tokens_in_order_and_without_overlap() -> None:
    odd = [
        "",
        " ",
        "🙂",
        "\u0301",
        "a\u0300b",
        "xin chào" * 2000,
        "http://a.b/c d@e.f",
        "1/2/3..4,,5",
        "____",
    ]
    texts = [*odd[2:], *(unicodedata.normalize("NFD", "đã hoà") + text for text in odd)]
    for text, found in zip(texts, probe("tokens", texts=texts), strict=True):
        limits = [limit for start, end, _ in found for limit in (start, end)]
        assert limits, text
        assert limits == sorted(limits), text
        assert all(start < end for start, end, _ in found), text


def test_the_compiled_check_refuses_what_rasas_own_refuses() -> None:
    good = {
        "events": [{"event": "slot", "timestamp": None, "name": "subject", "value": {"a": 1}}],
        "responses": [],
    }
    bad = [
        {"events": [{"event": "no such event"}], "responses": []},
        {"events": "x"},
        {"events": [], "responses": ["text"]},
    ]
    assert probe("replies", bodies=[good, *bad]) == [True, False, False, False]


def test_the_store_keeps_slots_and_forgets_old_turns_and_silent_conversations() -> None:
    kept = probe("store", turns=40, conversations=3, kept_turns=2)
    assert kept["keys"] == ["c1", "c2"]
    assert kept["subject"] == "s2"
    assert kept["latest"] == "m39"
    assert kept["longest"] < 20


# --- the trained model


@pytest.fixture(scope="session")
def held_out() -> list[Annotated]:
    return [message for path in sorted(HERE.glob("held_out*.yml")) for message in annotated(path)]


@pytest.fixture(scope="session")
def parsed(held_out: list[Annotated]) -> dict[str, Any]:
    """What the model says to the held-out messages, then to the same without diacritics."""
    model = ensure_model(ROOT / "var" / "rasa" / "models").path
    texts = [message.text for message in held_out]
    result: dict[str, Any] = probe(
        "parse", model=str(model), texts=texts + [stripped(text) for text in texts]
    )
    return result


def test_intents_of_unseen_messages(held_out: list[Annotated], parsed: dict[str, Any]) -> None:
    right, said, meant = Counter[str](), Counter[str](), Counter[str]()
    for message, (intent, _, _) in zip(held_out, parsed["parsed"], strict=False):
        said[intent] += 1
        meant[message.intent] += 1
        right[message.intent] += intent == message.intent
    scores = {intent: 2 * right[intent] / (said[intent] + meant[intent]) for intent in meant}
    assert statistics.mean(scores.values()) >= 0.94, scores
    assert min(scores.values()) >= 0.7, scores


def test_entities_of_unseen_messages(held_out: list[Annotated], parsed: dict[str, Any]) -> None:
    """By character, as `rasa test nlu` counts by token: one word more or less is not the whole subject."""
    right = said = meant = 0
    for message, (_, _, entities) in zip(held_out, parsed["parsed"], strict=False):
        wanted = {(at, kind) for start, end, kind in message.entities for at in range(start, end)}
        found = {(at, kind) for start, end, kind, _ in entities for at in range(start, end)}
        right, said, meant = right + len(wanted & found), said + len(found), meant + len(wanted)
    assert 2 * right / (said + meant) >= 0.88


def test_missing_diacritics_change_nothing(held_out: list[Annotated], parsed: dict[str, Any]) -> None:
    half = len(held_out)
    for message, accented, bare in zip(
        held_out, parsed["parsed"][:half], parsed["parsed"][half:], strict=True
    ):
        assert accented[0] == bare[0], message.text
        assert [e[:3] for e in accented[2]] == [e[:3] for e in bare[2]], message.text


def test_an_entitys_value_is_the_messages_own_text(held_out: list[Annotated], parsed: dict[str, Any]) -> None:
    for message, (_, _, entities) in zip(held_out, parsed["parsed"], strict=False):
        assert [message.text[start:end] for start, end, _, _ in entities] == [value for *_, value in entities]


def test_a_message_is_parsed_in_a_few_milliseconds(parsed: dict[str, Any]) -> None:
    assert statistics.median(parsed["milliseconds"]) < 40  # 4 on a quiet machine; tests may share theirs
