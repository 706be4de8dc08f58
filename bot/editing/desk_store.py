"""The file of the editor's desk, apart from the store of reports: nothing staged can ever be served."""

from __future__ import annotations

import sqlite3
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.editing.records import Action, LogEntry, Run, RunState, StagedReport
from bot.problems import Problem
from knowledge.records import Report

_CODEC = TypeAdapter(Report)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS staged (
    id TEXT PRIMARY KEY, at TEXT NOT NULL, editor TEXT NOT NULL, file_name TEXT NOT NULL,
    report_id TEXT NOT NULL, number TEXT NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS log (
    n INTEGER PRIMARY KEY, at TEXT NOT NULL, editor TEXT NOT NULL, action TEXT NOT NULL,
    report_id TEXT NOT NULL, number TEXT NOT NULL, detail TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS run (
    id TEXT PRIMARY KEY, at TEXT NOT NULL, editor TEXT NOT NULL, staged_id TEXT NOT NULL,
    number TEXT NOT NULL, source TEXT NOT NULL, state TEXT NOT NULL, done INTEGER NOT NULL,
    total INTEGER NOT NULL, result TEXT NOT NULL, error TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY) STRICT;
"""
_STAGED = "id, at, editor, file_name, report_id, number"
_RUN = "id, at, editor, staged_id, number, source, state, done, total, result, error"
_INDEX_BEHIND = "index-behind"


class DeskStore:
    """The open file. Safe to use from several threads: one connection behind one lock."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection, self._lock = connection, threading.Lock()

    @classmethod
    def open(cls, path: Path) -> DeskStore:
        """The desk in the file at `path`, made where it is missing; a run that a crash cut off has failed."""
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_SCHEMA)
        return cls(connection)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def stage(self, report: Report, *, editor: str, file_name: str) -> StagedReport:
        """The report, kept until it is published or discarded; the log has a line for it."""
        staged = StagedReport(uuid.uuid4().hex, _now(), editor, file_name, report.id, report.number)
        body = _CODEC.dump_json(report).decode()
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO staged VALUES (?, ?, ?, ?, ?, ?, ?)",
                (staged.id, staged.at, editor, file_name, report.id, report.number, body),
            )
            _note(connection, editor, "staged", report.id, report.number, file_name)
        return staged

    def waiting(self) -> list[StagedReport]:
        """The staged reports, the latest first."""
        with self._lock:
            rows = self._connection.execute(f"SELECT {_STAGED} FROM staged ORDER BY at DESC").fetchall()  # noqa: S608
        return [StagedReport(*row) for row in rows]

    def staged(self, staged_id: str) -> tuple[StagedReport, Report]:
        """A staged report with what was read.

        Raises:
            Problem: there is none of that id (staged-not-found), or another version of this program read it.
        """
        with self._lock:
            row = self._connection.execute(
                f"SELECT {_STAGED}, body FROM staged WHERE id = ?",  # noqa: S608
                (staged_id,),
            ).fetchone()
        if row is None:
            raise Problem(
                "staged-not-found",
                "Không có bản chờ nào mang mã này; có thể đã được đăng hoặc bỏ. "
                "(Nothing is staged under this id; it may have been published or discarded.)",
            )
        try:
            return StagedReport(*row[:-1]), _CODEC.validate_json(row[-1])
        except ValidationError:
            raise Problem(
                "staged-not-found",
                "Bản chờ này do phiên bản phần mềm khác đọc; hãy bỏ và tải tệp lên lại. "
                "(Another version of this program read this file; discard it and upload it again.)",
            ) from None

    def discard(self, staged_id: str, *, editor: str) -> None:
        """Forget a staged report.

        Raises:
            Problem: there is none of that id (staged-not-found).
        """
        staged, _ = self.staged(staged_id)
        with self._transaction() as connection:
            connection.execute("DELETE FROM staged WHERE id = ?", (staged_id,))
            _note(connection, editor, "discarded", staged.report_id, staged.number, staged.file_name)

    def published(self, staged: StagedReport, *, editor: str, detail: str) -> None:
        """Note that a staged report now counts, and forget it here."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM staged WHERE id = ?", (staged.id,))
            _note(connection, editor, "published", staged.report_id, staged.number, detail)

    def note(self, editor: str, action: Action, report_id: str, number: str, detail: str = "") -> None:
        """Add a line to the log."""
        with self._transaction() as connection:
            _note(connection, editor, action, report_id, number, detail)

    def log(self, *, limit: int, offset: int = 0) -> list[LogEntry]:
        """Lines of the log, the latest first."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT at, editor, action, report_id, number, detail FROM log"
                " ORDER BY n DESC LIMIT ? OFFSET ?",
                (limit, offset),
            ).fetchall()
        return [LogEntry(*row) for row in rows]

    def log_size(self) -> int:
        """How many lines the log has."""
        with self._lock:
            (count,) = self._connection.execute("SELECT count(*) FROM log").fetchone()
        return int(count)

    def start_run(self, *, editor: str, staged: StagedReport, source: str, total: int) -> Run:
        """A new acceptance run, running."""
        run = Run(
            uuid.uuid4().hex, _now(), editor, staged.id, staged.number, source, "running", 0, total, "", ""
        )
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (run.id, run.at, editor, staged.id, staged.number, source, "running", 0, total, "", ""),
            )
            _note(connection, editor, "accepted", staged.report_id, staged.number, f"{total} câu, {source}")
        return run

    def step_run(self, run_id: str, *, done: int) -> None:
        """Note how far a run has come."""
        with self._transaction() as connection:
            connection.execute("UPDATE run SET done = ? WHERE id = ?", (done, run_id))

    def end_run(self, run_id: str, state: RunState, *, result: str = "", error: str = "") -> None:
        """Note the outcome of a run."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE run SET state = ?, result = ?, error = ? WHERE id = ?", (state, result, error, run_id)
            )

    def cut_off_runs(self) -> None:
        """Note that runs which no process works at any more have failed; for the start of the service."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE run SET state = 'failed', error = ? WHERE state = 'running'",
                ("Hệ thống đã khởi động lại khi đang chạy thử; hãy chạy lại.",),
            )

    def run(self, run_id: str) -> Run:
        """An acceptance run.

        Raises:
            Problem: there is none of that id (run-not-found).
        """
        with self._lock:
            row = self._connection.execute(
                f"SELECT {_RUN} FROM run WHERE id = ?",  # noqa: S608
                (run_id,),
            ).fetchone()
        if row is None:
            raise Problem("run-not-found", "Không có lần chạy thử này. (There is no such acceptance run.)")
        return Run(*row)

    def index_is_behind(self) -> bool:
        """Whether a change of the reports was cut off before its index was published."""
        with self._lock:
            row = self._connection.execute("SELECT 1 FROM mark WHERE name = ?", (_INDEX_BEHIND,)).fetchone()
        return row is not None

    def mark_index(self, *, behind: bool) -> None:
        """Note that the reports are about to change, or that the index has caught up."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM mark WHERE name = ?", (_INDEX_BEHIND,))
            if behind:
                connection.execute("INSERT INTO mark VALUES (?)", (_INDEX_BEHIND,))

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")


def _note(
    connection: sqlite3.Connection, editor: str, action: Action, report_id: str, number: str, detail: str
) -> None:
    connection.execute(
        "INSERT INTO log (at, editor, action, report_id, number, detail) VALUES (?, ?, ?, ?, ?, ?)",
        (_now(), editor, action, report_id, number, detail),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
