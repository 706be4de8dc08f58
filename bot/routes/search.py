"""`GET /api/v1/search`: the passages that fit a query, the best first."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from bot.masking import mask
from bot.messages import clean
from bot.service import service_of
from bot.wire import SearchResult, problems
from index.records import Filters

router = APIRouter(prefix="/api/v1", tags=["search"])


def wanted_passages(
    report_id: Annotated[str, Query(max_length=200, description="Only this report")] = "",
    section: Annotated[str, Query(max_length=200, description="Only this section and those below it")] = "",
    kind: Annotated[str, Query(max_length=200, description="Only reports of this kind")] = "",
    place: Annotated[str, Query(max_length=200, description="Only reports of this place")] = "",
    since: Annotated[
        date | None, Query(description="Only reports whose period ends on this day or later")
    ] = None,
    until: Annotated[date | None, Query(description="Only reports whose period begins by this day")] = None,
) -> Filters:
    """Which passages may be found."""
    bounded = since is not None or until is not None
    return Filters(
        report_ids=frozenset({report_id}) if report_id else None,
        places=frozenset({place.strip()}) if place.strip() else None,
        kinds=frozenset({kind}) if kind else None,
        section=section,
        period=(since or date.min, until or date.max) if bounded else None,
    )


Wanted = Annotated[Filters, Depends(wanted_passages)]


@router.get("/search", responses=problems(422, 503))
async def search(
    request: Request,
    q: Annotated[str, Query(description="What to look for, with or without diacritics")],
    wanted: Wanted,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> SearchResult:
    """Passages of the reports that fit the query; those that say the very same are listed once."""
    service = service_of(request)
    query = mask(clean(q, max_characters=service.settings.message_max_characters))
    return SearchResult(query=query, hits=await service.finder.find(query, limit=limit, filters=wanted))
