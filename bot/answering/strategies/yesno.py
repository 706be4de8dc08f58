"""Yes or no, with which and why; a false premise is corrected."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering import wording
from bot.answering.case import ENOUGH, Case, stands_in
from bot.answering.matching import Match, credit_of, match
from bot.answering.reply import Draft
from bot.answering.shelf import Evidence, ShelvedReport, tokens_of
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
_READ = 8
_COMPLETED = frozenset({"xong", "het", "hoan thanh", "toan bo", "ca", "day du"})
_ASSERTS = re.compile(r"\b(?:co phai|co dung|phai khong|dung khong|phai ko|dung ko)\b")
_SUMS = re.compile(r"\+|\bcộng\b(?! đồng| tác)|\bcong (?:voi|lai|ca|don)\b")
_NEGATION = re.compile(r" (?:chua|khong|chang) ")


def answer(case: Case) -> Draft | None:
    """Yes or no from a list of places or from the sentence that says it, or None."""
    return membership(case) or _statement(case) or _other_named(case)


def membership(case: Case) -> Draft | None:
    """Which of the places asked about are among the members of the list that the question names."""
    asked = [p for p in case.scope.places if p.place and p.demanded and p.reports]
    places = [p.place for p in asked if p.place]
    if not places:
        return None
    best: tuple[float, Draft] | None = None
    for shelved in asked[0].reports:
        for listing in shelved.report.listings:
            named = members_as_places(shelved, listing)
            if len(named) < 2 or len(named) * 2 < len(listing.members):
                continue
            evidence = shelved.listing_evidence(listing)
            concepts = [c for c in case.question.concepts if c.typed not in _COMPLETED]
            found = match(evidence, concepts, case.weights, carried=case.question.context)
            if found.coverage < ENOUGH or (best and found.score <= best[0]):
                continue
            best = (found.score, _membership_draft(case, listing, shelved, places))
    return best[1] if best else None


def _membership_draft(case: Case, listing: Listing, shelved: ShelvedReport, places: Sequence[Place]) -> Draft:
    named = members_as_places(shelved, listing)
    inside = [_full_name(p) for p in places if _is_in(p, named)]
    outside = [_full_name(p) for p in places if not _is_in(p, named)]
    listed = shelved.listing_evidence(listing).own
    denies = _NEGATION.search(listed) is not None and not _denies(case)
    verdicts = []
    if inside:
        verdict = wording.listed_as_lacking(inside) if denies else wording.listed(inside)
        verdicts.append(verdict)
    if outside:
        verdicts.append(wording.not_listed(outside, lacking=denies))
    draft = lists.listing_draft(shelved, listing)
    draft.lines[:0] = [f"{line} ({wording.scope_label(shelved.report)})." for line in verdicts]
    return draft


def _denies(case: Case) -> bool:
    """Whether the question itself asks for what is not: "8 đơn vị chưa xong có … không?"."""
    words = " ".join(plain(case.question.text).split())
    return _NEGATION.search(f" {words}") is not None


def _full_name(place: Place) -> str:
    return f"{place.kind.capitalize()} {place.name}"


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
    elif best.coverage >= _PREMISE and heavy and not _reckons(case) and all(_said(case, c) for c in heavy):
        what = ", ".join(_as_said(case, c) for c in heavy)
        head = f"Không đúng như câu hỏi nêu: ở nội dung này báo cáo không nêu {what}. Báo cáo nêu:"
    else:
        return None
    draft = statements_draft(case, [best.evidence])
    draft.lines.insert(0, head)
    return draft


def _reckons(case: Case) -> bool:
    """Whether the question asks about a sum: no sentence that leaves a term out denies it."""
    return _SUMS.search(case.question.text.lower()) is not None


def _as_said(case: Case, concept: Concept) -> str:
    """The concept in the question's words; a place that the statement must name by its name."""
    names = (p.name for p in case.scope.places if " ".join(tokens_of(p.name)) == concept.typed)
    return case.question.text[concept.start : concept.end] or next(names, concept.typed)


def _other_named(case: Case) -> Draft | None:
    """The sentence on what is asked, where only the name that the question gives is not in it; else None.

    "… thuê đường truyền của FPT phải không?": that the report names others is all that it says.
    """
    if not _ASSERTS.search(" ".join(plain(case.question.text).split())):
        return None
    text = case.question.text
    names = [
        c
        for c in case.question.concepts
        if c.start and text[c.start : c.end] != text[c.start : c.end].lower()
    ]
    for m in case.sentences()[:_READ]:
        gone = [c for c in names if not _stands_in(c, m.evidence)]
        rest = [c for c in case.wanted if c not in gone]
        telling = any(case.weights.phrase(c.alternatives[0]) > _HEAVY for c in rest)
        if (
            gone
            and telling
            and len(rest) > 1
            and case.match(m.evidence, wanted=rest).coverage >= ENOUGH + 0.1
        ):
            draft = statements_draft(case, [m.evidence])
            draft.lines.insert(0, wording.not_said([text[c.start : c.end] for c in gone]))
            return draft
    return None


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
