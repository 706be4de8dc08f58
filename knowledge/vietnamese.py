"""Vietnamese text for comparison: one Unicode form, folding, syllables, one spelling of a tone.

Nothing here is for display: what a person reads is always the report's own text. Standard library only, and
the same on Python 3.10 (Rasa's environment) and 3.11.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# One token: letters and digits, with figures such as 1.576, 58,31, 15/5/2024 and 2021-2025 kept in one piece.
TOKEN: Final = re.compile(r"[^\W_]+(?:[.,/-]\d+)*")

# Capital and small letters for a class of a pattern, "[{UPPER}]": no range of Unicode holds one kind alone.
UPPER: Final = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
LOWER: Final = UPPER.lower()

_LETTER_RUN: Final = re.compile(r"[^\W\d_]+")

# Tone marks as the combining characters they decompose to: grave, acute, tilde, hook above, dot below.
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"

# "oa", "oe", "uy": the two usages differ in which of the two vowels bears the tone when no final follows.
_ROUNDED: Final = re.compile(
    r"^(?P<onset>[^aeiouyăâêôơư]*)(?P<first>[ou])(?P<second>[aey])(?P<coda>[a-zăâêôơư]*)$"
)
_VOWELS: Final = frozenset("aeiouyăâêôơư")
_ROUNDED_PAIRS: Final = frozenset({"oa", "oe", "uy"})

# Onsets after which a lone final vowel is written both "i" and "y": kĩ/kỹ, lí/lý, mĩ/mỹ, tỉ/tỷ, sĩ/sỹ, hi/hy.
_I_OR_Y_ONSETS: Final = frozenset({"h", "k", "l", "m", "qu", "s", "t"})


class _FoldTable(dict[int, str]):
    """Folded characters, worked out when first met; `str.translate` then runs at the speed of C."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


def _fold_character(character: str) -> str:
    if character in "đĐ":
        return "d"
    base = "".join(c for c in unicodedata.normalize("NFD", character) if not unicodedata.combining(c)).lower()
    # A mark without a base, or a letter that decomposes into several (한): kept, since offsets must not move.
    return base if len(base) == 1 else character


_FOLD: Final = _FoldTable()


def nfc(text: str) -> str:
    """`text` with every letter and its marks composed into one character (Unicode NFC)."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """`text` in lower case and without diacritics, đ as d: as long as `nfc(text)`, offset for offset."""
    return nfc(text).translate(_FOLD)


def syllables(text: str) -> list[str]:
    """The folded syllables and figures of `text`, in order: "Tỷ lệ 58,31%" → ["ty", "le", "58,31"]."""
    return TOKEN.findall(fold(text))


def canonical_tone(text: str) -> str:
    """`text` with one spelling of each syllable (hoà → hòa, tỉ → tỷ, quí → quý): as long as `nfc(text)`.

    Syllables without any tone are spelt alike too (ti → ty): input without diacritics meets the same form.
    """
    return _LETTER_RUN.sub(lambda match: _canonical_syllable(match.group()), nfc(text))


@lru_cache(maxsize=65_536)
def _canonical_syllable(syllable: str) -> str:
    if len(syllable) > 7:  # the longest Vietnamese syllable is "nghiêng"
        return syllable
    bare, tone, at = _take_tone(syllable)
    spelt = _spell_final_i(bare)
    if not tone:
        return spelt
    place = _tone_place(spelt.lower(), at)
    return unicodedata.normalize("NFC", spelt[: place + 1] + tone + spelt[place + 1 :])


def _take_tone(syllable: str) -> tuple[str, str, int]:
    """The syllable without its tone, the tone as a combining mark ("" for none), and where it stood."""
    for at, character in enumerate(syllable):
        marks = unicodedata.normalize("NFD", character)
        tone = next((mark for mark in marks[1:] if mark in _TONES), "")
        if tone:
            bare = unicodedata.normalize("NFC", marks.replace(tone, ""))
            return syllable[:at] + bare + syllable[at + 1 :], tone, at
    return syllable, "", -1


def _spell_final_i(bare: str) -> str:
    if bare[-1] in "iI" and bare[:-1].lower() in _I_OR_Y_ONSETS:
        return bare[:-1] + ("Y" if bare[-1] == "I" else "y")
    return bare


def _tone_place(bare: str, written: int) -> int:
    """Where the tone goes: on the first vowel of "oa", "oe", "uy" if nothing follows, else on the second."""
    if bare.startswith("qu") and bare[2:3] in _VOWELS:  # "qu" is a consonant: quý, never qúy
        return max(written, 2)
    match = _ROUNDED.match(bare)
    if not match or match["first"] + match["second"] not in _ROUNDED_PAIRS or written < match.start("first"):
        return written
    if match["coda"] and written > match.start("second"):  # thuyền: the tone is on a third vowel already
        return written
    return match.start("second") if match["coda"] else match.start("first")
