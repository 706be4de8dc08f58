"""`/api/v1/reports`: the reports that questions are answered from; changing them needs the token."""

from __future__ import annotations

from fastapi import APIRouter, Request, UploadFile, status

from bot.administration import Editor
from bot.library import report_out
from bot.service import service_of
from bot.uploads import add_upload, remove_report
from bot.wire import ReportAdded, ReportList, ReportOut, problems

router = APIRouter(prefix="/api/v1/reports", tags=["reports"])


@router.get("")
async def list_reports(request: Request) -> ReportList:
    """Every report, the newest first."""
    return ReportList(reports=await service_of(request).library.summaries())


@router.get("/{report_id}", responses=problems(404, 422))
async def show_report(request: Request, report_id: str) -> ReportOut:
    """One report's head and counts."""
    return report_out(await service_of(request).library.report(report_id))


@router.post("", status_code=status.HTTP_201_CREATED, responses=problems(401, 403, 413, 422, 429))
async def upload_report(request: Request, file: UploadFile, editor: Editor) -> ReportAdded:
    """Read a report file, store it, and publish a new index. The same file again changes nothing."""
    content = await file.read()
    return await add_upload(service_of(request), file.filename or "report", content, editor=editor)


@router.delete(
    "/{report_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(401, 403, 404, 422, 429),
)
async def delete_report(request: Request, report_id: str, editor: Editor) -> None:
    """Remove a report and publish an index without it."""
    await remove_report(service_of(request), report_id, editor=editor)
