"""Whether the process lives, whether it can answer, and its metrics."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from bot.readiness import readiness
from bot.service import service_of
from bot.wire import Health, Readiness

router = APIRouter(tags=["operation"])


@router.get("/healthz")
async def healthz() -> Health:
    """Says that the process is alive."""
    return Health()


@router.get("/readyz", responses={503: {"model": Readiness, "description": "Cannot answer"}})
async def readyz(request: Request, response: Response) -> Readiness:
    """The state of store, index and Rasa. Rasa may be missing: single questions are answered without it."""
    state = await readiness(service_of(request))
    response.status_code = 200 if state.ready else 503
    return state


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}, "description": "Prometheus' text format"}},
)
async def metrics(request: Request) -> Response:
    """Counters and times for Prometheus."""
    return Response(service_of(request).metrics.text(), media_type=CONTENT_TYPE_LATEST)
