"""Which words of a question about a share name the part and which the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.answering.case import Case
from bot.understanding.cues import plain
from bot.understanding.question import Concept

# Where the part ends and the whole begins: "A chiếm bao nhiêu phần trăm B", "tỷ trọng A trong B".
_PIVOT = re.compile(
    r"\bchiem\b|\bbang (?:bao nhieu|may)\b|\bso voi\b|\btren tong\b|\btrong tong\b|\btrong(?! do)\b"
    r"|\b(?:gap|bang)(?: khoang)? (?:may|bao nhieu)(?: lan)?\b|\bgap\b"
)
_AGAINST = re.compile(r"\bty le (?!.*\bty le\b).{3,60}\b(?:so voi|tren tong|trong tong)\b")
# "Trong số A thì …", "Quý I, trong tổng A, …": the whole is named first.
_HEAD = re.compile(r"(?:^\s*|\s\s)(?:trong|so voi|trong tong)\b(?P<whole>[^,]*?)(?:\s\s|,| thi )")
_WITHIN = re.compile(r"(?:^\s*|\s\s)trong tong(?: so)?\b")
_ASKED = re.compile(r"\b(?:bao nhieu|may) (?:phan tram|%)")
_OF_THESE = re.compile(r"\b(?:bao nhieu|may) (?:phan tram|%)\s+(?!la\b)(?=\w)")
_GENERAL = frozenset({"tong", "so", "luong", "tong so", "toan bo", "ty le", "phan tram", "co cau"})


def set_against(case: Case) -> bool:
    """Whether a rate of one thing against another is asked for, not how two rates compare."""
    words = " ".join(plain(case.question.text).split())
    of_these = re.match(r"trong (?:so|tong|cac)\b.{3,140}\b(?:bao nhieu|may) (?:phan tram|%)", words)
    return bool(_AGAINST.search(words) or of_these) and not case.question.has("max", "min", "difference")


def cuts(case: Case) -> Iterator[tuple[tuple[Concept, ...], tuple[Concept, ...]]]:
    """The ways to read part and whole; in "trong tổng số X Y chiếm …" nothing parts the two."""
    yield first_cut(case)
    words = plain(case.question.text)
    m = _WITHIN.search(words)
    concepts = tuple(c for c in case.question.concepts if c.typed not in _GENERAL)
    inside = [c for c in concepts if m and m.end() <= c.start < words.find(" chiem", m.end())]
    for n in range(len(inside) - 1, 0, -1):
        yield tuple(inside[n:]), tuple(inside[:n])


def first_cut(case: Case) -> tuple[tuple[Concept, ...], tuple[Concept, ...]]:
    """What is named before and behind the word that asks for the share."""
    words = plain(case.question.text)
    named = case.question.occurrences or case.question.concepts
    concepts = tuple(c for c in named if c.typed not in _GENERAL)
    head = _HEAD.search(words)
    head = head if head and _typed_so(case, head) else None
    behind = _OF_THESE.search(words)
    if head and behind and behind.start() >= head.end() - 1:
        # "Trong số tài khoản đã đăng ký thì bao nhiêu phần trăm đã kích hoạt?"
        whole = tuple(c for c in concepts if c.start < head.end())
        return tuple(c for c in concepts if c.start >= behind.end()), whole
    if head and (m := re.search(r"\bchiem\b|\bbang\b", words) or _ASKED.search(words, head.end())):
        # "Trong tổng thu, thuế … chiếm bao nhiêu phần trăm?"
        whole = tuple(c for c in concepts if c.start < head.end())
        return tuple(c for c in concepts if head.end() <= c.start < m.start()), whole
    m = next((m for m in _PIVOT.finditer(words) if _typed_so(case, m)), None)
    if m is None or not any(c.start < m.start() for c in concepts):
        return concepts, ()
    return tuple(c for c in concepts if c.start < m.start()), tuple(c for c in concepts if c.start >= m.end())


def _typed_so(case: Case, found: re.Match[str]) -> bool:
    """Whether the typed words are those: "trồng" is not "trong"; without diacritics they can be."""
    typed = case.question.text[found.start() : found.end()].lower().lstrip(" ,.;:")
    return not found.group().lstrip().startswith("trong") or typed.startswith("trong")
