"""Which ones do not: the administrative units left out, members without a figure, what is printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering import wording
from bot.answering.case import ENOUGH, Case
from bot.answering.figure_words import fact_of
from bot.answering.matching import Match, match
from bot.answering.reply import Draft, Quote, quote_of
from bot.answering.shelf import Evidence, ShelvedReport, padded
from bot.answering.strategies import lists
from bot.answering.strategies.statements import statements_draft
from bot.understanding.cues import plain
from knowledge.places import Place, find_places, units_of
from knowledge.records import Listing

_NEGATED = re.compile(r"\b(?:chua|khong|ko|hok)\s+((?:\w+\s*){1,4})")
_RATE_DENIED = re.compile(
    r"(?:khong|chua) (?:duoc )?(?:bao cao )?(?:neu|co|cong bo|ghi|in|the hien)(?: ro)?"
    r"(?: (?:so lieu|muc|thong tin))? (?:ty le|phan tram|%)"
)
# The mark of a footnote right behind a name: "Diễn Châu³".
_NOTE = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+\W*$")
_FEWEST_PLACES = 2
# The only statement that denies the very thing may leave out half of the rest.
_DENIED = 0.45


def answer(case: Case) -> Draft | None:
    """The members that lack what the question names, or None."""
    if not case.question.has("negative"):
        return None
    listed = _places_without(case) or _without_rate(case) or _members_saying_no(case)
    return listed or _sentences_saying_no(case)


def _places_without(case: Case) -> Draft | None:
    """The units of the report's place that the listing of those that do leaves out."""
    found = lists.best_listing(case, least=0.6)
    if found is None:
        return None
    shelved, listing, _ = found
    units = _units(shelved)
    named = members_as_places(shelved, listing)
    if len(named) < max(_FEWEST_PLACES, len(listing.members) // 2) or not units:
        return None
    missing = [u for u in units if u.key not in {p.key for p in named}]
    if len(missing) + len(named) != len(units):
        return None
    label = wording.scope_label(shelved.report)
    have = ", ".join(p.name for p in named)
    lacking = ", ".join(_full(u) for u in missing) or "không đơn vị nào"
    lines = [
        f"Chưa có trong danh sách ({label}): {lacking}.",
        f"Cách xác định: lấy các đơn vị hành chính trực thuộc {shelved.report.place} "
        f"trừ các đơn vị báo cáo đã nêu ({have}).",
    ]
    return Draft("answered", lines, lists.quotes_of(shelved, listing), group=listing.ordinal)


def members_as_places(shelved: ShelvedReport, listing: Listing) -> list[Place]:
    """The places that the members of a listing name, where each member is a place."""
    known = [shelved.place] if shelved.place else []
    units = {u.key for u in _units(shelved)}
    out = []
    for member in listing.members:
        mentions = find_places(_NOTE.sub("", member.name), known=known)
        inside = [p for m in mentions for p in ((m.place,) if m.place else m.candidates)]
        fit = next((p for p in inside if p.key in units), None)
        if fit:
            out.append(fit)
    return out


def _units(shelved: ShelvedReport) -> list[Place]:
    report = shelved.report
    return units_of(shelved.place, report.issued_on) if shelved.place and report.issued_on else []


def _full(place: Place) -> str:
    return f"{place.kind} {place.name}"


def _without_rate(case: Case) -> Draft | None:
    """The members of a group that have no percentage, where that is what the question asks."""
    words = plain(case.question.text)
    if not case.question.has("percent") or not _RATE_DENIED.search(words):
        return None
    best = _listing_with_rates(case)
    if best is None:
        return None
    shelved, listing = best
    rows = zip(listing.members, shelved.member_facts(listing), strict=True)
    lacking = [m for m, facts in rows if not _rated(facts)]
    if not lacking:
        return None
    lines = [f"Các nội dung không nêu tỷ lệ phần trăm ({wording.scope_label(shelved.report)}):"]
    lines += [f"{m.label or '-'} {m.name}" for m in lacking]
    passages = shelved.report.passages
    quotes = [Quote(shelved, p, m.span) for m in lacking for p in passages if p.span.covers(m.span)]
    return Draft("answered", lines, [q for q in quotes if q.words], group=listing.ordinal)


def _rated(facts: Sequence[Evidence]) -> bool:
    return any(fact_of(e).unit == "%" for e in facts)


def _listing_with_rates(case: Case) -> tuple[ShelvedReport, Listing] | None:
    best: tuple[float, ShelvedReport, Listing] | None = None
    for shelved in case.scope.reports:
        for listing in shelved.report.listings:
            rated = sum(_rated(facts) for facts in shelved.member_facts(listing))
            found = _matched(case, shelved, listing)
            score = found.score + 0.01 * rated
            if rated > 2 and found.coverage > 0.5 and (best is None or score > best[0]):
                best = (score, shelved, listing)
    return best[1:] if best else None


def _matched(case: Case, shelved: ShelvedReport, listing: Listing) -> Match:
    """How well a listing as a whole says what the question names."""
    evidence = shelved.listing_evidence(listing)
    return match(evidence, case.wanted, case.weights, carried=case.question.context)


def _members_saying_no(case: Case) -> Draft | None:
    """The members of a group whose statement negates what the question negates: "không phát sinh hồ sơ"."""
    needle = _needle(case)
    if needle is None:
        return None
    best: tuple[float, list[Evidence], ShelvedReport, Listing] | None = None
    for shelved in case.scope.reports:
        for listing in shelved.report.listings:
            saying = [e for e in _member_evidence(shelved, listing) if needle in e.own]
            found = _matched(case, shelved, listing)
            if saying and found.coverage >= 0.6 and (best is None or found.score > best[0]):
                best = (found.score, saying, shelved, listing)
    if best is None:
        return None
    _, saying, shelved, listing = best
    head = wording.capital(wording.scope_label(shelved.report))
    lines = [f"{head}:", *(f"- {e.quote.strip()}" for e in saying)]
    return Draft("answered", lines, [quote_of(e) for e in saying], group=listing.ordinal)


def _needle(case: Case) -> str | None:
    """The negation with the word after it, as reports print it."""
    m = _NEGATED.search(plain(case.question.text))
    if not m:
        return None
    first = [w for w in m[1].split() if w not in {"duoc", "co", "bi"}][:2]
    negation = "chua" if "chua" in m.group() else "khong"
    return f" {negation} {' '.join(first)} " if first else None


def _member_evidence(shelved: ShelvedReport, listing: Listing) -> list[Evidence]:
    text = shelved.report.text
    out = []
    for m in listing.members:
        passage = next((p for p in shelved.report.passages if p.span.covers(m.span)), None)
        if passage:
            out.append(Evidence(shelved, passage, m.span, padded(m.span.of(text)), " ", " "))
    return out


def _sentences_saying_no(case: Case) -> Draft | None:
    """The sentences that say what is not."""
    for m in case.sentences()[:15]:
        if m.coverage >= ENOUGH and any(f" {w} " in m.evidence.own for w in ("chua", "khong")):
            return statements_draft(case, [m.evidence])
    denied = _denial(case)
    if denied is None:
        return None
    saying = [m for m in case.sentences() if m.coverage >= _DENIED and denied.search(m.evidence.own)]
    return statements_draft(case, [saying[0].evidence]) if len(saying) == 1 else None


def _denial(case: Case) -> re.Pattern[str] | None:
    """What the question denies, as a statement may put it: "không gồm" is "không bao gồm", too."""
    needle = _needle(case)
    if needle is None:
        return None
    words = needle.split()
    return re.compile(rf" (?:khong|chua) (?:\w+ ){{0,2}}?{words[1]} ")
