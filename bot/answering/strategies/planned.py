"""Figures that are only planned: they pass for nothing that was reached, unless a plan is asked for."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.reply import Draft
from bot.answering.shelf import Evidence
from bot.understanding.cues import plain

_PLAN_ASKED = re.compile(
    r"\b(?:nhiem vu|ke hoach|chi tieu|muc tieu|phan dau|du kien|se|phai|can|dat ra|giao|sap toi|toi day|han"
    r"|truoc ngay|de ra|dinh|huong toi|yeu cau|de nghi|kien nghi|xin|tap huan|mo)\b"
)


def told_as_planned(case: Case, draft: Draft) -> Draft:
    """The draft; where its figures are all of a time after the report's, told as only planned.

    After a question on what was reached, the plan does not answer what was reached then: it is a refusal.
    """
    evidence = draft.focus
    asked = case.question.has("task", "date", "who") or _PLAN_ASKED.search(plain(case.question.text))
    if draft.status != "answered" or not evidence or asked or not case.scope.periods:
        return draft
    if not all(_of_later(e) for e in evidence):
        return draft
    status = "not_found" if case.question.dependent else draft.status
    return replace(draft, status=status, lines=[wording.ONLY_PLANNED, *draft.lines], chart=None)


def _of_later(evidence: Evidence) -> bool:
    """Whether a figure stands under a heading that names a time after the report's own."""
    own = evidence.report.period
    headed = [p.period for p in evidence.shelved.heading_periods(evidence.passage) if p.period]
    return own is not None and bool(headed) and all(p.start > own.end for p in headed)
