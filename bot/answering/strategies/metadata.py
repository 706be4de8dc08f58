"""What a report says about itself: who signed, to whom, when issued, for which period, its number."""

from __future__ import annotations

import re

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.reply import Draft, Quote
from bot.answering.shelf import ShelvedReport, padded
from bot.understanding.cues import plain
from knowledge.dates import find_dates
from knowledge.records import Passage, Span

# "cùng kỳ", "kỳ trước" sign nothing.
_SIGNED = re.compile(r"(?<!cung )\bky\b(?! so| truoc)|nguoi ky|chuc danh|chuc vu")
_NAME = re.compile(r"ho (?:va )?ten|ten nguoi|ten gi")
_SENT = re.compile(r"\bgui\b|noi nhan|kinh gui|\bnhan bao cao")
_ISSUED = re.compile(
    r"(?:ban hanh|phat hanh|ra|ky) (?:vao )?(?:ngay|khi|luc|bao gio)"
    r"|ngay (?:nao|thang|ban hanh|ky|bao nhieu)|bao gio|khi nao"
)
_NUMBER = re.compile(
    r"bao cao (?:\w+ ){0,6}so (?:may|bao nhieu|nao)|so (?:ky )?hieu (?:cua )?bao cao|(?<!tong )so bao cao"
)
_PERIOD = re.compile(
    r"(?<!ai )(?<!nguoi )(?<!da )(?<!boi )ky bao cao|bao cao (?:cua )?(?:thang|quy|ky|nam) nao"
    r"|(?:thoi gian|giai doan) bao cao"
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
_ABOUT = re.compile(r"bao cao")


def asks(case: Case) -> bool:
    """Whether the question is about a report itself."""
    words = _words(case)
    if _SIGNED.search(words) and not case.question.has("percent", "count"):
        return bool(
            _ABOUT.search(words)
            or case.scope.number
            or case.question.kind == "ask_metadata"
            or case.question.dependent
        )
    asked = any(p.search(words) for p in (_SENT, _ISSUED, _NUMBER, _PERIOD))
    if case.question.dependent and case.focus.section in _OWN_PARTS and (asked or _BARE_NUMBER.search(words)):
        return not _other_words(case)
    named = bool(case.scope.number) or (_ABOUT.search(words) is not None and not _other_words(case))
    return asked and (
        named
        or case.question.kind == "ask_metadata"
        or (case.question.dependent and bool(_SENT.search(words)))
    )


def office(case: Case) -> Draft | None:
    """Who holds an office, where its holder signed the report that is meant; else a refusal: who did sign."""
    words = _words(case)
    asked = _OFFICE.search(words)
    fitting = reports_meant(case) if asked and _WHO_IS.search(words) and case.scope.reports else []
    if not asked or len(fitting) != 1 or not _issued_by(case, fitting[0]):
        return None
    report = fitting[0].report
    draft = Draft("answered", [])
    _signed(draft, fitting[0], name=True)
    if " ".join(plain(report.signatory_title).split()) != asked[1]:
        draft.status = "not_found"
        draft.lines.insert(0, wording.office_not_named(_typed(case, asked[1])))
    return draft


def _typed(case: Case, office: str) -> str:
    """The words of an office as typed in the question."""
    found = re.search(r"\s+".join(office.split()), plain(case.question.text))
    return case.question.text[found.start() : found.end()] if found else office


def _issued_by(case: Case, shelved: ShelvedReport) -> bool:
    """Whether everything else that the question names is of the report's issuer and place."""
    report = shelved.report
    known = _OFFICE_WORDS.union(padded(f"{report.issuer} {report.place} {report.signatory_title}").split())
    return all(any(known.issuperset(a) for a in c.alternatives) for c in case.question.concepts)


def answer(case: Case) -> Draft | None:
    """What the report at hand says about itself, or None where the question asks nothing of the kind."""
    if not asks(case) or not case.scope.reports:
        return None
    fitting = reports_meant(case)
    if len(fitting) > 1:
        return which_report(fitting)
    shelved = fitting[0]
    words = _words(case)
    draft = Draft("answered", [])
    if _SIGNED.search(words):
        _signed(draft, shelved, name=bool(_NAME.search(words)))
    if _SENT.search(words):
        _sent(draft, shelved)
    if _ISSUED.search(words):
        _issued(draft, shelved)
    if _NUMBER.search(words) or _BARE_NUMBER.search(words):
        _numbered(draft, shelved)
    if _PERIOD.search(words) and shelved.report.period:
        draft.lines.append(f"Kỳ báo cáo: {shelved.report.period.label}.")
        _cite(draft, shelved, shelved.report.title)
    return draft if draft.lines else None


def reports_meant(case: Case) -> list[ShelvedReport]:
    """The report that is meant: in a follow-up the last answer's, else those whose heads say most."""
    last = [s for s in case.scope.reports if s.report.id == case.focus.report_id]
    if case.question.dependent and last and not case.scope.places:
        return last
    said = {id(s): _said(case, s) for s in case.scope.reports}
    best = max(said.values())
    return [s for s in case.scope.reports if said[id(s)] >= best - 0.01]


def _said(case: Case, shelved: ShelvedReport) -> float:
    report = shelved.report
    words = padded(f"{report.title} ; {report.issuer} ; {report.place} ; {report.number}")
    return sum(
        case.weights.phrase(c.alternatives[0]) for c in case.question.concepts
        if any(f" {' '.join(a)} " in words for a in c.alternatives)
    )  # fmt: skip


def which_report(fitting: list[ShelvedReport]) -> Draft:
    """A question back that names the reports."""
    choices = [f"Báo cáo số {s.report.number} ({s.report.place})" for s in fitting[:5]]
    quotes = [Quote(s, s.report.passages[0], s.report.passages[0].span) for s in fitting[:5]]
    return Draft(
        "clarify", [wording.which_one(""), *(f"- {c}" for c in choices)], quotes, suggestions=choices
    )


def _signed(draft: Draft, shelved: ShelvedReport, *, name: bool) -> None:
    report = shelved.report
    who = f"Báo cáo số {report.number} ({report.place})"
    if not report.signatory_title and not report.signatory:
        draft.status = "not_found"
        draft.lines.append(f"{who} không in chức danh và họ tên người ký.")
        return
    if not report.signatory:
        draft.status = "not_found" if name else draft.status
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


def _issued(draft: Draft, shelved: ShelvedReport) -> None:
    report = shelved.report
    if report.issued_on is None:
        draft.lines.append(f"Báo cáo số {report.number} không in ngày ban hành.")
        return
    draft.lines.append(f"Báo cáo số {report.number} ban hành ngày {wording.formatted_day(report.issued_on)}.")
    for p in report.passages:
        words = p.span.of(report.text)
        if any(d.value == report.issued_on for d in find_dates(words)):
            draft.quotes.append(Quote(shelved, p, p.span))
            return


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


def _words(case: Case) -> str:
    return " ".join(plain(case.question.text).split())


def _other_words(case: Case) -> bool:
    """Whether the question names something besides the report, its place and its subject."""
    heavy = [c for c in case.question.concepts if case.weights.phrase(c.alternatives[0]) > 0.3]
    return len(heavy) > 1
