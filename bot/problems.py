"""Errors over HTTP as RFC 9457 problem details: one catalogue, one exception, one set of handlers.

A detail is a Vietnamese sentence and the same in English: what was wrong, what was expected, what to do.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from bot.errors import BotError
from bot.web_pages import page

MEDIA_TYPE = "application/problem+json"
_FOR_PROGRAMS = ("/api/", "/rasa/", "/channels/", "/static/", "/widget")


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of problem: its slug (the end of its `type`), its HTTP status, its title in both languages."""

    slug: str
    status: int
    title: str


KINDS: dict[str, Kind] = {
    kind.slug: kind
    for kind in (
        Kind("malformed-json", 400, "Nội dung không phải JSON hợp lệ (malformed JSON)"),
        Kind("invalid-request", 422, "Yêu cầu không hợp lệ (invalid request)"),
        Kind("message-blank", 422, "Tin nhắn trống (blank message)"),
        Kind("message-too-long", 422, "Tin nhắn quá dài (message too long)"),
        Kind("conversation-id-invalid", 422, "Mã hội thoại không hợp lệ (invalid conversation id)"),
        Kind("body-too-large", 413, "Yêu cầu quá lớn (request body too large)"),
        Kind("too-many-messages", 429, "Quá nhiều tin nhắn cùng lúc (too many messages at once)"),
        Kind("not-found", 404, "Không tìm thấy (not found)"),
        Kind("report-not-found", 404, "Không có báo cáo này (no such report)"),
        Kind("message-not-found", 404, "Không có câu trả lời này (no such message)"),
        Kind("chart-not-found", 404, "Không có biểu đồ này (no such chart)"),
        Kind("method-not-allowed", 405, "Phương thức không được hỗ trợ (method not allowed)"),
        Kind("loopback-only", 403, "Chỉ dùng trong máy chủ (loopback only)"),
        Kind("signature-refused", 403, "Chữ ký không hợp lệ (signature refused)"),
        Kind("channel-off", 404, "Kênh này đang tắt (this channel is switched off)"),
        Kind("token-required", 401, "Cần mã quản trị (administrator's token required)"),
        Kind("too-many-attempts", 429, "Nhập sai mã quản trị quá nhiều lần (too many wrong tokens)"),
        Kind("staged-not-found", 404, "Không có bản chờ này (nothing staged under this id)"),
        Kind("run-not-found", 404, "Không có lần chạy thử này (no such acceptance run)"),
        Kind("run-in-progress", 409, "Đang có một lần chạy thử khác (another acceptance run is in progress)"),
        Kind("questions-unreadable", 422, "Không đọc được bộ câu hỏi (question set cannot be read)"),
        Kind("uploads-off", 403, "Chức năng quản trị đang tắt (administration is switched off)"),
        Kind("report-unreadable", 422, "Không đọc được báo cáo (report cannot be read)"),
        Kind("not-ready", 503, "Hệ thống chưa sẵn sàng (not ready)"),
        Kind("request-refused", 400, "Yêu cầu bị từ chối (request refused)"),
        Kind("internal-error", 500, "Lỗi bên trong hệ thống (internal error)"),
    )
}


class Problem(BotError):
    """A request that cannot be served, of a kind in `KINDS`; `extra` members go into the problem's JSON."""

    def __init__(self, slug: str, detail: str, **extra: object) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.extra = KINDS[slug], detail, extra

    def response(self, request: Request) -> Response:
        """The response to `request`: problem+json, or a page where a browser asked for one of the pages."""
        path = request.url.path
        if "text/html" in request.headers.get("accept", "") and not path.startswith(_FOR_PROGRAMS):
            return page("problem.html", status_code=self.kind.status, kind=self.kind, detail=self.detail)
        return problem_response(self.kind, self.detail, path, self.extra)


def problem_response(kind: Kind, detail: str, instance: str, extra: dict[str, Any] | None = None) -> Response:
    """A response with the problem's members; `instance` is the path that was asked for."""
    members = {
        "type": f"/problems/{kind.slug}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "instance": instance,
        **(extra or {}),
    }
    # surrogates are legal in JSON escapes but not in UTF-8: `ensure_ascii` keeps an echoed value harmless
    return Response(json.dumps(members), status_code=kind.status, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Answer what `app` refuses with problem details; unexpected errors are `bot.middleware.Unexpected`'s."""

    @app.exception_handler(Problem)
    async def _problem(request: Request, error: Problem) -> Response:
        return error.response(request)

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Response:
        return from_validation(error).response(request)

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        response = _from_http(error).response(request)
        response.headers.update(error.headers or {})
        return response


def from_validation(error: RequestValidationError) -> Problem:
    """The problem for what FastAPI found wrong with a request; every fault is listed in `errors`."""
    found = error.errors()
    if any(item["type"] == "json_invalid" for item in found):
        at = next(item["loc"][-1] for item in found if item["type"] == "json_invalid")
        return Problem(
            "malformed-json",
            f"Nội dung gửi lên không phải JSON hợp lệ (lỗi ở vị trí {at}). "
            f"Hãy gửi một đối tượng JSON mã hoá UTF-8. "
            f"(The body is not valid JSON; error at position {at}. Send one JSON object in UTF-8.)",
        )
    faults = [
        {
            "field": ".".join(str(part) for part in item["loc"][1:]) or str(item["loc"][0]),
            "message": item["msg"],
        }
        for item in found
    ]
    named = "; ".join(f"{fault['field']}: {fault['message']}" for fault in faults)
    return Problem(
        "invalid-request",
        f"Yêu cầu có trường không đúng: {named}. Hãy xem mô tả tại /openapi.json. "
        f"(A field of the request is wrong: {named}. See /openapi.json.)",
        errors=faults,
    )


def _from_http(error: HTTPException) -> Problem:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return Problem("not-found", "Địa chỉ này không có. (There is nothing at this address.)")
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return Problem(
            "method-not-allowed",
            "Địa chỉ này không nhận phương thức đó. (This address does not take that method.)",
        )
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return Problem(
            "malformed-json",
            "Không đọc được nội dung gửi lên; cần JSON mã hoá UTF-8. "
            "(The body cannot be read; send JSON in UTF-8.)",
        )
    return Problem("request-refused", f"Yêu cầu bị từ chối: {error.detail}. (The request was refused.)")
