"""The sentences, passages or whole sections that say what a question asks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering import wording
from bot.answering.case import ENOUGH, Case, enough
from bot.answering.chatter import without_chatter
from bot.answering.matching import Match, match
from bot.answering.reply import Draft, Quote
from bot.answering.shelf import Evidence, ShelvedReport, padded, tokens_of
from bot.understanding.cues import find_cues
from bot.understanding.question import Concept
from knowledge.records import Section, Span

_SECTION_LENGTH = 2600
_SHORT_SECTION = 900
_PASSAGE_LENGTH = 900
_NOTE_LENGTH = 700
_MOST_PARTS = 4
_READ = 40
_CAUSE = re.compile(r"(?<!\w)(?:do|vì|bởi|nguyên nhân|lý do|dẫn đến|nên|nhờ|vướng|khó khăn)(?!\w)")
# "553 phiếu do chậm nhận kết quả xác minh": the reason stands right behind the figure, in its clause.
_REASON = re.compile(r"(?<!\w)(?:do|vì|bởi|nguyên nhân|lý do)(?!\w)")
_BREAK = re.compile(r";|\.\s")
_ONE_THING = frozenset({"ask_who", "ask_definition", "ask_document"})
_LONG = 300
# A title says what is asked, and little else.
_SAYS_TITLE, _OF_TITLE = 0.85, 0.25


def section_answer(case: Case) -> Draft | None:
    """A whole section, where the question names its title: "tồn tại, hạn chế", "nhiệm vụ trọng tâm"."""
    best: tuple[float, ShelvedReport, Section] | None = None
    for shelved in case.scope.reports:
        for section in shelved.report.sections:
            score = _title_score(case, shelved, section)
            if score and (best is None or score > best[0]):
                best = (score, shelved, section)
    if best is None:
        return None
    return _section_draft(best[1], best[2])


def _section_draft(shelved: ShelvedReport, section: Section) -> Draft | None:
    passages = [p for p in shelved.report.passages if section.span.covers(p.span) and not p.footnote]
    lines, quotes, length = [f"{section.title} ({wording.scope_label(shelved.report)}):"], [], 0
    said = [p for p in passages if not _repeats(p.span.of(shelved.report.text), section.title)]
    for p in said or passages:
        words = p.span.of(shelved.report.text).strip()
        if length and length + len(words) > _SECTION_LENGTH:
            lines.append("…")
            break
        quotes.append(Quote(shelved, p, Span(p.span.start, p.span.start + len(words))))
        lines.append(f"- {words}")
        length += len(words)
    return Draft("answered", lines, quotes) if quotes else None


def _repeats(words: str, title: str) -> bool:
    """Whether a passage is only the heading again."""
    return padded(words).strip() == padded(title).strip()


def _title_score(case: Case, shelved: ShelvedReport, section: Section) -> float:
    """How well a title says the question, both ways; 0 where it does not."""
    asked = without_chatter(case)
    if not section.title or not asked:
        return 0.0
    titles = shelved.titles(section.path)
    passage = next((p for p in shelved.report.passages if section.span.covers(p.span)), None)
    if passage is None:
        return 0.0
    title = Evidence(
        shelved,
        passage,
        section.heading,
        padded(section.title),
        " ",
        padded(" ; ".join((*titles[:-1], shelved.report.title))),
    )
    if not case.scope.fits(title, figure=False):
        return 0.0
    found = match(title, asked, case.weights, carried=case.question.context)
    if found.coverage < _SAYS_TITLE or not found.owned or found.specificity < _OF_TITLE:
        return 0.0
    return found.score + 0.5 * found.specificity


def passages_answer(case: Case, *, limit: int = _MOST_PARTS) -> Draft | None:
    """The passages or sentences that say what the question names, best first; None where none says enough."""
    found = [m for m in case.sentences()[:_READ] if _tells(case, m)]
    wide = [m for m in case.passages()[:_READ] if _tells(case, m)]
    if not found or not wide:
        return None
    best = found[0]
    if not enough(best, found[1:30]) and wide[0].coverage >= ENOUGH and not case.question.has("why"):
        return statements_draft(case, [wide[0].evidence])
    short = _short_section(case, best)
    if short:
        return short
    chosen = _covering(found, limit)
    if not enough(best, found[1:30]) and not _together(case, chosen):
        return None
    return statements_draft(case, [m.evidence for m in chosen])


def _short_section(case: Case, best: Match) -> Draft | None:
    """The whole of a short section whose title is the kind asked for: "ưu điểm", "khó khăn", "kiến nghị"."""
    if not case.question.has("merit", "difficulty", "task") or best.coverage < ENOUGH:
        return None
    section = best.evidence.section
    kinds = [c for c in case.question.concepts if _names_kind(case, c)]
    title = padded(section.title)
    if not kinds or not any(f" {' '.join(a)} " in title for c in kinds for a in c.alternatives):
        return None
    if section.span.end - section.span.start > _SHORT_SECTION:
        return None
    return _section_draft(best.evidence.shelved, section)


def _names_kind(case: Case, concept: Concept) -> bool:
    """Whether the words of a concept are among those that ask for a kind of statement."""
    return any(
        c.name in {"merit", "difficulty", "task"} and c.start < concept.end and concept.start < c.end
        for c in find_cues(case.question.text)
    )


def statements_draft(case: Case, evidence: Sequence[Evidence]) -> Draft:
    """An answer that quotes these statements."""
    lines, quotes = [], []
    for e in evidence:
        narrowed = _narrow(case, e)
        quote = _shown(narrowed, narrow=narrowed is not e)
        quotes.append(quote)
        lines.append(f"{wording.capital(wording.scope_label(e.report))}: {wording.quoted(quote.words)}")
        for note in _footnotes(quote):
            quotes.append(note)
            lines.append(wording.footnote(note.passage.footnote or "", note.words))
    return Draft("answered", list(dict.fromkeys(lines)), quotes)


def _footnotes(quote: Quote) -> list[Quote]:
    """The bodies of the footnotes whose marks stand in the quoted words, where short enough to show."""
    report = quote.shelved.report
    marked = [
        n
        for n in report.footnotes
        if quote.span.start <= n.mark < quote.span.end and n.span.end - n.span.start <= _NOTE_LENGTH
    ]
    return [Quote(quote.shelved, p, p.span) for n in marked for p in report.passages if p.span == n.span]


def _tells(case: Case, found: Match) -> bool:
    """Whether a statement says more than the question does; a heading ("GIÁM ĐỐC") tells nothing."""
    asked = set(tokens_of(case.question.text)).union(*(c.syllables for c in case.wanted))
    if set(found.evidence.own.split()) <= asked or found.evidence.quote.isupper():
        return False
    return not case.question.has("why") or (
        gives_reason(found.evidence) or announces(found.evidence, "difficulty")
    )


def reason_beside(case: Case) -> Draft | None:
    """The sentence of the figure that was answered before, where it goes on to say why; else None."""
    if not case.question.dependent:
        return None
    for e in case.in_focus(case.focus.facts):
        sentence = next(
            (s for s in e.shelved.sentences if s.passage is e.passage and s.span.covers(e.span)), None
        )
        if sentence is None or e.fact is None:
            continue
        behind = e.report.text[e.fact.span.end : sentence.span.end]
        if _REASON.search(_BREAK.split(behind)[0].lower()):
            return statements_draft(case, [sentence])
    return None


def gives_reason(evidence: Evidence) -> bool:
    """Whether a statement names a cause itself."""
    return _CAUSE.search(evidence.quote.lower()) is not None


def says_why(evidence: Evidence) -> bool:
    """Whether a statement says outright why something is so, not only what is hard about it."""
    return _REASON.search(evidence.quote.lower()) is not None


def announces(evidence: Evidence, *kinds: str) -> bool:
    """Whether a title or lead-in above a statement announces that kind of statement: difficulties, tasks."""
    leads = (span.of(evidence.report.text) for span in evidence.passage.lead)
    above = " ; ".join((*evidence.shelved.titles(evidence.passage.section), *leads))
    return any(c.name in kinds for c in find_cues(above))


def _covering(found: Sequence[Match], limit: int) -> list[Match]:
    """The best statement and those that say what it leaves out."""
    chosen = [found[0]]
    missing = {c.start for c in found[0].missing}
    for m in found[1:30]:
        if not missing or len(chosen) >= limit:
            break
        still = {c.start for c in m.missing}
        if missing - still and m.coverage >= 0.5 and m.evidence.report is chosen[0].evidence.report:
            chosen.append(m)
            missing &= still
    return chosen


def _together(case: Case, chosen: Sequence[Match]) -> bool:
    missing = set.intersection(*({c.start for c in m.missing} for m in chosen))
    total = sum(case.weights.phrase(c.alternatives[0]) for c in case.wanted)
    lost = sum(case.weights.phrase(c.alternatives[0]) for c in case.wanted if c.start in missing)
    return len(chosen) > 1 and total > 0 and (total - lost) / total >= ENOUGH + 0.1


def _narrow(case: Case, evidence: Evidence) -> Evidence:
    """Of a long enumeration the clause alone that says what is asked, where one thing is asked for."""
    if (
        case.question.kind not in _ONE_THING
        or case.question.has("list")
        or evidence.span.end - evidence.span.start <= _LONG
    ):
        return evidence
    whole = {c.start for c in case.match(evidence).owned}
    inside = [
        case.match(e)
        for e in evidence.shelved.clauses
        if evidence.span.covers(e.span) and e.span != evidence.span
    ]
    saying = [m for m in inside if {c.start for c in m.owned} >= whole]
    return max(saying, key=lambda m: m.score).evidence if saying else evidence


def _shown(evidence: Evidence, *, narrow: bool = False) -> Quote:
    """The words to show: the passage where it is not too long, else the statement."""
    passage = evidence.passage
    text = evidence.report.text
    whole = not narrow and passage.span.end - passage.span.start <= _PASSAGE_LENGTH
    span = passage.span if whole else evidence.span
    words = span.of(text).rstrip(" ;,\n") if narrow else span.of(text).rstrip()
    return Quote(evidence.shelved, passage, Span(span.start, span.start + len(words)))
