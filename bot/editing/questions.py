"""Question sets for acceptance runs: a file that an editor has, or what people asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.editing.errors import QuestionsUnreadable
from bot.masking import mask

_MOST_ITEMS, _MOST_TURNS, _LONGEST = 1000, 20, 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """The turns of one conversation; `gold` is what the last answer should be, where a file says so."""

    turns: tuple[str, ...]
    gold: Mapping[str, Any] = field(default_factory=dict)


def from_file(content: bytes, *, name: str) -> list[Asked]:
    """The questions in a file: gold questions in YAML as `hoidap eval` takes them, else one question a line.

    Raises:
        QuestionsUnreadable: it is no UTF-8 text, no list of questions, empty, or too long.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise QuestionsUnreadable(f"{name}: không phải văn bản UTF-8 (not UTF-8 text)") from None
    items = _yaml(text, name) if name.lower().endswith((".yml", ".yaml")) else _lines(text)
    if not items:
        raise QuestionsUnreadable(f"{name}: không có câu hỏi nào (no question)")
    if len(items) > _MOST_ITEMS:
        raise QuestionsUnreadable(
            f"{name}: có {len(items)} câu, tối đa {_MOST_ITEMS} (at most {_MOST_ITEMS} questions)"
        )
    return items


def from_conversations(conversations: Iterable[Sequence[str]]) -> list[Asked]:
    """What people asked, each conversation once; they are masked already."""
    distinct = dict.fromkeys(tuple(turns)[:_MOST_TURNS] for turns in conversations if turns)
    return [Asked(turns) for turns in distinct]


def _lines(text: str) -> list[Asked]:
    lines = (line.strip() for line in text.splitlines())
    return [Asked((mask(line[:_LONGEST]),)) for line in lines if line and not line.startswith("#")]


def _yaml(text: str, name: str) -> list[Asked]:
    import yaml

    try:
        items = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise QuestionsUnreadable(f"{name}: YAML không hợp lệ (not valid YAML): {_short(error)}") from None
    if not isinstance(items, list):
        raise QuestionsUnreadable(f"{name}: cần một danh sách câu hỏi (expected a list of questions)")
    return [_item(item, number, name) for number, item in enumerate(items, start=1)]


def _item(item: object, number: int, name: str) -> Asked:
    if isinstance(item, str) and item.strip():
        return Asked((mask(item.strip()[:_LONGEST]),))
    gold: Mapping[str, Any] = item if isinstance(item, dict) else {}
    turns = gold.get("turns")
    if not isinstance(turns, list) or not 1 <= len(turns) <= _MOST_TURNS or not all(map(str, turns)):
        raise QuestionsUnreadable(
            f"{name}: mục {number} cần `turns` là danh sách 1 đến {_MOST_TURNS} câu "
            f"(item {number}: expected a list of 1 to {_MOST_TURNS} `turns`)"
        )
    if not _gradable(gold):
        raise QuestionsUnreadable(
            f"{name}: mục {number}: expect, any, forbid là danh sách; cite có `report` "
            f"(item {number}: expect, any, forbid are lists; cite has a `report`)"
        )
    return Asked(tuple(mask(str(turn)[:_LONGEST]) for turn in turns), gold)


def _gradable(gold: Mapping[str, Any]) -> bool:
    """Whether what should be answered has the shapes that `bot.eval.grade` takes."""
    lists = [gold.get(key) or [] for key in ("expect", "any", "forbid")]
    cites = [one for key in ("cite", "cite_also") for one in _listed(gold.get(key))]
    return (
        all(isinstance(one, list) for one in lists)
        and all(isinstance(group, list) for group in lists[1])
        and all(isinstance(one, dict) and "report" in one for one in cites)
    )


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _short(error: object) -> str:
    return " ".join(str(error).split())[:200]
