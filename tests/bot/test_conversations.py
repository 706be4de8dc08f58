from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.conversations import Conversations, Turn

NOW = datetime(2025, 6, 1, tzinfo=UTC)


def a_turn(message_id: str = "m1", question: str = "tỷ lệ?", answer: str = "80%") -> Turn:
    return Turn(message_id, "c1", question, "answered", answer, ("45/BC-UBND II.1",), "rasa", 12.5)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Conversations]:
    store = Conversations.open(tmp_path / "deep" / "conversations.sqlite", retention_days=30)
    yield store
    store.close()


def test_turns_come_back_in_order(store: Conversations) -> None:
    store.add(a_turn("m1"), at=NOW)
    store.add(a_turn("m2"), at=NOW + timedelta(seconds=1))
    assert store.turns("c1") == [a_turn("m1"), a_turn("m2")]
    assert store.turns("other") == []


def test_file_of_an_earlier_version_is_used_on(tmp_path: Path) -> None:
    path = tmp_path / "conversations.sqlite"
    with closing(sqlite3.connect(path)) as old:
        old.execute(
            "CREATE TABLE turns (message_id TEXT PRIMARY KEY, conversation_id TEXT NOT NULL, at TEXT NOT NULL"
            ", question TEXT NOT NULL, status TEXT NOT NULL, answer TEXT NOT NULL, sources TEXT NOT NULL,"
            " via TEXT NOT NULL, milliseconds REAL NOT NULL) STRICT"
        )
        old.execute("INSERT INTO turns VALUES ('m0', 'c1', '2025', 'hỏi', 'answered', 'đáp', '[]', 'web', 1)")
        old.commit()
    for _ in range(2):
        store = Conversations.open(path, retention_days=30)
        assert store.turns("c1")[0].answer == "đáp"
        assert store.chart("m0") is None
        store.close()


def test_no_personal_number_reaches_the_file(store: Conversations, tmp_path: Path) -> None:
    store.add(a_turn(question="CCCD 089204001234?", answer="gọi 0912345678"), at=NOW)
    store.rate("m1", "down", "mail a@b.vn", at=NOW)
    store.close()
    raw = b"".join(path.read_bytes() for path in (tmp_path / "deep").iterdir())
    assert b"0892040" not in raw
    assert b"0912345" not in raw
    assert b"a@b.vn" not in raw


def test_what_is_past_its_retention_is_forgotten_with_its_feedback(store: Conversations) -> None:
    store.add(a_turn("old"), at=NOW - timedelta(days=31))
    store.rate("old", "up", at=NOW - timedelta(days=31))
    store.add(a_turn("new"), at=NOW)
    assert [turn.message_id for turn in store.turns("c1")] == ["new"]
    assert store.verdict("old") is None


def test_later_verdict_replaces_the_earlier(store: Conversations) -> None:
    store.add(a_turn(), at=NOW)
    assert store.rate("m1", "up")
    assert store.rate("m1", "down", "sai kỳ")
    assert store.verdict("m1") == ("down", "sai kỳ")


def test_verdict_on_nothing_is_not_stored(store: Conversations) -> None:
    assert not store.rate("m9", "up")
    assert store.verdict("m9") is None


def test_turns_survive_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    first = Conversations.open(path, retention_days=30)
    first.add(a_turn(), at=NOW)
    first.close()
    again = Conversations.open(path, retention_days=30)
    assert again.turns("c1") == [a_turn()]
    again.close()
