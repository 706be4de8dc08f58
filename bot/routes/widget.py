"""`/widget.js`, the chat that it loads, and the files of the service's own pages."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from bot.problems import Problem
from bot.served_files import ServedFiles
from bot.service import service_of
from bot.static_files import static_files
from bot.widget_files import LOADER, widget_files
from bot.wire import problems

router = APIRouter(tags=["widget"], default_response_class=Response)
_KEPT_FOR_GOOD, _ASKED_FOR_EACH_TIME = "public, max-age=31536000, immutable", "no-cache"
_SCRIPT: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/javascript": {}}, "description": "A script"}
}
_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"text/css": {}, "text/javascript": {}, "image/svg+xml": {}},
        "description": "A style sheet, a script or a picture",
    }
}


@router.get("/widget.js", summary="The widget's one line", responses=_SCRIPT)
async def loader(request: Request) -> Response:
    """The script that a page names; it loads the rest of the widget from this server."""
    response = _response(request, widget_files(), LOADER, version="")
    if service_of(request).settings.embed_origins:
        # a script element asks without an Origin header; the chat is asked for with one, and CORS decides
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@router.get(
    "/widget/{version}/{name}",
    summary="A part of the widget",
    responses=_SCRIPT | problems(404, 422),
)
async def module(request: Request, version: str, name: str) -> Response:
    """A module of the widget. Another version than today's gets today's file, and may not keep it."""
    return _response(request, widget_files(), name, version=version)


@router.get("/static/{version}/{name}", summary="A file of the pages", responses=_FILE | problems(404, 422))
async def static(request: Request, version: str, name: str) -> Response:
    """A style sheet, script or picture of the service's own pages, kept and versioned as the widget's are."""
    return _response(request, static_files(), name, version=version)


def _response(request: Request, found: ServedFiles, name: str, *, version: str) -> Response:
    if name not in found.files:
        raise Problem("not-found", "Không có tệp này. (There is no such file.)")
    file, tag = found.files[name], f'"{found.version}"'
    headers = {
        "Cache-Control": _KEPT_FOR_GOOD if version == found.version else _ASKED_FOR_EACH_TIME,
        "ETag": tag,
        "Vary": "Accept-Encoding, Origin",
    }
    if request.headers.get("If-None-Match") == tag:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(file.gzipped, headers=headers, media_type=file.media_type)
    return Response(file.plain, headers=headers, media_type=file.media_type)
