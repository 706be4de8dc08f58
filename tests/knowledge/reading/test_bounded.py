"""Reading a text ends within its limits, whatever the text is."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from bot.ingestion import ingest_file
from knowledge.errors import BrokenFile, NoReportNumber, NotText, TooCostly
from knowledge.formats.limits import Limits
from knowledge.reading import bounded, read_report, read_report_text, read_with_source
from knowledge.reading.source import RawText
from knowledge.store import Store

_HEAD = "Số: 12/BC-UBND\n\nHòa Bình, ngày 05 tháng 4 năm 2024\n\nBÁO CÁO\nTháng 3\n\nI. KẾT QUẢ\n\n"


def report_file(folder: Path, *, lines: int) -> Path:
    """A report of so many lines; a hundred take some 0.1 s and some megabytes to read."""
    path = folder / "bao-cao.txt"
    path.write_text(
        _HEAD + "\n".join(f"- Xã {i} tiếp nhận {i}/9.000 hồ sơ, đạt {i % 90}%." for i in range(lines))
    )
    return path


def test_report_read_in_a_child_is_the_one_read_here(tmp_path: Path) -> None:
    path = report_file(tmp_path, lines=20)
    report, source = read_with_source(path)
    assert report == read_report_text(path.read_text(), name=path.name)
    assert source.pages == (path.read_text(),)


def test_text_that_takes_too_long_costs_one_error_and_changes_nothing_stored(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "k.sqlite")
    assert ingest_file(store, report_file(tmp_path, lines=2)).status == "added"
    before = store.revisions()
    result = ingest_file(store, report_file(tmp_path, lines=3000), Limits(seconds=0.1))
    assert result.status == "failed"
    assert (
        "bao-cao.txt: reading its text took too long; expected at most 0.1 seconds; split the report"
        in result.error
    )
    assert store.revisions() == before


def test_text_that_takes_too_much_memory_costs_one_error(tmp_path: Path) -> None:
    with pytest.raises(TooCostly, match=r"needs too much memory; expected .* in 1,000,000 bytes; split the"):
        read_report(report_file(tmp_path, lines=3000), limits=Limits(memory_bytes=1_000_000))


def test_report_of_more_figures_than_the_text_allowed_could_hold_is_refused(tmp_path: Path) -> None:
    path = report_file(tmp_path, lines=400)
    with pytest.raises(TooCostly, match=r"too many figures for a report; .*split the report"):
        bounded.read_bounded(RawText(path.name, "text", path.read_bytes()), Limits(text_bytes=1000))


def test_errors_of_the_text_keep_their_kind_and_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("BÁO CÁO\n\nKhông số.")
    with pytest.raises(NoReportNumber, match=r"^a\.txt"):
        read_report(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_bytes(b"\xd0\xff" * 40)
    with pytest.raises(NotText, match=r"^b\.txt"):
        read_report(tmp_path / "b.txt")


def test_reader_process_that_was_ended_is_started_anew(tmp_path: Path) -> None:
    path = report_file(tmp_path, lines=2)
    read_report(path)
    child = bounded._READER._child
    assert child is not None
    child.kill()
    assert read_report(path).number == "12/BC-UBND"


def test_fork_that_dies_without_an_answer_costs_one_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "_received", lambda connection: b"")
    with pytest.raises(BrokenFile, match=r"broke its reader and was left out; split the report"):
        read_report(report_file(tmp_path, lines=1))


def test_fault_of_ours_comes_with_its_trace(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"(?s)x failed in the child:.*Traceback.*AttributeError"):
        bounded.read_bounded(RawText("x", "text", 5), Limits())  # type: ignore[arg-type]


def test_several_threads_read_at_once(tmp_path: Path) -> None:
    path, numbers = report_file(tmp_path, lines=5), list[str]()
    threads = [threading.Thread(target=lambda: numbers.append(read_report(path).number)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert numbers == ["12/BC-UBND"] * 4
