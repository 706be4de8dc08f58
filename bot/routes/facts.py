"""`/api/v1/facts`: the ledger of figures, as JSON, CSV and Excel."""

from __future__ import annotations

import asyncio
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from bot.facts_table import FactFilter, rows, to_csv, to_xlsx
from bot.service import service_of
from bot.wire import FactList, FactOut, problems

router = APIRouter(prefix="/api/v1", tags=["facts"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def wanted_facts(
    report_id: Annotated[str, Query(max_length=200, description="Only this report")] = "",
    section: Annotated[str, Query(max_length=200, description="Only this section and those below it")] = "",
    kind: Annotated[str, Query(max_length=40, description="ratio, rate, count, money, …")] = "",
    q: Annotated[
        str, Query(max_length=200, description="Words of the indicator, with or without diacritics")
    ] = "",
    place: Annotated[str, Query(max_length=200, description="Only figures of this place")] = "",
    period: Annotated[str, Query(max_length=200, description="Only figures of this period")] = "",
) -> FactFilter:
    """Which facts are asked for."""
    return FactFilter(
        report_id=report_id,
        section=section,
        kind=kind,
        text=q.strip(),
        place=place.strip(),
        period=period.strip(),
    )


Wanted = Annotated[FactFilter, Depends(wanted_facts)]


async def _table(request: Request, wanted: FactFilter) -> list[FactOut]:
    library = service_of(request).library
    return await asyncio.to_thread(lambda: list(rows(library.all(), wanted)))


@router.get("/facts", responses=problems(422))
async def list_facts(
    request: Request,
    wanted: Wanted,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> FactList:
    """The facts that fit the filters, in the order of the text."""
    table = await _table(request, wanted)
    return FactList(total=len(table), facts=list(islice(table, offset, offset + limit)))


@router.get(
    "/facts.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}, "description": "The facts as CSV"}, **problems(422)},
)
async def facts_csv(request: Request, wanted: Wanted) -> Response:
    """The facts that fit the filters, as CSV."""
    return _download(to_csv(await _table(request, wanted)), "text/csv; charset=utf-8", "so-lieu.csv")


@router.get(
    "/facts.xlsx",
    response_class=Response,
    responses={200: {"content": {XLSX: {}}, "description": "The facts as a workbook"}, **problems(422)},
)
async def facts_xlsx(request: Request, wanted: Wanted) -> Response:
    """The facts that fit the filters, as an Excel workbook."""
    return _download(to_xlsx(await _table(request, wanted)), XLSX, "so-lieu.xlsx")


def _download(content: bytes, media_type: str, name: str) -> Response:
    return Response(
        content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
