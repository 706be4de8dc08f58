"""Turns a draft into an answer: numbers its citations, adds sources, findings and state, asks the gate."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.anchors import citation_url, edition_of
from bot.answering import wording
from bot.answering.gate import unsupported
from bot.answering.quotes import Quote as Quote
from bot.answering.records import Answer, Chart, Citation, Computed, FindingNote, Status
from bot.answering.shelf import Evidence, ShelvedReport
from bot.answering.support import quoted_besides
from knowledge.records import Finding, Span

log = logging.getLogger(__name__)

_MOST_SUGGESTIONS = 5
_SHORT = 420


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the figures of a chart rest on."""

    quotes: tuple[Quote, ...] = ()
    computed: tuple[Computed, ...] = ()


@dataclass(slots=True)
class Draft:
    """An answer in the making: lines of text without sources, the quotes they rest on, what follows.

    `drawn` are the quotes and calculations of the figures that only the chart shows. `traced` is the figure
    that a number of the question is: what it is of is talked about from then on.
    """

    status: Status
    lines: list[str]
    quotes: list[Quote] = field(default_factory=list)
    computed: list[Computed] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)
    focus: list[Evidence] = field(default_factory=list)
    group: int | None = None
    findings: list[tuple[ShelvedReport, Finding]] = field(default_factory=list)
    chart: Chart | None = None
    drawn: Drawn = field(default_factory=Drawn)
    show_findings: bool = True
    traced: Evidence | None = None


def saying_time(draft: Draft, told: str) -> Draft:
    """The draft with a first line that says which period a time told from now was taken for, where it was."""
    periods = {q.shelved.report.period.label for q in draft.quotes if q.shelved.report.period}
    if draft.status == "answered" and told and len(periods) == 1:
        draft.lines.insert(0, wording.taken_for(told, periods.pop()))
    return draft


def saying_settled(draft: Draft, told: tuple[str, str] | None) -> Draft:
    """The draft with a first line that says what a time told from another one was taken for."""
    if draft.status == "answered" and told:
        draft.lines.insert(0, wording.understood(*told))
    return draft


def quote_of(evidence: Evidence) -> Quote:
    """The words to show for a statement: its whole passage where that is short, else its clause."""
    passage, text = evidence.passage, evidence.report.text
    whole = passage.span
    if whole.end - whole.start <= _SHORT and not evidence.passage.footnote:
        return Quote(evidence.shelved, passage, Span(whole.start, whole.start + len(whole.of(text).rstrip())))
    return Quote(evidence.shelved, passage, evidence.span)


def merged(drafts: Sequence[Draft]) -> Draft:
    """The drafts of the questions of one message as one: answered if any is, its parts in order."""
    if len(drafts) == 1:
        return drafts[0]
    statuses = [d.status for d in drafts]
    status: Status = next((s for s in ("answered", "clarify", "not_found") if s in statuses), "smalltalk")
    out = Draft(status, [])
    for draft in drafts:
        out.lines += draft.lines
        out.quotes += draft.quotes
        out.computed += draft.computed
        out.suggestions += draft.suggestions
        out.findings += draft.findings
        out.focus = draft.focus or out.focus
        out.group = draft.group if draft.focus else out.group
        if draft.chart:
            out.chart, out.drawn = draft.chart, draft.drawn
    return out


def finish(draft: Draft, *, question: str, state: Mapping[str, object]) -> Answer:
    """The answer that `draft` becomes; a number that nothing supports makes it a refusal, and is logged."""
    quotes = _distinct(draft.quotes)
    stray = unsupported(
        "\n".join(draft.lines), citations=_cited(quotes), computed=draft.computed, question=question
    )
    quotes = _distinct([*quotes, *quoted_besides(quotes, stray)]) if stray else quotes
    citations = _cited(quotes)
    found = _findings(draft, quotes)
    computed = [*draft.computed, *(_recomputed(f) for _, f in found if f.recomputed)]
    lines = [*draft.lines, *_sources(citations, quotes)]
    lines += [f"⚠ Lưu ý: {f.text} {wording.CHECK}" for _, f in found]
    text = "\n".join(line for line in lines if line)
    stray = unsupported(text, citations=citations, computed=computed, question=question)
    if stray:
        log.warning("blocked an answer with unsupported numbers: %s", ", ".join(stray))
        return Answer("not_found", wording.BLOCKED, citations, suggestions=_suggestions(draft), state=state)
    return Answer(
        status=draft.status,
        text=text,
        citations=citations,
        computed=tuple(computed),
        findings=tuple(FindingNote(f.kind, f.text, f.printed, f.recomputed) for _, f in found),
        suggestions=_suggestions(draft),
        chart=_supported_chart(draft, citations, computed, question),
        state=state,
    )


def _supported_chart(
    draft: Draft, citations: Sequence[Citation], computed: Sequence[Computed], question: str
) -> Chart | None:
    """The draft's chart; None, and a line in the log, where one of its numbers has no support."""
    chart = draft.chart
    if chart is None:
        return None
    drawn = tuple(_citation(i, q) for i, q in enumerate(draft.drawn.quotes, start=len(citations) + 1))
    text = "\n".join((chart.title, chart.unit, *chart.labels, *chart.printed, chart.source))
    stray = unsupported(
        text, citations=(*citations, *drawn), computed=(*computed, *draft.drawn.computed), question=question
    )
    if stray:
        log.warning("left out a chart with unsupported numbers: %s", ", ".join(stray))
        return None
    return chart


def _cited(quotes: Sequence[Quote]) -> tuple[Citation, ...]:
    return tuple(_citation(i, q) for i, q in enumerate(quotes, start=1))


def _distinct(quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes without those inside another one, in order."""
    out: list[Quote] = []
    for i, q in enumerate(quotes):
        inside = any(
            o.shelved is q.shelved and o.span.covers(q.span) and (o.span != q.span or j < i)
            for j, o in enumerate(quotes)
            if j != i
        )
        if not inside:
            out.append(q)
    return out


def _citation(n: int, quote: Quote) -> Citation:
    report, passage = quote.shelved.report, quote.passage
    section = quote.shelved.sections[passage.section]
    titles = quote.shelved.titles(passage.section)
    return Citation(
        n=n,
        report_id=report.id,
        report_number=report.number,
        report_title=report.title,
        issuer=report.issuer,
        issued_on=report.issued_on,
        section=passage.path,
        section_title=section.title or (titles[-1] if titles else ""),
        footnote=passage.footnote,
        quote=quote.words,
        url=citation_url(report.id, passage.path, span=quote.span, edition=edition_of(report.sha256)),
        place=report.place,
        period=report.period.label if report.period else "",
    )


def _sources(citations: Sequence[Citation], quotes: Sequence[Quote]) -> list[str]:
    """A source line for each section cited, not for each quote."""
    seen: dict[tuple[str, str], str] = {}
    for c, q in zip(citations, quotes, strict=True):
        key = (c.report_id, c.section)
        if key not in seen:
            seen[key] = wording.source_line(c.n, q.shelved.report, c.section, c.footnote)
    return list(seen.values())


def _findings(draft: Draft, quotes: Sequence[Quote]) -> list[tuple[ShelvedReport, Finding]]:
    """The findings on the figures that are quoted, and those that the draft brings itself."""
    out = list(draft.findings)
    if draft.show_findings:
        for q in quotes:
            for f in q.shelved.report.findings:
                if _shows(q, f) and (q.shelved, f) not in out:
                    out.append((q.shelved, f))
    return out


def _shows(quote: Quote, finding: Finding) -> bool:
    """Whether the quoted words have the printed figure that a finding is on."""
    touching = quote.span.start < finding.span.end and finding.span.start < quote.span.end
    return touching and finding.printed.rstrip("% ") in quote.words


def _recomputed(finding: Finding) -> Computed:
    return Computed(finding.recomputed, finding.formula, finding.text)


def _suggestions(draft: Draft) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for s in draft.suggestions if s))[:_MOST_SUGGESTIONS]
