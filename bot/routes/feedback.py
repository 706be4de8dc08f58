"""`POST /api/v1/feedback`: what a person thinks of an answer."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request, status

from bot.problems import Problem
from bot.service import service_of
from bot.wire import FeedbackRequest, problems

router = APIRouter(prefix="/api/v1", tags=["feedback"])


@router.post("/feedback", status_code=status.HTTP_204_NO_CONTENT, responses=problems(400, 404, 413, 422))
async def feedback(request: Request, given: FeedbackRequest) -> None:
    """Store a verdict on an answer; a later verdict replaces an earlier one."""
    service = service_of(request)
    found = await asyncio.to_thread(service.conversations.rate, given.message_id, given.verdict, given.reason)
    if not found:
        raise Problem(
            "message-not-found",
            "Không có câu trả lời mang mã này (hoặc đã quá hạn lưu). Hãy dùng message_id của câu trả lời. "
            "(No answer has this id, or it is past its retention; use an answer's message_id.)",
        )
    service.metrics.feedback.labels(given.verdict).inc()
