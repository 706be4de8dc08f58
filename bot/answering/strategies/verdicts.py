"""Which rows of a table reached what was planned: by the verdict that the table itself prints in each row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering import wording
from bot.answering.case import ENOUGH, Case
from bot.answering.figure_words import fact_of, printed
from bot.answering.records import Computed
from bot.answering.reply import Draft, quote_of
from bot.answering.shelf import Evidence, padded
from bot.answering.strategies.grid import Table, tables
from bot.understanding.cues import plain

_ASKS = re.compile(r"\b(?:(chua|khong) )?(?:dat|hoan thanh)\b")
_SUBJECT = re.compile(r"\b(?:chi tieu|ke hoach|muc tieu|nhiem vu)\b")
_VERDICT = re.compile(r"\|\s*((?:chưa |không )?(?:đạt|hoàn thành)|vượt)\s*\|", re.IGNORECASE)
_FIGURED = 2


def answer(case: Case) -> Draft | None:
    """The rows with the verdict that is asked for, each with its figures; None where no table has one."""
    q = case.question
    words = " ".join(plain(q.text).split())
    asked = _ASKS.search(words)
    if not asked or not _SUBJECT.search(words) or not q.has("which", "list") or q.has("max", "min"):
        return None
    lacking = asked.group(1) is not None
    for shelved in case.scope.reports:
        for table in tables(shelved):
            rows = _judged(table)
            if len(rows) >= _FIGURED and _named(case, rows):
                kept = [(name, figures) for name, verdict, figures in rows if _denies(verdict) == lacking]
                return _draft(kept, len(rows), lacking=lacking) if kept else None
    return None


def _judged(table: Table) -> list[tuple[str, str, list[tuple[str, Evidence]]]]:
    """Each row with its verdict and its figures under their headers."""
    out = []
    for name in table.rows:
        figures = [(c.header, e) for c in table.columns for row, e in c.cells if row == name]
        verdict = _VERDICT.search(figures[0][1].quote) if figures else None
        if verdict:
            out.append((name, verdict.group(1).lower(), figures))
    return out


def _denies(verdict: str) -> bool:
    return verdict.startswith(("chưa", "không"))


def _named(case: Case, rows: Sequence[tuple[str, str, Sequence[tuple[str, Evidence]]]]) -> bool:
    """Whether the question names nothing that the table, its headings or the asking itself do not say."""
    first = rows[0][2][0][1]
    words = first.far + first.wide + "".join(padded(header) for header, _ in rows[0][2]) + " dat hoan thanh "
    said = [any(f" {' '.join(a)} " in words for a in c.alternatives) for c in case.wanted]
    weigh = [case.weights.phrase(c.alternatives[0]) * c.insistence for c in case.wanted]
    return sum(w for w, s in zip(weigh, said, strict=True) if not s) <= (1 - ENOUGH) * sum(weigh)


def _draft(rows: Sequence[tuple[str, list[tuple[str, Evidence]]]], known: int, *, lacking: bool) -> Draft:
    evidence = [figures[0][1] for _, figures in rows]
    label = wording.scope_label(evidence[0].report)
    lines = [wording.judged(len(rows), known, label, lacking=lacking)]
    for name, figures in rows:
        told = "; ".join(f"{header.lower()} {printed(e)}" for header, e in figures)
        lines.append(f"- {name}: {told}")
    count = Computed(str(len(rows)), f"đếm: {len(rows)} / {known} dòng", "đếm theo cột đánh giá của bảng")
    total = Computed(str(known), f"đếm: {known} dòng", "các dòng có đánh giá")
    quotes = [quote_of(e) for e in evidence]
    return Draft("answered", lines, quotes, [count, total], focus=evidence, group=fact_of(evidence[0]).group)
