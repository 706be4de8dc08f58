"""Cited documents: which decision, plan or letter, its number, date and issuer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering import wording
from bot.answering.case import ENOUGH, Case
from bot.answering.matching import Match, match
from bot.answering.reply import Draft, Quote
from bot.answering.scope import same_number
from bot.answering.shelf import Evidence, ShelvedReport, padded
from bot.understanding.cues import plain
from knowledge.records import DocumentRef, Passage, Span
from knowledge.sentences import sentences

KINDS = (
    "quyet dinh", "ke hoach", "cong van", "chi thi", "nghi dinh", "nghi quyet", "thong tu", "cong dien",
    "dien mat", "huong dan", "to trinh", "thong bao", "luat", "bao cao", "chuong trinh",
)  # fmt: skip
_MOST = 6
NUMBER_ASKED = re.compile(
    rf"\b(?:so|so hieu|ky hieu|so ky hieu|{'|'.join(KINDS)}|van ban) (?:may|nao|bao nhieu)\b"
    r"|\bso hieu\b|\bky hieu\b"
)
_BARE = re.compile(rf"\b({'|'.join(KINDS)})(?: [a-z]+){{0,2}}?(?: so)? (\d{{1,5}})\b(?! ?[/%.,])")
# What a report rests on stands in its opening.
_BASIS = re.compile(
    r"\bcan cu\b|\bco so phap ly\b|\bbao cao theo\b|\bde (?:lam )?bao cao\b"
    r"|\bbao cao\b.{0,60}\btheo [a-z ]{4,12} nao"
)
_BASIS_WORDS = frozenset({"can cu", "phap ly", "co so phap ly", "co so", "bao cao", "lam bao cao"})
_BEFORE_ALL, _OPENING = "mở đầu", 0.3
_AGENCY = re.compile(r"\b(?:cua|do|boi|la) so nao\b")
# A citation names its document in few words: less of the question need be said than by a sentence.
ENOUGH_CITED, _ENOUGH_DATED = 0.55, 0.25
_AS_GOOD = 0.12
_SAME_DAY = 0.5
_SAID_PERIOD = 0.25


def answer(case: Case) -> Draft | None:
    """The documents that the question asks for, or None."""
    if asks_agency(case):
        return None
    numbered = by_number(case)
    if numbered and not NUMBER_ASKED.search(plain(case.question.text)):
        return documents_draft(numbered[:_MOST])
    found = _ranked(case)
    if numbered:
        # Another document answers for a named one only where the report speaks of both in one clause.
        named = {id(ref) for _, ref in numbered}
        found = [p for p in found if id(p[1]) not in named and any(_same_clause(p, n) for n in numbered)]
        if not found:
            return documents_draft(numbered[:_MOST])
    if found and _rests_on(case) and found[0][0].evidence.passage.section == _BEFORE_ALL:
        return documents_draft(found[:1])
    if not found or found[0][0].coverage < _least(case, found[0][1]):
        return None
    best = found[0][0]
    # "những văn bản nào": all that fit; "văn bản nào": those that fit as well as the best does.
    several = case.question.has("list")
    near = [
        pair
        for pair in found
        if pair[0].evidence.passage is best.evidence.passage
        and (pair[0].score >= best.score - _AS_GOOD or (several and pair[0].coverage >= ENOUGH_CITED))
    ]
    return documents_draft(near[:_MOST] if several or len(near) < 4 else near[:3])


def _least(case: Case, ref: DocumentRef) -> float:
    """The share of the question that a citation must say: more where no document is asked for by its kind."""
    if ref.issued_on in case.question.dates:
        return _ENOUGH_DATED
    return ENOUGH_CITED if asked_kinds(case) or case.question.has("document") or _rests_on(case) else ENOUGH


def _same_clause(one: tuple[Match, DocumentRef], other: tuple[Match, DocumentRef]) -> bool:
    """Whether both documents are cited in the same clause."""
    mine, ref = one[0].evidence, one[1]
    theirs = other[0].evidence
    if mine.report is not theirs.report:
        return False
    return any(e.span.covers(ref.span) and e.span.covers(other[1].span) for e in mine.shelved.clauses)


def bare_numbers(case: Case) -> list[tuple[str, str]]:
    """The kinds and bare numbers of documents in the question: "Kế hoạch 109"."""
    return _BARE.findall(" ".join(plain(case.question.text).split()))


def asks_agency(case: Case) -> bool:
    """Whether "so nao" asks for an agency: typed "sở nào", or "của so nào" without diacritics."""
    if not case.question.has("who") or asked_kinds(case):
        return False
    typed = case.question.text.lower()
    return "sở nào" in typed or ("số nào" not in typed and _AGENCY.search(plain(typed)) is not None)


def asked_kinds(case: Case) -> tuple[str, ...]:
    """The kinds of document that the question names, folded."""
    words = f" {' '.join(plain(case.question.text).split())} "
    return tuple(k for k in KINDS if f" {k} " in words and k != "bao cao")


def evidence_of(shelved: ShelvedReport, ref: DocumentRef) -> Evidence:
    """The citation of a document as a statement: kind, number, issuer and subject are its own words."""
    report = shelved.report
    passage = report.passages[ref.passage]
    own = padded(f"{ref.kind} {ref.number} {ref.issuer} {ref.about}")
    near = padded(_sentence(shelved, passage, ref.span).of(report.text))
    return Evidence(
        shelved, passage, ref.clause, own, near, padded(" ; ".join(shelved.titles(passage.section)))
    )


def by_number(case: Case) -> list[tuple[Match, DocumentRef]]:
    """The documents that the question names by whole number, or by kind and bare number: "Kế hoạch 109"."""
    numbers = [n for n in case.question.document_numbers if not same_number(n, case.scope.number)]
    bare = bare_numbers(case)
    out = [
        (case.match(evidence_of(shelved, ref)), ref)
        for shelved in case.scope.reports
        for ref in shelved.report.documents
        if any(_same_document(n, ref.number) for n in numbers)
        or any(_of_kind(kind, n, ref) for kind, n in bare)
    ]
    return sorted(out, key=lambda pair: (-round(pair[0].score, 6), pair[1].span.start))[:2]


def _same_document(typed: str, number: str) -> bool:
    """Whether a number is the document's, whole or its beginning: "109/KH" of "109/KH-UBND"."""
    short, full = (
        padded(typed.replace("-", " ").replace("/", " ")),
        padded(number.replace("-", " ").replace("/", " ")),
    )
    return same_number(typed, number) or (len(short.split()) > 1 and full.startswith(short))


def _of_kind(kind: str, number: str, ref: DocumentRef) -> bool:
    return padded(ref.kind).strip().startswith(kind) and ref.number.split("/")[0].lstrip(
        "0"
    ) == number.lstrip("0")


def rest_beside_kind(case: Case) -> float:
    """The weight of what the question names beside the kind of document."""
    kinds = set(asked_kinds(case))
    return sum(case.weights.phrase(c.alternatives[0]) for c in case.question.concepts if c.typed not in kinds)


def _ranked(case: Case) -> list[tuple[Match, DocumentRef]]:
    kinds = asked_kinds(case)
    basis = _rests_on(case)
    wanted = [c for c in case.wanted if not (basis and c.typed in _BASIS_WORDS)]
    out = []
    for shelved in case.scope.reports:
        for ref in shelved.report.documents:
            kind = padded(ref.kind).strip()
            if kinds and kind not in kinds and not ({"huong dan"} & {kind} and "cong van" in kinds):
                continue
            e = evidence_of(shelved, ref)
            if case.scope.names(e):
                bonus = _bonus(case, e, ref) + (
                    _OPENING if basis and e.passage.section == _BEFORE_ALL else 0.0
                )
                out.append((match(e, wanted, case.weights, carried=case.question.context, bonus=bonus), ref))
    return sorted(out, key=lambda pair: (-round(pair[0].score, 6), pair[1].span.start))


def _rests_on(case: Case) -> bool:
    """Whether the question is what a report rests on."""
    return _BASIS.search(" ".join(plain(case.question.text).split())) is not None


def _bonus(case: Case, evidence: Evidence, ref: DocumentRef) -> float:
    """For a document of a period that its statement says, or of the very day that is asked for."""
    said = _SAID_PERIOD if case.scope.periods and case.scope.says(evidence) else 0.0
    return said + (_SAME_DAY if ref.issued_on and ref.issued_on in case.question.dates else 0.0)


def documents_draft(found: Sequence[tuple[Match, DocumentRef]]) -> Draft:
    """An answer that gives these documents, each with the words that cite it."""
    lines, quotes = [], []
    for m, ref in found:
        e = m.evidence
        text = e.report.text
        lines.append(f"- {_described(text, ref)}")
        quotes.append(
            Quote(e.shelved, e.passage, _shown(e.shelved, ref, _sentence(e.shelved, e.passage, ref.span)))
        )
    said = " ".join(lines)
    shown = [w for w in dict.fromkeys(q.words for q in quotes) if len(w) > 40 and w.strip(" ;,.") not in said]
    lines = list(dict.fromkeys(lines))
    if len(lines) == 1:
        lines[0] = lines[0][2:]
    return Draft("answered", [*lines, *map(wording.quoted, shown)], quotes)


def _described(text: str, ref: DocumentRef) -> str:
    words = ref.clause.of(text).strip(" ;,.")
    return words if len(words) <= 420 else words[:420].rsplit(" ", 1)[0] + "…"


def _sentence(shelved: ShelvedReport, passage: Passage, span: Span) -> Span:
    for s in sentences(shelved.report.text, passage.span):
        if s.covers(span):
            return s
    return passage.span


def _shown(shelved: ShelvedReport, ref: DocumentRef, sentence: Span) -> Span:
    """The words to quote for a document: around its clause, but none that cite another one beside it."""
    wide = _widened(shelved.report.text, ref, sentence)
    beside = (
        d for d in shelved.report.documents
        if d.number and wide.covers(d.span)
        and not ref.clause.covers(d.span) and not d.clause.covers(ref.span)
    )  # fmt: skip
    return ref.clause if any(beside) else wide


def _widened(text: str, ref: DocumentRef, sentence: Span) -> Span:
    """The document's clause with the words of its sentence up to the marks around it."""
    start = max(text.rfind(";", sentence.start, ref.clause.start) + 1, sentence.start)
    m = re.compile(r"[;.](?=\s|$)").search(text, ref.clause.end, sentence.end)
    end = m.start() if m else sentence.end
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)
