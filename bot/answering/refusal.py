"""An honest refusal: what is missing, and the nearest thing that the reports do say."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.figure_words import name_of
from bot.answering.matching import Match
from bot.answering.reply import Draft, Quote
from bot.answering.shelf import ShelvedReport, padded, tokens_of

_MOST_REPORTS = 6
# Titles that tell nothing when typed back.
_EMPTY_TITLES = frozenset({"ket qua thuc hien", "tinh hinh thuc hien", "tinh hinh", "ket qua", "noi dung"})
_LEVELS = frozenset({"xa", "phuong", "thi tran", "huyen", "quan", "thi xa", "thanh pho", "tinh"})
_READ, _SHORT = 12, 60
# What is shown as nearest says at least this share of the question.
_NEAR, _TELLING = 0.55, 0.25


def refuse(case: Case, reports: Sequence[ShelvedReport]) -> Draft:
    """A refusal that names the missing period, place or subject, and where the nearest thing stands."""
    if not reports:
        return Draft("not_found", [wording.NO_REPORTS])
    if case.question.kind == "out_of_scope":
        return Draft("not_found", [wording.OUT_OF_SCOPE], suggestions=section_topics(reports))
    lost = [p for p in case.scope.places if not p.reports]
    if lost:
        there = sorted({s.report.place for s in reports})
        line = wording.nothing_for_place(lost[0].name, there)
        # A number in a name ("Phường 22") is cited, as any other number of an answer is.
        named = {s.report.place: s for s in reports if any(c.isdigit() for c in s.report.place)}
        quotes = [title_quote(s) for s in named.values()]
        return Draft("not_found", [line], quotes, suggestions=section_topics(reports), show_findings=False)
    if case.scope.periods and not _covered(case):
        return other_period(case)
    return _other_subject(case)


def other_period(case: Case) -> Draft:
    """A refusal for a period that no report in scope is of, with those that there are."""
    dated = [s for s in case.scope.reports if s.report.period]
    labels = [s.report.period.label for s in dated if s.report.period]
    asked = (case.scope.periods or case.question.periods)[0].text
    line = wording.nothing_for_period(asked, list(dict.fromkeys(labels))[:_MOST_REPORTS])
    return Draft("not_found", [line], [title_quote(s) for s in dated][:_MOST_REPORTS])


def _other_subject(case: Case) -> Draft:
    """A refusal that names what is not said in scope, and the section that says most of the rest."""
    one = case.scope.reports[0] if len(case.scope.reports) == 1 else None
    close = (m for m in case.sentences()[:_READ] if m.owned and m.coverage >= _NEAR)
    near = next((m for m in close if m.evidence.section.title), None)
    lines = [wording.nothing_about(_missing(case, near), one.report if one else None)]
    quotes = [title_quote(one)] if one else []
    if near:
        e = near.evidence
        lines.append(wording.nearest_section(e.report, e.passage.section, e.section.title))
        quotes.append(Quote(e.shelved, e.passage, e.span))
    topics = _indicators(case) + section_topics(case.scope.reports or case.reports)
    return Draft("not_found", lines, quotes, suggestions=list(dict.fromkeys(topics))[:4], show_findings=False)


def _missing(case: Case, near: Match | None) -> str:
    """The words of the question that even the nearest statement does not say, as they were typed."""
    text = case.question.typed
    lacking = near.missing if near else case.question.concepts
    wanted = sorted(lacking or case.question.concepts, key=lambda c: c.start)
    typed = [c for c in wanted if tokens_of(text[c.start : c.end]) == c.alternatives[0]]
    runs: list[tuple[int, int]] = []
    told = (c for c in typed if case.weights.phrase(c.alternatives[0]) > _TELLING and c.typed not in _LEVELS)
    for c in told:
        if runs and c.start - runs[-1][1] <= 1:
            runs[-1] = (runs[-1][0], c.end)
        else:
            runs.append((c.start, c.end))
    words = ", ".join(f"“{text[start:end]}”" for start, end in runs)
    return words if lacking or not words else wording.asked_about(words)


def _indicators(case: Case) -> list[str]:
    """Names of the nearest figures, with their place: typed back, they are found."""
    out = []
    for m in case.facts()[:_READ]:
        name = name_of(m.evidence)
        if m.coverage >= _NEAR and m.owned and len(name) <= _SHORT and not any(c.isdigit() for c in name):
            out.append(f"{wording.capital(name)} – {m.evidence.report.place}")
    return list(dict.fromkeys(out))[:3]


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
    return not figure and not q.has("difficulty", "task", "merit", "money", "who", "check")


def ask_back(reports: Sequence[ShelvedReport]) -> Draft:
    """A question back where nothing was named."""
    return Draft("clarify", [wording.ASK_BACK], suggestions=section_topics(reports))


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
    """Whether a report is of the period that is asked for; a few figures of a plan do not make it so."""
    return any(case.scope.fits(e, figure=True) for s in case.scope.reports for e in s.passages[:1])


def section_topics(reports: Sequence[ShelvedReport]) -> list[str]:
    """Titles of sections that can be asked about, with their place."""
    return [
        f"{wording.sentence_case(s.title.strip())} – {shelved.report.place}"
        for shelved in reports[:3]
        for s in shelved.report.sections
        if s.title
        and len(s.title) <= _SHORT
        and not any(c.isdigit() for c in s.title)
        and padded(s.title).strip() not in _EMPTY_TITLES
    ][:4]
