"""A section, a few sections or a topic in brief: what its parts say, in the report's order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answering import wording
from bot.answering.case import ENOUGH, Case
from bot.answering.chatter import without_chatter
from bot.answering.matching import Match, match
from bot.answering.reply import Draft, Quote
from bot.answering.shelf import Evidence, ShelvedReport, padded
from bot.answering.strategies import meant
from bot.answering.strategies.gist import gist, has_figures
from bot.answering.strategies.overview import brief
from bot.understanding.cues import plain
from bot.understanding.question import Concept
from knowledge.records import Passage, Section, Span

_ASKS = re.compile(
    r"\b(?:tom tat|tom luoc|tom gon|tong quan|tong quat|khai quat|diem lai|tong ket lai)\b"
    r"|(?<!bang )(?<!bieu )(?<!cong tac )\btong hop\b|\b(?:y|noi dung|diem|net) chinh\b"
)
_ASKS_ELSE = re.compile(r"\b(?:bao nhieu|may|nao|ai|vi sao|tai sao|khi nao|bao gio)\b")
# What names the part that is meant: "phần …", "mảng …", up to where a new thought begins.
_PART = re.compile(
    r"\b(?:phan|muc|mang|nhom|linh vuc|ve|tinh hinh|cong tac|noi dung|ket qua|viec)\s+"
    r"(?P<part>[^,;()?]{3,90}?)"
    r"(?=[,;()?]| trong (?:bao|bc)| (?:cua|giup|cho|de|tai|o|thang|quy|nam)\b|$)"
)
_BRACKETS = re.compile(r"\(([^()]{3,120})\)")
_IDLE = frozenset({
    "hop", "tom", "tat", "tom tat", "tong hop", "mang", "nhom", "phan", "muc", "linh vuc", "tinh hinh",
    "ket qua", "cong tac", "noi dung", "y chinh", "nho", "ad", "em", "giup", "he thong", "viec", "thong tin",
    "so lieu", "xa", "huyen", "tinh", "thi xa", "thanh pho", "bao cao", "tien do", "ngan gon", "chinh",
    "trang", "hien trang", "thuc trang",
})  # fmt: skip
_OWNED, _OF_TITLE = 0.35, 0.5
_MOST_SECTIONS, _MOST_LINES = 3, 14
_WHOLE, _TOPIC_WIDTH, _LEAST_PASSAGE = 2400, 0.15, 25


@dataclass(frozen=True, slots=True)
class _Titled:
    """A section with how well its title says what is to be put in brief."""

    match: Match
    section: Section

    @property
    def score(self) -> float:
        """What the title says itself counts most, then how little else it says."""
        return self.match.score + self.match.specificity


def answer(case: Case) -> Draft | None:
    """The sections or the passages that the question wants in brief; None where nothing is wanted so."""
    words = " ".join(plain(case.question.text).split())
    if not _ASKS.search(words) or _ASKS_ELSE.search(words):
        return None
    wanted = _wanted(case)
    # What brackets add are parts of what is named; where no title has that name, they are what is wanted.
    sections = _sections(case, wanted) or _sections(case, _in_brackets(case))
    if sections:
        shelved = sections[0].match.evidence.shelved
        passages = [p for t in sections for p in _passages(shelved, t.section)]
        return _draft(shelved, [t.section.title for t in sections], passages)
    fitting = meant.reports_meant(case)
    if wanted and len(fitting) == 1 and all(meant.in_head(case, c) for c in wanted):
        return brief(fitting[0])  # what the whole report is about
    return _topic(case, (*wanted, *_in_brackets(case)))


def _wanted(case: Case) -> tuple[Concept, ...]:
    """What is to be put in brief: the part that is named; else all that is no chatter and in no brackets."""
    text = case.question.text
    told = [c for c in _told_of(case) if c not in _in_brackets(case)]
    # `plain` blanks punctuation, which here ends a part.
    marked = "".join(t if t in ",;()?" else f for t, f in zip(text, plain(text), strict=True))
    for m in _PART.finditer(marked):
        inside = [c for c in told if m.start("part") <= c.start and c.end <= m.end("part")]
        if inside:
            return tuple(inside)
    return tuple(told)


def _in_brackets(case: Case) -> tuple[Concept, ...]:
    spans = [m.span(1) for m in _BRACKETS.finditer(case.question.text)]
    return tuple(c for c in _told_of(case) if any(s <= c.start and c.end <= e for s, e in spans))


def _told_of(case: Case) -> list[Concept]:
    return [c for c in without_chatter(case) if c.typed not in _IDLE]


def _sections(case: Case, wanted: Sequence[Concept]) -> list[_Titled]:
    """The section whose title says what is wanted, or the few of one report that say it together."""
    for shelved in case.scope.reports if wanted else ():
        titled = sorted(_titled(case, shelved, wanted), key=lambda t: (-t.score, t.section.span.start))
        if not titled:
            continue
        chosen = titled[:1]
        missing = set(chosen[0].match.missing)
        for t in titled[1:]:
            apart = all(not _overlap(t.section, c.section) for c in chosen)
            if missing & set(t.match.owned) and apart and len(chosen) < _MOST_SECTIONS:
                chosen.append(t)
                missing &= set(t.match.missing)
        total = sum(case.weights.phrase(c.alternatives[0]) for c in wanted)
        lost = sum(case.weights.phrase(c.alternatives[0]) for c in missing)
        if total and (total - lost) / total >= ENOUGH:
            return sorted(chosen, key=lambda t: t.section.span.start)
    return []


def _overlap(one: Section, other: Section) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end


def _titled(case: Case, shelved: ShelvedReport, wanted: Sequence[Concept]) -> Iterator[_Titled]:
    total = sum(case.weights.phrase(c.alternatives[0]) for c in wanted)
    for section in shelved.report.sections:
        first = next(iter(_passages(shelved, section)), None)
        if first is None or not section.title:
            continue
        titles = shelved.titles(section.path)
        body = padded(section.span.of(shelved.report.text))
        above = padded(" ; ".join((*titles[:-1], shelved.report.title, shelved.report.issuer)))
        title = Evidence(shelved, first, section.heading, padded(section.title), body, above)
        if not case.scope.fits(title, figure=False):
            continue
        m = match(title, wanted, case.weights)
        owned = sum(case.weights.phrase(c.alternatives[0]) for c in m.owned)
        if m.owned and owned >= _OWNED * total and m.specificity >= _OF_TITLE:
            yield _Titled(m, section)


def _passages(shelved: ShelvedReport, section: Section) -> list[Passage]:
    """The passages of a section and of those below it, without its headings."""
    return [
        p
        for p in shelved.report.passages
        if section.span.covers(p.span) and not p.footnote and not _is_heading(shelved, p)
    ]


def _is_heading(shelved: ShelvedReport, passage: Passage) -> bool:
    words = passage.span.of(shelved.report.text).strip()
    title = shelved.sections[passage.section].title
    short = len(words) < _LEAST_PASSAGE and not has_figures(shelved, passage.span)
    return short or padded(words) == padded(title) or words.isupper()


def _topic(case: Case, wanted: Sequence[Concept]) -> Draft | None:
    """The passages of one section that say what is wanted, where no title does."""
    if not wanted:
        return None
    found = [
        case.match(e, wanted=wanted) for s in case.scope.reports for e in s.passages if not e.passage.footnote
    ]
    found = [m for m in found if m.coverage >= ENOUGH and case.scope.fits(m.evidence, figure=False)]
    telling = [m for m in found if has_figures(m.evidence.shelved, m.evidence.span)]
    best = max(telling, key=lambda m: (round(m.coverage, 3), m.score), default=None)
    if best is None:
        return None
    near = [
        m.evidence
        for m in telling
        if m.evidence.report is best.evidence.report
        and m.evidence.passage.section == best.evidence.passage.section
        and m.coverage >= best.coverage - _TOPIC_WIDTH
    ]
    if len(near) < 2:
        return None
    title = best.evidence.section.title or best.evidence.shelved.report.title
    return _draft(best.evidence.shelved, [title], [e.passage for e in near])


def _draft(shelved: ShelvedReport, titles: Sequence[str], passages: Sequence[Passage]) -> Draft | None:
    """The passages whole where they are short together, else the words of each that tell most."""
    text = shelved.report.text
    head = "; ".join(wording.sentence_case(t.strip().rstrip(":")) for t in titles)
    lines, quotes = [f"{head} ({wording.scope_label(shelved.report)}):"], []
    for passage, span in _told(shelved, passages):
        words = span.of(text).rstrip()
        quotes.append(Quote(shelved, passage, Span(span.start, span.start + len(words))))
        title = shelved.inline_head(passage)
        lines.append(
            f"- {title.strip().rstrip(':')}: {words}" if title and title not in titles else f"- {words}"
        )
    return Draft("answered", lines, quotes) if quotes else None


def _told(shelved: ShelvedReport, passages: Sequence[Passage]) -> list[tuple[Passage, Span]]:
    if sum(p.span.end - p.span.start for p in passages) <= _WHOLE:
        return [(p, p.span) for p in passages]
    brief = [(p, span) for p in passages if (span := gist(shelved, p))]
    figures = [(p, span) for p, span in brief if has_figures(shelved, span)]
    return (figures if len(figures) > 1 else brief)[:_MOST_LINES]
