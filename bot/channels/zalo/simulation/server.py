"""The made-up Zalo's servers over HTTP: sending, uploading and the token server under one address."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from bot.channels.zalo.api import SEND_PATH, UPLOAD_PATH
from bot.channels.zalo.oauth import TOKEN_PATH
from bot.channels.zalo.simulation.faults import Faults
from bot.channels.zalo.simulation.oa import OfficialAccount, Reply, error


def create_server(oa: OfficialAccount, faults: Faults) -> Starlette:
    """The servers of one account, with faults."""

    async def send(request: Request) -> Response:
        async def carry_out() -> Reply:
            if not request.headers.get("content-type", "").startswith("application/json"):
                return error(-201, "Content-Type is not application/json")
            try:
                body = json.loads(await request.body())
            except ValueError:
                body = None
            return oa.send(body) if isinstance(body, dict) else error(-201, "body is not JSON")

        return await _answered(request, oa, faults, carry_out)

    async def upload(request: Request) -> Response:
        async def carry_out() -> Reply:
            async with request.form() as form:
                file = form.get("file")
                if not isinstance(file, UploadFile):
                    return error(-201, "file is missing")
                return oa.upload(await file.read())

        return await _answered(request, oa, faults, carry_out)

    async def tokens(request: Request) -> Response:
        async with request.form() as form:
            given: Mapping[str, str] = {k: v for k, v in form.items() if isinstance(v, str)}
        return JSONResponse(oa.renew(given, request.headers.get("secret_key", "")))

    routes = ((SEND_PATH, send), (UPLOAD_PATH, upload), (TOKEN_PATH, tokens))
    return Starlette(routes=[Route(path, endpoint, methods=["POST"]) for path, endpoint in routes])


async def _answered(
    request: Request, oa: OfficialAccount, faults: Faults, carry_out: Callable[[], Awaitable[Reply]]
) -> Response:
    """The response to a call, unless something goes wrong with it."""
    if (delay := faults.delay()) > 0:
        await asyncio.sleep(delay)
    fault = faults.of_call()
    if fault == "unavailable":
        return HTMLResponse("<h1>503 Service Unavailable</h1>", status_code=503)
    if fault == "lost_before":
        return HTMLResponse("<h1>504 Gateway Time-out</h1>", status_code=504)
    refused = oa.allowed(request.headers.get("access_token", ""))
    if refused is None and fault == "busy":
        refused = error(-32, "Rate limit exceeded")
    try:
        reply = refused or await carry_out()
    except ClientDisconnect:  # the service was ended as it was calling
        return Response(status_code=400)
    if fault == "lost_after":
        return HTMLResponse("<h1>504 Gateway Time-out</h1>", status_code=504)
    limits = {"X-RateLimit-Limit": str(oa.per_minute), "X-RateLimit-Remaining": str(oa.left())}
    return JSONResponse(reply, headers=limits)
