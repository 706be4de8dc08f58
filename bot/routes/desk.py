"""`/api/v1/desk`: stage, preview and publish reports, remove and roll back, with the token."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request, UploadFile, status

from bot.administration import Editor
from bot.editing.preview import preview, staged_out, version_out
from bot.library import report_out
from bot.service import service_of
from bot.uploads import remove_report, stage_upload
from bot.wire import ReportAdded, problems
from bot.wire_desk import DeskReport, DeskReports, RollBackRequest, StagedList, StagedPreview

router = APIRouter(prefix="/api/v1/desk", tags=["desk"])


@router.get("", status_code=status.HTTP_204_NO_CONTENT, responses=problems(401, 403, 422, 429))
async def check(editor: Editor) -> None:
    """Says whether the token is right."""


@router.get("/staged", responses=problems(401, 403, 422, 429))
async def list_staged(request: Request, editor: Editor) -> StagedList:
    """The reports that wait to be published."""
    waiting = await asyncio.to_thread(service_of(request).desk_store.waiting)
    return StagedList(staged=[staged_out(staged) for staged in waiting])


@router.post("/staged", status_code=status.HTTP_201_CREATED, responses=problems(400, 401, 403, 413, 422, 429))
async def stage(request: Request, file: UploadFile, editor: Editor) -> StagedPreview:
    """Read a report file and keep it apart. Nothing answers from it until it is published."""
    service = service_of(request)
    content = await file.read()
    staged, report = await stage_upload(service, file.filename or "report", content, editor=editor)
    return await asyncio.to_thread(preview, staged, report, service.library.store)


@router.get("/staged/{staged_id}", responses=problems(401, 403, 404, 422, 429))
async def show_staged(request: Request, staged_id: str, editor: Editor) -> StagedPreview:
    """What was read from a staged file, beside the version that counts now."""
    service = service_of(request)

    def work() -> StagedPreview:
        staged, report = service.desk_store.staged(staged_id)
        return preview(staged, report, service.library.store)

    return await asyncio.to_thread(work)


@router.delete(
    "/staged/{staged_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(401, 403, 404, 422, 429),
)
async def discard(request: Request, staged_id: str, editor: Editor) -> None:
    """Forget a staged report."""
    await asyncio.to_thread(service_of(request).desk_store.discard, staged_id, editor=editor)


@router.post("/staged/{staged_id}/publish", responses=problems(401, 403, 404, 422, 429))
async def publish(request: Request, staged_id: str, editor: Editor) -> ReportAdded:
    """Let a staged report count in place of the version before it, from the next question on."""
    service = service_of(request)
    async with service.changing():
        result, report = await asyncio.to_thread(service.changes.publish, staged_id, editor=editor)
    return ReportAdded(status=result.status, report=report_out(report))


@router.get("/reports", responses=problems(401, 403, 422, 429))
async def list_versions(request: Request, editor: Editor) -> DeskReports:
    """Every report with its versions, those that were removed at the end."""
    library = service_of(request).library
    current = await library.summaries()

    def work() -> list[DeskReport]:
        history = library.store.history
        counting = [
            DeskReport(id=r.id, number=r.number, report=r, versions=[version_out(v) for v in history(r.id)])
            for r in current
        ]
        removed = [
            DeskReport(
                id=last.report_id,
                number=last.number,
                report=None,
                versions=[version_out(v) for v in history(last.report_id)],
            )
            for last in library.store.withdrawn()
        ]
        return counting + removed

    return DeskReports(reports=await asyncio.to_thread(work))


@router.delete(
    "/reports/{report_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(401, 403, 404, 422, 429),
)
async def remove(request: Request, report_id: str, editor: Editor) -> None:
    """Withdraw a report; its versions stay readable and can be taken back."""
    await remove_report(service_of(request), report_id, editor=editor)


@router.post(
    "/reports/{report_id}/rollback",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(400, 401, 403, 404, 413, 422, 429),
)
async def roll_back(request: Request, report_id: str, wanted: RollBackRequest, editor: Editor) -> None:
    """Let an earlier (or later) version count; also takes back a report that was removed."""
    service = service_of(request)
    async with service.changing():
        await asyncio.to_thread(service.changes.roll_back, report_id, wanted.version, editor=editor)
