"""Publish, remove, roll back: each whole or not at all, each with a line in the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.ingestion import check_following_anew, checked_against_previous, publish_index
from bot.problems import Problem
from knowledge.errors import StoreError
from knowledge.store import AddResult, Store

if TYPE_CHECKING:
    from bot.editing.desk_store import DeskStore
    from bot.settings import Settings
    from knowledge.records import Report

STATUS_WORDS = {
    "added": "báo cáo mới",
    "unchanged": "không thay đổi",
    "reread": "đọc lại cùng tệp",
    "replaced": "thay bản trước",
}


class Changes:
    """Changes the stored reports and publishes the index that goes with them. One caller at a time."""

    def __init__(self, store: Store, desk: DeskStore, settings: Settings) -> None:
        self._store, self._desk, self._settings = store, desk, settings

    def publish(self, staged_id: str, *, editor: str) -> tuple[AddResult, Report]:
        """What publishing a staged report did; questions are answered from it from now on.

        Raises:
            Problem: nothing is staged under that id.
        """
        staged, report = self._desk.staged(staged_id)
        result = self._add(report)
        detail = f"{staged.file_name}: {STATUS_WORDS[result.status]}, bản {result.version}"
        self._desk.published(staged, editor=editor, detail=detail)
        return result, report

    def upload(self, report: Report, *, editor: str) -> AddResult:
        """What adding a report without staging it did."""
        result = self._add(report)
        detail = f"{report.source_name}: {STATUS_WORDS[result.status]}, bản {result.version}"
        self._desk.note(editor, "uploaded", report.id, report.number, detail)
        return result

    def remove(self, report_id: str, *, editor: str) -> None:
        """Withdraw a report; its versions stay readable and can be taken back.

        Raises:
            Problem: no such report counts now (report-not-found).
        """
        number = self._active(report_id)
        report = self._readable(report_id)
        with self._indexed(report_id):
            self._store.remove(report_id)
            self._check_following(report)
        self._desk.note(editor, "removed", report_id, number)

    def roll_back(self, report_id: str, version: int, *, editor: str) -> None:
        """Make a stored version the one that counts, also of a report that was removed.

        Raises:
            Problem: there is no such version (report-not-found).
        """
        history = self._store.history(report_id)
        wanted = next((line for line in history if line.version == version), None)
        if wanted is None:
            raise _no_report(f"bản {version}", f"version {version}")
        before = next((line.version for line in history if line.active), None)
        with self._indexed(report_id):
            self._activate(report_id, version)
        detail = f"bản {before or '–'} → bản {version}"
        self._desk.note(editor, "rolled-back", report_id, wanted.number, detail)

    def catch_up(self) -> bool:
        """Whether a change had been cut off before its index was published; the index is published now."""
        behind = self._desk.index_is_behind()
        if behind:
            publish_index(self._store, self._settings)
            self._desk.mark_index(behind=False)
        return behind

    def checked(self, report: Report) -> Report:
        """The report, held against the stored one of its series before it."""
        return checked_against_previous(self._store, report)

    def _add(self, report: Report) -> AddResult:
        with self._indexed(report.id):
            result = self._store.add(self.checked(report))
            self._check_following(report)
            return result

    def _check_following(self, report: Report | None) -> None:
        if report is not None:
            check_following_anew(self._store, report)

    def _readable(self, report_id: str) -> Report | None:
        """The report that counts under that id; None where another program stored it, or there is none."""
        try:
            return self._store.report(report_id)
        except StoreError:
            return None

    def _activate(self, report_id: str, version: int) -> None:
        try:
            self._store.activate(report_id, version)
            self._check_following(self._readable(report_id))
        except StoreError as error:
            raise Problem(
                "report-unreadable",
                f"Bản này do phiên bản phần mềm khác lưu; hãy tải tệp lên lại. ({error})",
            ) from None

    def _active(self, report_id: str) -> str:
        line = next((line for line in self._store.history(report_id) if line.active), None)
        if line is None:
            raise _no_report("báo cáo", "report")
        return line.number

    @contextmanager
    def _indexed(self, report_id: str) -> Iterator[None]:
        """Publishes the index after a change of the store; where that fails, the change is taken back.

        Killed in between, the mark makes the next start publish it.
        """
        history = self._store.history(report_id)
        before = next((line.version for line in history if line.active), None)
        self._desk.mark_index(behind=True)
        try:
            yield
            publish_index(self._store, self._settings)
        except Exception:
            self._take_back(report_id, before)
            self._desk.mark_index(behind=False)
            raise
        self._desk.mark_index(behind=False)

    def _take_back(self, report_id: str, before: int | None) -> None:
        changed = self._readable(report_id)
        if before is None:
            self._store.remove(report_id)
        else:
            self._store.activate(report_id, before)
        self._check_following(changed)


def _no_report(what: str, english: str) -> Problem:
    return Problem(
        "report-not-found",
        f"Không có {what} nào như vậy trong kho; danh sách ở /reports. (There is no such {english}.)",
    )
