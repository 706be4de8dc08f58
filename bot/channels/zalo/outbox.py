"""What is to be sent: planned, under way, sent, or undeliverable.

Zalo knows no idempotency key, so a message is marked as under way before the call. Where nobody can tell
whether Zalo took it (a crash, a lost reply), it is listed as uncertain and not sent twice: an operator
decides. If Zalo's echo of the message comes in, the doubt is over.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to a person, whose event came in at `asked_ms`.

    `body` is Zalo's ``message`` member, or ``{"chart": id}`` for a picture.
    """

    id: int
    event_key: str
    user_id: str
    body: Mapping[str, Any]
    attempts: int
    first_tried_ms: int
    not_before_ms: int
    asked_ms: int


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that was not delivered, or may not have been."""

    id: int
    user_id: str
    state: str
    body: Mapping[str, Any]
    changed_ms: int
    error_code: int | None
    error: str


def plan(
    connection: sqlite3.Connection,
    event_key: str,
    user_id: str,
    bodies: Sequence[Mapping[str, Any]],
    *,
    now_ms: int,
) -> None:
    """Store an answer's messages, to be sent in this order."""
    connection.executemany(
        "INSERT INTO messages (event_key, user_id, body, changed_ms) VALUES (?, ?, ?, ?)",
        [(event_key, user_id, json.dumps(body, ensure_ascii=False), now_ms) for body in bodies],
    )


def head(connection: sqlite3.Connection, user_id: str) -> Outgoing | None:
    """The person's message to send next."""
    row = connection.execute(
        "SELECT messages.*, events.received_ms FROM messages LEFT JOIN events ON events.key = event_key"
        " WHERE messages.user_id = ? AND messages.state = 'planned' ORDER BY id LIMIT 1",
        (user_id,),
    ).fetchone()
    if row is None:
        return None
    return Outgoing(
        row["id"],
        row["event_key"],
        row["user_id"],
        json.loads(row["body"]),
        row["attempts"],
        row["first_tried_ms"],
        row["not_before_ms"],
        row["received_ms"] or row["changed_ms"],
    )


def sending(connection: sqlite3.Connection, message_id: int, *, now_ms: int) -> bool:
    """Mark the message as under way, which comes before the call. False where it is no longer to be sent."""
    cursor = connection.execute(
        "UPDATE messages SET state = 'sending', attempts = attempts + 1, changed_ms = ?,"
        " first_tried_ms = CASE first_tried_ms WHEN 0 THEN ? ELSE first_tried_ms END"
        " WHERE id = ? AND state = 'planned'",
        (now_ms, now_ms, message_id),
    )
    return cursor.rowcount == 1


def sent(connection: sqlite3.Connection, message_id: int, zalo_id: str, *, now_ms: int) -> None:
    """Zalo has taken the message; what it said is not kept."""
    connection.execute(
        "UPDATE messages SET state = 'sent', zalo_id = ?, body = '{}', error = '', error_code = NULL,"
        " changed_ms = ? WHERE id = ?",
        (zalo_id, now_ms, message_id),
    )


def later(
    connection: sqlite3.Connection,
    message_id: int,
    *,
    not_before_ms: int,
    now_ms: int,
    code: int | None,
    error: str,
) -> None:
    """Zalo has not taken the message; it is tried again from `not_before_ms` on."""
    connection.execute(
        # an upload that failed came before the message was under way: it counts as an attempt here
        "UPDATE messages SET attempts = attempts + (state = 'planned'), state = 'planned', not_before_ms = ?,"
        " first_tried_ms = CASE first_tried_ms WHEN 0 THEN ? ELSE first_tried_ms END, changed_ms = ?,"
        " error_code = ?, error = ? WHERE id = ?",
        (not_before_ms, now_ms, now_ms, code, error, message_id),
    )


def give_up(
    connection: sqlite3.Connection, message_id: int, *, now_ms: int, code: int | None, error: str
) -> None:
    """List the message as undeliverable, and with it the rest of the same answer: half of one misleads."""
    connection.execute(
        "UPDATE messages SET state = 'dead', changed_ms = ?, error_code = ?, error = ?"
        " WHERE id = ? OR (state = 'planned' AND id > ?"
        " AND event_key = (SELECT event_key FROM messages WHERE id = ?))",
        (now_ms, code, error, message_id, message_id, message_id),
    )


def doubt(connection: sqlite3.Connection, message_id: int, *, now_ms: int, error: str) -> bool:
    """Whether the message is now listed as uncertain; not where its echo has come in already: it was sent."""
    row = connection.execute("SELECT zalo_id FROM messages WHERE id = ?", (message_id,)).fetchone()
    if row is not None and row[0]:
        sent(connection, message_id, row[0], now_ms=now_ms)
        return False
    connection.execute(
        "UPDATE messages SET state = 'uncertain', changed_ms = ?, error = ? WHERE id = ?",
        (now_ms, error, message_id),
    )
    return True


def recover(connection: sqlite3.Connection, *, now_ms: int) -> int:
    """How many messages a crash left in doubt: those that were under way."""
    rows = connection.execute("SELECT id FROM messages WHERE state = 'sending'").fetchall()
    error = "the service ended while this was being sent"
    return sum(doubt(connection, row[0], now_ms=now_ms, error=error) for row in rows)


def confirm(connection: sqlite3.Connection, user_id: str, text: str, zalo_id: str, *, now_ms: int) -> bool:
    """Whether an echo ends a doubt. One that comes while the call is under way is remembered with it."""
    rows = connection.execute(
        "SELECT id, state, body FROM messages WHERE user_id = ? AND state IN ('sending', 'uncertain')"
        " AND zalo_id = '' ORDER BY id",
        (user_id,),
    ).fetchall()
    for row in rows:
        if str(json.loads(row["body"]).get("text", "")).split() != text.split() or not text.strip():
            continue
        if row["state"] == "uncertain":
            sent(connection, row["id"], zalo_id, now_ms=now_ms)
            return True
        connection.execute("UPDATE messages SET zalo_id = ? WHERE id = ?", (zalo_id, row["id"]))
        return False
    return False


def undelivered(connection: sqlite3.Connection) -> list[Undelivered]:
    """What was not delivered, or may not have been, the oldest first."""
    rows = connection.execute("SELECT * FROM messages WHERE state IN ('dead', 'uncertain') ORDER BY id")
    return [
        Undelivered(
            row["id"],
            row["user_id"],
            row["state"],
            json.loads(row["body"]),
            row["changed_ms"],
            row["error_code"],
            row["error"],
        )
        for row in rows
    ]


def resend(connection: sqlite3.Connection, message_id: int, *, now_ms: int) -> bool:
    """Whether there is such an undelivered message; it is planned anew, the running service sends it."""
    cursor = connection.execute(
        "UPDATE messages SET state = 'planned', attempts = 0, first_tried_ms = 0, not_before_ms = 0,"
        " changed_ms = ? WHERE id = ? AND state IN ('dead', 'uncertain')",
        (now_ms, message_id),
    )
    return cursor.rowcount == 1


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many events wait and how many messages there are in each state."""
    found = dict.fromkeys(("waiting", "planned", "sending", "sent", "dead", "uncertain"), 0)
    found["waiting"] = connection.execute("SELECT count(*) FROM events WHERE state = 'waiting'").fetchone()[0]
    rows = connection.execute("SELECT state, count(*) FROM messages GROUP BY state")
    return found | {row[0]: row[1] for row in rows}
