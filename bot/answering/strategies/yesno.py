"""Yes or no, with which and why; a false premise is corrected."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering import wording
from bot.answering.case import ENOUGH, Case, stands_in
from bot.answering.matching import Match, credit_of, match
from bot.answering.reply import Draft
from bot.answering.shelf import Evidence, ShelvedReport
from bot.answering.strategies import lists
from bot.answering.strategies.negation import members_as_places
from bot.answering.strategies.statements import announces, statements_draft
from bot.understanding.cues import plain
from bot.understanding.question import Concept
from knowledge.places import Place
from knowledge.records import Listing

_AGENCY = re.compile(
    r"(?:so|phong|ban|cong an|uy ban|ubnd|bo|chi cuc|cuc|trung tam|bao hiem|bhxh|hoi|doan|truong|benh vien)\b"
)
_DONE = re.compile(r"\bda\b|\b(?:chua|roi|xong)$")
_PLAN = re.compile(r"^ (?:\d+ )?(?:tiep tuc|phan dau|du kien|se|de nghi|kien nghi|de xuat) ")
_PREMISE, _HEAVY = 0.6, 0.3
_NEGATION = re.compile(r" (?:chua|khong|chang) ")


def answer(case: Case) -> Draft | None:
    """Yes or no from a list of places or from the sentence that says it, or None."""
    return _membership(case) or _statement(case)


def _membership(case: Case) -> Draft | None:
    """Whether the place asked about is among the members of the list that the question names."""
    asked = next((p for p in case.scope.places if p.place and p.demanded and p.reports), None)
    if asked is None or asked.place is None:
        return None
    place = asked.place
    best: tuple[float, Draft] | None = None
    for shelved in asked.reports:
        for listing in shelved.report.listings:
            named = members_as_places(shelved, listing)
            if len(named) < 2 or len(named) * 2 < len(listing.members):
                continue
            evidence = shelved.listing_evidence(listing)
            found = match(evidence, case.question.concepts, case.weights, carried=case.question.context)
            if found.coverage < ENOUGH or (best and found.score <= best[0]):
                continue
            best = (found.score, _membership_draft(shelved, listing, place, inside=_is_in(place, named)))
    return best[1] if best else None


def _membership_draft(shelved: ShelvedReport, listing: Listing, place: Place, *, inside: bool) -> Draft:
    name = f"{place.kind.capitalize()} {place.name}"
    line = (
        f"Có. {name} thuộc danh sách báo cáo đã nêu"
        if inside
        else f"Chưa thấy nêu. {name} ngoài danh sách báo cáo đã nêu"
    )
    draft = lists.listing_draft(shelved, listing)
    draft.lines.insert(0, f"{line} ({wording.scope_label(shelved.report)}).")
    return draft


def _is_in(place: Place, places: Sequence[Place]) -> bool:
    return place.key in {p.key for p in places}


def _statement(case: Case) -> Draft | None:
    """Yes or no by the sentence that says most of the question; its false premise corrected; else None."""
    found = case.sentences()
    if not found:
        return None
    best = found[0]
    heavy = _unsaid(case, best)
    if best.coverage >= ENOUGH and not heavy:
        head = _verdict(case, best.evidence)
    elif best.coverage >= _PREMISE and heavy and all(_said(case, c) for c in heavy):
        what = ", ".join(case.question.text[c.start : c.end] for c in heavy if c.end > c.start)
        head = f"Không đúng như câu hỏi nêu: ở nội dung này báo cáo không nêu {what}. Báo cáo nêu:"
    else:
        return None
    draft = statements_draft(case, [best.evidence])
    draft.lines.insert(0, head)
    return draft


def _unsaid(case: Case, found: Match) -> list[Concept]:
    """What the question names and the sentence leaves out: telling things, and every agency."""
    heavy = [c for c in found.missing if case.weights.phrase(c.alternatives[0]) > _HEAVY]
    others = [c for c in case.question.concepts if c not in heavy]
    return heavy + [c for c in others if _is_agency(c) and not _stands_in(c, found.evidence)]


def _verdict(case: Case, evidence: Evidence) -> str:
    """Yes or no, by the best fitting clause of the statement; or that it has no such number, or plans it."""
    passage = evidence.passage.span.of(evidence.report.text)
    unsaid = [n for n in case.question.numbers if not stands_in(n, passage)]
    if unsaid:
        return wording.not_said(unsaid)
    if _planned(case, evidence):
        return wording.ONLY_PLANNED
    clauses = [e for e in evidence.shelved.clauses if evidence.span.covers(e.span)]
    clause = max(clauses, key=lambda e: case.match(e).score, default=evidence)
    negated = _NEGATION.search(clause.own) is not None
    return ("Chưa hoặc không" if negated else "Có") + ", theo nội dung báo cáo nêu:"


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
