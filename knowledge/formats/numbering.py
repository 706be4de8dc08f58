"""The labels that Word generates for numbered paragraphs: `II.`, `2.3.`, `đ)` (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
# Bullets are letters of symbol fonts (Wingdings, Symbol), which no other font has.
_BULLETS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "‣", "\uf076": "▪", "\uf0fc": "▪", "\uf02d": "-", "\uf02b": "+",
    "\uf02a": "*", "o": "○", "·": "•", "§": "▪", "Ø": "‣", "ü": "▪", "v": "▪", "−": "-", "‐": "-",
    "‑": "-", "—": "-", "–": "-", "➢": "‣", "➤": "‣", "►": "‣", "✓": "▪", "✔": "▪", "❖": "▪", "■": "▪",
    "⁃": "-", "◦": "○",
}  # fmt: skip
_KNOWN_BULLETS = frozenset("-+*•▪●○‣")
_COUNTING = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


@dataclass(slots=True)
class _Level:
    """One level of a list."""

    format: str = "decimal"
    template: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    custom: tuple[str, ...] = ()
    style: str = ""


@dataclass(slots=True)
class _List:
    """A list (w:num): the levels it shares with others of its kind, its own start values."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int]
    started: set[int] = field(default_factory=set)


class Numbering:
    """The lists of a document and how far each has counted."""

    def __init__(self, root: _Element | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        if root is not None:
            self._read(root)

    def label(self, list_id: str, level: int) -> str:
        """The label of the next paragraph of this list and level; "" where there is none. Counts it."""
        listed = self._lists.get(list_id)
        if listed is None or not 0 <= level < _LEVELS or level not in listed.levels:
            return ""
        self._count(listed, level)
        form = listed.levels[level]
        if form.format == "bullet":
            return _bullet(form.template)
        return self._filled(listed, level)

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level that a paragraph style is tied to in a list."""
        levels = self._lists[list_id].levels if list_id in self._lists else {}
        return next((i for i, form in levels.items() if form.style == style), None)

    def _count(self, listed: _List, level: int) -> None:
        counts = self._counts.setdefault(listed.abstract, [None] * _LEVELS)
        own_start = listed.starts.get(level)
        before = counts[level]
        if own_start is not None and level not in listed.started:
            counts[level] = own_start
        else:
            counts[level] = listed.levels[level].start if before is None else before + 1
        listed.started.add(level)
        for deeper in range(level + 1, _LEVELS):
            restart = listed.levels[deeper].restart if deeper in listed.levels else None
            if restart != 0 and (restart is None or level < restart):
                counts[deeper] = None

    def _filled(self, listed: _List, level: int) -> str:
        form, counts = listed.levels[level], self._counts[listed.abstract]
        label = form.template
        for i in range(_LEVELS - 1, -1, -1):
            if f"%{i + 1}" in label:
                shown = listed.levels.get(i, form)
                so_far = counts[i] if counts[i] is not None else shown.start
                legal = form.legal and shown.format != "decimalZero"
                printed = number(so_far or 0, "decimal" if legal else shown.format, shown.custom)
                label = label.replace(f"%{i + 1}", printed)
        return label.strip()

    def _read(self, root: _Element) -> None:
        linked: dict[str, str] = {}
        by_style: dict[str, str] = {}
        for abstract in root.iterfind(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId", "")
            self._abstract[key] = {
                _int(lvl.get(f"{W}ilvl")): _level(lvl) for lvl in abstract.iterfind(f"{W}lvl")
            }
            if own := _value(abstract, "styleLink"):
                by_style[own] = key
            if other := _value(abstract, "numStyleLink"):
                linked[key] = other
        for key, style in linked.items():
            if not self._abstract[key]:
                self._abstract[key] = self._abstract.get(by_style.get(style, ""), {})
        for num in root.iterfind(f"{W}num"):
            self._read_list(num)

    def _read_list(self, num: _Element) -> None:
        abstract = _value(num, "abstractNumId")
        levels = dict(self._abstract.get(abstract, {}))
        starts: dict[int, int] = {}
        for override in num.iterfind(f"{W}lvlOverride"):
            level = _int(override.get(f"{W}ilvl"))
            if (own := override.find(f"{W}lvl")) is not None:
                levels[level] = _level(own)
            if start := _value(override, "startOverride"):
                starts[level] = _int(start)
        self._lists[num.get(f"{W}numId", "")] = _List(abstract, levels, starts)


def number(n: int, form: str, custom: tuple[str, ...] = ()) -> str:
    """`n` as a label of a numbering format (ECMA-376 part 1, 17.18.59)."""
    if custom:
        return custom[n - 1] if 0 < n <= len(custom) else str(n)
    makers: dict[str, Callable[[int], str]] = {
        "decimalZero": lambda n: f"{n:02d}",
        "upperRoman": _roman,
        "lowerRoman": lambda n: _roman(n).lower(),
        "upperLetter": _letters,
        "lowerLetter": lambda n: _letters(n).lower(),
        "vietnameseCounting": lambda n: _COUNTING[n - 1] if 0 < n <= len(_COUNTING) else str(n),
        "none": lambda n: "",
    }
    return makers.get(form, str)(n)


def _roman(n: int) -> str:
    if not 0 < n < 4000:
        return str(n)
    out = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        out += letters * (n // value)
        n %= value
    return out


def _letters(n: int) -> str:
    """As in Word: after Z comes AA, then BB."""
    return chr(ord("A") + (n - 1) % 26) * min((n - 1) // 26 + 1, 4) if n > 0 else str(n)


def _level(lvl: _Element) -> _Level:
    form = _value(lvl, "numFmt") or "decimal"
    custom: tuple[str, ...] = ()
    if form == "custom" and (found := lvl.find(f"{W}numFmt")) is not None:
        # "a, b, c, d, đ, …": the labels themselves, in their order.
        words = (w.strip() for w in found.get(f"{W}format", "").split(","))
        custom = tuple(w for w in words if w and w not in {"...", "…"})
    restart = _value(lvl, "lvlRestart")
    return _Level(
        format=form, template=_value(lvl, "lvlText"), start=_int(_value(lvl, "start") or "1"),
        restart=_int(restart) if restart else None, legal=lvl.find(f"{W}isLgl") is not None, custom=custom,
        style=_value(lvl, "pStyle"),
    )  # fmt: skip


def _bullet(template: str) -> str:
    sign = template.strip()[:1]
    sign = _BULLETS.get(sign, sign)
    return sign if sign in _KNOWN_BULLETS or not sign else "•"


def _value(element: _Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return found.get(f"{W}val", "") if found is not None else ""


def _int(words: str | None) -> int:
    try:
        return min(int(words or 0), 1_000_000)
    except ValueError:
        return 0
