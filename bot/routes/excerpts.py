"""`GET /api/v1/reports/{report_id}/excerpt`: the report's text around a citation, to read beside the chat."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from bot.excerpt import excerpt
from bot.library import report_out
from bot.report_page import Block, Piece, parse_span
from bot.service import service_of
from bot.wire import ExcerptBlock, ExcerptFinding, ExcerptOut, ExcerptPiece, SectionName, problems

router = APIRouter(prefix="/api/v1/reports", tags=["reports"])


@router.get("/{report_id}/excerpt", responses=problems(404, 422))
async def show_excerpt(
    request: Request,
    report_id: str,
    section: Annotated[str, Query(max_length=200, description="Path of the cited section or item")] = "",
    trich: Annotated[
        str, Query(max_length=40, description="Offsets start-end of the words to light up")
    ] = "",
    ban: Annotated[
        str, Query(max_length=64, description="A version's number or the beginning of its text's hash")
    ] = "",
    first: Annotated[
        int | None, Query(ge=0, le=1_000_000, description="Ordinal of the first block, to read on")
    ] = None,
    count: Annotated[int, Query(ge=1, le=200, description="How many blocks, where `first` is given")] = 40,
) -> ExcerptOut:
    """The blocks around the cited words, with the path of their section and the report's head."""
    report, _ = await service_of(request).library.edition(report_id, ban)
    found = excerpt(report, section, lit=parse_span(trich, report), first=first, count=count)
    return ExcerptOut(
        report=report_out(report),
        section=section,
        path=[SectionName(label=s.label, title=s.title) for s in found.path],
        blocks=[_block(block) for block in found.blocks],
        notes=[_block(block) for block in found.notes],
        first=found.first,
        total=found.total,
        findings=[
            ExcerptFinding(text=line.text, printed=line.printed, recomputed=line.recomputed)
            for line in found.findings
        ],
    )


def _block(block: Block) -> ExcerptBlock:
    return ExcerptBlock(
        kind=block.kind,
        level=block.level,
        marker=block.marker,
        pieces=_pieces(block.pieces),
        cells=[_pieces(cell) for cell in block.cells],
    )


def _pieces(pieces: tuple[Piece, ...]) -> list[ExcerptPiece]:
    return [
        ExcerptPiece(text=piece.text, marked=piece.marked, note=bool(piece.note), doubtful=piece.doubtful)
        for piece in pieces
    ]
