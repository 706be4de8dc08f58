"""Reports in one file: added once, amended, kept, removed; broken files and many writers."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from knowledge.errors import StoreError
from knowledge.reading import read_report_text
from knowledge.records import Report
from knowledge.schema import MIGRATIONS
from knowledge.store import Store


def report(*, number: int = 1, count: int = 10) -> Report:
    text = (
        f"Số: {number}/BC-UBND\n\nHuế, ngày 05 tháng 4 năm 2024\n\nBÁO CÁO\nKết quả\n\nI. A\n\n- "
        f"Tiếp nhận {count}/{count} hồ sơ.\n"
    )
    return read_report_text(text, name=f"{number}.txt")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "new" / "knowledge.sqlite")


def test_report_comes_back_as_it_was_added(store: Store) -> None:
    added = report()
    assert store.add(added).status == "added"
    assert store.report(added.id) == added


def test_same_report_added_twice_changes_nothing(store: Store) -> None:
    store.add(report())
    before = store.fingerprint()
    assert store.add(report()).status == "unchanged"
    assert store.fingerprint() == before
    assert store.versions(report().id) == [1]


def test_amended_report_replaces_its_predecessor_which_stays_readable(store: Store) -> None:
    store.add(report(count=10))
    before = store.fingerprint()
    result = store.add(report(count=12))
    assert (result.status, result.version) == ("replaced", 2)
    assert store.fingerprint() != before
    assert len(store.reports()) == 1
    assert "12/12" in store.report(result.report_id).text
    assert "10/10" in store.report(result.report_id, version=1).text


def test_removed_report_is_no_longer_listed_but_readable(store: Store) -> None:
    store.add(report())
    assert store.remove(report().id)
    assert not store.remove(report().id)
    assert store.reports() == []
    assert store.report(report().id, version=1) == report()
    with pytest.raises(StoreError, match=r"no report '1-bc-ubnd-hue-2024-04-05'; `hoidap ingest` adds one"):
        store.report(report().id)


def test_removed_report_can_be_added_again(store: Store) -> None:
    store.add(report())
    store.remove(report().id)
    assert store.add(report()).status == "added"
    assert len(store.reports()) == 1


def test_list_has_numbers_and_newest_first(store: Store) -> None:
    for number in (3, 4):
        store.add(report(number=number))
    summary = store.reports()[0]
    assert (summary.number, summary.facts, summary.source_name) == ("3/BC-UBND", 1, "3.txt")


def test_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.sqlite"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError, match=r"the store broken\.sqlite cannot be used: file is not a database"):
        Store.open(path)


def test_store_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path, store: Store) -> None:
    with sqlite3.connect(store.path) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StoreError, match=r"use the newer program or ingest into a new file"):
        Store.open(store.path)


def test_report_of_another_program_version_asks_to_be_ingested_again(store: Store) -> None:
    added = report()
    store.add(added)
    with sqlite3.connect(store.path) as connection:
        connection.execute("UPDATE report SET body = '{}'")
    with pytest.raises(
        StoreError, match=r"was stored by another version of this program; ingest its file again"
    ):
        store.report(added.id)


def test_writers_at_the_same_time_lose_nothing(store: Store) -> None:
    reports = [report(number=n) for n in range(1, 13)]
    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(lambda r: Store.open(store.path).add(r), reports))
    assert {r.status for r in results} == {"added"}
    assert len(store.reports()) == len(reports)


def test_facts_can_be_read_with_plain_sql(store: Store) -> None:
    store.add(report(count=25))
    with sqlite3.connect(store.path) as connection:
        rows = connection.execute(
            "SELECT kind, numerator, denominator, section FROM fact WHERE kind = 'ratio'"
        ).fetchall()
    assert rows == [("ratio", "25", "25", "I")]


def test_adding_that_fails_half_way_keeps_what_was_there(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add(report(count=10))

    def fail(_: Report) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr("knowledge.store._fact_rows", fail)
    with pytest.raises(RuntimeError, match="killed"):
        store.add(report(count=12))
    assert "10/10" in store.report(report().id).text


def test_earlier_version_counts_again_with_its_facts(store: Store) -> None:
    store.add(report(count=10))
    store.add(report(count=12))
    before = store.fingerprint()
    store.activate(report().id, 1)
    assert "10/10" in store.report(report().id).text
    assert store.fingerprint() != before
    assert [(line.version, line.active) for line in store.history(report().id)] == [(2, False), (1, True)]
    with sqlite3.connect(store.path) as connection:
        rows = connection.execute("SELECT DISTINCT denominator FROM fact WHERE kind = 'ratio'").fetchall()
    assert rows == [("10",)]


def test_removed_report_is_listed_as_withdrawn_until_it_counts_again(store: Store) -> None:
    store.add(report(count=10))
    store.add(report(count=12))
    assert store.withdrawn() == []
    store.remove(report().id)
    assert [(line.report_id, line.version) for line in store.withdrawn()] == [(report().id, 2)]
    store.activate(report().id, 2)
    assert store.withdrawn() == []


def test_version_that_is_not_there_changes_nothing(store: Store) -> None:
    store.add(report(count=10))
    with pytest.raises(StoreError, match="no report"):
        store.activate(report().id, 7)
    assert "10/10" in store.report(report().id).text
