"""A typed chat message made readable: one Unicode form, short forms written out, Telex leftovers decoded.

The result goes to Rasa and to the answering core alike, so that both see the same words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from index.word_classes import is_spelt_syllable
from knowledge.vietnamese import fold, nfc

_WORD = re.compile(r"[^\W_]+(?:[./][^\W\d_]+)*")
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MARKS = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_DOUBLES = (("dd", "đ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"), ("aw", "ă"), ("ow", "ơ"), ("uw", "ư"))
_ONSET = r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
_RIME = (
    r"(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|ieu|iu|oa|oai|oay|oe|oi"
    r"|ua|uai|uay|ue|ui|uo|uoi|uou|uu|uy|uya|uye|ye|yeu)"
)
_CODA = r"(?:ch|nh|ng|[cmnpt])?"
# "oo" stands in a few borrowed words only ("boong", "xoong", "moóc"); else it is Telex for "ô": "khoong".
_BORROWED = r"[bgmsx]oo(?:ng|c)"
_SYLLABLE = re.compile(f"{_ONSET}{_RIME}{_CODA}|{_BORROWED}")


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it is understood, with more diacritics, and as it was typed; both have one length."""

    text: str
    typed: str

    def as_typed(self, part: str) -> str:
        """A part of the text as it was typed; itself where it was joined anew and stands in neither."""
        at = self.text.find(part)
        return self.typed[at : at + len(part)] if at >= 0 else part


def normalise(message: str) -> str:
    """`message` in NFC on single spaces, with chat short forms written out and Telex leftovers decoded."""
    text = " ".join(_INVISIBLE.sub(" ", nfc(message)).split())
    return _decode_telex(_WORD.sub(_expand, text))


def is_syllable(word: str) -> bool:
    """Whether the folded form of `word` is built like a Vietnamese syllable."""
    return _SYLLABLE.fullmatch(fold(word)) is not None


def _expand(match: re.Match[str]) -> str:
    word = match.group()
    # "K." or "TL" in capitals may be an abbreviation of the domain; chat short forms are typed small.
    if word.isupper() and len(word) > 1:
        return word
    return _chat_words().get(fold(word), word) if word.isascii() or fold(word) in {"dc", "dk", "ld"} else word


@cache
def _chat_words() -> dict[str, str]:
    raw = files("bot.understanding").joinpath("data/chat_words.yml").read_text(encoding="utf-8")
    return {str(key): str(value) for key, value in yaml.safe_load(raw).items()}


def _decode_telex(text: str) -> str:
    """`text` with its Telex leftovers decoded: two, or one that is unmistakable ("leej", "dduowngf")."""
    found = [(m, word) for m in _WORD.finditer(text) if (word := _telex(m.group())) is not None]
    sure = any(_is_strong(m.group()) for m, _ in found)
    if len(found) < 2 and not sure:
        return text
    out, at = [], 0
    for m, word in found:
        out += [text[at : m.start()], word]
        at = m.end()
    return "".join([*out, text[at:]])


def _telex(word: str) -> str | None:
    """What `word` was meant to be if it is a Telex leftover, else None."""
    lower = word.lower()
    if not (lower.isascii() and lower.isalpha()) or len(lower) > 9:
        return None
    if is_syllable(lower) and "w" not in lower:
        return None
    mark = ""
    body = lower
    m = re.fullmatch(r"(.*[aeiouyw].*?)([sfrxj])([a-z]{0,2})", lower)
    if m and re.fullmatch(_CODA, m[3]):
        body, mark = m[1] + m[3], _MARKS[m[2]]
    for typed, letter in _DOUBLES:
        body = body.replace(typed, letter)
    # "dduowcj": Telex writes ươ as "uow" or "uwow".
    body = body.replace("uơ", "ươ").replace("w", "ư")
    if not is_syllable(body) or (not mark and body == lower):
        return None
    decoded = _toned(body, mark)
    # "dongj" for "động": half of its keys lost, the bare syllable says more than "dọng" does.
    return decoded if is_spelt_syllable(decoded) else fold(decoded)


def _is_strong(word: str) -> bool:
    lower = word.lower()
    return (
        re.search(r"dd|aa|ee|[aou]w|uow", lower) is not None
        and re.search(r"[sfrxj][a-z]{0,2}$", lower) is not None
    )


def _toned(body: str, mark: str) -> str:
    """`body` with the tone mark on its main vowel."""
    if not mark:
        return body
    vowels = [
        i
        for i, c in enumerate(body)
        if fold(c) in "aeiouy" and not (i == 1 and body[:2] in {"qu", "gi"} and len(body) > 2)
    ]
    if not vowels:
        return body
    marked = [i for i in vowels if body[i] not in "aeiouy"]
    closed = vowels[-1] < len(body) - 1
    at = marked[-1] if marked else vowels[-1] if closed else vowels[0] if len(vowels) < 3 else vowels[1]
    return unicodedata.normalize("NFC", body[: at + 1] + mark + body[at + 1 :])
