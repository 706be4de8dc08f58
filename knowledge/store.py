"""All reports in one SQLite file.

Add, amend, list, load, remove. Every version of a report stays readable.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from knowledge.errors import StoreError
from knowledge.records import Report
from knowledge.schema import migrate

_CODEC = TypeAdapter(Report)


@dataclass(frozen=True, slots=True)
class AddResult:
    """What adding a report did.

    Added, unchanged, reread (same file, read by newer rules) or replaced (amended).
    """

    status: Literal["added", "unchanged", "reread", "replaced"]
    report_id: str
    version: int


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """A line of the list of reports."""

    id: str
    version: int
    number: str
    title: str
    issuer: str
    place: str
    issued_on: date | None
    period_label: str
    source_name: str
    sha256: str
    sections: int
    passages: int
    facts: int
    findings: int


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """One version of a report: when it was stored, and whether it is the one that counts now."""

    report_id: str
    version: int
    active: bool
    number: str
    added_at: str
    source_name: str
    sha256: str
    facts: int
    findings: int


class Store:
    """The reports in the SQLite file at `path`. Safe to use from several threads.

    Each call opens its own connection.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def open(cls, path: Path) -> Store:
        """The store at `path`, created or migrated as needed. Raises StoreError when the file is no store."""
        path.parent.mkdir(parents=True, exist_ok=True)
        store = cls(path)
        with store._connection() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            migrate(connection)
        return store

    def add(self, report: Report) -> AddResult:
        """Adds `report`, or replaces the active version of the same report; all or nothing."""
        body = _CODEC.dump_json(report).decode()
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            row = connection.execute(
                "SELECT version, sha256, body FROM report WHERE id = ? AND active", (report.id,)
            ).fetchone()
            if row and row["body"] == body:
                return AddResult("unchanged", report.id, row["version"])
            if row and row["sha256"] == report.sha256:
                connection.execute(
                    "DELETE FROM report WHERE id = ? AND version = ?", (report.id, row["version"])
                )
                status: Literal["added", "reread", "replaced"] = "reread"
                version = int(row["version"])
            else:
                status, version = ("replaced" if row else "added"), self._next_version(connection, report.id)
                connection.execute("UPDATE report SET active = 0 WHERE id = ?", (report.id,))
            _insert(connection, report, version=version, body=body)
            connection.commit()
        return AddResult(status, report.id, version)

    def reports(self) -> list[ReportSummary]:
        """The active reports, newest first."""
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT * FROM report WHERE active ORDER BY issued_on IS NULL, issued_on DESC, id"
            ).fetchall()
        return [_summary(row) for row in rows]

    def report(self, report_id: str, *, version: int | None = None) -> Report:
        """The report, in its active version unless told otherwise. Raises StoreError when there is none."""
        where = "active" if version is None else "version = :version"
        with self._connection() as connection:
            row = connection.execute(
                # `where` is one of two constants.
                f"SELECT body FROM report WHERE id = :id AND {where}",  # noqa: S608
                {"id": report_id, "version": version},
            ).fetchone()
        if row is None:
            raise StoreError(
                f"no report {report_id!r}; `hoidap ingest` adds one, "
                "the list of reports names those there are"
            )
        try:
            return _CODEC.validate_json(row["body"])
        except ValidationError as error:
            raise StoreError(
                f"report {report_id!r} was stored by another version of this program; ingest its file again"
            ) from error

    def previous_of(self, report: Report) -> Report | None:
        """The newest stored report of the series of `report` that was issued before it, None for none."""
        return self._nearest(report, "issued_on < ? ORDER BY issued_on DESC, id")

    def following(self, report: Report) -> Report | None:
        """The oldest stored report of the series of `report` that was issued after it, None for none."""
        return self._nearest(report, "issued_on > ? ORDER BY issued_on, id")

    def _nearest(self, report: Report, order: str) -> Report | None:
        from knowledge.checks import is_series

        if report.issued_on is None:
            return None
        with self._connection() as connection:
            rows = connection.execute(
                f"SELECT * FROM report WHERE active AND issuer = ? AND {order}",  # noqa: S608  (two constants)
                (report.issuer, report.issued_on.isoformat()),
            ).fetchall()
        alike = (summary for summary in map(_summary, rows) if is_series(report, summary))
        return next((other for s in alike if (other := self._readable(s.id)) is not None), None)

    def _readable(self, report_id: str) -> Report | None:
        """The report, None where it was stored by another version of this program."""
        try:
            return self.report(report_id)
        except StoreError:
            return None

    def versions(self, report_id: str) -> list[int]:
        """The versions of a report, oldest first."""
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT version FROM report WHERE id = ? ORDER BY version", (report_id,)
            ).fetchall()
        return [int(row["version"]) for row in rows]

    def history(self, report_id: str) -> list[StoredVersion]:
        """The versions of a report with their particulars, the newest first; [] where there is none."""
        with self._connection() as connection:
            rows = connection.execute(
                f"SELECT {_VERSION} FROM report WHERE id = ? ORDER BY version DESC",  # noqa: S608
                (report_id,),
            ).fetchall()
        return [_stored_version(row) for row in rows]

    def withdrawn(self) -> list[StoredVersion]:
        """The last version of every report that was removed, the latest stored first."""
        with self._connection() as connection:
            rows = connection.execute(
                f"SELECT {_VERSION} FROM report AS r WHERE NOT EXISTS"  # noqa: S608
                " (SELECT 1 FROM report AS a WHERE a.id = r.id AND (a.active OR a.version > r.version))"
                " ORDER BY added_at DESC, id"
            ).fetchall()
        return [_stored_version(row) for row in rows]

    def activate(self, report_id: str, version: int) -> None:
        """Makes a stored version the one that counts, in place of any other; all or nothing.

        Raises StoreError when there is no such version, or when another program wrote it.
        """
        report = self.report(report_id, version=version)
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE report SET active = 0 WHERE id = ?", (report_id,))
            connection.execute(
                "UPDATE report SET active = 1 WHERE id = ? AND version = ?", (report_id, version)
            )
            _put_facts(connection, report)
            connection.commit()

    def remove(self, report_id: str) -> bool:
        """Withdraws a report from the active ones; its versions stay readable. False when there was none."""
        with self._connection() as connection:
            done = connection.execute(
                "UPDATE report SET active = 0 WHERE id = ? AND active", (report_id,)
            ).rowcount
            connection.execute("DELETE FROM fact WHERE report_id = ?", (report_id,))
            connection.commit()
        return done > 0

    def fingerprint(self) -> str:
        """A text that changes whenever the set of active reports or their content changes."""
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT id, version, sha256, length(body) AS size FROM report WHERE active ORDER BY id"
            ).fetchall()
        return ";".join(f"{r['id']}:{r['version']}:{r['sha256']}:{r['size']}" for r in rows)

    def revisions(self) -> dict[str, str]:
        """The active reports, each with a text that changes whenever its content does."""
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT id, version, sha256, added_at, length(body) AS size FROM report "
                "WHERE active ORDER BY id"
            ).fetchall()
        return {r["id"]: f"{r['version']}:{r['sha256']}:{r['added_at']}:{r['size']}" for r in rows}

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        except sqlite3.Error as error:
            raise StoreError(f"cannot open the store {self.path.name}: {error}") from error
        connection.row_factory = sqlite3.Row
        try:
            yield connection
        except sqlite3.DatabaseError as error:
            raise StoreError(f"the store {self.path.name} cannot be used: {error}") from error
        finally:
            # An uncommitted transaction is rolled back here.
            connection.close()

    @staticmethod
    def _next_version(connection: sqlite3.Connection, report_id: str) -> int:
        (last,) = connection.execute("SELECT max(version) FROM report WHERE id = ?", (report_id,)).fetchone()
        return (last or 0) + 1


def _insert(connection: sqlite3.Connection, report: Report, *, version: int, body: str) -> None:
    period = report.period
    values = {
        "id": report.id, "version": version, "active": 1, "number": report.number, "title": report.title,
        "issuer": report.issuer, "place": report.place,
        "issued_on": report.issued_on.isoformat() if report.issued_on else None,
        "period_start": period.start.isoformat() if period else None,
        "period_end": period.end.isoformat() if period else None,
        "period_label": period.label if period else "",
        "source_name": report.source_name, "sha256": report.sha256,
        "added_at": datetime.now(UTC).isoformat(timespec="seconds"), "sections": len(report.sections),
        "passages": len(report.passages), "facts": len(report.facts), "findings": len(report.findings),
        "body": body,
    }  # fmt: skip
    connection.execute(
        f"INSERT INTO report ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",  # noqa: S608
        [*values.values()],
    )
    _put_facts(connection, report)


def _put_facts(connection: sqlite3.Connection, report: Report) -> None:
    """Writes the facts of a report's active version in place of those of another."""
    connection.execute("DELETE FROM fact WHERE report_id = ?", (report.id,))
    connection.executemany(f"INSERT INTO fact VALUES ({', '.join('?' * 15)})", [*_fact_rows(report)])  # noqa: S608


def _fact_rows(report: Report) -> Iterator[tuple[object, ...]]:
    for f in report.facts:
        passage = report.passages[f.passage]
        yield (
            report.id, f.ordinal, f.kind, f.indicator, " › ".join(f.context), _text(f.value), f.unit,
            _text(f.numerator), _text(f.denominator), f.counted, f.place, f.period.label if f.period else "",
            f.as_of.isoformat() if f.as_of else None, passage.path, f.clause.of(report.text),
        )  # fmt: skip


_VERSION = "id, version, active, number, added_at, source_name, sha256, facts, findings"


def _stored_version(row: sqlite3.Row) -> StoredVersion:
    return StoredVersion(
        row["id"], row["version"], bool(row["active"]), row["number"], row["added_at"], row["source_name"],
        row["sha256"], row["facts"], row["findings"],
    )  # fmt: skip


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _summary(row: sqlite3.Row) -> ReportSummary:
    return ReportSummary(
        row["id"],
        row["version"],
        row["number"],
        row["title"],
        row["issuer"],
        row["place"],
        date.fromisoformat(row["issued_on"]) if row["issued_on"] else None,
        row["period_label"],
        row["source_name"],
        row["sha256"],
        row["sections"],
        row["passages"],
        row["facts"],
        row["findings"],
    )
