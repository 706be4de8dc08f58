"""Which figures do not add up, and whether those that the question names do."""

from __future__ import annotations

from decimal import Decimal

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.figure_words import fact_of
from bot.answering.matching import match
from bot.answering.records import Computed
from bot.answering.refusal import title_quote
from bot.answering.reply import Draft, Quote, quote_of
from bot.answering.shelf import ShelvedReport
from bot.answering.strategies.groups import Group, best_group
from knowledge.numbers import format_number
from knowledge.records import Finding

_LEAST = 0.6


def answer(case: Case) -> Draft | None:
    """The findings on what the question names; where there are none, the check that was made."""
    named = [f for f in _findings(case) if _about(case, *f)]
    if named:
        return _findings_draft(named)
    agreeing = _agreeing_total(case)
    if agreeing:
        return agreeing
    general = not case.question.concepts or all(case.weights.phrase(c.alternatives[0]) < 0.25 for c in case.question.concepts)
    everything = _findings(case)
    if general and everything:
        return _findings_draft(everything)
    if not case.scope.reports:
        return None
    shelved = case.scope.reports[0]
    line = f"Chưa phát hiện số liệu nào không khớp ở nội dung được hỏi ({wording.scope_label(shelved.report)})."
    return Draft("answered", [line], [title_quote(shelved)])


def _findings(case: Case) -> list[tuple[ShelvedReport, Finding]]:
    return [(s, f) for s in case.scope.reports for f in s.report.findings]


def _about(case: Case, shelved: ShelvedReport, finding: Finding) -> bool:
    """Whether a finding is on what the question names: by number, by its words, or as the last answer's passage."""
    quoted = finding.span.of(shelved.report.text)
    numbers = [n for n in case.question.numbers if len(n) > 3 or "/" in n or "%" in n]
    if numbers and any(n.rstrip("% ") in quoted for n in numbers):
        return True
    if not case.question.concepts:
        same = case.focus.report_id == shelved.report.id and case.focus.passage == finding.passage
        return case.question.dependent and same
    passage = next((e for e in shelved.passages if e.passage.ordinal == finding.passage), None)
    if passage is None:
        return False
    found = match(passage, case.question.concepts, case.weights, carried=case.question.context)
    return found.coverage >= _LEAST and bool(case.question.concepts)


def _findings_draft(found: list[tuple[ShelvedReport, Finding]]) -> Draft:
    quotes, lines = [], ["Có số liệu không khớp, đề nghị kiểm tra lại:"]
    for shelved, finding in found:
        passage = shelved.report.passages[finding.passage]
        evidence = next((e for e in shelved.clauses if e.span.covers(finding.span)), None)
        short = passage.span.end - passage.span.start <= 420
        span = passage.span if short or evidence is None else evidence.span
        if not span.covers(finding.span):
            span = passage.span
        quotes.append(Quote(shelved, passage, span))
    return Draft("answered", lines, quotes, findings=found)


def _agreeing_total(case: Case) -> Draft | None:
    """A total and its parts that agree, with the sum shown."""
    group = best_group(case, None)
    if group is None or len(group.rows) < 2:
        return None
    total = _total_before(group)
    if total is None:
        return None
    value, evidence = total
    formula = " + ".join(format_number(r.value) for r in group.rows)
    result = sum((r.value for r in group.rows), Decimal(0))
    if result != value:
        return None
    lines = [f"Khớp: {formula} = {format_number(result)}, đúng bằng tổng số báo cáo nêu.", wording.quoted(evidence.words)]
    return Draft("answered", lines, [evidence], [Computed(format_number(result), formula, "cộng các số liệu thành phần")])


def _total_before(group: Group) -> tuple[Decimal, Quote] | None:
    lead = group.listing.lead
    inside = [e for e in group.shelved.facts if lead.covers(fact_of(e).span)]
    if not inside:
        return None
    last = fact_of(inside[-1])
    value = last.numerator if last.kind == "ratio" else last.value
    return (value, quote_of(inside[-1])) if value is not None else None

