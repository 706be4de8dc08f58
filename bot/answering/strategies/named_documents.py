"""Documents that the question names by number, or that were talked about: what is said of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.matching import Match
from bot.answering.reply import Draft
from bot.answering.scope import same_number
from bot.answering.shelf import padded
from bot.answering.strategies.documents import (
    ENOUGH_CITED,
    KINDS,
    NUMBER_ASKED,
    asked_kinds,
    bare_numbers,
    by_number,
    documents_draft,
    evidence_of,
    rest_beside_kind,
)
from bot.understanding.cues import plain
from knowledge.records import DocumentRef
from knowledge.vietnamese import fold

_SIGNATORY = re.compile(
    r"\bai ky\b|\bnguoi ky\b|\bky boi\b|(?:chuc danh|chuc vu|ho ten|ten).{0,12}\bky\b|\bdo ai .{0,12}\bky\b"
)
_MENTIONED = re.compile(
    r"\b(?:nhac|vien dan|trich dan|dan chieu|de cap|noi (?:den|toi|ve)|neu)\b|\bco (?:can cu|dua|theo)\b"
)
_POINTING = re.compile(rf"\b({'|'.join(KINDS)}|van ban) (?:do|nay|ay|kia|tren)\b")
_ABOUT_IT = frozenset({"what", "summary", "definition", "document", "date", "who"})
# A document with so little beside its number is what the question is about.
_LITTLE = 0.55


def numbered(case: Case) -> Draft | None:
    """What the reports say of the document that the question names by number; None where it asks for more.

    Of another document than the reports themselves nobody can say who signed it: that is refused.
    """
    found = by_number(case)
    words = plain(case.question.text)
    if _SIGNATORY.search(" ".join(words.split())) and not case.scope.number:
        return _unsigned(case, found)
    if not case.question.cues & _ABOUT_IT or _asks_figure(case):
        return None
    if not found:
        return _unheard_of(case)
    if NUMBER_ASKED.search(words) or (
        found[0][0].coverage < ENOUGH_CITED and rest_beside_kind(case) > _LITTLE
    ):
        return None
    return documents_draft(found[:1])


def mentioned(case: Case) -> Draft | None:
    """Whether the reports cite the document that the question names by number, with what they say of it."""
    typed = [*case.question.document_numbers, *(f"{k} {n}" for k, n in bare_numbers(case))]
    asked = case.question.has("yesno") and _MENTIONED.search(" ".join(plain(case.question.text).split()))
    if not typed or not asked or case.scope.number:
        return None
    found = by_number(case)
    if not found:
        return Draft("not_found", [wording.not_mentioned(typed[0])])
    draft = documents_draft(found[:1])
    draft.lines.insert(0, wording.CITED)
    return draft


def _unheard_of(case: Case) -> Draft | None:
    """A refusal for a whole number that no report prints; None where one does, or none was given."""
    own = {s.report.number for s in case.reports}
    numbers = [n for n in case.question.document_numbers if not any(same_number(n, o) for o in own)]
    printed = [n for n in numbers if any(fold(n) in fold(s.report.text) for s in case.reports)]
    if not numbers or printed or case.scope.number:
        return None
    return Draft("not_found", [wording.not_mentioned(numbers[0])])


def unnamed(case: Case) -> Draft | None:
    """A question back for "kế hoạch đó" where nothing was talked about: the documents of that kind."""
    kinds = asked_kinds(case)
    if not kinds or case.focus.report_id or not case.question.dependent:
        return None
    refs = [d for s in case.scope.reports for d in s.report.documents if padded(d.kind).strip() in kinds]
    names = list(dict.fromkeys(f"{d.kind} số {d.number}" for d in refs if d.number))[:5]
    return Draft("clarify", [wording.which_one("")], suggestions=names) if names else None


def pointed_at(case: Case) -> Draft | None:
    """What is said of "kế hoạch đó" where the answer before named one; a question back if several."""
    pointed = _POINTING.search(" ".join(plain(case.question.text).split()))
    if not pointed or not case.focus.report_id or case.question.document_numbers:
        return None
    kind = pointed[1]
    refs = [
        (case.match(evidence_of(s, d)), d)
        for s in case.reports if s.report.id == case.focus.report_id
        for d in s.report.documents if d.passage == case.focus.passage and d.number
        if kind == "van ban" or padded(d.kind).strip() == kind
    ]  # fmt: skip
    told = [(m, d) for m, d in refs if d.number in case.focus.documents]
    refs = told or refs
    names = list(dict.fromkeys(f"{d.kind} số {d.number}" for _, d in refs))
    if len(names) > 1:
        lines = [wording.which_one(""), *(f"- {n}" for n in names)]
        return Draft(
            "clarify", lines, [documents_draft([pair]).quotes[0] for pair in refs], suggestions=names
        )
    return documents_draft(refs[:1]) if refs and not _asks_figure(case) else None


def _unsigned(case: Case, found: Sequence[tuple[Match, DocumentRef]]) -> Draft | None:
    """A refusal to say who signed a cited document: reports print that of themselves only."""
    if found:
        drafted = documents_draft(found[:1])
        ref = found[0][1]
        line = wording.not_signed(f"{ref.kind} số {ref.number}")
        return Draft("not_found", [line, wording.near_miss(drafted.quotes[0].words)], drafted.quotes)
    if not case.question.document_numbers:
        return None
    return Draft("not_found", [wording.not_signed(f"văn bản số {case.question.document_numbers[0]}")])


def _asks_figure(case: Case) -> bool:
    """Whether a number is asked for that is no date: "ngày mấy" is one."""
    return case.question.has("percent", "money") or (
        case.question.has("count") and not case.question.has("date")
    )
