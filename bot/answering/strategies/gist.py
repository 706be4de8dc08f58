"""The words of a section, a passage or a sentence that tell most: those with its weightiest figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.answering.shelf import Evidence, ShelvedReport, padded
from knowledge.records import Passage, Section, Span
from knowledge.vietnamese import fold

_LONGEST, _SHORTEST = 260, 25
_RANK = {"ratio": 3, "rate": 2, "money": 2, "count": 1, "measure": 1}


def headline(shelved: ShelvedReport, section: Section) -> Span | None:
    """The words of a section that give its weightiest figure, the first of such; else its first sentence."""
    said = [e for e in shelved.sentences if section.span.covers(e.span) and _readable(e, section)]
    return _telling(shelved, said)


def gist(shelved: ShelvedReport, passage: Passage) -> Span | None:
    """The words of a passage that give its weightiest figure; None where it is a heading only."""
    section = shelved.sections[passage.section]
    said = [e for e in shelved.sentences if e.passage is passage and _readable(e, section)]
    return _telling(shelved, said)


def has_figures(shelved: ShelvedReport, span: Span) -> bool:
    """Whether any figure stands in a stretch of a report."""
    return any(_ranks(shelved, span))


def _telling(shelved: ShelvedReport, said: Sequence[Evidence]) -> Span | None:
    if not said:
        return None
    best = max(said, key=lambda e: (max(_ranks(shelved, e.span), default=0), -e.span.start))
    return _shortened(shelved, best)


def _readable(evidence: Evidence, section: Section) -> bool:
    words = evidence.quote.strip()
    heading = padded(words) == padded(section.title) or fold(words).startswith("bieu ")
    return (
        len(words) >= _SHORTEST
        and not words.startswith("|")
        and not heading
        and not evidence.passage.footnote
    )


def _ranks(shelved: ShelvedReport, span: Span) -> Iterator[int]:
    for e in shelved.facts:
        if e.fact and span.covers(e.fact.span):
            yield _RANK.get(e.fact.kind, 0)


def _shortened(shelved: ShelvedReport, evidence: Evidence) -> Span:
    """A sentence; of a long one its first clauses with a figure, as many as fit."""
    text, span = shelved.report.text, evidence.span
    if span.end - span.start > _LONGEST:
        clauses = [e.span for e in shelved.clauses if span.covers(e.span)]
        first = next((c for c in clauses if any(_ranks(shelved, c))), clauses[0] if clauses else span)
        last = max((c.end for c in clauses if first.start <= c.start and c.end - first.start <= _LONGEST),
                   default=first.end)  # fmt: skip
        span = Span(first.start, last)
    return Span(span.start, span.start + len(span.of(text).rstrip(" ;,\n")))
