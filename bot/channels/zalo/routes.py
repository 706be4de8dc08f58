"""`/channels/zalo/webhook` and the proof that the domain is ours."""

from __future__ import annotations

import logging
import time
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response

from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.errors import SignatureRefused
from bot.channels.zalo.signature import PROBE, SIGNATURE_HEADER
from bot.problems import Problem
from bot.service import service_of
from bot.wire import problems

log = logging.getLogger(__name__)
router = APIRouter(tags=["zalo"])

_EVENT: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}},
    "parameters": [
        {"name": "X-ZEvent-Signature", "in": "header", "required": False, "schema": {"type": "string"}}
    ],
}


@router.post(
    "/channels/zalo/webhook",
    summary="Zalo's webhook",
    response_class=Response,
    responses=problems(403, 404, 413),
    openapi_extra=_EVENT,
)
async def webhook(request: Request) -> Response:
    """200 for every event that Zalo signed, as soon as it is stored; the answer goes out by Zalo's API."""
    started = time.perf_counter()
    channel = _channel(request)
    raw = await request.body()
    if raw.strip() == PROBE and SIGNATURE_HEADER not in request.headers:
        return Response()  # the console asks so whether the address answers
    try:
        await channel.receive(raw, request.headers)
    except SignatureRefused as refusal:
        log.warning("the Zalo webhook refused %s", refusal)
        raise Problem(
            "signature-refused",
            "Yêu cầu không mang chữ ký hợp lệ của Zalo, hoặc đã quá cũ. "
            "(The request does not bear Zalo's signature, or is too old.)",
        ) from None
    channel.metrics.webhook_seconds.observe(time.perf_counter() - started)
    return Response()


@router.get(
    "/zalo_verifier{code}.html",
    summary="Zalo's proof that the domain is ours",
    response_class=FileResponse,
    responses=problems(404, 422),
)
async def verifier(request: Request, code: str) -> Response:
    """The file that Zalo's console gave out, under the name that it has."""
    path = service_of(request).settings.zalo_verification_file
    if path is None or path.name != f"zalo_verifier{code}.html" or not path.is_file():
        raise Problem("not-found", "Địa chỉ này không có. (There is nothing at this address.)")
    return FileResponse(path, media_type="text/html")


def _channel(request: Request) -> ZaloChannel:
    channel: ZaloChannel | None = request.app.state.zalo
    if channel is None:
        raise Problem(
            "channel-off",
            "Kênh Zalo đang tắt. (The Zalo channel is switched off; see docs/zalo.md.)",
        )
    return channel
