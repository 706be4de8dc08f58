"""Bytes as text: UTF-8 and UTF-16; text in a font encoding from before Unicode is told apart."""

from __future__ import annotations

import re

from knowledge.errors import LegacyEncoding, NotText

# Letters that every Vietnamese sentence in Unicode has and that no font encoding uses.
_UNICODE_LETTERS = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9\u0300-\u0323]")
_LATIN = re.compile("[\u00a1-\u00ff]")
_LETTERS = re.compile(r"[^\W\d_]")
_FEWEST_LETTERS = 100
# Words that stand on nearly every document, as the fonts .VnTime (TCVN3) and VNI-Times need them typed.
_TCVN3 = re.compile("[¸µ¶·¹©¨ª«¬­®Ê]|Céng hßa|b¸o c¸o", re.IGNORECASE)


def decode(data: bytes, *, name: str) -> str:
    """`data` as text. Raises NotText naming the first line that is neither UTF-8 nor UTF-16."""
    wide = utf16_of(data)
    try:
        return data.decode(wide or "utf-8-sig").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise NotText(
            f"the file is not {'UTF-16' if wide else 'UTF-8'} text",
            file=name,
            line=data[: error.start].count(b"\n") + 1,
            value=data[error.start : error.start + 4].hex(" "),
            expected="UTF-8 text",
            remedy="open it in a text editor and save it with the encoding UTF-8; text typed with the fonts "
            ".VnTime (TCVN3) or VNI-Times must be converted to Unicode first (Unikey: Ctrl+Shift+F6)",
        ) from error


def utf16_of(data: bytes) -> str:
    """The UTF-16 that `data` is in, told by its mark or by where its zeros are; "" for another encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:400]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(sample) < 20 or max(even, odd) * 3 <= len(sample) // 2 or min(even, odd):
        return ""
    return "utf-16-le" if odd else "utf-16-be"


def check_encoding(text: str, *, name: str) -> None:
    """Passes text in Unicode. Raises LegacyEncoding for letters that only an old font shows as Vietnamese."""
    letters = len(_LETTERS.findall(text))
    latin = len(_LATIN.findall(text))
    if letters < _FEWEST_LETTERS or latin * 25 < letters:
        return
    if len(_UNICODE_LETTERS.findall(text)) * 50 > letters:
        return
    encoding = "TCVN3 (.VnTime)" if len(_TCVN3.findall(text)) * 4 > latin else "VNI or TCVN3"
    sample = next((line.strip() for line in text.split("\n") if _LATIN.search(line)), "")
    raise LegacyEncoding(
        f"the text is in the font encoding {encoding}, not in Unicode",
        file=name,
        value=sample[:60],
        expected="Vietnamese in Unicode",
        remedy="convert it to Unicode (Unikey: select all, Ctrl+Shift+F6) and save it anew",
    )
