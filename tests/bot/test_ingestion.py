from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import UsageError
from bot.ingestion import documents_of, ingest_file, report_files
from knowledge.records import Report
from knowledge.store import Store


def test_folder_stands_for_its_report_files_at_any_depth(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    wanted = [tmp_path / "a.txt", tmp_path / "deep/b.md"]
    for path in [*wanted, tmp_path / "notes.log"]:
        path.write_text("x")
    assert report_files([tmp_path, wanted[0]]) == wanted


def test_folder_without_reports_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"holds no report file; expected files that end in .*\.txt"):
        report_files([tmp_path])


def test_every_passage_becomes_a_document_with_its_heading(report: Report) -> None:
    documents = list(documents_of(report))
    assert [document.id for document in documents] == [f"{report.id}#{p.ordinal}" for p in report.passages]
    (library,) = [document for document in documents if "thẻ thư viện" in document.text]
    assert "KẾT QUẢ\nDịch vụ công" in library.heading
    assert (library.section, library.report_id) == ("II.1.(1)", report.id)


def test_file_that_breaks_the_reader_is_reported_and_stores_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path, **limits: object) -> Report:
        raise IndexError(path)

    monkeypatch.setattr("knowledge.reading.read_report", broken)
    store = Store.open(tmp_path / "k.sqlite")
    result = ingest_file(store, tmp_path / "a.txt")
    assert (result.status, "fault of the program" in result.error) == ("failed", True)
    assert store.reports() == []


def test_month_that_comes_in_late_is_held_against_the_one_after_it(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "k.sqlite")
    april, may = (tmp_path / f"{month}.txt" for month in (4, 5))
    for path, month, cards in ((april, 4, "1.250"), (may, 5, "1.205")):
        path.write_text(
            f"UBND TỈNH HÒA BÌNH\nSỞ Y TẾ\n\nSố: {month}/BC-SYT\n\n"
            f"Hòa Bình, ngày 25 tháng {month} năm 2024\n\n"
            f"BÁO CÁO\nCông tác y tế tháng {month} năm 2024\n\n"
            f"I. KẾT QUẢ\n\n- Lũy kế cấp {cards} thẻ.\n\n"
            "Nơi nhận:\n- Lưu: VT.",
            encoding="utf-8",
        )
    later = ingest_file(store, may).report
    assert later is not None
    assert not later.findings
    ingest_file(store, april)
    assert [f.kind for f in store.report(later.id).findings] == ["cumulative"]
    assert [ingest_file(store, path).status for path in (may, april)] == ["unchanged", "unchanged"]
    assert len(store.versions(later.id)) == 1
