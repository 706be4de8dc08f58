"""ASGI layers around the whole app: security headers, and a limit on request bodies."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.problems import Problem

# No inline script or style, nothing from elsewhere, no plugin; the chat frames its own report pages.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; form-action 'self'; base-uri 'none'"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """Puts `SECURITY_HEADERS` on every response that does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class BodyLimit:
    """Answers 413 to a body over the limit, announced or found out while reading."""

    def __init__(self, app: ASGIApp, *, max_bytes: int, upload_path: str, upload_max_bytes: int) -> None:
        self.app, self.max_bytes = app, max_bytes
        self.upload_path, self.upload_max_bytes = upload_path, upload_max_bytes

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
        await self.app(scope, _counted(receive, limit), send)

    def _limit(self, path: str) -> int:
        if path.startswith("/rasa/"):
            # Rasa sends the whole tracker, which grows with the conversation; the route takes loopback only
            return self.upload_max_bytes
        return self.upload_max_bytes if path == self.upload_path else self.max_bytes


def _counted(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def receive_counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise _problem(limit)
        return message

    return receive_counted


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
