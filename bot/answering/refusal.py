"""An honest refusal: what is missing, and the nearest thing that the reports do say."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.reply import Draft, Quote
from bot.answering.shelf import ShelvedReport

_MOST_REPORTS = 6


def refuse(case: Case, reports: Sequence[ShelvedReport]) -> Draft:
    """A refusal that names the missing period, place or subject."""
    if not reports:
        return Draft("not_found", [wording.NO_REPORTS])
    if case.question.kind == "out_of_scope":
        return Draft("not_found", [wording.OUT_OF_SCOPE], suggestions=_topics(reports))
    lost = [p for p in case.scope.places if not p.reports]
    if lost:
        there = sorted({s.report.place for s in reports})
        return Draft(
            "not_found", [wording.nothing_for_place(lost[0].name, there)], suggestions=_topics(reports)
        )
    if case.scope.periods and not _covered(case):
        labels = [s.report.period.label for s in case.scope.reports if s.report.period]
        asked = case.scope.periods[0].text
        quotes = [title_quote(s) for s in case.scope.reports if s.report.period][:_MOST_REPORTS]
        return Draft(
            "not_found",
            [wording.nothing_for_period(asked, list(dict.fromkeys(labels))[:_MOST_REPORTS])],
            quotes,
        )
    one = case.scope.reports[0] if len(case.scope.reports) == 1 else None
    quotes = [title_quote(one)] if one else []
    return Draft(
        "not_found",
        [wording.nothing_about("", one.report if one else None)],
        quotes,
        suggestions=_topics(reports),
    )


def says_nothing(case: Case) -> bool:
    """Whether the question names nothing to look for."""
    q = case.question
    if (
        q.concepts
        or q.context
        or q.document_numbers
        or q.filters
        or case.scope.number
        or q.kind in {"out_of_scope", "ask_check", "ask_metadata"}
    ):
        return False
    # "151.058 là số liệu gì?": the figure itself is what is asked about.
    figure = any(len(n.strip("% ")) > 2 for n in q.numbers)
    return not figure and not q.has(
        "difficulty", "task", "merit", "money", "who", "check", "max", "min"
    )


def ask_back(reports: Sequence[ShelvedReport]) -> Draft:
    """A question back where nothing was named."""
    return Draft("clarify", [wording.ASK_BACK], suggestions=_topics(reports))


def title_quote(shelved: ShelvedReport) -> Quote:
    """The passage of a report's title, cited where the report is named without a statement of it."""
    report = shelved.report
    subject = report.title.removeprefix("Báo cáo").strip()
    for p in report.passages:
        words = p.span.of(report.text)
        if subject and subject[:60] in words:
            return Quote(shelved, p, p.span)
    return Quote(shelved, report.passages[0], report.passages[0].span)


def _covered(case: Case) -> bool:
    return any(case.scope.fits(e, figure=True) for s in case.scope.reports for e in s.facts[:1])


def _topics(reports: Sequence[ShelvedReport]) -> list[str]:
    """Titles of sections that can be asked about."""
    titles = [
        s.title for shelved in reports[:3] for s in shelved.report.sections if s.title and len(s.title) < 60
    ]
    return titles[:4]
