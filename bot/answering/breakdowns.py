"""What a figure is made of where the report prints that behind it: "18 (chính thức 08, dự phòng 10)"."""

from __future__ import annotations

from collections import defaultdict
from weakref import WeakKeyDictionary

from bot.answering.shelf import Evidence, ShelvedReport, padded
from bot.understanding.question import Question

_known: WeakKeyDictionary[ShelvedReport, dict[int, list[str]]] = WeakKeyDictionary()


def asks_part(question: Question, evidence: Evidence) -> bool:
    """Whether the question names what only a part of the figure is: it does not ask for the whole."""
    if evidence.fact is None or not question.concepts:
        return False
    named = (c for c in question.concepts if not _says(evidence.own, c.alternatives))
    parts = _parts(evidence.shelved).get(evidence.fact.ordinal, ())
    return bool(parts) and any(_says(words, c.alternatives) for c in named for words in parts)


def _says(words: str, alternatives: tuple[tuple[str, ...], ...]) -> bool:
    return any(f" {' '.join(a)} " in words for a in alternatives)


def _parts(shelved: ShelvedReport) -> dict[int, list[str]]:
    """By each whole what its parts are called: the words before their figures and what these count."""
    if shelved not in _known:
        found: dict[int, list[str]] = defaultdict(list)
        leads = shelved.report.listings
        for part in shelved.facts:
            fact = part.fact
            if fact is None or fact.role != "part" or fact.group is None:
                continue
            lead = leads[fact.group].lead
            for whole in shelved.facts:
                inside = whole.fact and whole.passage is part.passage and lead.covers(whole.fact.span)
                if inside and whole.fact and whole.fact.role != "part":
                    found[whole.fact.ordinal].append(part.local + padded(fact.counted))
        _known[shelved] = dict(found)
    return _known[shelved]
