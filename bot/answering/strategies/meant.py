"""Which of the reports is meant where a report as such is asked about, and the words that ask."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.reply import Draft, Quote
from bot.answering.shelf import ShelvedReport, padded
from bot.understanding.cues import plain
from bot.understanding.question import Concept
from knowledge.periods import resolve

_MOST = 5
# "ký" and "kỳ" fold alike: the period is written out wherever it is spelt or nothing else can be meant.
PERIOD_WORD = "ky_han"
_PERIOD_SPELT, _SIGNED_SPELT = re.compile(r"\bk[ỳì]\b"), re.compile(r"\bk[ýí]\b")
_PERIOD_MEANT = re.compile(
    r"\bky (?=nao\b)|(?<=\bcho )ky\b|(?<=\bthuoc )ky\b|(?<=\bthoi )ky\b|(?<=\bcung )ky\b"
)
_OF_REPORTS = re.compile(r"\bky (?=bao cao\b)")
_SOMEONE = re.compile(r"\b(?:ai|nguoi|ten|chu tich|giam doc|truong|chuc|boi|da|duoc)\b")


def asking_words(case: Case) -> str:
    """The folded words of the question as typed, "kỳ" told from "ký"."""
    return _asking_words(case.question.typed or case.question.text)


@lru_cache(maxsize=64)
def _asking_words(text: str) -> str:
    words = " ".join(plain(_PERIOD_SPELT.sub(PERIOD_WORD, text.lower())).split())
    if _SIGNED_SPELT.search(text.lower()):
        return words
    words = _PERIOD_MEANT.sub(f"{PERIOD_WORD} ", words)
    return " ".join((words if _SOMEONE.search(words) else _OF_REPORTS.sub(f"{PERIOD_WORD} ", words)).split())


def reports_meant(case: Case) -> list[ShelvedReport]:
    """The report that is meant: in a follow-up the last answer's, else those whose heads say most.

    Where a time is named, only those that are of it or were issued in it; none where there are none such.
    """
    last = [s for s in case.scope.reports if s.report.id == case.focus.report_id]
    if case.question.dependent and last and not case.scope.places:
        return last
    there = [s for s in case.scope.reports if _of_time(case, s)]
    said = {id(s): _said(case, s) for s in there}
    best = max(said.values(), default=0.0)
    return [s for s in there if said[id(s)] >= best - 0.01]


def in_head(case: Case, concept: Concept) -> bool:
    """Whether the head of a report in scope says a concept: its title, issuer, place, signatory."""
    return any(f" {' '.join(a)} " in _head(s) for s in case.scope.reports for a in concept.alternatives)


def which_report(fitting: list[ShelvedReport]) -> Draft:
    """A question back that names the reports."""
    choices = [f"Báo cáo số {s.report.number} ({s.report.place})" for s in fitting[:_MOST]]
    quotes = [Quote(s, s.report.passages[0], s.report.passages[0].span) for s in fitting[:_MOST]]
    return Draft(
        "clarify", [wording.which_one(""), *(f"- {c}" for c in choices)], quotes, suggestions=choices
    )


def _of_time(case: Case, shelved: ShelvedReport) -> bool:
    """Whether a report is of a period that the question names, or was issued in it or on the day named."""
    own, issued = shelved.report.period, shelved.report.issued_on
    if not case.scope.periods:
        return not case.question.dates or issued in case.question.dates
    asked = [m.period or resolve(m, own.end.year if own else None) for m in case.scope.periods]
    same = any(a and own and (a.same(own) or a.contains(own)) for a in asked)
    return same or any(a and issued and a.contains(issued) and not _monthly(case) for a in asked)


def _monthly(case: Case) -> bool:
    """Whether some report in scope is itself of a period of the question: then issuing days do not count."""
    for s in case.scope.reports:
        own = s.report.period
        asked = (m.period or resolve(m, own.end.year if own else None) for m in case.scope.periods)
        if any(a and own and a.same(own) for a in asked):
            return True
    return False


def _head(shelved: ShelvedReport) -> str:
    report = shelved.report
    return padded(f"{report.title} ; {report.issuer} ; {report.place} ; {report.number} ; {report.signatory}")


def _said(case: Case, shelved: ShelvedReport) -> float:
    words = _head(shelved)
    return sum(
        case.weights.phrase(c.alternatives[0]) for c in case.question.concepts
        if any(f" {' '.join(a)} " in words for a in c.alternatives)
    )  # fmt: skip
