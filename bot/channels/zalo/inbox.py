"""The durable queue of events: stored before Zalo hears 200, taken in the order in which people wrote.

Functions over the journal's connection; each is one step that is committed whole.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from dataclasses import dataclass

from bot.channels.zalo.events import Event, Kind

_WELCOME_AGAIN_MS = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that waits for its answer.

    `attempts` counts how often answering it was begun; `seen_ms` is when it was found to be the first.
    """

    event: Event
    received_ms: int
    attempts: int
    seen_ms: int


def add(connection: sqlite3.Connection, event: Event, *, now_ms: int) -> bool:
    """Whether the event is new; a duplicate changes nothing."""
    cursor = connection.execute(
        "INSERT OR IGNORE INTO events (key, user_id, kind, text, msg_id, at_ms, received_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (event.key, event.user_id, event.kind, event.text, event.msg_id, event.at_ms, now_ms),
    )
    return cursor.rowcount == 1


def head(connection: sqlite3.Connection, user_id: str, *, now_ms: int) -> Waiting | None:
    """The person's event to answer next: a withdrawal before all, else what was written first."""
    row = connection.execute(
        "SELECT * FROM events WHERE user_id = ? AND state = 'waiting'"
        " ORDER BY kind = 'withdraw' DESC, at_ms, received_ms, key LIMIT 1",
        (user_id,),
    ).fetchone()
    if row is None:
        return None
    kind: Kind = row["kind"]
    event = Event(row["key"], kind, row["user_id"], row["text"], row["msg_id"], row["at_ms"])
    return Waiting(event, row["received_ms"], row["attempts"], now_ms)


def begin(connection: sqlite3.Connection, key: str) -> None:
    """Count that answering is begun: an event that brings the process down is not begun for ever."""
    connection.execute("UPDATE events SET attempts = attempts + 1 WHERE key = ?", (key,))


def finish(connection: sqlite3.Connection, key: str) -> None:
    """The event has its answer planned: what was typed is not kept, its key is, to know it again."""
    connection.execute("UPDATE events SET state = 'done', text = '' WHERE key = ?", (key,))


def people_with_work(connection: sqlite3.Connection) -> list[str]:
    """Everybody who waits for an answer or for one to be sent."""
    rows = connection.execute(
        "SELECT user_id FROM events WHERE state = 'waiting'"
        " UNION SELECT user_id FROM messages WHERE state IN ('planned', 'sending')"
    )
    return [row[0] for row in rows]


def welcome_due(connection: sqlite3.Connection, user_id: str, *, now_ms: int) -> bool:
    """Whether the person gets a welcome: one a day, though following and opening the chat both ask for it."""
    row = connection.execute("SELECT welcomed_ms FROM people WHERE user_id = ?", (user_id,)).fetchone()
    return row is None or now_ms - int(row[0]) >= _WELCOME_AGAIN_MS


def welcomed(connection: sqlite3.Connection, user_id: str, *, now_ms: int) -> None:
    """Remember that the person was welcomed."""
    connection.execute("INSERT OR REPLACE INTO people VALUES (?, ?)", (user_id, now_ms))


def withdraw(connection: sqlite3.Connection, user_id: str, *, until_ms: int) -> None:
    """Delete everything of a person up to a time.

    Of messages the bare id stays: it names nobody, and a late repetition must not be answered.
    """
    connection.execute("DELETE FROM messages WHERE user_id = ?", (user_id,))
    connection.execute("DELETE FROM people WHERE user_id = ?", (user_id,))
    connection.execute(
        "DELETE FROM events WHERE user_id = ? AND msg_id = '' AND at_ms <= ?", (user_id, until_ms)
    )
    connection.execute(
        "UPDATE events SET user_id = '', text = '', state = 'done' WHERE user_id = ? AND at_ms <= ?",
        (user_id, until_ms),
    )


def forget_old(connection: sqlite3.Connection, *, before_ms: int) -> None:
    """Delete what is done and older than a time, undeliverable messages too."""
    connection.execute(
        "DELETE FROM messages WHERE state IN ('sent', 'dead', 'uncertain') AND changed_ms < ?", (before_ms,)
    )
    connection.execute("DELETE FROM events WHERE state = 'done' AND received_ms < ?", (before_ms,))
    connection.execute("DELETE FROM people WHERE welcomed_ms < ?", (before_ms,))


def conversation_secret(connection: sqlite3.Connection) -> bytes:
    """The key from which conversation ids are made, drawn once for this file."""
    connection.execute("INSERT OR IGNORE INTO secrets VALUES ('conversation', ?)", (secrets.token_bytes(32),))
    row = connection.execute("SELECT value FROM secrets WHERE name = 'conversation'").fetchone()
    return bytes(row[0])


def conversation_id(secret: bytes, user_id: str) -> str:
    """The conversation of a person: outside this channel nobody can tell who that is."""
    return "zalo-" + hmac.new(secret, user_id.encode(), hashlib.sha256).hexdigest()[:40]
