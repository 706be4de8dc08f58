"""What a report says about itself: who signed, to whom, when issued, for which period, its number."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.refusal import other_period, title_quote
from bot.answering.reply import Draft, Quote
from bot.answering.shelf import ShelvedReport, padded
from bot.answering.strategies.dates import asks_as_of
from bot.answering.strategies.documents import asked_kinds
from bot.answering.strategies.meant import PERIOD_WORD, asking_words, in_head, reports_meant, which_report
from bot.answering.strategies.succession import issue_quote
from bot.understanding.cues import plain
from knowledge.records import Passage, Span

_SIGNED = re.compile(
    r"(?<!dang )(?<!chu )(?<!nhat )\bky\b(?! so| truoc| hieu| ket"
    r"| (?:vao )?(?:ngay|hom|thang)? ?(?:nao|may)\b"
    r"| (?:vao )?(?:khi|luc|bao gio|hom))|nguoi ky|chuc danh|chuc vu|\b(?:ai|nguoi|da|boi) ky\b"
)
_NAME = re.compile(r"ho (?:va )?ten|ten nguoi|ten gi")
_SENT = re.compile(r"\bgui\b(?! truoc| cham)|noi nhan|kinh gui|\bnhan bao cao")
_KEPT = re.compile(
    r"\bluu\b(?! tru\b(?! o| tai)| thong| hanh| y\b)(?: \w+){0,5}? (?:dau|nao|gi|noi)\b|\bnoi luu\b"
)
_ISSUED = re.compile(
    r"(?:ban hanh|phat hanh|ra|ky|lap) (?:vao )?(?:ngay|khi|luc|bao gio|hom)"
    r"|ngay (?:nao|thang|ban hanh|ky|bao nhieu|may)|bao gio|khi nao|hom nao"
)
_NUMBER = re.compile(
    r"bao cao (?:\w+ ){0,6}so (?:may|bao nhieu|nao)|so (?:ky )?hieu (?:cua )?bao cao|(?<!tong )so bao cao"
)
_PERIOD = re.compile(
    rf"{PERIOD_WORD} (?:nao|bao cao|may)|bao cao (?:cua |cho |la )*(?:thang|quy|nam) (?:nao|may)"
    r"|(?:cho|cua|thuoc) (?:thang|quy|nam) (?:nao|may)|(?:thoi gian|giai doan|pham vi) bao cao"
)
_ISSUER = re.compile(
    r"\b(?:co quan|don vi|noi|ben|cap|so|phong|ban|ai) (?:nao )?(?:da )?"
    r"(?:ban hanh|phat hanh|ra|lap|lam|viet|soan) (?:ra )?(?:ban |cai )?bao cao\b"
    r"|\bbao cao (?:\w+ ){0,8}?(?:cua|do) (?:co quan|don vi|ai|noi|ben)\b"
)
_OFFICE = re.compile(
    r"\b((?:pho )?(?:chu tich|giam doc|truong phong|to truong|cuc truong|chi cuc truong|bi thu|hieu truong)"
    r"|to pho)\b"
)
_OFFICE_WORDS = frozenset({"ho", "ten", "lam", "pho", "chu", "tich", "giam", "doc", "nguoi"})
_WHO_IS = re.compile(r"\bai la\b|\bla ai\b|\bten (?:la )?gi\b|\bho (?:va )?ten\b|\bdo ai lam\b|\bai lam\b")
# "số mấy, ban hành ngày nào?" after "gửi cho ai?": the report was talked about, not what it tells.
_OWN_PARTS = frozenset({"mở đầu", "kết"})
_BARE_NUMBER = re.compile(r"^(?:the |con )?so (?:may|bao nhieu|nao)\b")
_ABOUT = re.compile(r"\bbao cao\b|\bbc\b")
_REPORTING = re.compile(r"\b(?:phai|can|de|giao|yeu cau|dinh ky|truoc ngay) (?:\w+ )?bao cao\b")
# The words of a question that only asks what a report says of itself.
_ASKING_ITSELF = frozenset({
    "ban", "hanh", "phat", "ra", "ky", "lap", "gui", "luu", "bao", "cao", "bc", "ngay", "duoc", "cai",
    "nguoi", "noi", "nhan", "kinh", "so", "hieu", "chuc", "vu", "danh", "co", "quan", "don", "vi", "van",
})  # fmt: skip
_HEAVY = 0.3
_CLOSING, _HEAD_PASSAGES = "kết", 8
_KEPT_LINE = re.compile(r"(?<!\w)Lưu\s*:\s*[^\n;.]*[^\n;.\s]")
_DAYS = re.compile(r"[Tt]ừ (?:ngày )?\d[\d/.]{3,10} (?:đến|tới) (?:hết )?(?:ngày )?\d[\d/.]{3,9}\d")


def asks(case: Case) -> bool:
    """Whether the question is about a report itself."""
    words = asking_words(case)
    q = case.question
    if _SIGNED.search(words) and not q.has("percent", "count"):
        return bool(
            _ABOUT.search(words)
            or case.scope.number
            or q.kind == "ask_metadata"
            or q.dependent
            or _of_itself(case)
        )
    asked = any(pattern.search(words) for pattern, _ in _PROPERTIES)
    if not asked or _REPORTING.search(words) or asks_as_of(case):
        return False
    if q.dependent and case.focus.section in _OWN_PARTS:
        return not _other_words(case)
    if _BARE_NUMBER.search(words):
        return False
    named = bool(case.scope.number) or (_ABOUT.search(words) is not None and not _other_words(case))
    return (
        named
        or q.kind == "ask_metadata"
        or (q.dependent and bool(_SENT.search(words)))
        or (not q.dependent and _of_itself(case))
    )


def _of_itself(case: Case) -> bool:
    """Whether nothing but a report can be meant: "Ban hành ngày nào?" names no thing at all."""
    q = case.question
    if q.numbers or q.document_numbers or case.focus.report_id or asked_kinds(case):
        return False
    return all(_ASKING_ITSELF.issuperset(c.alternatives[0]) for c in q.concepts)


def office(case: Case) -> Draft | None:
    """Who holds an office, where its holder signed the report that is meant; else a refusal: who did sign."""
    words = asking_words(case)
    asked = _OFFICE.search(words)
    fitting = reports_meant(case) if asked and _WHO_IS.search(words) and case.scope.reports else []
    if not asked or len(fitting) != 1 or not _issued_by(case, fitting[0]):
        return None
    report = fitting[0].report
    draft = Draft("answered", [])
    _signed(draft, fitting[0])
    if " ".join(plain(report.signatory_title).split()) != asked[1]:
        draft.status = "not_found"
        draft.lines.insert(0, wording.office_not_named(_typed(case, asked[1])))
    return draft


def _typed(case: Case, office: str) -> str:
    """The words of an office as typed in the question."""
    found = re.search(r"\s+".join(office.split()), plain(case.question.text))
    return case.question.typed[found.start() : found.end()] if found else office


def _issued_by(case: Case, shelved: ShelvedReport) -> bool:
    """Whether everything else that the question names is of the report's issuer and place."""
    report = shelved.report
    known = _OFFICE_WORDS.union(padded(f"{report.issuer} {report.place} {report.signatory_title}").split())
    return all(any(known.issuperset(a) for a in c.alternatives) for c in case.question.concepts)


def answer(case: Case) -> Draft | None:
    """What the report at hand says about itself, or None where the question asks nothing of the kind."""
    if not case.scope.reports or not asks(case):
        return None
    fitting = reports_meant(case)
    if not fitting:
        return other_period(case) if case.scope.periods else None
    if len(fitting) > 1:
        return which_report(fitting)
    words = asking_words(case)
    draft = Draft("answered", [])
    for pattern, tell in _PROPERTIES:
        if pattern.search(words):
            tell(draft, fitting[0])
    if _NAME.search(words) and _SIGNED.search(words) and not fitting[0].report.signatory:
        draft.status = "not_found"
    if draft.lines and not draft.quotes:
        draft.quotes.append(title_quote(fitting[0]))
    return draft if draft.lines else None


def _signed(draft: Draft, shelved: ShelvedReport) -> None:
    report = shelved.report
    who = f"Báo cáo số {report.number} ({report.place})"
    if not report.signatory_title and not report.signatory:
        draft.status = "not_found"
        draft.lines.append(f"{who} không in chức danh và họ tên người ký.")
        return
    if not report.signatory:
        draft.lines.append(
            f"{who} ghi chức danh người ký là {report.signatory_title}; báo cáo không in họ tên người ký."
        )
    else:
        draft.lines.append(f"{who} do {report.signatory_title} {report.signatory} ký.")
        _cite(draft, shelved, report.signatory)
    _cite(draft, shelved, report.signatory_title)


def _sent(draft: Draft, shelved: ShelvedReport) -> None:
    report = shelved.report
    if report.addressees:
        draft.lines.append(f"Kính gửi: {'; '.join(report.addressees)}.")
        _cite(draft, shelved, report.addressees[0])
    if report.recipients:
        draft.lines.append(f"Nơi nhận: {'; '.join(report.recipients)}.")
        for recipient in report.recipients:
            _cite(draft, shelved, recipient, last=True)


def _kept(draft: Draft, shelved: ShelvedReport) -> None:
    found = [
        Quote(shelved, p, Span(p.span.start + m.start(), p.span.start + m.end()))
        for p in shelved.report.passages
        if p.section == _CLOSING and not p.footnote
        for m in _KEPT_LINE.finditer(p.span.of(shelved.report.text))
    ]
    draft.lines.append(wording.kept(shelved.report, [q.words for q in found]))
    draft.quotes += found
    draft.status = draft.status if found else "not_found"


def _issuer(draft: Draft, shelved: ShelvedReport) -> None:
    draft.lines.append(wording.issued_by(shelved.report))
    _cite(draft, shelved, shelved.report.number.split("/")[0])


def _of_period(draft: Draft, shelved: ShelvedReport) -> None:
    if shelved.report.period:
        draft.lines.append(f"Kỳ báo cáo: {shelved.report.period.label}.")
        named = _days_of_period(shelved)
        draft.quotes.append(named or title_quote(shelved))
        draft.lines += [wording.quoted(named.words)] if named else []


def _days_of_period(shelved: ShelvedReport) -> Quote | None:
    """The line of a report's head that says from which day to which it reports, or None."""
    for p in shelved.report.passages[:_HEAD_PASSAGES]:
        m = _DAYS.search(p.span.of(shelved.report.text))
        if m and not p.footnote:
            return Quote(shelved, p, Span(p.span.start + m.start(), p.span.start + m.end()))
    return None


def _issued(draft: Draft, shelved: ShelvedReport) -> None:
    draft.lines.append(f"{wording.issued(shelved.report)}.")
    if shelved.report.issued_on:
        draft.quotes.append(issue_quote(shelved))


def _numbered(draft: Draft, shelved: ShelvedReport) -> None:
    draft.lines.append(f"Số, ký hiệu: {shelved.report.number}.")
    _cite(draft, shelved, shelved.report.number.split("/")[0])


def _cite(draft: Draft, shelved: ShelvedReport, words: str, *, last: bool = False) -> None:
    """Cites the passage that has the words: the first, or the last one of the report."""
    report = shelved.report
    order: list[Passage] = (
        [*reversed(report.passages)]
        if last or words in {report.signatory, report.signatory_title}
        else [*report.passages]
    )
    for p in order:
        text = p.span.of(report.text)
        if words and words.lower() in text.lower() and not p.footnote:
            draft.quotes.append(Quote(shelved, p, Span(p.span.start, p.span.start + len(text.rstrip()))))
            return


def _other_words(case: Case) -> bool:
    """Whether the question names something besides the report, its place and its subject."""
    told = [c for c in case.question.concepts if not _ASKING_ITSELF.issuperset(c.alternatives[0])]
    heavy = [c for c in told if case.weights.phrase(c.alternatives[0]) > _HEAVY and not in_head(case, c)]
    return len(heavy) > 1


_PROPERTIES: tuple[tuple[re.Pattern[str], Callable[[Draft, ShelvedReport], None]], ...] = (
    (_SIGNED, _signed),
    (_SENT, _sent),
    (_KEPT, _kept),
    (_ISSUER, _issuer),
    (_ISSUED, _issued),
    (_NUMBER, _numbered),
    (_BARE_NUMBER, _numbered),
    (_PERIOD, _of_period),
)
