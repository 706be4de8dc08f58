"""Short forms that a report defines.

"dịch vụ công (DVC)", "… (gọi tắt là Đề án 06/CP)", "TTHC (thủ tục hành chính)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from knowledge.vietnamese import fold, nfc

_BRACKET: Final = re.compile(r"\(\s?[*_]{0,2}(?P<inside>[^()\n]{2,80}?)[*_]{0,2}\s?\)")
_CALLED: Final = re.compile(
    r"(?:sau đây\s)?(?:được\s)?(?:gọi|viết)(?:\s(?:tắt|chung))?(?:\stắt)?\s(?:là"
    r"|:)?\s?[\"“']?(?P<short>[^\"“”';,]{2,60}?)[\"”']?$",
    re.IGNORECASE,
)
_CAPITALS: Final = re.compile(r"[A-ZĐ][A-ZĐ0-9&./-]+(?:\s(?:về|và|của|[A-ZĐ][A-ZĐ0-9&./-]+)){0,4}")
_CAMEL: Final = re.compile(r"(?=(?:[^\sA-ZĐ]*[A-ZĐ]){2})[A-ZĐ][A-Za-zĐđ0-9-]{2,14}")
# "(Đề án 06)" after "Đề án phát triển …": a name for what begins with the same words.
_NAMED: Final = re.compile(
    r"(?P<head>Đề án|Dự án|Kế hoạch|Chương trình|Tổ công tác|Ban Chỉ đạo|Nghị quyết|Chiến lược|Hệ thống"
    r"|Trung tâm|Quỹ)\s[^,;]{2,30}"
)
_REVERSED: Final = re.compile(r"(?<!\w)(?P<short>[A-ZĐ]{2,10})\s?\((?P<long>[^()\n,;:0-9]{5,80})\)")
_WORD: Final = re.compile(r"[^\W_]+")
_SENTENCE_BREAK: Final = re.compile(r"[.;:!?](?=\s)|\n\s*\n|\n[-+*•]|[()⁾⁽“”\"]|→")
_SMALL_WORDS: Final = frozenset(
    {"và", "về", "của", "các", "cho", "trên", "tại", "theo", "trong", "với", "những"}
)
_WINDOW: Final = 420
_LONGEST_PHRASE: Final = 14
_PLAIN_PHRASE: Final = 8


@dataclass(frozen=True, slots=True)
class AbbreviationMention:
    """A definition: `short` stands at `start:end`, `long` (line breaks as spaces) at `long_start:long_end`.

    `by_initials` says how the long form was found: by its initials, or only as the phrase before the bracket.
    """

    short: str
    long: str
    start: int
    end: int
    long_start: int
    long_end: int
    by_initials: bool


def find_abbreviations(text: str) -> list[AbbreviationMention]:
    """The short forms that `text` defines, in order of place; offsets into `nfc(text)`."""
    text = nfc(text)
    found = [*_bracketed(text), *_reversed(text)]
    return sorted(found, key=lambda mention: mention.start)


def _bracketed(text: str) -> Iterator[AbbreviationMention]:
    for match in _BRACKET.finditer(text):
        span = _short_form(match)
        if not span:
            continue
        short = text[span[0] : span[1]]
        words = _words_before(text, match.start())
        letters = _letters(short)
        if not words:
            continue
        start = _by_initials(text, words, letters)
        by_initials = start is not None
        if start is None:
            start = _by_head(text, words, short)
        if start is None and not _NAMED.fullmatch(short):
            start = _by_phrase(text, words)
        if start is not None and start < words[-1][1]:
            yield _mention(text, short, span, (start, words[-1][1]), by_initials=by_initials)


def _reversed(text: str) -> Iterator[AbbreviationMention]:
    for match in _REVERSED.finditer(text):
        words = [(word.start(), word.end()) for word in _WORD.finditer(text, *match.span("long"))]
        if words and _by_initials(text, words, _letters(match["short"])) == words[0][0]:
            yield _mention(
                text, match["short"], match.span("short"), (words[0][0], words[-1][1]), by_initials=True
            )


def _mention(
    text: str, short: str, span: tuple[int, int], long: tuple[int, int], *, by_initials: bool
) -> AbbreviationMention:
    form = " ".join(text[long[0] : long[1]].replace("*", "").split())
    return AbbreviationMention(short, form, *span, *long, by_initials)


def _short_form(match: re.Match[str]) -> tuple[int, int] | None:
    """The span of the short form inside the bracket, None for a bracket that holds something else."""
    inside = match["inside"].rstrip(" *_")
    start = match.start("inside")
    called = _CALLED.match(inside)
    if called:
        return start + called.start("short"), start + called.end("short")
    if _CAPITALS.fullmatch(inside) or _CAMEL.fullmatch(inside) or _NAMED.fullmatch(inside):
        return start, start + len(inside)
    return None


def _words_before(text: str, end: int) -> list[tuple[int, int]]:
    """The spans of the words of the sentence before the bracket."""
    begin = max(0, end - _WINDOW)
    for stop in _SENTENCE_BREAK.finditer(text, begin, end):
        begin = stop.end()
    return [(word.start(), word.end()) for word in _WORD.finditer(text, begin, end)]


def _letters(short: str) -> list[str]:
    """What the words of the long form begin with: "CSDLQG về DC" → c s d l q g v d c.

    Figures stay together.
    """
    letters: list[str] = []
    for piece in re.findall(r"[0-9]+|[^\W\d_]+", short):
        if piece.isdecimal() or not piece.isupper():
            letters.append(piece.lower())
        else:
            letters.extend(piece.lower())
    return letters


def _by_initials(text: str, words: list[tuple[int, int]], letters: list[str]) -> int | None:
    """Where the long form begins whose words have these initials.

    Small words between them left out or not.
    """
    if len(letters) < 2:
        return None
    at = len(letters) - 1
    for start, end in reversed(words):
        word = text[start:end].lower()
        if _fits(word, letters[at]):
            at -= 1
            if at < 0:
                return start
        elif word not in _SMALL_WORDS or at == len(letters) - 1:
            return None
    return None


def _fits(word: str, letter: str) -> bool:
    return (
        word.startswith(letter) or fold(word).startswith(letter)
        if letter.isascii()
        else word.startswith(letter)
    )


def _by_head(text: str, words: list[tuple[int, int]], short: str) -> int | None:
    """Where the sentence last uses the words that the short form begins with ("Đề án … (Đề án 06)")."""
    named = _NAMED.fullmatch(short)
    if not named:
        return None
    at = text.rfind(named["head"], words[0][0], words[-1][1])
    return at if at >= 0 else None


def _by_phrase(text: str, words: list[tuple[int, int]]) -> int:
    """Where the noun phrase before the bracket begins: at its capital letter, else after the last comma."""
    recent = words[-_LONGEST_PHRASE:]
    for index in range(len(recent) - 1, -1, -1):
        if text[recent[index][0]].isupper():
            while index and text[recent[index - 1][0]].isupper() and _joined(text, recent, index):
                index -= 1
            return recent[index][0]
    plain = words[-_PLAIN_PHRASE:]
    comma = text.rfind(",", plain[0][0], plain[-1][1])
    return next((start for start, _ in plain if start > comma), plain[0][0])


def _joined(text: str, words: list[tuple[int, int]], index: int) -> bool:
    return text[words[index - 1][1] : words[index][0]] == " "
