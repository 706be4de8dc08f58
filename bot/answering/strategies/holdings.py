"""Which reports there are, for a question that names nothing else."""

from __future__ import annotations

import re

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.refusal import title_quote
from bot.answering.reply import Draft
from bot.understanding.cues import plain

_REPORTS = re.compile(r"\bbao cao\b")
_MOST = 12


def answer(case: Case) -> Draft | None:
    """The reports in scope with place, period, number and date, the newest first; None where not asked."""
    q = case.question
    asked = _REPORTS.search(plain(q.text)) and q.has("list", "which", "what", "count")
    if not asked or not case.scope.reports:
        return None
    shown = case.scope.reports[:_MOST]
    lines = [wording.HOLDINGS, *(f"- {wording.capital(wording.scope_label(s.report))}" for s in shown)]
    if len(case.scope.reports) > _MOST:
        lines.append(wording.MORE_HOLDINGS)
    return Draft("answered", lines, [title_quote(s) for s in shown], show_findings=False)
