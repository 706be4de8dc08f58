"""What a name or an abbreviation stands for, as the report itself says it."""

from __future__ import annotations

from bot.answering.case import Case
from bot.answering.reply import Draft, Quote
from bot.answering.shelf import ShelvedReport, tokens_of
from knowledge.records import Abbreviation, Span
from knowledge.sentences import sentences


def answer(case: Case) -> Draft | None:
    """The long form of the abbreviation that the question names, or None."""
    found: list[tuple[ShelvedReport, Abbreviation]] = []
    asked = {c.alternatives[0] for c in case.question.concepts}
    text = " ".join(tokens_of(case.question.text))
    for shelved in case.scope.reports:
        for a in shelved.report.abbreviations:
            short = tokens_of(a.short)
            named = short in asked or (len(short) > 1 and f" {' '.join(short)} " in f" {text} ")
            if named and _is_subject(case, short):
                found.append((shelved, a))
    if not found:
        return None
    lines, quotes = [], []
    for shelved, a in found[:3]:
        line = f"{a.short}: {a.long}."
        if line not in lines:
            lines.append(line)
            quotes.append(_sentence(shelved, a))
    return Draft("answered", lines + [f"“{q.words}”" for q in quotes if len(q.words) < 700], quotes)


def _is_subject(case: Case, short: tuple[str, ...]) -> bool:
    """Whether the question is about the abbreviation and little else.

    "05 nhóm tiện ích của Đề án 06 là gì?" is about more.
    """
    others = [c for c in case.question.concepts if not set(c.alternatives[0]) & set(short)]
    named = case.weights.phrase(short)
    return sum(case.weights.phrase(c.alternatives[0]) for c in others) <= 1.1 * named


def _sentence(shelved: ShelvedReport, a: Abbreviation) -> Quote:
    passage = shelved.report.passages[a.passage]
    for s in sentences(shelved.report.text, passage.span):
        if s.covers(a.span):
            return Quote(shelved, passage, s if s.end - s.start < 900 else a.span)
    return Quote(shelved, passage, Span(a.span.start, a.span.end))
