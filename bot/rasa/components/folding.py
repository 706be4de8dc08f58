"""Text without case and diacritics, character by character, so that offsets stay what they were.

The service has the same in `knowledge.vietnamese`; Rasa's Python cannot import it.
"""

from __future__ import annotations

import unicodedata

_LONE = {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"}
_FOLDED: dict[str, str] = {}


def strip_marks(text: str) -> str:
    r"""`text` without diacritics, of the same length.

    Case is kept, since a pattern's ``\S`` must not become ``\s``.
    """
    return "".join(_FOLDED.get(char) or _stripped(char) for char in text)


def fold(text: str) -> str:
    """`text` in lower case and without diacritics, of the same length."""
    return "".join(_lowered(char) for char in strip_marks(text))


def _stripped(char: str) -> str:
    base = _LONE.get(char) or unicodedata.normalize("NFD", char)[0]
    _FOLDED[char] = base
    return base


def _lowered(char: str) -> str:
    lower = char.lower()
    return lower if len(lower) == 1 else char
