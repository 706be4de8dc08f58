"""Statements with whether they are what a question asks for, made from graded questions.

A question's gold statement is an example of what to take. Of what to leave there are two kinds: the best
statements for a question that the reports do not answer, and the best that remain for one that they do
once the section with its answer, and all that repeats it, is taken away.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.answering.assistant import Assistant
from bot.answering.case import Case
from bot.answering.matching import Match
from bot.answering.reply import Draft
from bot.masking import mask
from bot.understanding.message import normalise

Why = Literal["gold", "refused", "taken away"]

# Kinds of question whose answer is no single statement.
_OTHER = frozenset({"smalltalk", "clarify", "metadata", "inconsistency"})
_GOLD_AMONG, _BEST = 40, 2


@dataclass(frozen=True, slots=True)
class Example:
    """A statement for a question; `question` is the same for one typed with and without diacritics."""

    question: str
    why: Why
    best: bool
    match: Match


class Recorder(Assistant):
    """An assistant that keeps the cases it plans an answer to."""

    cases: list[Case]

    def draft(self, case: Case) -> Draft:
        """The draft of an answer, its case kept."""
        self.cases.append(case)
        return super().draft(case)


def examples(assistant: Recorder, items: Sequence[Mapping[str, Any]]) -> Iterator[Example]:
    """The examples that graded questions give, each asked with and without diacritics."""
    for item in items:
        if item["type"] in _OTHER:
            continue
        for turns in (item["turns"], [_folded(t) for t in item["turns"]]):
            case = _last_case(assistant, turns)
            if case and case.wanted:
                for found in (case.facts(), case.sentences()):
                    yield from _of(item, found)


def _of(item: Mapping[str, Any], found: Sequence[Match]) -> Iterator[Example]:
    name = str(item["id"])
    if item.get("status") == "not_found":
        yield from (Example(name, "refused", n == 0, m) for n, m in enumerate(found[:_BEST]))
        return
    expected = [str(e) for e in item.get("expect") or ()]
    cited = item.get("cite") or ()
    cites = [cited] if isinstance(cited, Mapping) else list(cited)
    gold = next(
        (m for m in found[:_GOLD_AMONG] if _cites(m, cites) and _says(m.evidence.quote, expected)), None
    )
    if gold:
        yield Example(name, "gold", True, gold)
    if expected and any(c.get("section") for c in cites):
        rest = [m for m in found if not _near_answer(m, cites, expected)]
        yield from (Example(name, "taken away", n == 0, m) for n, m in enumerate(rest[:_BEST]))


def _last_case(assistant: Recorder, turns: Sequence[str]) -> Case | None:
    """The case of the last turn of a conversation."""
    state: Mapping[str, object] | None = None
    for turn in turns:
        assistant.cases = []
        state = assistant.answer(normalise(mask(turn)), state=state).state
    return assistant.cases[-1] if assistant.cases else None


def _cites(match: Match, cites: Sequence[Mapping[str, str]]) -> bool:
    """Whether a statement stands where the answer is to be cited from."""
    e = match.evidence
    return any(
        c.get("report", e.report.number) == e.report.number
        and (not c.get("section") or _within(e.passage.path, c["section"]))
        for c in cites
    )


def _near_answer(match: Match, cites: Sequence[Mapping[str, str]], expected: Sequence[str]) -> bool:
    """Whether a statement stands in, above or under the answer's section, or repeats what it says."""
    e = match.evidence
    section = any(
        c.get("report", e.report.number) == e.report.number
        and c.get("section")
        and (_within(e.passage.path, c["section"]) or _within(c["section"], e.passage.path))
        for c in cites
    )
    return section or _says(e.passage.span.of(e.report.text), expected)


def _within(path: str, section: str) -> bool:
    return path == section or path.startswith(f"{section}.")


def _says(text: str, expected: Sequence[str]) -> bool:
    lower = text.lower()
    return any(way.strip().lower() in lower for e in expected for way in e.split("|"))


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
