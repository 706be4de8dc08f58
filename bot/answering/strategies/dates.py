"""When: the dates that the reports print with what the question names."""

from __future__ import annotations

import re

from bot.answering import wording
from bot.answering.case import LEAST, Case, enough
from bot.answering.figure_words import fact_of
from bot.answering.matching import Match
from bot.answering.refusal import title_quote
from bot.answering.reply import Draft
from bot.answering.shelf import Evidence
from bot.answering.strategies.documents import asked_kinds
from bot.answering.strategies.meant import reports_meant, which_report
from bot.answering.strategies.statements import statements_draft
from bot.understanding.cues import plain
from knowledge.dates import find_dates
from knowledge.periods import find_periods

# "số liệu chốt đến ngày nào": the day that a figure is as of.
_AS_OF = re.compile(
    r"\b(?:(?:chot|so lieu)\b(?: \w+){0,5}?|tinh) (?:den|toi|vao) "
    r"(?:het )?(?:ngay (?:nao|may|bao nhieu)|bao gio|khi nao|hom nao|thoi diem nao)"
    r"|\bchot (?:so lieu )?(?:ngay|den|khi|luc|hom|bao gio)"
)
_AS_OF_WORDS = frozenset({"chot", "so lieu", "chot so lieu", "tinh", "so", "lieu", "bao cao", "chot so"})
_AS_OF_SAID = re.compile(r"(?<!\w)(?:tính|số liệu|chốt)(?: \w+){0,5}? (?:đến|từ|ngày) ")
_FIGURES = re.compile(r"số liệu|chốt")
_SEVERAL = 2
_DAY_ASKED = re.compile(r"\b(?:ngay|thang|hom)\s+(?:nao|may|bao nhieu)\b")
_SPAN = re.compile(r"\btu (?:ngay|thang|khi|bao gio).{0,40}\b(?:den|toi) (?:ngay|thang|khi|bao gio)")


def asks_as_of(case: Case) -> bool:
    """Whether the day is asked for that figures are as of."""
    return _AS_OF.search(" ".join(plain(case.question.text).split())) is not None


def answer(case: Case) -> Draft | None:
    """The sentence with the date that the question asks for; None where it asks for a document's date."""
    words = " ".join(plain(case.question.text).split())
    if asks_as_of(case):
        return _as_of(case)
    if asked_kinds(case) or case.question.document_numbers:
        return None
    best = _best(case, least=2 if _SPAN.search(words) else 1)
    if best is None:
        return None
    draft = statements_draft(case, [best.evidence])
    draft.focus = [best.evidence] if best.evidence.fact else []
    return draft


def _best(case: Case, *, least: int) -> Match | None:
    """The dated figure or sentence that says most of the question, or None."""
    dated = case.facts(lambda e: fact_of(e).kind == "date")
    said = [
        m for m in case.sentences()[:12] if _times(m.evidence) >= least and _dates_itself(case, m.evidence)
    ]
    if least == 1 and dated and enough(dated[0], dated[1:30]) and not (said and _clearer(said[0], dated[0])):
        return dated[0]
    return said[0] if said and enough(said[0], [m for m in said[1:] if m is not said[0]]) else None


def _dates_itself(case: Case, evidence: Evidence) -> bool:
    """Whether a day, month or year of a sentence is of what is asked, not of the documents that it cites."""
    report = evidence.report
    inside = [e for e in evidence.shelved.clauses if evidence.span.covers(e.span)]
    if len(inside) < _SEVERAL:
        return True
    best = max(inside, key=lambda e: case.match(e).score)
    cited = sum(d.issued_on is not None and best.span.covers(d.span) for d in report.documents)
    if _documents(evidence):
        return _days_and_months(best) > cited
    return not _DAY_ASKED.search(plain(case.question.text)) or _days_and_months(evidence) > 0


def _days_and_months(evidence: Evidence) -> int:
    """How many days, months and quarters a statement names: a bare year may be part of a name."""
    days = find_dates(evidence.quote)
    named = [p for p in find_periods(evidence.quote) if re.search("tháng|quý", p.text.lower())]
    return len(days) + sum(not any(d.start < p.end and p.start < d.end for d in days) for p in named)


def _documents(evidence: Evidence) -> int:
    """How many dated documents a statement cites."""
    documents = evidence.report.documents
    return sum(d.issued_on is not None and evidence.span.covers(d.span) for d in documents)


def _clearer(sentence: Match, figure: Match) -> bool:
    """Whether a sentence says what was talked about before, which the dated figure does not."""
    return sentence.coverage >= figure.coverage and sentence.score > figure.score + 0.3


def _times(evidence: Evidence) -> int:
    """How many days, months or years a statement names."""
    days = find_dates(evidence.quote)
    return len(days) + sum(
        not any(d.start < p.end and p.start < d.end for d in days) for p in find_periods(evidence.quote)
    )


def _as_of(case: Case) -> Draft | None:
    """The day that figures are as of: the named figure's own, else what the report says, else its period."""
    wanted = [c for c in case.wanted if c.typed not in _AS_OF_WORDS]
    found = case.facts() if wanted else []
    best = found[0] if found and enough(found[0], found[1:30]) else None
    if best and fact_of(best.evidence).as_of and _times(best.evidence):
        return statements_draft(case, [best.evidence])
    fitting = [best.evidence.shelved] if best else reports_meant(case)
    if len(fitting) > 1:
        return which_report(fitting)
    if not fitting or fitting[0].report.period is None:
        return None
    shelved = fitting[0]
    said = [
        e
        for e in shelved.sentences
        if _AS_OF_SAID.search(e.quote.lower()) and any(d.day for d in find_dates(e.quote))
    ]
    near = sorted((case.match(e, wanted=wanted) for e in said), key=lambda m: -m.score) if wanted else []
    if near and near[0].coverage >= LEAST:
        return statements_draft(case, [near[0].evidence])
    general = [e for e in said if _FIGURES.search(e.quote.lower())]
    if general:
        return statements_draft(case, general[:1])
    return Draft("answered", [wording.of_period(shelved.report)], [title_quote(shelved)])
