"""The members of an enumeration: the eight districts, the five projects, the steps of a procedure."""

from __future__ import annotations

import re

from bot.answering import wording
from bot.answering.case import ENOUGH, Case, enough
from bot.answering.figure_words import fact_of
from bot.answering.matching import Match, match
from bot.answering.reply import Draft, Quote
from bot.answering.shelf import Evidence, ShelvedReport
from bot.answering.strategies.groups import rows_of
from bot.understanding.cues import plain
from knowledge.records import Listing, Passage, Span

_LONGEST_MEMBER = 420
_MOST_MEMBERS = 30
_BREAKDOWN_LEAD = 0.3
_READ, _AS_FAR = 20, 0.2
# "mấy thôn, thôn nào", "bao nhiêu xã, là những xã nào", "có mấy đơn vị, kể tên".
_COUNTED_AND_NAMED = re.compile(
    r"\b(?:bao nhieu|may) (?P<noun>\w+)\b.*(?:\b(?P=noun)(?: \w+)? nao\b"
    r"|\b(?:ke ten|liet ke|neu ten|ten gi|la nhung|do la|gom nhung)\b)"
)


def answer(case: Case) -> Draft | None:
    """The members of the listing that the question names, or None."""
    best = best_listing(case)
    draft = listing_draft(best[0], best[1]) if best else None
    return draft if draft and draft.quotes else None


def breakdown(case: Case) -> Draft | None:
    """The parts of a figure that the question wants with it, or None.

    "bao nhiêu tổ công tác, phân theo từng cấp" wants both.
    """
    if not case.question.has("list"):
        return None
    found = case.facts(lambda e: fact_of(e).kind in {"count", "money", "ratio"})
    for m in found[:12]:
        if not enough(m) or m.score < found[0].score - _BREAKDOWN_LEAD:
            break
        listing = _parts_of(m.evidence)
        if listing:
            return listing_draft(m.evidence.shelved, listing)
    return None


def counted(case: Case) -> Draft | None:
    """How many, with their names ("mấy thôn, thôn nào?"), where the report enumerates them; else None."""
    asked = _COUNTED_AND_NAMED.search(" ".join(plain(case.question.text).replace(",", " ").split()))
    if asked is None:
        return None
    found = case.facts(lambda e: fact_of(e).kind in {"count", "ratio"})
    for m in found[:_READ]:
        beside = m.evidence.passage is found[0].evidence.passage
        if not enough(found[0]) or not (beside or enough(m)) or m.coverage < found[0].coverage - _AS_FAR:
            continue
        listing = _enumerated(m.evidence)
        if listing:
            draft = listing_draft(m.evidence.shelved, listing)
            draft.lines[0] = wording.counted(m.evidence.report, listing.title, len(listing.members))
            return draft
    return None


def _enumerated(evidence: Evidence) -> Listing | None:
    """The listing whose lead-in gives the figure as the number of its members, or None."""
    fact = fact_of(evidence)
    return next(
        (
            listing
            for listing in evidence.report.listings
            if listing.lead.covers(fact.span)
            and listing.stated == len(listing.members)
            and listing.stated in {fact.value, fact.numerator}
        ),
        None,
    )


def _parts_of(evidence: Evidence) -> Listing | None:
    """The listing that the figure leads, most of whose members have a figure of their own, or None."""
    for listing in evidence.report.listings:
        leads = listing.lead.covers(fact_of(evidence).span)
        if leads and listing.members[0].span.start >= listing.lead.end:
            inside = rows_of(evidence.shelved, listing, None)
            if len(inside) * 2 >= len(listing.members):
                return listing
    return None


def numbered(case: Case) -> Draft | None:
    """The listing with just as many members as the question says ("05 nhóm tiện ích … là gì"), or None."""
    best = best_listing(case)
    return listing_draft(best[0], best[1]) if best and _number_bonus(case, best[1]) else None


def best_listing(case: Case, *, least: float = ENOUGH) -> tuple[ShelvedReport, Listing, Match] | None:
    """The listing whose title and surroundings say what the question names."""
    best: tuple[float, ShelvedReport, Listing, Match] | None = None
    for shelved in case.scope.reports:
        for listing in shelved.report.listings:
            evidence = shelved.listing_evidence(listing)
            if not case.scope.fits(evidence, figure=False):
                continue
            found = match(evidence, case.wanted, case.weights, carried=case.question.context)
            if found.coverage < least or not (found.owned or not case.wanted):
                continue
            score = found.score + _number_bonus(case, listing) + _kept(case, shelved, listing)
            if best is None or score > best[0]:
                best = (score, shelved, listing, found)
    return best[1:] if best else None


def listing_draft(shelved: ShelvedReport, listing: Listing) -> Draft:
    """An answer that gives the members of a listing, one a line."""
    report = shelved.report
    quotes = quotes_of(shelved, listing)
    lead = _holder(report.passages, listing.lead)
    if lead and not any(q.span.covers(listing.lead) for q in quotes):
        quotes.append(Quote(shelved, lead, listing.lead))
    lines = [f"{_title(listing)} ({wording.scope_label(report)}):"]
    for member in listing.members[:_MOST_MEMBERS]:
        words = member.span.of(report.text)
        label = member.label or "-"
        shown = words if len(words) <= _LONGEST_MEMBER else f"{words[:_LONGEST_MEMBER].rsplit(' ', 1)[0]}…"
        if member.label and shown.startswith(member.label):
            shown = shown[len(member.label) :].lstrip(" :.")
        lines.append(f"{label} {shown}")
    return Draft("answered", lines, quotes, group=listing.ordinal)


def quotes_of(shelved: ShelvedReport, listing: Listing) -> list[Quote]:
    """The enumeration as one quote where it stands in one passage, else a quote for each member."""
    passages = shelved.report.passages
    holders = [p for p in passages if p.span.start <= listing.members[0].span.start < p.span.end]
    first = holders[0] if holders else passages[listing.passage]
    if first.span.covers(listing.members[-1].span):
        start = listing.lead.start if first.span.covers(listing.lead) else listing.members[0].span.start
        return [Quote(shelved, first, Span(start, listing.members[-1].span.end))]
    out = []
    for member in listing.members[:_MOST_MEMBERS]:
        passage = _holder(passages, member.span)
        if passage:
            out.append(Quote(shelved, passage, member.span))
    return out


def _holder(passages: tuple[Passage, ...], span: Span) -> Passage | None:
    return next((p for p in passages if p.span.covers(span)), None)


def _number_bonus(case: Case, listing: Listing) -> float:
    """A number in the question that is the listing's own: "11 thành phần", "05 nhóm tiện ích"."""
    numbers = {n.lstrip("0") for n in case.question.numbers}
    own = {str(len(listing.members)), str(listing.stated or "")}
    return 0.2 if numbers & own else 0.0


def _kept(case: Case, shelved: ShelvedReport, listing: Listing) -> float:
    same = case.focus.report_id == shelved.report.id and case.focus.group == listing.ordinal
    return 0.2 if case.question.dependent and same else 0.0


def _title(listing: Listing) -> str:
    title = listing.title.strip().rstrip(":")
    return title[:1].upper() + title[1:] if title else "Danh sách"
