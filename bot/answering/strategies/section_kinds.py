"""Why, what to do, what is hard: the statements of the sections of that kind, though few words coincide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.matching import Match
from bot.answering.reply import Draft
from bot.answering.shelf import Evidence
from bot.answering.strategies.statements import says_why, statements_draft
from bot.understanding.cues import find_cues, plain
from bot.understanding.question import Concept
from knowledge.records import Section
from knowledge.vietnamese import fold

_KINDS = frozenset({"difficulty", "task", "merit"})
# The section's kind counts as said: less of the rest need be.
_ENOUGH = 0.55
# Less still where the section has the very name that is asked for, and little else in it.
_ENOUGH_NAMED, _LITTLE = 0.4, 900
_TELLING = 0.4
_NAMED = 0.15
_NEAR = 0.15
_MOST = 3
_READ = 30
_WHY = re.compile(r"\b(?:vi sao|tai sao|do dau|nguyen nhan|ly do)\b")
_MOST_CAUSES, _WORDS_OF_HEADING = 4, 3


def answer(case: Case) -> Draft | None:
    """The statements about the question's subject in the sections of the kind that it asks for, or None."""
    kinds = _asked(case)
    rest = _subject(case)
    if not kinds or not rest:
        return None
    found = sorted(
        _candidates(case, kinds, rest), key=lambda pair: (-round(pair[0], 6), pair[1].evidence.span.start)
    )
    found = _in_named_section(case, kinds, rest, found)
    if not found or not found[0][1].owned:
        return None
    best = found[0][1].evidence
    least = _ENOUGH_NAMED if _named_so(case, best, kinds) else _ENOUGH
    if _said(case, found[0][1], rest) < least:
        return None
    near = [
        m.evidence for score, m in found
        if score >= found[0][0] - _NEAR and _home(m.evidence) is _home(best)
        and _said(case, m, rest) >= least
    ]  # fmt: skip
    draft = statements_draft(case, near[:_MOST])
    causes = _causes(case, best)
    if causes:
        told = statements_draft(case, causes)
        draft.lines += [wording.CAUSES, *told.lines]
        draft.quotes += told.quotes
    return draft


def asks_cause(case: Case) -> bool:
    """Whether the cause of something that is named is asked for."""
    asked = case.question.has("why") or _WHY.search(plain(case.question.text)) is not None
    return asked and bool(_subject(case))


def _home(evidence: Evidence) -> Section:
    """The section of a statement that has a title: a bare "1." is no section of its own."""
    section = evidence.section
    while not section.title and section.parent in evidence.shelved.sections:
        section = evidence.shelved.sections[section.parent]
    return section


def _causes(case: Case, best: Evidence) -> list[Evidence]:
    """The statements of the short section of causes beside that of a difficulty, where the cause is asked."""
    if not asks_cause(case) or _names_causes(_home(best)) or says_why(best):
        return []
    beside = [
        s
        for s in best.shelved.report.sections
        if s.parent == _home(best).parent and _names_causes(s) and s.span.end - s.span.start <= _LITTLE
    ]
    return [
        e
        for s in beside[:1]
        for e in best.shelved.sentences
        if s.span.covers(e.span) and len(e.own.split()) > _WORDS_OF_HEADING
    ][:_MOST_CAUSES]


def _names_causes(section: Section) -> bool:
    return "nguyen nhan" in fold(section.title)


def _in_named_section(
    case: Case, kinds: frozenset[str], rest: tuple[Concept, ...], found: list[tuple[float, Match]]
) -> list[tuple[float, Match]]:
    """Those in a short section with the very name that is asked for ("nguyên nhân"), where some fit."""
    named = [
        pair
        for pair in found[:_READ]
        if _named_so(case, pair[1].evidence, kinds)
        and pair[1].owned
        and _said(case, pair[1], rest) >= _ENOUGH_NAMED
    ]
    return named or found


def _said(case: Case, found: Match, rest: tuple[Concept, ...]) -> float:
    """The share of the subject that a statement says; a word whose telling syllable it has, by half."""
    total = sum(case.weights.phrase(c.alternatives[0]) for c in rest)
    own = found.evidence.own_tokens
    half = [
        c
        for c in found.missing
        if any(s in own and case.weights.token(s) >= _TELLING for s in c.alternatives[0])
    ]
    return found.coverage + 0.5 * sum(case.weights.phrase(c.alternatives[0]) for c in half) / total


def _named_so(case: Case, evidence: Evidence, kinds: frozenset[str]) -> bool:
    """Whether a short section is called what the question asks for: "giải pháp", not only the like."""
    words, section = plain(case.question.text), evidence.section
    named = any(name in kinds and word in words for name, word in _kind_words(section.title))
    return named and section.span.end - section.span.start <= _LITTLE


def _asked(case: Case) -> frozenset[str]:
    """The kinds of section that answer: "vì sao" asks for difficulties."""
    why = frozenset({"difficulty"}) if case.question.has("why") else frozenset()
    return (case.question.cues & _KINDS) | why


def _subject(case: Case) -> tuple[Concept, ...]:
    """What is asked about, without the words for the kind itself."""
    cues = [c for c in find_cues(case.question.text) if c.name in _KINDS]
    own = [c for c in case.question.concepts if not any(k.start < c.end and c.start < k.end for k in cues)]
    return (*own, *case.scope.demanded)


def _candidates(
    case: Case, kinds: frozenset[str], rest: tuple[Concept, ...]
) -> Iterator[tuple[float, Match]]:
    words = plain(case.question.text)
    for shelved in case.scope.reports:
        for e in shelved.sentences:
            said = _kind_words(_above(e))
            named = [word for name, word in said if name in kinds]
            if named and case.scope.fits(e, figure=False):
                m = case.match(e, wanted=rest)
                # "giải pháp" rather than "kiến nghị", where the question says so.
                yield m.score + (_NAMED if any(word in words for word in named) else 0.0), m


def _above(evidence: Evidence) -> str:
    """The titles and lead-ins that a statement stands under."""
    text = evidence.report.text
    leads = [lead.of(text) for lead in evidence.passage.lead]
    return " ; ".join((*evidence.shelved.titles(evidence.passage.section), *leads))


@lru_cache(maxsize=4096)
def _kind_words(words: str) -> tuple[tuple[str, str], ...]:
    """The kinds of statement that a heading announces, with the words that do."""
    folded = plain(words)
    return tuple((c.name, folded[c.start : c.end]) for c in find_cues(words) if c.name in _KINDS)
