"""`/api/v1/desk`: acceptance runs, the log, and the questions to learn from."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, File, Query, Request, Response, UploadFile, status

from bot.administration import Editor
from bot.editing.errors import QuestionsUnreadable
from bot.editing.questions import Asked, from_conversations, from_file
from bot.editing.records import Run
from bot.facts_table import csv_bytes
from bot.problems import Problem
from bot.service import Service, service_of
from bot.uploads import file_name
from bot.wire import problems
from bot.wire_desk import AcceptanceResult, LogLine, LogPage, QuestionList, QuestionOut, RunOut

router = APIRouter(prefix="/api/v1/desk", tags=["desk"])
_CONVERSATIONS, _MOST_EXPORTED = 200, 100_000
Kind = Annotated[
    Literal["", "refused", "unclear", "disliked", "liked"],
    Query(description="refused, unclear (asked back), disliked, liked; empty: the first three"),
]
Limit = Annotated[int, Query(ge=1, le=500)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]


@router.post(
    "/staged/{staged_id}/acceptance",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(400, 401, 403, 404, 409, 413, 422, 429),
)
async def start_acceptance(
    request: Request,
    staged_id: str,
    editor: Editor,
    file: Annotated[
        UploadFile | None,
        File(description="Gold questions (YAML) or one question a line; without a file, what people asked"),
    ] = None,
) -> RunOut:
    """Ask every question before and after the staged report, in the background; nothing served changes."""
    service = service_of(request)
    if file is None:
        asked, source = await asyncio.to_thread(_asked, service), "câu hỏi đã có người hỏi"
    else:
        name = file_name(file.filename or "questions.txt")
        asked, source = _from_upload(await file.read(), name), name

    def start() -> Run:
        staged, report = service.desk_store.staged(staged_id)
        return service.runs.start(staged, report, asked, source=source, editor=editor)

    return _run_out(await asyncio.to_thread(start))


@router.get("/runs/{run_id}", responses=problems(401, 403, 404, 422, 429))
async def show_run(request: Request, run_id: str, editor: Editor) -> RunOut:
    """How far an acceptance run is, and what it found."""
    return _run_out(await asyncio.to_thread(service_of(request).desk_store.run, run_id))


@router.get("/log", responses=problems(401, 403, 422, 429))
async def show_log(request: Request, editor: Editor, limit: Limit = 100, offset: Offset = 0) -> LogPage:
    """Who did what to which report, the latest first."""
    store = service_of(request).desk_store
    entries = await asyncio.to_thread(lambda: store.log(limit=limit, offset=offset))
    return LogPage(total=store.log_size(), entries=[LogLine(**asdict(entry)) for entry in entries])


@router.get("/questions", responses=problems(401, 403, 422, 429))
async def list_questions(
    request: Request, editor: Editor, kind: Kind = "", limit: Limit = 100, offset: Offset = 0
) -> QuestionList:
    """Questions that were refused, asked back or disliked, with personal numbers masked."""
    return await asyncio.to_thread(_questions, service_of(request), kind, limit, offset)


@router.get(
    "/questions.csv",
    response_class=Response,
    responses={
        200: {"content": {"text/csv": {}}, "description": "The questions as CSV"},
        **problems(401, 403, 422, 429),
    },
)
async def questions_csv(request: Request, editor: Editor, kind: Kind = "") -> Response:
    """The same questions as CSV."""
    found = await asyncio.to_thread(_questions, service_of(request), kind, _MOST_EXPORTED, 0)
    head = ["Thời điểm", "Câu hỏi", "Trạng thái", "Trả lời", "Đánh giá", "Lý do"]
    table = [[q.at, q.question, q.status, q.answer, q.verdict, q.reason] for q in found.questions]
    disposition = {"Content-Disposition": 'attachment; filename="cau-hoi-can-xem.csv"'}
    return Response(csv_bytes(head, table), media_type="text/csv; charset=utf-8", headers=disposition)


def _questions(service: Service, kind: str, limit: int, offset: int) -> QuestionList:
    total, found = service.conversations.to_review(kind, limit=limit, offset=offset)
    return QuestionList(total=total, questions=[QuestionOut.model_validate(asdict(one)) for one in found])


def _asked(service: Service) -> list[Asked]:
    asked = from_conversations(service.conversations.asked(limit=_CONVERSATIONS))
    if not asked:
        raise Problem(
            "questions-unreadable",
            "Chưa có ai hỏi câu nào để chạy thử; hãy tải lên tệp câu hỏi. "
            "(Nobody has asked anything yet; upload a file of questions.)",
        )
    return asked


def _from_upload(content: bytes, name: str) -> list[Asked]:
    try:
        return from_file(content, name=name)
    except QuestionsUnreadable as error:
        raise Problem("questions-unreadable", str(error)) from None


def _run_out(run: Run) -> RunOut:
    result = AcceptanceResult.model_validate_json(run.result) if run.result else None
    return RunOut.model_validate({**asdict(run), "result": result})
