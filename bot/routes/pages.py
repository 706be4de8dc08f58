"""The pages for people: the chat, the reports, their figures, search, a problem's meaning."""

from __future__ import annotations

import asyncio
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from bot.anchors import edition_of
from bot.facts_table import FactFilter, rows
from bot.highlighting import lit_words
from bot.library import report_out
from bot.masking import mask
from bot.messages import clean
from bot.middleware import CONTENT_SECURITY_POLICY
from bot.problems import KINDS, Problem
from bot.report_list import SORTS, ListFilter, chosen, periods, places
from bot.report_page import blocks, finding_lines, outline, parse_span
from bot.report_reading import parts
from bot.routes.facts import Wanted
from bot.service import service_of
from bot.web_pages import page
from bot.widget_files import chat_address
from bot.wire import FactOut, SearchHit, problems

DESK_POLICY = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'self'", "frame-ancestors 'none'")

router = APIRouter(tags=["pages"], default_response_class=HTMLResponse)
Short = Annotated[str, Query(max_length=200)]
_FACTS_A_PAGE, _FOUND_FACTS, _FOUND_PASSAGES = 100, 12, 20


@router.get("/", summary="The chat page")
async def chat_page(request: Request) -> HTMLResponse:
    """The chat, with the reports that it answers from beside it."""
    service = service_of(request)
    reports = await service.library.summaries()
    return page(
        "chat.html",
        reports=reports,
        chat_module=chat_address(),
        zalo_verification=service.settings.zalo_verification_tag,
    )


@router.get("/reports", summary="The list of reports", responses=problems(422))
async def reports_page(
    request: Request, q: Short = "", noi: Short = "", ky: Short = "", xep: Short = "moi"
) -> HTMLResponse:
    """The reports, filtered by words (`q`), place (`noi`) and period (`ky`), sorted as `xep` says."""
    every = await service_of(request).library.summaries()
    wanted = ListFilter(text=q.strip(), place=noi, period=ky, sort=xep if xep in SORTS else "moi")
    return page(
        "reports.html",
        reports=chosen(every, wanted),
        total=len(every),
        wanted=wanted,
        places=places(every),
        periods=periods(every),
        sorts=SORTS,
    )


@router.get("/reports/{report_id}", summary="A report as a page", responses=problems(404, 422))
async def report_page(
    request: Request,
    report_id: str,
    trich: Annotated[
        str, Query(max_length=40, description="Offsets start-end of the words to light up")
    ] = "",
    ban: Annotated[
        str, Query(max_length=64, description="A version's number or the beginning of its text's hash")
    ] = "",
) -> HTMLResponse:
    """The report's whole text; every section, item and footnote is an anchor."""
    report, history = await service_of(request).library.edition(report_id, ban)
    shown = next((line for line in history if line.sha256 == report.sha256), None)
    # the links of an earlier version stay in it
    edition = edition_of(report.sha256) if shown and not shown.active else ""
    findings = finding_lines(report, edition=edition)
    return page(
        "report.html",
        report=report,
        head=report_out(report),
        outline=outline(report),
        parts=parts(blocks(report, lit=parse_span(trich, report)), findings),
        findings=findings,
        facts=list(rows([report], edition=edition)),
        history=history,
        shown=shown,
        current=next((line for line in history if line.active), None),
    )


@router.get("/facts", summary="The ledger of figures as a page", responses=problems(422))
async def facts_page(
    request: Request, wanted: Wanted, offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0
) -> HTMLResponse:
    """The facts that fit the filters, a hundred a page, with downloads of them all."""
    library = service_of(request).library
    every: list[FactOut] = await asyncio.to_thread(lambda: list(rows(library.all())))
    table = [row for row in every if wanted.takes(row)]
    given = {"q": wanted.text, "report_id": wanted.report_id, "section": wanted.section, "kind": wanted.kind,
             "place": wanted.place, "period": wanted.period}  # fmt: skip
    return page(
        "facts.html",
        wanted=wanted,
        facts=table[offset : offset + _FACTS_A_PAGE],
        total=len(table),
        offset=offset,
        size=_FACTS_A_PAGE,
        query=urlencode({name: value for name, value in given.items() if value}),
        reports=await library.summaries(),
        kinds=list(dict.fromkeys(row.kind for row in every)),
        places=list(dict.fromkeys(row.place for row in every if row.place)),
        periods=list(dict.fromkeys(row.period for row in every if row.period)),
    )


@router.get("/search", summary="Search over reports and figures", responses=problems(422, 503))
async def search_page(
    request: Request, q: Annotated[str, Query(description="With or without diacritics")] = ""
) -> HTMLResponse:
    """The passages and the figures that fit the words, those words lit up."""
    service = service_of(request)
    hits: list[SearchHit] = []
    facts: list[FactOut] = []
    query = ""
    if q.strip():
        query = mask(clean(q, max_characters=service.settings.message_max_characters))
        hits = await service.finder.find(query, limit=_FOUND_PASSAGES)
        facts = await asyncio.to_thread(lambda: list(rows(service.library.all(), FactFilter(text=query))))
    return page(
        "search.html",
        query=query,
        hits=[(hit, lit_words(hit.text, query)) for hit in hits],
        facts=facts[:_FOUND_FACTS],
        total_facts=len(facts),
        facts_query=urlencode({"q": query}),
    )


@router.get("/desk", summary="The editor's desk")
async def desk_page(request: Request) -> HTMLResponse:
    """Upload, preview, publish, roll back; its requests carry the administrator's token."""
    response = page("desk.html", enabled=service_of(request).settings.admin_token is not None)
    # whoever may frame our other pages may not frame this one: a click in it changes what is answered
    response.headers["Content-Security-Policy"] = DESK_POLICY
    return response


@router.get("/problems/{slug}", summary="What a problem type means", responses=problems(404, 422))
async def problem_page(slug: str) -> HTMLResponse:
    """The page that a problem's `type` leads to."""
    kind = KINDS.get(slug)
    if kind is None:
        raise Problem("not-found", "Không có loại lỗi này. (There is no such type of problem.)")
    return page("problem.html", kind=kind, detail="")
