"""Annotated messages out of Rasa's YAML, without Rasa."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

_ENTITY = re.compile(r"\[([^\]]+)\]\((\w+)\)")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A message with its intent and its entities as (start, end, kind)."""

    text: str
    intent: str
    entities: frozenset[tuple[int, int, str]]


def annotated(path: Path) -> list[Annotated]:
    """All messages of a file of intents."""
    blocks = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    return [
        _message(line.removeprefix("- "), block["intent"])
        for block in blocks
        if "intent" in block
        for line in block["examples"].splitlines()
    ]


def _message(line: str, intent: str) -> Annotated:
    text, position, entities = "", 0, set()
    for match in _ENTITY.finditer(line):
        text += line[position : match.start()]
        entities.add((len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        position = match.end()
    return Annotated(text + line[position:], intent, frozenset(entities))
