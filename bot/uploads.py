"""Uploaded files: read into a report, staged or added; removing over HTTP. One change at a time."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path, PurePath

from bot.editing.records import StagedReport
from bot.ingestion import read_file
from bot.library import report_out
from bot.messages import printable
from bot.problems import Problem
from bot.service import Service
from bot.wire import ReportAdded
from knowledge.formats.limits import DEFAULT_LIMITS, Limits
from knowledge.records import Report

_LONGEST_NAME = 120


async def add_upload(service: Service, name: str, content: bytes, *, editor: str) -> ReportAdded:
    """What became of the uploaded file; the new index is published before this returns.

    Raises:
        Problem: the file cannot be read as a report (report-unreadable); nothing stored before is lost.
    """
    report = await asyncio.to_thread(read_upload, name, content, service.settings.reading_limits)
    async with service.changing():
        result = await asyncio.to_thread(service.changes.upload, report, editor=editor)
    return ReportAdded(status=result.status, report=report_out(report))


async def stage_upload(
    service: Service, name: str, content: bytes, *, editor: str
) -> tuple[StagedReport, Report]:
    """The uploaded report, read and kept apart: nothing answers from it until it is published.

    Raises:
        Problem: the file cannot be read as a report (report-unreadable).
    """

    def work() -> tuple[StagedReport, Report]:
        report = service.changes.checked(read_upload(name, content, service.settings.reading_limits))
        return service.desk_store.stage(report, editor=editor, file_name=file_name(name)), report

    return await asyncio.to_thread(work)


async def remove_report(service: Service, report_id: str, *, editor: str) -> None:
    """Withdraw the report and publish an index without it."""
    async with service.changing():
        await asyncio.to_thread(service.changes.remove, report_id, editor=editor)


def read_upload(name: str, content: bytes, limits: Limits = DEFAULT_LIMITS) -> Report:
    """The report in an uploaded file.

    Raises:
        Problem: it cannot be read (report-unreadable).
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file_name(name)
        path.write_bytes(content)
        result = read_file(path, limits)
    if result.report is None:
        raise Problem(
            "report-unreadable",
            f"Không đọc được báo cáo; không có gì bị thay đổi. (The report cannot be read: {result.error})",
            reason=result.error,
        )
    return result.report


def file_name(given: str) -> str:
    """The last part of a given name: it must not lead out of a folder, nor hide what it is."""
    name = printable(PurePath(given.replace("\\", "/")).name).replace("\n", " ").strip()
    stem, dot, suffix = name.rpartition(".")
    if stem and len(suffix) < 10:
        name = stem[:_LONGEST_NAME] + dot + suffix
    return name[: _LONGEST_NAME + 10] if name not in {"", ".", ".."} else "report"
