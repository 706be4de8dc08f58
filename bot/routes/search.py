"""`GET /api/v1/search`: the passages that fit a query, the best first."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from bot.masking import mask
from bot.messages import clean
from bot.service import service_of
from bot.wire import SearchResult, problems

router = APIRouter(prefix="/api/v1", tags=["search"])


@router.get("/search", responses=problems(422, 503))
async def search(
    request: Request,
    q: Annotated[str, Query(description="What to look for, with or without diacritics")],
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> SearchResult:
    """Passages of the reports that fit the query."""
    service = service_of(request)
    query = mask(clean(q, max_characters=service.settings.message_max_characters))
    return SearchResult(query=query, hits=await service.finder.find(query, limit=limit))
