"""The pages for people: the chat, the list of reports, a report with anchors, a problem's meaning."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.facts_table import rows
from bot.library import report_out
from bot.problems import KINDS, Problem
from bot.report_page import blocks, finding_lines, outline, parse_span
from bot.service import service_of
from bot.wire import problems

router = APIRouter(tags=["pages"], default_response_class=HTMLResponse)
TEMPLATES = Path(__file__).parent.parent / "web" / "templates"


@cache
def _environment() -> Environment:
    # autoescape for every template: no text of a report or a person reaches a page as markup
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _page(template: str, **values: object) -> HTMLResponse:
    return HTMLResponse(_environment().get_template(template).render(**values))


@router.get("/", summary="The chat page")
async def chat_page(request: Request) -> HTMLResponse:
    """The chat, with the reports that it answers from beside it."""
    reports = await service_of(request).library.summaries()
    return _page("chat.html", reports=reports)


@router.get("/reports", summary="The list of reports")
async def reports_page(request: Request) -> HTMLResponse:
    """The reports, the newest first."""
    reports = await service_of(request).library.summaries()
    return _page("reports.html", reports=reports)


@router.get("/reports/{report_id}", summary="A report as a page", responses=problems(404, 422))
async def report_page(
    request: Request,
    report_id: str,
    trich: Annotated[
        str, Query(max_length=40, description="Offsets start-end of the words to light up")
    ] = "",
) -> HTMLResponse:
    """The report's whole text; every section, item and footnote is an anchor."""
    report = await service_of(request).library.report(report_id)
    lit = parse_span(trich, report)
    return _page(
        "report.html",
        report=report,
        head=report_out(report),
        outline=outline(report),
        blocks=blocks(report, lit=lit),
        findings=finding_lines(report),
        facts=list(rows([report])),
    )


@router.get("/problems/{slug}", summary="What a problem type means", responses=problems(404, 422))
async def problem_page(slug: str) -> HTMLResponse:
    """The page that a problem's `type` leads to."""
    kind = KINDS.get(slug)
    if kind is None:
        raise Problem("not-found", "Không có loại lỗi này. (There is no such type of problem.)")
    return _page("problem.html", kind=kind)
