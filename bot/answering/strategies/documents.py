"""Cited documents: which decision, plan or letter, its number, date and issuer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.matching import Match, match
from bot.answering.reply import Draft, Quote
from bot.answering.scope import same_number
from bot.answering.shelf import Evidence, ShelvedReport, padded
from bot.understanding.cues import plain
from knowledge.records import DocumentRef, Passage, Span

_KINDS = (
    "quyet dinh", "ke hoach", "cong van", "chi thi", "nghi dinh", "nghi quyet", "thong tu", "cong dien", "dien mat",
    "huong dan", "to trinh", "thong bao", "luat", "bao cao", "chuong trinh",
)  # fmt: skip
_MOST = 6
# A citation names its document in few words: less of the question need be said than by a sentence.
_ENOUGH, _ENOUGH_DATED = 0.55, 0.25
_SAME_DAY = 0.5
_SAID_PERIOD = 0.25


def answer(case: Case) -> Draft | None:
    """The documents that the question asks for, or None."""
    numbered = _by_number(case)
    if numbered:
        return _draft(case, numbered[:_MOST])
    found = _ranked(case)
    if not found or found[0][0].coverage < (_ENOUGH_DATED if found[0][1].issued_on in case.question.dates else _ENOUGH):
        return None
    best = found[0][0]
    near = [pair for pair in found if pair[0].score >= best.score - 0.12 and pair[0].evidence.passage is best.evidence.passage]
    return _draft(case, near[:_MOST] if case.question.has("list") or len(near) < 4 else near[:3])


def asked_kinds(case: Case) -> tuple[str, ...]:
    """The kinds of document that the question names, folded."""
    words = f" {' '.join(plain(case.question.text).split())} "
    return tuple(k for k in _KINDS if f" {k} " in words and k != "bao cao")


def unnamed(case: Case) -> Draft | None:
    """A question back for "kế hoạch đó" where nothing was talked about before: the documents of that kind that there are."""
    kinds = asked_kinds(case)
    if not kinds or case.focus.report_id or not case.question.dependent:
        return None
    refs = [d for s in case.scope.reports for d in s.report.documents if padded(d.kind).strip() in kinds]
    names = list(dict.fromkeys(f"{d.kind} số {d.number}" for d in refs if d.number))[:5]
    return Draft("clarify", [wording.which_one("")], suggestions=names) if names else None


def evidence_of(shelved: ShelvedReport, ref: DocumentRef) -> Evidence:
    """The citation of a document as a statement: kind, number, issuer and subject are its own words."""
    report = shelved.report
    passage = report.passages[ref.passage]
    own = padded(f"{ref.kind} {ref.number} {ref.issuer} {ref.about}")
    near = padded(_sentence(shelved, passage, ref.span).of(report.text))
    return Evidence(shelved, passage, ref.clause, own, near, padded(" ; ".join(shelved.titles(passage.section))))


def _by_number(case: Case) -> list[tuple[Match, DocumentRef]]:
    numbers = [n for n in case.question.document_numbers if not same_number(n, case.scope.number)]
    out = []
    for shelved in case.scope.reports:
        for ref in shelved.report.documents:
            if any(same_number(n, ref.number) for n in numbers):
                out.append((case.match(evidence_of(shelved, ref)), ref))
    return sorted(out, key=lambda pair: -pair[0].score)[:2]


def _ranked(case: Case) -> list[tuple[Match, DocumentRef]]:
    kinds = asked_kinds(case)
    out = []
    for shelved in case.scope.reports:
        for ref in shelved.report.documents:
            kind = padded(ref.kind).strip()
            if kinds and kind not in kinds and not ({"huong dan"} & {kind} and "cong van" in kinds):
                continue
            e = evidence_of(shelved, ref)
            if case.scope.names(e):
                bonus = _SAID_PERIOD if case.scope.periods and case.scope.says(e) else 0.0
                bonus += _SAME_DAY if ref.issued_on and ref.issued_on in case.question.dates else 0.0
                out.append((match(e, case.wanted, case.weights, carried=case.question.context, bonus=bonus), ref))
    return sorted(out, key=lambda pair: (-round(pair[0].score, 6), pair[1].span.start))


def _draft(case: Case, found: Sequence[tuple[Match, DocumentRef]]) -> Draft:
    lines, quotes = [], []
    for m, ref in found:
        e = m.evidence
        text = e.report.text
        lines.append(f"- {_described(text, ref)}")
        sentence = _sentence(e.shelved, e.passage, ref.span)
        span = sentence if sentence.end - sentence.start <= 700 else _widened(text, ref, sentence)
        quotes.append(Quote(e.shelved, e.passage, span))
    shown = list(dict.fromkeys(q.words for q in quotes))
    lines = list(dict.fromkeys(lines))
    if len(lines) == 1:
        lines[0] = lines[0][2:]
    return Draft("answered", [*lines, *(wording.quoted(w) for w in shown if len(w) > 40)], quotes)


def _described(text: str, ref: DocumentRef) -> str:
    words = ref.clause.of(text).strip(" ;,.")
    return words if len(words) <= 420 else words[:420].rsplit(" ", 1)[0] + "…"


def _sentence(shelved: ShelvedReport, passage: Passage, span: Span) -> Span:
    from knowledge.sentences import sentences

    for s in sentences(shelved.report.text, passage.span):
        if s.covers(span):
            return s
    return passage.span


def _widened(text: str, ref: DocumentRef, sentence: Span) -> Span:
    """The document's clause with the words of its sentence up to the marks around it."""
    start = max(text.rfind(";", sentence.start, ref.clause.start) + 1, sentence.start)
    m = re.compile(r"[;.](?=\s|$)").search(text, ref.clause.end, sentence.end)
    end = m.start() if m else sentence.end
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)
