"""`POST /api/v1/chat`: a message in, an answer with its sources out."""

from __future__ import annotations

from fastapi import APIRouter, Request

from bot.service import service_of
from bot.wire import ChatReply, ChatRequest, problems

router = APIRouter(prefix="/api/v1", tags=["chat"])


@router.post("/chat", responses=problems(400, 413, 422, 429, 500))
async def chat(request: Request, message: ChatRequest) -> ChatReply:
    """The assistant's answer to one message of a conversation."""
    return await service_of(request).gateway.turn(message)
