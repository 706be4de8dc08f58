"""`/api/v1/charts/{message_id}.svg` and `.png`: the picture of an answer's chart."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request, Response

from bot.charts import Picture
from bot.service import service_of
from bot.wire import problems

router = APIRouter(prefix="/api/v1/charts", tags=["charts"])
SVG, PNG = "image/svg+xml", "image/png"
# An answer's chart never changes. As a page of its own an SVG may be styled and do nothing else. A widget in
# another site's page shows it as an image; its address cannot be guessed.
_HEADERS = {
    "Cache-Control": "private, max-age=86400, immutable",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}


@router.get(
    "/{message_id}.svg",
    response_class=Response,
    responses={200: {"content": {SVG: {}}, "description": "The chart as SVG"}, **problems(404, 422)},
)
async def chart_svg(
    request: Request, message_id: str, theme: Literal["light", "dark"] = "light"
) -> Response:
    """The chart of an answer as SVG, its text as text, in the colours of a theme."""
    kind: Picture = "svg-dark" if theme == "dark" else "svg"
    content = await service_of(request).charts.picture(message_id, kind)
    return Response(content, media_type=SVG, headers=_HEADERS)


@router.get(
    "/{message_id}.png",
    response_class=Response,
    responses={200: {"content": {PNG: {}}, "description": "The chart as PNG"}, **problems(404, 422)},
)
async def chart_png(request: Request, message_id: str) -> Response:
    """The chart of an answer as PNG of at most 900 kB, for channels that show no SVG."""
    content = await service_of(request).charts.picture(message_id, "png")
    return Response(content, media_type=PNG, headers=_HEADERS)
