"""The channel's SQLite file: one thread works on it, and what waits together is committed together.

Each commit is on the disk before anybody hears of it (``synchronous=FULL``). One thread for all means that a
hundred webhooks in the same moment cost one wait for the disk, not a hundred.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

_MOST_A_COMMIT = 256
_BUSY_MILLISECONDS = 10_000  # `hoidap zalo resend` may write at the same time
_SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
    key TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    msg_id TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    received_ms INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done'))
) STRICT;
CREATE INDEX IF NOT EXISTS events_waiting ON events (user_id, at_ms) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS events_by_time ON events (received_ms);
CREATE INDEX IF NOT EXISTS events_by_user ON events (user_id);
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event_key TEXT NOT NULL,
    user_id TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'planned'
        CHECK (state IN ('planned', 'sending', 'sent', 'uncertain', 'dead')),
    attempts INTEGER NOT NULL DEFAULT 0,
    first_tried_ms INTEGER NOT NULL DEFAULT 0,
    not_before_ms INTEGER NOT NULL DEFAULT 0,
    changed_ms INTEGER NOT NULL,
    error_code INTEGER,
    error TEXT NOT NULL DEFAULT '',
    zalo_id TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX IF NOT EXISTS messages_open ON messages (user_id, id) WHERE state IN ('planned', 'sending');
CREATE INDEX IF NOT EXISTS messages_undelivered ON messages (id) WHERE state IN ('dead', 'uncertain');
CREATE INDEX IF NOT EXISTS messages_by_user ON messages (user_id);
CREATE TABLE IF NOT EXISTS people (
    user_id TEXT PRIMARY KEY,
    welcomed_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
"""


class Journal:
    """The open file. `write` from the event loop, `wait_for` from a command."""

    def __init__(self, path: Path) -> None:
        self._jobs: queue.SimpleQueue[tuple[Work[Any], Future[Any]] | None] = queue.SimpleQueue()
        self._connection = _opened(path)
        self._thread = threading.Thread(target=self._work, name="zalo-journal", daemon=True)
        self._thread.start()

    async def write(self, work: Work[T]) -> T:
        """What `work` returns, once what it wrote is on the disk. Whatever it raises is raised here."""
        return await asyncio.wrap_future(self._submit(work))

    def wait_for(self, work: Work[T]) -> T:
        """As `write`, for callers without an event loop."""
        return self._submit(work).result()

    def close(self) -> None:
        """Finish what waits and close the file."""
        self._jobs.put(None)
        self._thread.join()
        self._connection.close()

    def _submit(self, work: Work[T]) -> Future[T]:
        future: Future[T] = Future()
        self._jobs.put((work, future))
        return future

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            batch = [job]
            with contextlib.suppress(queue.Empty):
                while len(batch) < _MOST_A_COMMIT and (more := self._jobs.get_nowait()):
                    batch.append(more)
                if len(batch) < _MOST_A_COMMIT:
                    self._jobs.put(None)  # the end was among them: it comes after this batch
            self._commit([(work, future) for work, future in batch if future.set_running_or_notify_cancel()])

    def _commit(self, batch: list[tuple[Work[Any], Future[Any]]]) -> None:
        results: list[tuple[Future[Any], Any, BaseException | None]] = []
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for work, future in batch:
                results.append((future, *self._one(work)))
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:  # a full disk: nothing of the batch is stored, and everybody is told
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            for _, future in batch:
                future.set_exception(error)
            return
        for future, result, failure in results:
            if failure is None:
                future.set_result(result)
            else:
                future.set_exception(failure)

    def _one(self, work: Work[Any]) -> tuple[Any, BaseException | None]:
        """What a job returns, or raises; one that raises leaves nothing behind."""
        self._connection.execute("SAVEPOINT job")
        try:
            result, failure = work(self._connection), None
        except Exception as error:
            result, failure = None, error
            self._connection.execute("ROLLBACK TO job")
        self._connection.execute("RELEASE job")
        return result, failure


def _opened(path: Path) -> sqlite3.Connection:
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")  # what a person withdrew is not to be found in the file
    connection.executescript(_SCHEMA)
    return connection
