"""Adding and removing reports over HTTP: the same way as `hoidap ingest`, one change at a time."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path, PurePath

from bot.ingestion import ingest_file, publish_index
from bot.library import report_out
from bot.problems import Problem
from bot.service import Service
from bot.wire import ReportAdded


async def add_upload(service: Service, name: str, content: bytes) -> ReportAdded:
    """What became of the uploaded file; the new index is published before this returns.

    Raises:
        Problem: the file cannot be read as a report (report-unreadable); nothing stored before is lost.
    """
    async with service.library.changing:
        return await asyncio.to_thread(_add, service, name, content)


async def remove_report(service: Service, report_id: str) -> None:
    """Withdraw the report and publish an index without it."""
    async with service.library.changing:
        await asyncio.to_thread(_remove, service, report_id)


def _add(service: Service, name: str, content: bytes) -> ReportAdded:
    store = service.library.store
    with tempfile.TemporaryDirectory() as folder:
        # only the last part of the given name: it must not lead out of the folder
        path = Path(folder) / (PurePath(name.replace("\\", "/")).name or "report")
        path.write_bytes(content)
        result = ingest_file(store, path, service.settings.reading_limits)
    if result.report is None:
        raise Problem(
            "report-unreadable",
            f"Không đọc được báo cáo; không có gì bị thay đổi. (The report cannot be read: {result.error})",
            reason=result.error,
        )
    publish_index(store, service.settings)
    return ReportAdded.model_validate(
        {"status": result.status, "report": report_out(result.report).model_dump()}
    )


def _remove(service: Service, report_id: str) -> None:
    service.library.store.remove(report_id)
    publish_index(service.library.store, service.settings)
