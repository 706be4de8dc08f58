"""What every reply must fulfil, and what a turn asks of its reply. A reply is the contract's JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.answering.gate import unsupported
from bot.answering.records import Citation, Computed
from bot.eval import cites, occurs
from knowledge.records import Report
from tests.conversations.scripts import Turn

STATUSES = frozenset({"answered", "not_found", "clarify", "smalltalk"})
_SPAN = re.compile(r"\?trich=(\d+)-(\d+)[&#]")


def faults(turn: Turn, reply: Mapping[str, Any]) -> list[str]:
    """What a turn asks of its reply and does not get, in words; [] where all is well."""
    text = str(reply["text"])
    wrong = [f"lacks {words!r}" for words in turn.expect if not occurs(words, text)]
    wrong += [f"lacks all of {group}" for group in turn.any if not any(occurs(w, text) for w in group)]
    wrong += [f"says {words!r}" for words in turn.forbid if occurs(words, text)]
    if reply["status"] not in turn.status:
        wrong.append(f"is {reply['status']}, expected {' or '.join(turn.status)}")
    if turn.cite and not any(cites(turn.cite, c) for c in reply["citations"]):
        wrong.append(f"cites {[c['section'] for c in reply['citations']]}, expected {turn.cite}")
    return wrong


def broken_invariants(said: str, reply: Mapping[str, Any], reports: Mapping[str, Report]) -> list[str]:
    """Which rules for every reply this one breaks: status, words, numbers, quotes, citation numbers.

    `said` is all that the person has said in the conversation: a number of it may be repeated.
    """
    wrong = [] if reply["status"] in STATUSES else [f"unknown status {reply['status']!r}"]
    if not str(reply["text"]).strip():
        wrong.append("says nothing")
    if reply["status"] == "answered" and not reply["citations"]:
        wrong.append("answers without a source")
    stray = unsupported(
        str(reply["text"]),
        citations=[_citation(c) for c in reply["citations"]],
        computed=[Computed(**c) for c in reply["computed"]],
        question=said,
    )
    wrong += [f"number from nowhere: {number}" for number in stray]
    wrong += [fault for c in reply["citations"] for fault in _misquoted(c, reports)]
    if [c["n"] for c in reply["citations"]] != [*range(1, len(reply["citations"]) + 1)]:
        wrong.append("citations are not numbered from 1")
    return wrong


def _misquoted(citation: Mapping[str, Any], reports: Mapping[str, Report]) -> list[str]:
    report, span = reports.get(citation["report_id"]), _SPAN.search(citation["url"])
    if report is None or span is None:
        return [f"cites an unknown place: {citation['url']}"]
    words = report.text[int(span[1]) : int(span[2])]
    if words != citation["quote"] or not words.strip():
        return [f"quotes {citation['quote'][:60]!r}, where the report says {words[:60]!r}"]
    return []


def _citation(raw: Mapping[str, Any]) -> Citation:
    issued = raw["issued_on"]
    return Citation(**{**raw, "issued_on": date.fromisoformat(issued) if issued else None})
