"""ASGI layers around the whole app: security headers, unexpected errors, a limit on request bodies."""

from __future__ import annotations

import logging

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.problems import Problem

log = logging.getLogger(__name__)
# No inline script or style, nothing from elsewhere, no plugin, no frame.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """Puts `SECURITY_HEADERS` on every response that does not set them itself.

    `frame_origins` are who else may frame the pages, apart by spaces.
    """

    def __init__(self, app: ASGIApp, *, frame_origins: str = "") -> None:
        self.app = app
        policy = " ".join(filter(None, [CONTENT_SECURITY_POLICY, frame_origins]))
        self.headers = {"Content-Security-Policy": policy, **SECURITY_HEADERS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class Unexpected:
    """Answers 500 to an error that nobody expected.

    FastAPI's own handler of `Exception` stands outside of every layer. Its answers would have neither the
    security headers nor the leave of CORS, and a page that holds the widget would see no answer at all.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise  # half an answer cannot be made another one
            request = Request(scope)
            # the path is safe to log; the body may hold personal data and is not
            log.error("unexpected error at %s", request.url.path, exc_info=error)
            response = Problem(
                "internal-error",
                "Hệ thống gặp lỗi khi xử lý. Xin thử lại; nếu vẫn lỗi, báo cho quản trị. "
                "(Something went wrong on our side. Try again, then tell the administrator.)",
            ).response(request)
            await response(scope, receive, send)


class BodyLimit:
    """Answers 413 to a body over the limit, announced or found out while reading."""

    def __init__(
        self, app: ASGIApp, *, max_bytes: int, upload_paths: tuple[str, ...], upload_max_bytes: int
    ) -> None:
        self.app, self.max_bytes = app, max_bytes
        self.upload_paths, self.upload_max_bytes = upload_paths, upload_max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > limit:
            await _too_large(limit, Request(scope), send)
            return
        body = _Counted(receive, send, Request(scope), limit)
        await self.app(scope, body.receive, body.send)

    def _limit(self, path: str) -> int:
        if path.startswith("/rasa/"):
            # Rasa sends the whole tracker, which grows with the conversation; the route takes loopback only
            return self.upload_max_bytes
        return self.upload_max_bytes if path.startswith(self.upload_paths) else self.max_bytes


class _Counted:
    """A request's channel whose body may not grow past the limit."""

    def __init__(self, receive: Receive, send: Send, request: Request, limit: int) -> None:
        self._receive, self._send, self._request, self._limit = receive, send, request, limit
        self._seen, self._answered = 0, False

    async def receive(self) -> Message:
        """The next message; past the limit the request is answered and cut off."""
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > self._limit:
            if not self._answered:
                self._answered = True
                await _too_large(self._limit, self._request, self._send)
            raise _problem(self._limit)
        return message

    async def send(self, message: Message) -> None:
        """Pass a message on, unless the request has been answered: frameworks make our error theirs."""
        if not self._answered:
            await self._send(message)


def _problem(limit: int) -> Problem:
    return Problem(
        "body-too-large",
        f"Yêu cầu lớn hơn {limit} byte. Hãy gửi nội dung ngắn hơn. "
        f"(The body exceeds {limit} bytes; send less.)",
        max_bytes=limit,
    )


async def _too_large(limit: int, request: Request, send: Send) -> None:
    async def nothing() -> Message:
        return {"type": "http.disconnect"}

    response = _problem(limit).response(request)
    await response(request.scope, nothing, send)
