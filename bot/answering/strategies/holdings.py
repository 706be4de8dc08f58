"""Which reports there are, for a question that names nothing else."""

from __future__ import annotations

import re

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.refusal import title_quote
from bot.answering.reply import Draft
from bot.understanding.cues import plain

_REPORTS = re.compile(
    r"\b(?:nhung|cac|may|bao nhieu|danh sach) bao cao\b|\bbao cao (?:nao|gi)\b(?! (?!(?:moi|gan|cu) )\w+ \w)"
)
# Words that ask for the newest: the list begins with it.
_NEWEST = frozenset({"moi", "nhat", "gan", "day", "cu"})
_MOST = 12


def answer(case: Case) -> Draft | None:
    """The reports in scope with place, period, number and date, the newest first; None where not asked."""
    q = case.question
    named = any(not _NEWEST.issuperset(c.alternatives[0]) for c in (*q.concepts, *q.context))
    asked = q.has("list", "which", "what", "count") and _REPORTS.search(plain(q.text))
    if named or q.document_numbers or q.periods or not asked or not case.scope.reports:
        return None
    shown = case.scope.reports[:_MOST]
    lines = [wording.HOLDINGS, *(f"- {wording.capital(wording.scope_label(s.report))}" for s in shown)]
    if len(case.scope.reports) > _MOST:
        lines.append(wording.MORE_HOLDINGS)
    return Draft("answered", lines, [title_quote(s) for s in shown], show_findings=False)
