"""The test conversations, as their YAML files hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

HERE = Path(__file__).parent
_TURN_FIELDS = frozenset({"say", "status", "expect", "any", "forbid", "cite"})
_FIELDS = frozenset({"name", "reports", "turns", "fails"})
_STATUSES = frozenset({"answered", "not_found", "clarify", "smalltalk"})


@dataclass(frozen=True, slots=True)
class Turn:
    """What a person says, and what its reply must be: status, words (all, one of each, none), citation."""

    say: str
    status: tuple[str, ...]
    expect: tuple[str, ...]
    any: tuple[tuple[str, ...], ...]
    forbid: tuple[str, ...]
    cite: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class Script:
    """A conversation. `reports`: "real" or "own" (those and the invented); `fails` names a known fault."""

    file: str
    name: str
    reports: Literal["real", "own"]
    turns: tuple[Turn, ...]
    fails: str


def scripts(folder: Path = HERE) -> list[Script]:
    """All conversations of the folder's YAML files, in order.

    Raises:
        ValueError: a conversation has an unknown or missing field, or its name is taken.
    """
    found = []
    for path in sorted(folder.glob("*.yml")):
        found += [_script(path, raw) for raw in yaml.safe_load(path.read_text(encoding="utf-8"))]
    names = [(s.file, s.name) for s in found]
    if len(set(names)) < len(names):
        raise ValueError(f"names are taken: {sorted({n for n in names if names.count(n) > 1})}")
    return found


def _script(path: Path, raw: dict[str, Any]) -> Script:
    where = f"{path.name}: {raw.get('name')!r}"
    if set(raw) - _FIELDS or not raw.get("turns") or not raw.get("name"):
        raise ValueError(f"{where}: expected name, turns and maybe reports, fails; found {sorted(raw)}")
    reports = raw.get("reports", "real")
    if reports not in ("real", "own"):
        raise ValueError(f"{where}: reports is {reports!r}, expected real or own")
    turns = tuple(_turn(where, turn) for turn in raw["turns"])
    return Script(path.stem, raw["name"], reports, turns, raw.get("fails", ""))


def _turn(where: str, raw: dict[str, Any]) -> Turn:
    status = raw.get("status")
    statuses = tuple(status) if isinstance(status, list) else (status,)
    if set(raw) - _TURN_FIELDS or "say" not in raw or not set(statuses) <= _STATUSES:
        raise ValueError(f"{where}: {raw.get('say')!r}: unknown field or status")
    return Turn(
        say=raw["say"],
        status=statuses,
        expect=_words(raw.get("expect", ())),
        any=tuple(_words(group) for group in raw.get("any", ())),
        forbid=_words(raw.get("forbid", ())),
        cite=raw.get("cite"),
    )


def _words(values: Sequence[object]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)
