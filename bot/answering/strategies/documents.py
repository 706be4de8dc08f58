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
from knowledge.sentences import sentences
from knowledge.vietnamese import fold

_KINDS = (
    "quyet dinh", "ke hoach", "cong van", "chi thi", "nghi dinh", "nghi quyet", "thong tu", "cong dien",
    "dien mat", "huong dan", "to trinh", "thong bao", "luat", "bao cao", "chuong trinh",
)  # fmt: skip
_MOST = 6
_NUMBER_ASKED = re.compile(
    rf"\b(?:so|so hieu|ky hieu|so ky hieu|{'|'.join(_KINDS)}|van ban) (?:may|nao|bao nhieu)\b"
    r"|\bso hieu\b|\bky hieu\b"
)
_BARE = re.compile(rf"\b({'|'.join(_KINDS)})(?: [a-z]+){{0,2}}?(?: so)? (\d{{1,5}})\b(?! ?[/%.,])")
_SIGNATORY = re.compile(
    r"\bai ky\b|\bnguoi ky\b|\bky boi\b|(?:chuc danh|chuc vu|ho ten|ten).{0,12}\bky\b|\bdo ai .{0,12}\bky\b"
)
# What a report rests on stands in its opening.
_BASIS = re.compile(
    r"\bcan cu\b|\bco so phap ly\b|\bbao cao theo\b|\bde (?:lam )?bao cao\b"
    r"|\bbao cao\b.{0,60}\btheo [a-z ]{4,12} nao"
)
_BASIS_WORDS = frozenset({"can cu", "phap ly", "co so phap ly", "co so", "bao cao", "lam bao cao"})
_BEFORE_ALL, _OPENING = "mở đầu", 0.3
_POINTING = re.compile(rf"\b({'|'.join(_KINDS)}|van ban) (?:do|nay|ay|kia|tren)\b")
_AGENCY = re.compile(r"\b(?:cua|do|boi|la) so nao\b")
_ABOUT_IT = frozenset({"what", "summary", "definition", "document", "date", "who"})
# A document with so little beside its number is what the question is about.
_LITTLE = 0.55
# A citation names its document in few words: less of the question need be said than by a sentence.
_ENOUGH, _ENOUGH_DATED = 0.55, 0.25
_AS_GOOD = 0.12
_SAME_DAY = 0.5
_SAID_PERIOD = 0.25


def answer(case: Case) -> Draft | None:
    """The documents that the question asks for, or None."""
    if asks_agency(case):
        return None
    numbered = _by_number(case)
    if numbered and not _NUMBER_ASKED.search(plain(case.question.text)):
        return _draft(numbered[:_MOST])
    found = _ranked(case)
    if numbered:
        # Another document answers for a named one only where the report speaks of both in one clause.
        named = {id(ref) for _, ref in numbered}
        found = [p for p in found if id(p[1]) not in named and any(_same_clause(p, n) for n in numbered)]
        if not found:
            return _draft(numbered[:_MOST])
    if found and _rests_on(case) and found[0][0].evidence.passage.section == _BEFORE_ALL:
        return _draft(found[:1])
    if not found or found[0][0].coverage < (
        _ENOUGH_DATED if found[0][1].issued_on in case.question.dates else _ENOUGH
    ):
        return None
    best = found[0][0]
    # "những văn bản nào": all that fit; "văn bản nào": those that fit as well as the best does.
    several = case.question.has("list")
    near = [
        pair
        for pair in found
        if pair[0].evidence.passage is best.evidence.passage
        and (pair[0].score >= best.score - _AS_GOOD or (several and pair[0].coverage >= _ENOUGH))
    ]
    return _draft(near[:_MOST] if several or len(near) < 4 else near[:3])


def _same_clause(one: tuple[Match, DocumentRef], other: tuple[Match, DocumentRef]) -> bool:
    """Whether both documents are cited in the same clause."""
    mine, ref = one[0].evidence, one[1]
    theirs = other[0].evidence
    if mine.report is not theirs.report:
        return False
    return any(e.span.covers(ref.span) and e.span.covers(other[1].span) for e in mine.shelved.clauses)


def numbered(case: Case) -> Draft | None:
    """What the reports say of the document that the question names by number; None where it asks for more.

    Of another document than the reports themselves nobody can say who signed it: that is refused.
    """
    found = _by_number(case)
    words = plain(case.question.text)
    if _SIGNATORY.search(" ".join(words.split())) and not case.scope.number:
        return _unsigned(case, found)
    if not case.question.cues & _ABOUT_IT or _asks_figure(case):
        return None
    if not found:
        return _unheard_of(case)
    if _NUMBER_ASKED.search(words) or (found[0][0].coverage < _ENOUGH and _rest(case) > _LITTLE):
        return None
    return _draft(found[:1])


def _unheard_of(case: Case) -> Draft | None:
    """A refusal for a whole number that no report prints; None where one does, or none was given."""
    own = {s.report.number for s in case.reports}
    numbers = [n for n in case.question.document_numbers if not any(same_number(n, o) for o in own)]
    printed = [n for n in numbers if any(fold(n) in fold(s.report.text) for s in case.reports)]
    if not numbers or printed or case.scope.number:
        return None
    return Draft("not_found", [wording.not_mentioned(numbers[0])])


def _asks_figure(case: Case) -> bool:
    """Whether a number is asked for that is no date: "ngày mấy" is one."""
    return case.question.has("percent", "money") or (
        case.question.has("count") and not case.question.has("date")
    )


def asks_agency(case: Case) -> bool:
    """Whether "so nao" asks for an agency: typed "sở nào", or "của so nào" without diacritics."""
    if not case.question.has("who") or asked_kinds(case):
        return False
    typed = case.question.text.lower()
    return "sở nào" in typed or ("số nào" not in typed and _AGENCY.search(plain(typed)) is not None)


def asked_kinds(case: Case) -> tuple[str, ...]:
    """The kinds of document that the question names, folded."""
    words = f" {' '.join(plain(case.question.text).split())} "
    return tuple(k for k in _KINDS if f" {k} " in words and k != "bao cao")


def unnamed(case: Case) -> Draft | None:
    """A question back for "kế hoạch đó" where nothing was talked about: the documents of that kind."""
    kinds = asked_kinds(case)
    if not kinds or case.focus.report_id or not case.question.dependent:
        return None
    refs = [d for s in case.scope.reports for d in s.report.documents if padded(d.kind).strip() in kinds]
    names = list(dict.fromkeys(f"{d.kind} số {d.number}" for d in refs if d.number))[:5]
    return Draft("clarify", [wording.which_one("")], suggestions=names) if names else None


def pointed_at(case: Case) -> Draft | None:
    """What is said of "kế hoạch đó" where the answer before named one; a question back if several."""
    pointed = _POINTING.search(" ".join(plain(case.question.text).split()))
    if not pointed or not case.focus.report_id or case.question.document_numbers:
        return None
    kind = pointed[1]
    refs = [
        (case.match(evidence_of(s, d)), d)
        for s in case.reports if s.report.id == case.focus.report_id
        for d in s.report.documents if d.passage == case.focus.passage and d.number
        if kind == "van ban" or padded(d.kind).strip() == kind
    ]  # fmt: skip
    names = list(dict.fromkeys(f"{d.kind} số {d.number}" for _, d in refs))
    if len(names) > 1:
        lines = [wording.which_one(""), *(f"- {n}" for n in names)]
        return Draft("clarify", lines, [_draft([pair]).quotes[0] for pair in refs], suggestions=names)
    return _draft(refs[:1]) if refs and not _asks_figure(case) else None


def evidence_of(shelved: ShelvedReport, ref: DocumentRef) -> Evidence:
    """The citation of a document as a statement: kind, number, issuer and subject are its own words."""
    report = shelved.report
    passage = report.passages[ref.passage]
    own = padded(f"{ref.kind} {ref.number} {ref.issuer} {ref.about}")
    near = padded(_sentence(shelved, passage, ref.span).of(report.text))
    return Evidence(
        shelved, passage, ref.clause, own, near, padded(" ; ".join(shelved.titles(passage.section)))
    )


def _by_number(case: Case) -> list[tuple[Match, DocumentRef]]:
    """The documents that the question names by whole number, or by kind and bare number: "Kế hoạch 109"."""
    numbers = [n for n in case.question.document_numbers if not same_number(n, case.scope.number)]
    bare = _BARE.findall(" ".join(plain(case.question.text).split()))
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


def _rest(case: Case) -> float:
    """The weight of what the question names beside the kind of document."""
    kinds = set(asked_kinds(case))
    return sum(case.weights.phrase(c.alternatives[0]) for c in case.question.concepts if c.typed not in kinds)


def _unsigned(case: Case, found: Sequence[tuple[Match, DocumentRef]]) -> Draft | None:
    """A refusal to say who signed a cited document: reports print that of themselves only."""
    if found:
        drafted = _draft(found[:1])
        ref = found[0][1]
        line = wording.not_signed(f"{ref.kind} số {ref.number}")
        return Draft("not_found", [line, wording.near_miss(drafted.quotes[0].words)], drafted.quotes)
    if not case.question.document_numbers:
        return None
    return Draft("not_found", [wording.not_signed(f"văn bản số {case.question.document_numbers[0]}")])


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


def _draft(found: Sequence[tuple[Match, DocumentRef]]) -> Draft:
    lines, quotes = [], []
    for m, ref in found:
        e = m.evidence
        text = e.report.text
        lines.append(f"- {_described(text, ref)}")
        quotes.append(
            Quote(e.shelved, e.passage, _widened(text, ref, _sentence(e.shelved, e.passage, ref.span)))
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


def _widened(text: str, ref: DocumentRef, sentence: Span) -> Span:
    """The document's clause with the words of its sentence up to the marks around it."""
    start = max(text.rfind(";", sentence.start, ref.clause.start) + 1, sentence.start)
    m = re.compile(r"[;.](?=\s|$)").search(text, ref.clause.end, sentence.end)
    end = m.start() if m else sentence.end
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)
