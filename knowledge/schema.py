"""The tables of the store, as numbered migrations; the file's ``user_version`` says which have run."""

from __future__ import annotations

import sqlite3

from knowledge.errors import StoreError

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE report (
        id TEXT NOT NULL,
        version INTEGER NOT NULL,
        active INTEGER NOT NULL,
        number TEXT NOT NULL,
        title TEXT NOT NULL,
        issuer TEXT NOT NULL,
        place TEXT NOT NULL,
        issued_on TEXT,
        period_start TEXT,
        period_end TEXT,
        period_label TEXT,
        source_name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        added_at TEXT NOT NULL,
        sections INTEGER NOT NULL,
        passages INTEGER NOT NULL,
        facts INTEGER NOT NULL,
        findings INTEGER NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (id, version)
    );
    CREATE UNIQUE INDEX one_active_version ON report (id) WHERE active;
    CREATE TABLE fact (
        report_id TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        kind TEXT NOT NULL,
        indicator TEXT NOT NULL,
        context TEXT NOT NULL,
        value TEXT,
        unit TEXT NOT NULL,
        numerator TEXT,
        denominator TEXT,
        counted TEXT NOT NULL,
        place TEXT NOT NULL,
        period TEXT NOT NULL,
        as_of TEXT,
        section TEXT NOT NULL,
        quote TEXT NOT NULL,
        PRIMARY KEY (report_id, ordinal)
    );
    """,
    # The report of a series before another is looked for at each ingest.
    "CREATE INDEX report_of_issuer ON report (issuer, issued_on) WHERE active;",
)


def migrate(connection: sqlite3.Connection) -> None:
    """Brings the open file to the newest version. Raises StoreError for a file of a newer program."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise StoreError(
            f"the store is of version {version}, this program knows versions up to {len(MIGRATIONS)}; "
            "use the newer program or ingest into a new file"
        )
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")
