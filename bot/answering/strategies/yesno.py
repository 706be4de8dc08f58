"""Yes or no, with which and why; a false premise is corrected."""

from __future__ import annotations

import re

from bot.answering import wording
from bot.answering.case import ENOUGH, Case, stands_in
from bot.answering.matching import credit_of, match
from bot.answering.reply import Draft
from bot.answering.shelf import Evidence
from bot.answering.strategies import lists
from bot.answering.strategies.negation import members_as_places
from bot.answering.strategies.statements import announces, statements_draft
from bot.understanding.cues import plain
from bot.understanding.question import Concept

_AGENCY = re.compile(
    r"(?:so|phong|ban|cong an|uy ban|ubnd|bo|chi cuc|cuc|trung tam|bao hiem|bhxh|hoi|doan|truong|benh vien)\b"
)
_DONE = re.compile(r"\bda\b|\b(?:chua|roi|xong)$")
_PLAN = re.compile(r"^ (?:\d+ )?(?:tiep tuc|phan dau|du kien|se|de nghi|kien nghi|de xuat) ")
_PREMISE = 0.6
_NEGATION = re.compile(r" (?:chua|khong|chang) ")


def answer(case: Case) -> Draft | None:
    """Yes or no from a list of places or from the sentence that says it, or None."""
    return _membership(case) or _statement(case)


def _membership(case: Case) -> Draft | None:
    """Whether the place asked about is among the members of the list that the question names."""
    asked = [p for p in case.scope.places if p.place and p.demanded and p.reports]
    if not asked:
        return None
    place = asked[0].place
    best: tuple[float, Draft] | None = None
    for shelved in asked[0].reports:
        for listing in shelved.report.listings:
            named = members_as_places(shelved, listing)
            if len(named) < 2 or len(named) * 2 < len(listing.members):
                continue
            found = match(
                shelved.listing_evidence(listing),
                case.question.concepts,
                case.weights,
                carried=case.question.context,
            )
            if found.coverage < ENOUGH or (best and found.score <= best[0]) or place is None:
                continue
            inside = place.key in {p.key for p in named}
            line = (
                f"Có. {place.kind.capitalize()} {place.name} thuộc danh sách báo cáo đã nêu"
                if inside
                else f"Chưa thấy nêu. {place.kind.capitalize()} {place.name} ngoài danh sách báo cáo đã nêu"
            )
            draft = lists.listing_draft(shelved, listing)
            draft.lines = [f"{line} ({wording.scope_label(shelved.report)}).", *draft.lines]
            best = (found.score, draft)
    return best[1] if best else None


def _statement(case: Case) -> Draft | None:
    found = case.sentences()
    if not found:
        return None
    best = found[0]
    heavy = [c for c in best.missing if case.weights.phrase(c.alternatives[0]) > 0.3]
    heavy += [
        c
        for c in case.question.concepts
        if c not in heavy and _is_agency(c) and not _stands_in(c, best.evidence)
    ]
    if best.coverage >= ENOUGH and not heavy:
        draft = statements_draft(case, [best.evidence])
        clause = max(
            (e for e in best.evidence.shelved.clauses if best.evidence.span.covers(e.span)),
            key=lambda e: case.match(e).score, default=best.evidence,
        )  # fmt: skip
        unsaid = [
            n
            for n in case.question.numbers
            if not stands_in(n, best.evidence.passage.span.of(best.evidence.report.text))
        ]
        if unsaid:
            draft.lines.insert(0, wording.not_said(unsaid))
            return draft
        if _planned(case, best.evidence):
            draft.lines.insert(0, wording.ONLY_PLANNED)
            return draft
        negated = _NEGATION.search(clause.own) is not None
        draft.lines.insert(0, ("Chưa hoặc không" if negated else "Có") + ", theo nội dung báo cáo nêu:")
        return draft
    said_elsewhere = bool(heavy) and all(_said(case, c) for c in heavy)
    if best.coverage >= _PREMISE and said_elsewhere:
        draft = statements_draft(case, [best.evidence])
        what = ", ".join(case.question.text[c.start : c.end] for c in heavy if c.end > c.start)
        draft.lines.insert(
            0, f"Không đúng như câu hỏi nêu: ở nội dung này báo cáo không nêu {what}. Báo cáo nêu:"
        )
        return draft
    return None


def _planned(case: Case, evidence: Evidence) -> bool:
    """Whether "đã … chưa" is asked of what the report only plans: a task to come tells nothing done."""
    words = " ".join(plain(case.question.text).split())
    if not _DONE.search(words):
        return False
    return _PLAN.search(evidence.own[:40]) is not None or announces(evidence, "task")


def _is_agency(concept: Concept) -> bool:
    return _AGENCY.match(concept.typed) is not None


def _stands_in(concept: Concept, evidence: Evidence) -> bool:
    """Whether the statement, or what it inherits, names the concept: its passage may do so for another."""
    return any(f" {' '.join(a)} " in evidence.own + evidence.far for a in concept.alternatives)


def _said(case: Case, concept: Concept) -> bool:
    """Whether any passage in scope names the concept at all: then leaving it out here tells something."""
    return any(credit_of(concept, e)[0] > 0.5 for s in case.scope.reports for e in s.passages)
