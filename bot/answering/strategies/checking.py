"""Which figures do not add up, and whether those that the question names do."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.answering import wording
from bot.answering.case import Case, enough
from bot.answering.figure_words import fact_of, printed
from bot.answering.matching import match
from bot.answering.records import Computed
from bot.answering.refusal import title_quote
from bot.answering.reply import Draft, Quote, quote_of
from bot.answering.shelf import Evidence, ShelvedReport, padded
from bot.answering.strategies import additions, reconciling
from bot.answering.strategies.amounts import amount, scale_of, short_name, shown
from bot.answering.strategies.columns import total_of
from bot.answering.strategies.groups import Group, best_group
from bot.answering.strategies.operands import best_figures, figures_for
from bot.answering.strategies.terms import Term, readings, terms
from bot.answering.strategies.wholes import wholes_of
from bot.understanding.cues import plain
from bot.understanding.question import Concept
from knowledge.numbers import find_quantities, format_number
from knowledge.records import Finding

_LEAST = 0.6
_EACH = re.compile(r"\b(?:moi|nhan|x)\b")
# Words that say "the figures of the report" and nothing of what they are about.
_GENERIC = frozenset({
    "so", "lieu", "con", "bao", "cao", "noi", "dung", "nhau", "cho", "phan", "muc", "van", "ban", "loi",
    "sai", "lech", "toan", "bo", "trong", "giua", "cac", "nhung", "thong", "ke", "chi", "tieu", "tong",
    "cong", "ty", "le", "phep", "tinh", "kiem", "tra", "cai", "nao", "dang", "bi", "va", "co",
})  # fmt: skip


def answer(case: Case) -> Draft | None:
    """The findings on what the question names; where there are none, the check that was made."""
    q = case.question
    added = (
        additions.answer(case)
        or reconciling.answer(case)
        or _equation(case)
        or _product(case)
        or _times_of_each(case)
    )
    if added:
        return added
    everything = _findings(case)
    if (
        everything
        and not _numbers(case)
        and not any(_telling(c, s) for s, _ in everything for c in q.concepts)
    ):
        return _findings_draft(_on_passage(case, everything) or everything)
    named = [f for f in everything if _about(case, *f)]
    if named:
        return _findings_draft(named)
    agreeing = _agreeing_total(case)
    if agreeing:
        return agreeing
    checked = _checked(case)
    if checked is None:
        return None
    inside = [(s, f) for s, f in everything if s is checked.shelved and checked.span.covers(f.span)]
    if inside:
        return _findings_draft(inside)
    shelved = checked.shelved
    line = f"Chưa phát hiện sai lệch số liệu ở nội dung được hỏi ({wording.scope_label(shelved.report)})."
    return Draft("answered", [line], [checked])


def _checked(case: Case) -> Quote | None:
    """What the question wants checked, a whole report or a passage with figures; None where there is none."""
    reports = case.scope.reports
    if not any(_telling(c, s) for s in reports for c in case.question.concepts):
        return title_quote(reports[0]) if reports else None
    best = next(iter(case.passages()), None)
    if best is None or not enough(best):
        return None
    inside = [e for e in best.evidence.shelved.facts if e.passage is best.evidence.passage]
    return quote_of(best.evidence) if len(inside) > 1 else None


def _generic(concept: Concept) -> bool:
    """Whether a concept only says that figures of a report are meant: "con số", "số liệu trong báo cáo"."""
    return all(word in _GENERIC or word.isdigit() for word in concept.alternatives[0])


def _telling(concept: Concept, shelved: ShelvedReport) -> bool:
    """Whether a concept tells one figure of a report from others: what its title says does not."""
    title = padded(shelved.report.title)
    return not _generic(concept) and not any(f" {' '.join(a)} " in title for a in concept.alternatives)


def _on_passage(
    case: Case, found: list[tuple[ShelvedReport, Finding]]
) -> list[tuple[ShelvedReport, Finding]]:
    """The findings on what the last answer was about, where the question leans on it."""
    if not case.question.dependent or case.question.concepts:
        return []
    return [
        (s, f) for s, f in found if case.focus.report_id == s.report.id and case.focus.passage == f.passage
    ]


def _equation(case: Case) -> Draft | None:
    """Whether the things named together are the one named behind "bằng".

    "lúa và ngô cộng lại có bằng tổng … không?" asks so.
    """
    named = terms(case)
    at = next((i for i, t in enumerate(named) if t.equal), 0)
    if at < 2:
        return None
    things = [*named[:at], Term(tuple(c for t in named[at:] for c in t.concepts))]
    chosen = figures_for(case, things, lambda e: fact_of(e).unit != "%", parts=True) or _with_whole(
        best_figures(case, readings(named[:at]), lambda e: fact_of(e).unit != "%")
    )
    values = [v for e in chosen if (v := amount(e, percent=False)) is not None]
    if len(values) <= at:
        return None
    scale, unit = scale_of(chosen)
    formula = " + ".join(shown(v, scale) for v in values[:-1])
    result, printed_total = shown(sum(values[:-1], Decimal(0)), scale), shown(values[-1], scale)
    agrees = sum(values[:-1], Decimal(0)) == values[-1]
    verdict = (
        f"Khớp: {formula} = {result} {unit}, đúng bằng số báo cáo nêu."
        if agrees
        else (f"Không khớp: {formula} = {result} {unit}, báo cáo nêu {printed_total} {unit}.")
    )
    lines = [verdict.replace("  ", " "), *(f"- {short_name(e)}: {printed(e)}" for e in chosen)]
    computed = [Computed(result, formula, "cộng các số liệu thành phần")]
    return Draft("answered", lines, [quote_of(e) for e in chosen], computed, focus=chosen)


def _with_whole(terms_found: list[Evidence]) -> list[Evidence]:
    """The terms with the whole that the report prints of all of them, or []."""
    wholes = [wholes_of(e) for e in terms_found]
    shared = [w for w in wholes[0] if all(w in others for others in wholes[1:])] if wholes else []
    return [*terms_found, shared[0]] if shared else []


def _product(case: Case) -> Draft | None:
    """Whether so many times so much is the sum that a clause prints.

    "12 nơi, mỗi nơi 100 triệu có đúng 1,2 tỷ không?" asks so.
    """
    asked = [
        q
        for q in find_quantities(case.question.text)
        if q.denominator is None and q.kind in {"count", "money"}
    ]
    if len(asked) != 3 or not _EACH.search(plain(case.question.text)) or asked[1].kind != asked[2].kind:
        return None
    times, each, claimed = asked
    both = [
        e
        for s in case.scope.reports
        for e in s.clauses
        if _prints(e, each.scaled) and _prints(e, claimed.scaled)
    ]
    if not both:
        return None
    formula = f"{times.text} × {each.text}"
    result = format_number(times.scaled * each.value)
    unit = each.unit or each.counted
    agrees = times.scaled * each.scaled == claimed.scaled
    verdict = (
        f"Khớp: {formula} = {result} {unit}, đúng bằng {claimed.text}."
        if agrees
        else (f"Không khớp: {formula} = {result} {unit}, khác {claimed.text}.")
    )
    best = max(both, key=lambda e: case.match(e).score)
    return Draft(
        "answered",
        [verdict, wording.quoted(best.quote)],
        [quote_of(best)],
        [Computed(result, formula, "nhân để đối chiếu")],
    )


def _times_of_each(case: Case) -> Draft | None:
    """How often the amount for each is in the whole, where a clause prints both: "mỗi nơi 100 triệu"."""
    asked = [q for q in find_quantities(case.question.text) if q.kind == "money"]
    m = _EACH.search(plain(case.question.text))
    if len(asked) != 2 or m is None:
        return None
    each = next((q for q in asked if q.start > m.start()), asked[-1])
    whole = next(q for q in asked if q is not each)
    times = whole.scaled / each.scaled if each.scaled else Decimal(0)
    both = [
        e
        for s in case.scope.reports
        for e in s.clauses
        if _prints(e, each.scaled) and _prints(e, whole.scaled)
    ]
    if not both or times < 2 or times != times.to_integral_value():
        return None
    best = max(both, key=lambda e: case.match(e).score)
    formula, result = f"{whole.text} / {each.text}", format_number(times.to_integral_value())
    lines = [wording.times_of_each(whole.text, each.text, formula, result), wording.quoted(best.quote)]
    return Draft("answered", lines, [quote_of(best)], [Computed(result, formula, "chia để đối chiếu")])


def _prints(evidence: Evidence, value: Decimal) -> bool:
    return any(q.scaled == value for q in find_quantities(evidence.quote))


def _numbers(case: Case) -> list[str]:
    """The numbers of the question that can be looked up in a finding."""
    return [n for n in case.question.numbers if len(n) > 3 or "/" in n or "%" in n]


def _findings(case: Case) -> list[tuple[ShelvedReport, Finding]]:
    return [(s, f) for s in case.scope.reports for f in s.report.findings]


def _about(case: Case, shelved: ShelvedReport, finding: Finding) -> bool:
    """Whether a finding is on what the question names by a number or by words, or on the last answer."""
    quoted = finding.span.of(shelved.report.text)
    numbers = _numbers(case)
    if numbers and any(n.rstrip("% ") in quoted for n in numbers):
        return True
    if not case.question.concepts:
        same = case.focus.report_id == shelved.report.id and case.focus.passage == finding.passage
        return case.question.dependent and same
    passage = next((e for e in shelved.passages if e.passage.ordinal == finding.passage), None)
    if passage is None:
        return False
    telling = [c for c in case.question.concepts if _telling(c, shelved)]
    found = match(passage, telling, case.weights, carried=case.question.context)
    return bool(telling) and found.coverage >= _LEAST


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
    lines = [
        f"Khớp: {formula} = {format_number(result)}, đúng bằng tổng số báo cáo nêu.",
        wording.quoted(evidence.words),
    ]
    return Draft(
        "answered",
        lines,
        [evidence],
        [Computed(format_number(result), formula, "cộng các số liệu thành phần")],
    )


def _total_before(group: Group) -> tuple[Decimal, Quote] | None:
    lead = group.listing.lead
    inside = [e for e in group.shelved.facts if lead.covers(fact_of(e).span)]
    if not inside:
        total = total_of(group.shelved, group.listing)
        value = fact_of(total).value if total else None
        return (value, quote_of(total)) if total and value is not None else None
    last = fact_of(inside[-1])
    value = last.numerator if last.kind == "ratio" else last.value
    return (value, quote_of(inside[-1])) if value is not None else None
