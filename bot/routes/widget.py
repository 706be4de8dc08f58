"""`/widget.js` and the modules that it loads."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from bot.problems import Problem
from bot.service import service_of
from bot.widget_files import LOADER, widget_files
from bot.wire import problems

router = APIRouter(tags=["widget"], default_response_class=Response)
_SCRIPT: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/javascript": {}}, "description": "A script"}
}
_KEPT_FOR_GOOD = "public, max-age=31536000, immutable"


@router.get("/widget.js", summary="The widget's one line", responses=_SCRIPT)
async def loader(request: Request) -> Response:
    """The script that a page names; it loads the rest of the widget from this server."""
    response = _file(request, LOADER, "no-cache")
    if service_of(request).settings.embed_origins:
        # a script element asks without an Origin header; the modules are asked for with one, and CORS decides
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@router.get(
    "/widget/{version}/{name}",
    summary="A module of the widget",
    responses=_SCRIPT | problems(404, 422),
)
async def module(request: Request, version: str, name: str) -> Response:
    """A module of the widget. Another version than today's gets today's file, and may not keep it."""
    if name not in widget_files().files:
        raise Problem("not-found", "Widget không có tệp này. (The widget has no such file.)")
    return _file(request, name, _KEPT_FOR_GOOD if version == widget_files().version else "no-cache")


def _file(request: Request, name: str, caching: str) -> Response:
    found = widget_files()
    file, tag = found.files[name], f'"{found.version}"'
    headers = {"Cache-Control": caching, "ETag": tag, "Vary": "Accept-Encoding, Origin"}
    if request.headers.get("If-None-Match") == tag:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(file.gzipped, headers=headers, media_type="text/javascript")
    return Response(file.plain, headers=headers, media_type="text/javascript")
