"""The things that one question sets beside each other: it is cut at its commas and joining words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answering.case import Case
from bot.answering.shelf import tokens_of
from bot.understanding.question import Concept
from knowledge.vietnamese import canonical_tone, fold

# The joining words as people type them, with and without diacritics: "tru" is no "trú", "cong" no "công".
_JOIN = re.compile(
    r",|;|\b(?:và|va|(?<!tổng )(?<!tong )(?:cộng|cong)(?! lại| lai)|với|voi|trừ|tru|hay|hoặc|hoac"
    r"|hơn|hon|kém|kem|bằng|bang|khớp|khop|ra đúng|ra dung|chưa|chua|nhưng|nhung)\b"
)
# What only says how the count is to be taken.
_REMARK = re.compile(r"\([^)]*\)|\b(?:kể cả|ke ca|tính cả|tinh ca|bao gồm cả|bao gom ca)(?: \w+){0,3}")
_AND = re.compile(r"(?:\s+\w+){0,3}\s+(?:và|va|lẫn|lan)\b")
_MINUS = frozenset({"tru"})
_LACK = frozenset({"chua"})
_EQUAL = frozenset({"bang", "khop", "ra dung"})
_MOST_TERMS = 8


@dataclass(frozen=True, slots=True)
class Term:
    """A thing that the question names among others; `join` is the folded word before it ("va", "tru", "")."""

    concepts: tuple[Concept, ...]
    join: str = ""

    @property
    def minus(self) -> bool:
        """Whether it is to be taken away."""
        return self.join in _MINUS

    @property
    def lacking(self) -> bool:
        """Whether it is what has not been done: "đăng ký mà chưa kích hoạt"."""
        return self.join in _LACK

    @property
    def equal(self) -> bool:
        """Whether it is what the others together should be."""
        return self.join in _EQUAL


def terms(case: Case) -> list[Term]:
    """The question cut into the things that it sets beside each other; places side by side are such, too."""
    concepts = case.question.occurrences or case.question.concepts
    places = case.scope.demanded
    if len(places) > 1:
        return [Term((place, *concepts), "va" if i else "") for i, place in enumerate(places)]
    text = canonical_tone(case.question.text).lower()
    concepts = tuple(piece for c in concepts for piece in _pieces(c, text))
    # "tính cả A và B" names two things; "tính cả hồ sơ giấy" tells how to count.
    remarks = [m.span() for m in _REMARK.finditer(text) if not _AND.match(text, m.end())]
    concepts = tuple(c for c in concepts if not any(s <= c.start < e for s, e in remarks))
    joins = [
        m
        for m in _JOIN.finditer(text)
        if not any(c.start <= m.start() < c.end and (c.start, c.end) != m.span() for c in concepts)
    ]
    # "trừ", "hơn" by themselves are no subject.
    concepts = tuple(c for c in concepts if all(c.start != m.start() for m in joins))
    out: list[Term] = []
    start, word = 0, ""
    for stop, following in [*((m.start(), fold(m.group())) for m in joins), (len(text) + 1, "")]:
        inside = tuple(c for c in concepts if start <= c.start < stop)
        if inside:
            out.append(Term(inside, word))
        # "cộng với", "mà chưa": of several joining words in a row the telling one counts.
        word = (
            following
            if inside or following in _MINUS | _LACK | _EQUAL or word not in _MINUS | _LACK | _EQUAL
            else word
        )
        start = stop
    return out if len(out) <= _MOST_TERMS else []


def _pieces(concept: Concept, text: str) -> list[Concept]:
    """The concept, or what a comma parts of it: "trâu, bò" are two things."""
    words = text[concept.start : concept.end]
    if not re.search(r"[,;]\s", words):
        return [concept]
    return [
        Concept(concept.start + m.start(), concept.start + m.end(), (tokens_of(m.group()),))
        for m in re.finditer(r"[^,;]+", words)
        if m.group().strip()
    ]


def readings(named: Sequence[Term]) -> list[Sequence[Term]]:
    """The ways to read the terms: as cut, with what a comma parts put to its neighbour, with a shared part.

    "giữa A và B, bên nào có tỷ lệ trực tuyến cao hơn": the last part names no thing of its own.
    "tổ công tác ở xã và phường", "cấp huyện và cấp xã băng thông Internet": one end speaks for all.
    """
    out: list[Sequence[Term]] = [named]
    if len(named) > 2 and named[-1].join == ",":
        last = Term((*named[-2].concepts, *named[-1].concepts), named[-2].join)
        out.append([*named[:-2], last])
    if len(named) > 2 and named[1].join == ",":
        out.append([Term((*named[0].concepts, *named[1].concepts)), *named[2:]])
    if len(named) > 1:
        out += [shared for way in tuple(out) for shared in _shared(way)]
    return out


def _shared(way: Sequence[Term]) -> Iterable[Sequence[Term]]:
    """The readings in which what the first term opens with, or the last one closes with, counts for all."""
    first, last = way[0].concepts, way[-1].concepts
    for i, c in enumerate(first):  # "nhóm liên thông khai sinh và khai tử"
        if len(c.parts) > 1:
            opening = (*first[:i], *c.parts[:-1])
            yield [way[0], *(Term((*opening, *t.concepts), t.join) for t in way[1:])]
    for k in range(1, len(first)):
        yield [way[0], *(Term((*first[:k], *t.concepts), t.join) for t in way[1:])]
    for k in range(1, len(last)):
        yield [*(Term((*t.concepts, *last[k:]), t.join) for t in way[:-1]), way[-1]]
