"""The action server: Rasa's action protocol, for the Rasa process on this machine and for nobody else."""

from __future__ import annotations

import ipaddress
import logging
from typing import Any

from fastapi import APIRouter, Request

from bot.desk import answer_json
from bot.problems import Problem
from bot.rasa_tracker import question_of, slot_events, state_of, understanding_of
from bot.service import service_of
from bot.wire import problems

log = logging.getLogger(__name__)
router = APIRouter(prefix="/rasa", tags=["rasa"])

# A proxy on this machine connects from loopback too; what it passes on carries one of these.
_PROXY_HEADERS = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via")
FAILED = (
    "Xin lỗi, hệ thống gặp lỗi khi tra cứu câu hỏi này nên tôi chưa trả lời được. "
    "Anh/chị hãy thử diễn đạt khác, hoặc báo cho quản trị hệ thống."
)


def refuse_others(request: Request) -> None:
    """Let a request from this machine pass.

    Raises:
        Problem: it comes from elsewhere, or through a proxy.
    """
    if not _is_loopback(request.client.host if request.client else "") or any(
        name in request.headers for name in _PROXY_HEADERS
    ):
        raise Problem(
            "loopback-only",
            "Địa chỉ này chỉ dành cho tiến trình Rasa trên cùng máy chủ. "
            "(Only the Rasa process on the same machine may use this address.)",
        )


def _is_loopback(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


@router.post("/webhook", responses=problems(400, 403, 413, 422))
async def webhook(request: Request, call: dict[str, Any]) -> dict[str, Any]:
    """The answer to the tracker's latest message, as events and responses of Rasa's action protocol."""
    refuse_others(request)
    tracker = call.get("tracker")
    tracker = tracker if isinstance(tracker, dict) else {}
    service, conversation_id = service_of(request), str(tracker.get("sender_id") or "")
    remembered = service.memory.recall(conversation_id)
    state = state_of(tracker) if remembered is None else remembered
    try:
        answer = await service.desk.answer(
            question_of(tracker), understanding=understanding_of(tracker), state=state
        )
        service.memory.keep(conversation_id, answer.state)
        body, events = answer_json(answer), slot_events(answer.state)
    except Exception:
        # Whatever went wrong, the person gets a sentence, the log a trace without the message's text.
        log.exception("answering failed in the action server")
        body, events = {"status": "not_found", "text": FAILED, **_EMPTY}, []
    return {"events": events, "responses": [{"text": body["text"], "custom": body}]}


_EMPTY: dict[str, Any] = {"citations": [], "computed": [], "findings": [], "suggestions": [], "chart": None}
