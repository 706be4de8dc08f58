"""A rate, a count, an amount of money, a bandwidth: the figure that the question names, as printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.answering import wording
from bot.answering.case import ENOUGH, LEAST, Case, enough
from bot.answering.figure_words import coordinated, fact_of, labelled, member_name, name_of, segment
from bot.answering.matching import Match
from bot.answering.reply import Draft, Quote, quote_of
from bot.answering.shelf import Evidence
from bot.understanding.cues import plain

# "bao nhiêu hồ sơ", "mấy xã": what is counted stands behind; "… là bao nhiêu?" leaves it open.
_COUNTED = re.compile(r"\b(?:bao nhieu|may)\s(?!phan tram|%|tien|trieu|ty\b|dong\b|kinh phi|von\b)\w")
_NAMED = 0.6
_COORDINATED = re.compile(r"\bva\b|\blan\b|\bcung\b|\bca\b|\bhay\b|  ")
_TELLING = 0.35
_WITHOUT_NOUN = 0.8
_SHORT_RUN = 160
_TIE = 0.05
_MOST_PARTS = 4
_MOST_CHOICES = 5
# Where a statement without the asked kind of figure says so much more of the question, the figure is another's.
_CLEARLY_BETTER = 0.13

Keep = Callable[[Evidence], bool]


def answer(case: Case) -> Draft | None:
    """The figures that the question asks for, a question back where several fit, or None."""
    keep = asked_kind(case)
    found = case.facts(keep)
    stated = instead(case, found)
    if stated:
        return stated
    if not found:
        return None
    ambiguous = tied(found, dependent=case.question.dependent) if enough(found[0], found[1:30]) else []
    if ambiguous and any(case.weights.phrase(c.alternatives[0]) > _TELLING for c in found[0].missing):
        return None  # what would tell the candidates apart is none of them: "Bệnh viện Mắt" among other hospitals
    if ambiguous:
        kept = in_focus(case, ambiguous) or general(ambiguous)
        if kept:
            found = [kept, *(m for m in found if m is not kept)]
        elif not case.question.has("list"):
            return clarify(case, ambiguous)
    chosen = parts(case, found)
    if found[0].coverage < _WITHOUT_NOUN and not counts_what_is_asked(case, found[0].evidence):
        return None
    if not together(case, chosen, [m for m in found[:30] if m not in chosen]):
        return None
    return figures_draft([m.evidence for m in chosen], whole=case.question.has("list") or several_asked(case))


def named(case: Case) -> Draft | None:
    """The figure whose own words are what was typed, for a message that asks nothing in words; None where in doubt."""
    found = case.facts(lambda e: fact_of(e).kind != "date")
    if not found or not enough(found[0], found[1:30]) or found[0].specificity < _NAMED or tied(found):
        return None
    return figures_draft([found[0].evidence])


def asked_kind(case: Case) -> Keep:
    """Which figures are of the kind that the question asks for."""
    question = case.question
    if (question.has("percent") and not question.has("count", "remaining")) or question.kind == "ask_rate":
        return lambda e: fact_of(e).unit == "%"
    if question.kind == "ask_money" or (question.has("money") and not question.has("percent")):
        return lambda e: fact_of(e).kind == "money"
    counted = _COUNTED.search(plain(question.text)) is not None
    return lambda e: fact_of(e).kind != "date" and (not counted or not _is_rate_or_money(e))


def _is_rate_or_money(evidence: Evidence) -> bool:
    fact = fact_of(evidence)
    return fact.kind == "money" or (fact.kind in {"rate", "change"} and fact.numerator is None)


def instead(case: Case, found: Sequence[Match]) -> Draft | None:
    """The statement of an item that has no such figure ("Trong tháng không phát sinh hồ sơ") but is the one asked about."""
    best = found[0] if found else None
    for m in case.passages()[:3]:
        e = m.evidence
        if not e.passage.item or not enough(m):
            continue
        better = best is None or m.coverage > best.coverage + _CLEARLY_BETTER or (
            best.evidence.passage is not e.passage and m.specificity > best.specificity + 0.15 and m.coverage >= best.coverage
        )
        if better and not any(f.passage == e.passage.ordinal and f.unit == "%" for f in e.report.facts):
            lines = [f"{wording.capital(wording.scope_label(e.report))}: {wording.quoted(e.quote)}"]
            return Draft("answered", lines, [quote_of(e)], focus=[])
    return None


def tied(found: Sequence[Match], *, dependent: bool = False) -> list[Match]:
    """The best candidates where they cannot be told apart and are different figures; [] where one is best."""
    best = found[0]
    near = [m for m in found[:40] if m.score >= best.score - _TIE and m.coverage >= best.coverage - 0.02]
    if not dependent and best.specificity < 0.8:
        # Neighbours in a group that say all that the question names as well as the best one does: it names none of them.
        near += [
            m for m in found[:40]
            if m not in near and fact_of(m.evidence).group == fact_of(best.evidence).group is not None
            and m.coverage >= best.coverage - 0.05 and m.specificity >= best.specificity - 0.2
            and {c.start for c in best.owned} <= {c.start for c in m.owned}
        ]  # fmt: skip
    near += _elsewhere(best, found, near)
    if len(near) < 2 or (best.specificity > 0.8 and len({m.evidence.report.place for m in near}) < 2):
        return []
    values = {_main_value(m.evidence) for m in near}
    clauses = {(m.evidence.report.id, m.evidence.span.start) for m in near}
    if len(values) < 2 or len(clauses) < 2:
        return []
    # The same indicator in reports of the same place: the newest is first, and the answer names its period.
    names = {(name_of(m.evidence), m.evidence.report.place) for m in near}
    return near if len(names) > 1 else []


def counts_what_is_asked(case: Case, evidence: Evidence) -> bool:
    """Whether the figure counts the noun behind "bao nhiêu" or "mấy", where there is one."""
    words = plain(case.question.text)
    for concept in case.question.concepts:
        if re.search(r"\b(?:bao nhieu|may)\s$", words[: concept.start]):
            said = any(f" {' '.join(a)} " in evidence.own for a in concept.alternatives)
            return said or not fact_of(evidence).counted
    return True


def _elsewhere(best: Match, found: Sequence[Match], near: Sequence[Match]) -> list[Match]:
    """The figures of other places that say as much by their own words: which place is meant must be asked."""
    place = best.evidence.report.place
    return [
        m for m in found[:40]
        if m not in near and m.evidence.report.place != place
        and m.coverage >= best.coverage - 0.03 and m.specificity >= min(0.35, best.specificity - 0.1)
    ]  # fmt: skip


def general(near: Sequence[Match]) -> Match | None:
    """The only candidate that speaks of the whole and not of a member of an enumeration, or None."""
    whole = [
        m for m in near if not m.evidence.passage.item and (fact_of(m.evidence).group is None or fact_of(m.evidence).role == "total")
    ]  # fmt: skip
    return whole[0] if len({(m.evidence.report.id, m.evidence.span.start) for m in whole}) == 1 else None


def in_focus(case: Case, near: Sequence[Match]) -> Match | None:
    """The only one of the candidates that stands beside what the last answer was about, or None."""
    beside = [
        m for m in near
        if m.evidence.report.id == case.focus.report_id and fact_of(m.evidence).group is not None
        and fact_of(m.evidence).group == case.focus.group
    ]  # fmt: skip
    return beside[0] if len(beside) == 1 else None


def _main_value(evidence: Evidence) -> object:
    """What makes two figures the same: "08/11 huyện" and "08 địa phương" are."""
    fact = fact_of(evidence)
    return fact.value if fact.unit == "%" or fact.numerator is None else fact.numerator


def clarify(case: Case, near: Sequence[Match]) -> Draft:
    """A question back that names what fits."""
    places = {m.evidence.report.place for m in near}
    several = len(places) > 1
    choices = [_choice(m.evidence, with_place=several) for m in near]
    distinct = list(dict.fromkeys(choices))[:_MOST_CHOICES]
    lines = [wording.which_one(""), *(f"- {c}" for c in distinct)]
    quotes = [quote_of(m.evidence) for m in near if _choice(m.evidence, with_place=several) in distinct][:_MOST_CHOICES]
    return Draft("clarify", lines, quotes, suggestions=distinct, show_findings=False)


def _choice(evidence: Evidence, *, with_place: bool) -> str:
    return f"{name_of(evidence)} – {evidence.report.place}" if with_place else name_of(evidence)


def parts(case: Case, found: Sequence[Match]) -> list[Match]:
    """The best figure, and those that say what it leaves out of a question with several parts."""
    chosen = [found[0]]
    if not several_asked(case) and not _COORDINATED.search(plain(case.question.text)):
        return chosen
    # Of two figures asked for in one breath, each is the one whose own words say its part.
    own = several_asked(case)
    missing = _left_out(found[0], case, own=own)
    for m in found[1:40]:
        if not missing or len(chosen) >= _MOST_PARTS:
            break
        still = _left_out(m, case, own=own)
        if missing - still and m.coverage >= (0.35 if own else 0.5) and m.evidence.report is chosen[0].evidence.report:
            chosen.append(m)
            missing &= still
    return chosen


def _left_out(found: Match, case: Case, *, own: bool) -> set[int]:
    if not own:
        return {c.start for c in found.missing}
    owned = {c.start for c in found.owned}
    return {c.start for c in case.question.concepts if c.start not in owned}


def together(case: Case, chosen: Sequence[Match], rivals: Sequence[Match] = ()) -> bool:
    """Whether the chosen figures together say what the question names."""
    if not case.wanted:
        return bool(case.question.context)
    if enough(chosen[0], rivals):
        return True
    missing = set.intersection(*({c.start for c in m.missing} for m in chosen))
    if any(c.start == c.end and c.start in missing for c in case.wanted):
        return False  # a place that must be named
    total = sum(case.weights.phrase(c.alternatives[0]) for c in case.wanted)
    lost = sum(case.weights.phrase(c.alternatives[0]) for c in case.wanted if c.start in missing)
    best = max(m.coverage for m in chosen)
    return len(chosen) > 1 and best >= LEAST and (total - lost) / total >= ENOUGH + 0.1


def several_asked(case: Case) -> bool:
    """Whether the question asks for more than one figure: "tỷ lệ … và tỷ lệ …", "bao nhiêu …, bao nhiêu …"."""
    words = plain(case.question.text)
    return any(len(re.findall(rf"\b(?:{cue})\b", words)) > 1 for cue in ("ty le", "bao nhieu|may"))


def figure_quote(evidence: Evidence) -> Quote:
    """The words to quote for one figure: of a long run of like figures only its own."""
    whole = quote_of(evidence)
    if not coordinated(evidence) or whole.span.end - whole.span.start <= _SHORT_RUN:
        return whole
    return Quote(evidence.shelved, evidence.passage, segment(evidence))


def figures_draft(evidence: Sequence[Evidence], *, whole: bool = False) -> Draft:
    """An answer that gives these figures with their statements; `whole`: also the figures beside them."""
    lines: list[str] = []
    quotes = []
    for e in evidence:
        line = labelled(e)
        quote = quote_of(e) if whole and len(evidence) == 1 else figure_quote(e)
        if _numbers(name_of(e)) - _numbers(quote.words):
            # The figure's name itself has a number ("Tính đến ngày 20/3/2024, …"): the quote must show it.
            quote = Quote(e.shelved, e.passage, e.span)
        lines.append(line)
        quotes.append(quote)
        if _adds(quote.words, line):
            lines.append(wording.quoted(quote.words))
    first = fact_of(evidence[0])
    return Draft("answered", list(dict.fromkeys(lines)), quotes, focus=list(evidence), group=first.group, suggestions=related(evidence[0]))


def related(evidence: Evidence) -> list[str]:
    """Names of the figure's neighbours in its group: questions that lead somewhere."""
    fact = fact_of(evidence)
    if fact.group is None:
        return []
    names = [
        member_name(e) for e in evidence.shelved.facts
        if e.fact and e.fact.group == fact.group and e.fact.member != fact.member and e.fact.unit == fact.unit
    ]  # fmt: skip
    return [n for n in dict.fromkeys(names) if n and len(n) <= 80][:3]


def _numbers(words: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,/]\d+)*", words))


def _adds(quote: str, line: str) -> bool:
    """Whether a quote says more than the line: a further figure or many more words."""
    return not _numbers(quote) <= _numbers(line) or len(quote) > 2 * len(line)
