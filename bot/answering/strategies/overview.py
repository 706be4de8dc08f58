"""A whole report in brief: what it is, and for each of its parts the statement that tells most."""

from __future__ import annotations

import re

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.quotes import Quote
from bot.answering.refusal import section_topics, title_quote
from bot.answering.reply import Draft
from bot.answering.shelf import ShelvedReport, padded
from bot.answering.strategies import meant
from bot.answering.strategies.gist import headline
from bot.understanding.cues import plain
from bot.understanding.question import Concept
from knowledge.records import Section, Span

_ASKS = re.compile(
    r"\b(?:tom tat|tom luoc|tom gon|tong quan|khai quat|noi dung chinh|y chinh|diem chinh|nhung net chinh)\b"
    r"|\bbao cao\b.{0,40}\b(?:noi (?:ve )?(?:cai )?gi|co (?:nhung )?(?:noi dung )?gi)\b"
    r"|\bbao cao\b.{0,40}\bve (?:viec |van de )?gi\b"
)
_REPORT = re.compile(r"\b(?:bao cao|bc)\b")
# What people add to such a question: "ngắn gọn", "các ý chính", "để gửi sếp".
_FILLERS = frozenset({
    "chinh", "noi", "dung", "y", "diem", "net", "ngan", "gon", "bao", "cao", "bc", "toan", "bo", "van",
    "tong", "the", "tom", "tat", "luoc", "quan", "gui", "sep", "lanh", "dao", "anh", "chi", "em", "giup",
    "doc", "nhanh", "gach", "dau", "dong", "khai", "quat", "so", "lieu", "bat", "thang", "quy", "nam",
    "ban", "cai", "nhung",
})  # fmt: skip
_MOST_LINES, _MOST_OF_PART = 12, 5


def asks(case: Case) -> bool:
    """Whether a report as a whole is asked for in brief, and nothing of it in particular."""
    q = case.question
    words = " ".join(plain(q.text).split())
    if case.scope.number and not q.cues and not q.concepts and not q.dependent:
        return True  # "báo cáo 331"
    if not _ASKS.search(words) or not (case.scope.number or _REPORT.search(words)):
        return False
    return all(_unspecific(case, c) for c in q.concepts)


def answer(case: Case) -> Draft | None:
    """The report in brief; a question back where several are meant; None where not asked."""
    if not asks(case) or not case.scope.reports:
        return None
    fitting = meant.reports_meant(case)
    if len(fitting) > 1:
        draft = meant.which_report(fitting)
        draft.suggestions = [wording.brief_of(s.report) for s in fitting[:_MOST_OF_PART]]
        return draft
    return brief(fitting[0])


def _unspecific(case: Case, concept: Concept) -> bool:
    """Whether a thing that is named is filler, or of the head of a report in scope."""
    if _FILLERS.issuperset(concept.alternatives[0]):
        return True
    heads = [padded(f"{s.report.title} ; {s.report.issuer} ; {s.report.place}") for s in case.scope.reports]
    return any(f" {' '.join(a)} " in head for a in concept.alternatives for head in heads)


def brief(shelved: ShelvedReport) -> Draft:
    """A report in brief: what it is, then the words of each of its parts that tell most."""
    report = shelved.report
    subject = report.title.strip().removeprefix("Báo cáo").strip()
    lines = [f"{report.kind} số {report.number} ({wording.scope_label(report)}): {wording.capital(subject)}."]
    quotes = [title_quote(shelved)]
    for section, span in _told(shelved):
        passage = next(p for p in report.passages if p.span.covers(span))
        quotes.append(Quote(shelved, passage, span))
        title = wording.sentence_case(section.title.strip().rstrip(":"))
        lines.append(f"- {title}: {wording.quoted(span.of(report.text))}")
    topics = section_topics([shelved])
    return Draft("answered", lines, quotes, suggestions=topics, show_findings=False)


def _told(shelved: ShelvedReport) -> list[tuple[Section, Span]]:
    """The parts of a report in order, each with the words that tell most of it."""
    tops = [s for s in shelved.report.sections if s.parent is None and s.title]
    out: list[tuple[Section, Span]] = []
    for top in tops:
        below = [s for s in shelved.report.sections if s.parent == top.path and s.title]
        units = [(s, span) for s in below[:_MOST_OF_PART] if (span := headline(shelved, s))]
        whole = headline(shelved, top) if not units else None
        out += units or ([(top, whole)] if whole else [])
    return out[:_MOST_LINES]
