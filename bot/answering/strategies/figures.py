"""A rate, a count, an amount of money, a bandwidth: the figure that the question names, as printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.answering import wording
from bot.answering.case import ENOUGH, LEAST, Case, enough
from bot.answering.figure_words import coordinated, fact_of, labelled, member_name, name_of, segment
from bot.answering.matching import Match
from bot.answering.reply import Draft, Quote, quote_of
from bot.answering.shelf import Evidence, padded
from bot.answering.strategies.ties import clarify, general, in_focus, tied
from bot.understanding.concepts import CLASSIFIERS
from bot.understanding.cues import plain
from bot.understanding.question import Concept

# "bao nhiêu hồ sơ", "mấy xã": what is counted stands behind; "… là bao nhiêu?" leaves it open.
_COUNTED = re.compile(r"\b(?:bao nhieu|may)\s(?!phan tram|%|tien|trieu|ty\b|dong\b|kinh phi|von\b)\w")
_ASKED_NOUN = re.compile(r"\b(?:bao nhieu|may)\s$")
# Nouns that count anything: "mấy ca khai tử" are the report's "trường hợp".
# Nouns for people: "mấy người" may be the report's "đối tượng", "mấy người dân" its "công dân".
_PERSONS = frozenset({
    "nguoi", "luot nguoi", "nguoi dan", "cong dan", "doi tuong", "can bo", "cong chuc", "vien chuc",
    "hoi vien", "thanh vien", "lao dong", "nguoi lao dong", "hoc sinh", "hoc vien", "tre", "tre em",
    "giao vien", "dai bieu", "chien si", "bac si", "benh nhan", "nguoi huong", "nguoi tham gia",
    "ca nhan", "dang vien", "nhan vien",
})  # fmt: skip
_PERSONS_ASKED = frozenset({"nguoi", "nguoi dan", "luot nguoi"})
_COUNTED_NEAR = 0.2
_NAMED, _ALL_SAID = 0.6, 0.95
_COORDINATED = re.compile(r"\bva\b|\blan\b|\bcung\b|\bca\b|\bhay\b|  ")
_TELLING = 0.35
_WITHOUT_NOUN = 0.8
_SHORT_RUN = 160
_MOST_PARTS = 4
# Where a statement without such a figure says so much more of the question, the figure is another's.
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
    found = _counting_first(case, found)
    ambiguous = tied(found, dependent=case.question.dependent) if enough(found[0], found[1:30]) else []
    near = parts(case, found) if ambiguous else []
    if len(near) > 1 and not set.intersection(*({c.start for c in m.missing} for m in near)):
        ambiguous = []  # each says what the other one leaves out: both are asked for
    if ambiguous and any(_tells(case, c) for c in found[0].missing):
        return None  # what would tell them apart is none of them: "Bệnh viện Mắt" among other hospitals
    if ambiguous:
        kept = in_focus(case, ambiguous) or general(ambiguous)
        if kept:
            found = [kept, *(m for m in found if m is not kept)]
        elif not case.question.has("list"):
            return clarify(case, ambiguous)
    chosen = parts(case, found)
    if counts_another_thing(case, found[0]) or _only_the_noun(case, found[0]):
        return None
    if not together(case, chosen, [m for m in found[:30] if m not in chosen]):
        return None
    return figures_draft([m.evidence for m in chosen], whole=case.question.has("list") or several_asked(case))


def _tells(case: Case, concept: Concept) -> bool:
    """Whether a thing that no candidate says tells what is asked from what there is."""
    return case.weights.phrase(concept.alternatives[0]) * concept.insistence > _TELLING


def named(case: Case) -> Draft | None:
    """The figure whose own words are what was typed, where nothing is asked in words; None where in doubt."""
    found = case.facts(lambda e: fact_of(e).kind != "date")
    plainly = bool(found) and (found[0].specificity >= _NAMED or found[0].coverage >= _ALL_SAID)
    if not plainly or not enough(found[0], found[1:30]) or tied(found):
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
    """The statement of an item that is asked about but has no such figure, or None.

    "Trong tháng không phát sinh hồ sơ" answers for its service.
    """
    best = found[0] if found else None
    for m in case.passages()[:3]:
        e = m.evidence
        if not e.passage.item or not enough(m) or not case.scope.fits(e, figure=True):
            continue
        if best and not _clearly_better(m, best):
            continue
        if not any(f.passage == e.passage.ordinal and f.unit == "%" for f in e.report.facts):
            lines = [f"{wording.capital(wording.scope_label(e.report))}: {wording.quoted(e.quote)}"]
            return Draft("answered", lines, [quote_of(e)], focus=[])
    return None


def _clearly_better(item: Match, figure: Match) -> bool:
    """Whether an item says more of the question than the best figure, or the same in fewer other words."""
    if item.coverage > figure.coverage + _CLEARLY_BETTER:
        return True
    other = figure.evidence.passage is not item.evidence.passage
    return other and item.specificity > figure.specificity + 0.15 and item.coverage >= figure.coverage


def counts_another_thing(case: Case, found: Match) -> bool:
    """Whether the figure counts something else than the noun behind "bao nhiêu" or "mấy"."""
    counted = _asked_noun(case)
    if counted is None or fact_of(found.evidence).kind == "money" or _counts(found.evidence, counted):
        return False
    return found.coverage < _WITHOUT_NOUN or (counted in found.missing and counted.typed not in CLASSIFIERS)


def _asked_noun(case: Case) -> Concept | None:
    """The noun behind "bao nhiêu" or "mấy", or None."""
    words = plain(case.question.text)
    return next((c for c in case.question.concepts if _ASKED_NOUN.search(words[: c.start])), None)


def _counts(evidence: Evidence, noun: Concept) -> bool:
    """Whether a figure's own words name what is counted; "người" are any people."""
    if any(f" {' '.join(a)} " in evidence.own for a in noun.alternatives):
        return True
    if noun.typed not in _PERSONS_ASKED:
        return False
    # "Số công chức …: 07 (03 chính thức, 04 dự phòng)": the parts of people are people.
    of_people = fact_of(evidence).role == "part" and any(f" {p} " in evidence.own for p in _PERSONS)
    return of_people or padded(fact_of(evidence).counted).strip() in _PERSONS


def _only_the_noun(case: Case, found: Match) -> bool:
    """Whether a figure counts what is asked for, but says nothing of what tells it from others.

    "bao nhiêu doanh nghiệp thành lập mới" asks for no other "02 doanh nghiệp".
    """
    noun = _asked_noun(case)
    others = [c for c in case.wanted if c is not noun]
    if noun is None or case.question.dependent or any(c in found.owned or _near(c, found) for c in others):
        return False
    return sum(case.weights.phrase(c.alternatives[0]) for c in others if c in found.missing) > _TELLING


def _near(concept: Concept, found: Match) -> bool:
    """Whether a concept is said in the figure's clause."""
    return any(f" {' '.join(a)} " in found.evidence.near for a in concept.alternatives)


def _counting_first(case: Case, found: list[Match]) -> list[Match]:
    """The figures, with the first that counts what is asked for before those that count other things."""
    noun = _asked_noun(case)
    if noun is None or several_asked(case) or _counts(found[0].evidence, noun):
        return found
    rest = found[1:30]
    near = [m for m in rest if m.score >= found[0].score - _COUNTED_NEAR and enough(m)]
    first = next((m for m in near if _counts(m.evidence, noun)), None)
    return found if first is None else [first, *(m for m in found if m is not first)]


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
        here = m.evidence.report is chosen[0].evidence.report
        if here and missing - still and m.coverage >= (0.35 if own else 0.5):
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
    """Whether more than one figure is asked for: "tỷ lệ … và tỷ lệ …", "bao nhiêu …, bao nhiêu …"."""
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
    return Draft(
        "answered",
        list(dict.fromkeys(lines)),
        quotes,
        focus=list(evidence),
        group=fact_of(evidence[0]).group,
        suggestions=_related(evidence[0]),
    )


def _related(evidence: Evidence) -> list[str]:
    """Names of the figure's neighbours in its group: questions that lead somewhere."""
    fact = fact_of(evidence)
    if fact.group is None:
        return []
    group = [e for e in evidence.shelved.facts if fact_of(e).group == fact.group]
    names = [
        member_name(e) for e in group if fact_of(e).member != fact.member and fact_of(e).unit == fact.unit
    ]
    return [n for n in dict.fromkeys(names) if n and len(n) <= 80][:3]


def _numbers(words: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,/]\d+)*", words))


def _adds(quote: str, line: str) -> bool:
    """Whether a quote says more than the line: a further figure or many more words."""
    return not _numbers(quote) <= _numbers(line) or len(quote) > 2 * len(line)
