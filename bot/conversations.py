"""The store of conversations and feedback: one SQLite file, masked text only, kept for a limited time.

Text is masked here once more, whatever the caller did: nothing personal can get into the file by another way.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.masking import mask

_SCHEMA = """
CREATE TABLE IF NOT EXISTS turns (
    message_id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    at TEXT NOT NULL,
    question TEXT NOT NULL,
    status TEXT NOT NULL,
    answer TEXT NOT NULL,
    sources TEXT NOT NULL,
    via TEXT NOT NULL,
    milliseconds REAL NOT NULL,
    chart TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX IF NOT EXISTS turns_of_conversation ON turns (conversation_id, at);
CREATE INDEX IF NOT EXISTS turns_by_time ON turns (at);
CREATE TABLE IF NOT EXISTS feedback (
    message_id TEXT PRIMARY KEY REFERENCES turns (message_id) ON DELETE CASCADE,
    at TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;
"""
_SWEEP_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Turn:
    """A person's message and its answer.

    `via` is rasa, direct or gateway, `sources` are "number section", `chart` what a chart is drawn from
    as JSON.
    """

    message_id: str
    conversation_id: str
    question: str
    status: str
    answer: str
    sources: tuple[str, ...]
    via: str
    milliseconds: float
    chart: str = ""


@dataclass(frozen=True, slots=True)
class ToReview:
    """A question that was refused, asked back or disliked, with what was answered."""

    message_id: str
    at: str
    question: str
    status: str
    answer: str
    verdict: str
    reason: str


_REVIEWED = {
    "refused": "t.status = 'not_found'",
    "unclear": "t.status = 'clarify'",
    "disliked": "f.verdict = 'down'",
    "liked": "f.verdict = 'up'",
    "": "(t.status IN ('not_found', 'clarify') OR f.verdict = 'down')",
}


class Conversations:
    """The open store. Safe to use from several threads: one connection behind one lock."""

    def __init__(self, connection: sqlite3.Connection, *, retention_days: int) -> None:
        self._connection, self._lock = connection, threading.Lock()
        self._retention = timedelta(days=retention_days)
        self._next_sweep = datetime.min.replace(tzinfo=UTC)

    @classmethod
    def open(cls, path: Path, *, retention_days: int) -> Conversations:
        """The store in the file at `path`, which is made where it is missing."""
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.executescript(_SCHEMA)
        _add_missing_columns(connection)
        return cls(connection, retention_days=retention_days)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def add(self, turn: Turn, *, at: datetime | None = None) -> None:
        """Store a turn with its texts masked; now and then forget what is older than the retention time."""
        at = at or datetime.now(UTC)
        row = (
            turn.message_id,
            turn.conversation_id,
            at.isoformat(),
            mask(turn.question),
            turn.status,
            mask(turn.answer),
            json.dumps(turn.sources, ensure_ascii=False),
            turn.via,
            turn.milliseconds,
            turn.chart,
        )
        with self._lock:
            self._connection.execute("INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            if at >= self._next_sweep:
                self._forget(at)

    def rate(self, message_id: str, verdict: str, reason: str = "", *, at: datetime | None = None) -> bool:
        """Whether there is such an answer; feedback on it is stored, the later verdict counts."""
        at = at or datetime.now(UTC)
        with self._lock:
            found = self._connection.execute(
                "SELECT 1 FROM turns WHERE message_id = ?", (message_id,)
            ).fetchone()
            if found:
                self._connection.execute(
                    "INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?)",
                    (message_id, at.isoformat(), verdict, mask(reason)),
                )
        return found is not None

    def turns(self, conversation_id: str) -> Sequence[Turn]:
        """The turns of a conversation, the oldest first."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT message_id, conversation_id, question, status, answer, sources, via, milliseconds"
                " FROM turns WHERE conversation_id = ? ORDER BY at, rowid",
                (conversation_id,),
            ).fetchall()
        return [
            Turn(
                message_id,
                conversation,
                question,
                status,
                answer,
                tuple(json.loads(sources)),
                via,
                milliseconds,
            )
            for message_id, conversation, question, status, answer, sources, via, milliseconds in rows
        ]

    def chart(self, message_id: str) -> str | None:
        """What the chart of an answer is drawn from, as JSON; None where the answer is gone or has none."""
        with self._lock:
            row = self._connection.execute(
                "SELECT chart FROM turns WHERE message_id = ?", (message_id,)
            ).fetchone()
        return str(row[0]) if row and row[0] else None

    def to_review(self, kind: str, *, limit: int, offset: int = 0) -> tuple[int, list[ToReview]]:
        """How many questions are of the kind, and a page of them, the latest first.

        Kinds are refused, unclear (asked back), disliked, liked, and "" for what is to learn from.

        Raises:
            KeyError: there is no such kind.
        """
        # `where` is one of the constants above
        where = f"FROM turns AS t LEFT JOIN feedback AS f USING (message_id) WHERE {_REVIEWED[kind]}"
        with self._lock:
            (total,) = self._connection.execute(f"SELECT count(*) {where}").fetchone()
            rows = self._connection.execute(
                "SELECT t.message_id, t.at, t.question, t.status, t.answer, coalesce(f.verdict, ''),"
                f" coalesce(f.reason, '') {where} ORDER BY t.at DESC, t.rowid DESC LIMIT ? OFFSET ?",
                (limit, offset),
            ).fetchall()
        return int(total), [ToReview(*row) for row in rows]

    def asked(self, *, limit: int) -> list[list[str]]:
        """The questions of the latest conversations, each in its order; small talk is left out."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT conversation_id, question FROM turns"
                " WHERE status <> 'smalltalk' AND conversation_id IN"
                " (SELECT conversation_id FROM turns GROUP BY conversation_id ORDER BY max(at) DESC LIMIT ?)"
                " ORDER BY at, rowid",
                (limit,),
            ).fetchall()
        found: dict[str, list[str]] = {}
        for conversation_id, question in rows:
            found.setdefault(conversation_id, []).append(question)
        return list(found.values())

    def verdict(self, message_id: str) -> tuple[str, str] | None:
        """The verdict on an answer and its reason, or None."""
        with self._lock:
            row = self._connection.execute(
                "SELECT verdict, reason FROM feedback WHERE message_id = ?", (message_id,)
            ).fetchone()
        return (row[0], row[1]) if row else None

    def forget(self, conversation_id: str) -> None:
        """Delete a conversation's turns and what was thought of their answers."""
        with self._lock:
            self._connection.execute("DELETE FROM turns WHERE conversation_id = ?", (conversation_id,))

    def _forget(self, now: datetime) -> None:
        self._next_sweep = now + _SWEEP_EVERY
        self._connection.execute("DELETE FROM turns WHERE at < ?", ((now - self._retention).isoformat(),))


def _add_missing_columns(connection: sqlite3.Connection) -> None:
    """Bring a file of an earlier version up to date: conversations are not made anew by a build."""
    columns = {row[1] for row in connection.execute("PRAGMA table_info(turns)")}
    if "chart" not in columns:
        connection.execute("ALTER TABLE turns ADD COLUMN chart TEXT NOT NULL DEFAULT ''")
