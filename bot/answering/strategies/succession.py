"""Which of several reports came first, last, or is the newest: by the days on which they were issued."""

from __future__ import annotations

import re

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.reply import Draft, Quote
from bot.answering.shelf import ShelvedReport
from bot.answering.strategies.meant import asking_words, in_head
from knowledge.dates import find_dates

_ISSUED = r"(?:ra(?: doi)?|ban hanh|phat hanh|ky|lap|gui|co|den)(?: ngay)?"
_LATER = re.compile(
    rf"\b{_ISSUED} (?:sau|muon|tre)\b|\b(?:moi|gan day|gan)(?: day)? (?:nhat|hon)\b|\bsau cung\b"
)
_EARLIER = re.compile(
    rf"\b{_ISSUED} (?:truoc|som)\b(?! (?:ngay|thang|quy|nam) \d)"
    r"|\bcu (?:nhat|hon)\b|\bdau tien\b|\btruoc nhat\b"
)
_REPORT = re.compile(r"\b(?:bao cao|bc)\b")
_WHICH = re.compile(r"\bnao\b|\bsau hay truoc\b|\btruoc hay sau\b|\b(?:la )?gi\b|\bbao cao (?:moi|cu|gan)\b")
_FILLERS = frozenset({
    "bao", "cao", "bc", "ban", "hanh", "phat", "ra", "doi", "ky", "lap", "gui", "truoc", "sau", "moi", "cu",
    "nhat", "hon", "gan", "day", "som", "muon", "cung", "dau", "tien", "he", "thong", "ngay", "cai", "co",
    "hien", "tai", "kho", "len", "nap", "trong", "cac",
})  # fmt: skip
_MOST = 6


def asks(case: Case) -> bool:
    """Whether reports as such are to be put in the order of their issue, and nothing of them is asked."""
    words = asking_words(case)
    if not (_LATER.search(words) or _EARLIER.search(words)):
        return False
    named = _REPORT.search(words) and _WHICH.search(words)
    return bool(named) and all(
        _unspecific(case, c.alternatives[0]) or in_head(case, c) for c in case.question.concepts
    )


def answer(case: Case) -> Draft | None:
    """The report that came first or last, with the day of its issue and the others' days; else None."""
    if not asks(case):
        return None
    dated = [s for s in case.scope.reports if s.report.issued_on]
    if len(dated) < 2:
        return None
    last = _LATER.search(asking_words(case)) is not None
    dated.sort(key=lambda s: str(s.report.issued_on), reverse=last)
    first, *others = dated
    same = [s for s in others if s.report.issued_on == first.report.issued_on]
    lines = [wording.same_day([s.report for s in (first, *same)]) if same else
             wording.issued_first(first.report, last=last)]  # fmt: skip
    rest = [s for s in others if s not in same][:_MOST]
    lines += [f"- {wording.issued(s.report)}" for s in rest]
    return Draft("answered", lines, [issue_quote(s) for s in (first, *same, *rest)])


def issue_quote(shelved: ShelvedReport) -> Quote:
    """The passage that prints the day on which a report was issued; its first one where none does."""
    report = shelved.report
    for p in report.passages:
        if any(d.value == report.issued_on for d in find_dates(p.span.of(report.text))):
            return Quote(shelved, p, p.span)
    return Quote(shelved, report.passages[0], report.passages[0].span)


def _unspecific(case: Case, phrase: tuple[str, ...]) -> bool:
    return _FILLERS.issuperset(phrase)
