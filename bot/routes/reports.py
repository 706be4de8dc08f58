"""`/api/v1/reports`: the reports that questions are answered from; changing them needs the token."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Header, Request, UploadFile, status

from bot.library import report_out
from bot.problems import Problem
from bot.service import Service, service_of
from bot.uploads import add_upload, remove_report
from bot.wire import ReportAdded, ReportList, ReportOut, problems

router = APIRouter(prefix="/api/v1/reports", tags=["reports"])
Token = Annotated[str | None, Header(description="Bearer and the administrator's token")]


@router.get("")
async def list_reports(request: Request) -> ReportList:
    """Every report, the newest first."""
    return ReportList(reports=await service_of(request).library.summaries())


@router.get("/{report_id}", responses=problems(404, 422))
async def show_report(request: Request, report_id: str) -> ReportOut:
    """One report's head and counts."""
    return report_out(await service_of(request).library.report(report_id))


@router.post("", status_code=status.HTTP_201_CREATED, responses=problems(401, 403, 413, 422))
async def upload_report(request: Request, file: UploadFile, authorization: Token = None) -> ReportAdded:
    """Read a report file, store it, and publish a new index. The same file again changes nothing."""
    service = service_of(request)
    _check_token(service, authorization)
    return await add_upload(service, file.filename or "report", await file.read())


@router.delete("/{report_id}", status_code=status.HTTP_204_NO_CONTENT, responses=problems(401, 403, 404, 422))
async def delete_report(request: Request, report_id: str, authorization: Token = None) -> None:
    """Remove a report and publish an index without it."""
    service = service_of(request)
    _check_token(service, authorization)
    report = await service.library.report(report_id)
    await remove_report(service, report.id)


def _check_token(service: Service, authorization: str | None) -> None:
    token = service.settings.admin_token
    if token is None:
        raise Problem(
            "uploads-off",
            "Chưa đặt mã quản trị nên không thể thêm hay gỡ báo cáo qua mạng; "
            "hãy đặt HOIDAP_ADMIN_TOKEN hoặc dùng lệnh `hoidap ingest`. "
            "(No token is set; set HOIDAP_ADMIN_TOKEN or use `hoidap ingest`.)",
        )
    given = (authorization or "").removeprefix("Bearer ")
    if not secrets.compare_digest(given.encode(), token.get_secret_value().encode()):
        raise Problem(
            "token-required",
            "Cần tiêu đề `Authorization: Bearer <mã quản trị>` đúng. "
            "(Send the header `Authorization: Bearer <token>` with the right token.)",
        )
