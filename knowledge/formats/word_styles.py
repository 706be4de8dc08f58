"""What paragraph and character styles say: capitals, hidden text, raised text, the list they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.formats.numbering import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Look:
    """What of a run's look changes its words; None where it is not said."""

    capitals: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None

    def over(self, below: Look) -> Look:
        """This look, and where it says nothing the one `below` it."""
        return Look(
            below.capitals if self.capitals is None else self.capitals,
            below.hidden if self.hidden is None else self.hidden,
            below.raised if self.raised is None else self.raised,
        )


class Styles:
    """The styles of a document, inheritance resolved."""

    def __init__(self, root: _Element | None) -> None:
        self._styles: dict[str, _Element] = {}
        self._looks: dict[str, Look] = {}
        self.default_paragraph = ""
        for style in root.iterfind(f"{W}style") if root is not None else ():
            key = style.get(f"{W}styleId", "")
            self._styles[key] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true"}:
                self.default_paragraph = key

    def look(self, style: str) -> Look:
        """The look that a style gives to its text."""
        if style not in self._looks:
            found = Look()
            for element in self._chain(style):
                found = found.over(look_of(element.find(f"{W}rPr")))
            self._looks[style] = found
        return self._looks[style]

    def numbering(self, style: str) -> tuple[str, str | None, str] | None:
        """List, level and style of the list that a style (or one it is based on) puts a paragraph in."""
        for element in self._chain(style):
            found = element.find(f"{W}pPr/{W}numPr")
            if found is not None:
                number, level = found.find(f"{W}numId"), found.find(f"{W}ilvl")
                if number is not None:
                    own = element.get(f"{W}styleId", "")
                    return number.get(f"{W}val", ""), None if level is None else level.get(f"{W}val"), own
        return None

    def is_contents(self, style: str) -> bool:
        """Whether paragraphs of this style are lines of a table of contents."""
        element = self._styles.get(style)
        name = element.find(f"{W}name") if element is not None else None
        words = (name.get(f"{W}val", "") if name is not None else style).lower()
        return words.startswith(("toc ", "toc1", "toc2", "toc3", "table of figures"))

    def _chain(self, style: str) -> list[_Element]:
        out: list[_Element] = []
        while style in self._styles and len(out) < _DEEPEST:
            out.append(self._styles[style])
            based = self._styles[style].find(f"{W}basedOn")
            style = based.get(f"{W}val", "") if based is not None else ""
        return out


def look_of(properties: _Element | None) -> Look:
    """The look that run properties set."""
    if properties is None:
        return Look()
    raised = properties.find(f"{W}vertAlign")
    return Look(
        capitals=_switch(properties, "caps"),
        hidden=_switch(properties, "vanish"),
        raised=None if raised is None else raised.get(f"{W}val") == "superscript",
    )


def _switch(properties: _Element, name: str) -> bool | None:
    found = properties.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val", "1") not in {"0", "false", "off"}
