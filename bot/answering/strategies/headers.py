"""What the header of a table's column says: how far a question says it, and whether it may be meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering.shelf import ShelvedReport, padded, tokens_of
from bot.answering.strategies.grid import column_at
from bot.answering.weights import Weights
from knowledge.records import Listing

# A header's words that tell its column from no other one.
_EMPTY = frozenset({
    "ty", "le", "so", "luong", "tong", "nam", "thang", "trong", "do", "cua", "den", "cac", "duoc", "va",
})  # fmt: skip
_PLAN = re.compile(r" (?:ke hoach|du toan|chi tieu|muc tieu|duoc giao|giao) ")
_COMPARED = re.compile(r" (?:cung ky|tang|giam|so voi) ")


def header_of(shelved: ShelvedReport, listing: Listing) -> str:
    """The header of the table's column that a listing is, or ""."""
    column = column_at(shelved, listing.members[0].span.start) if listing.members else None
    return column.header if column else ""


def header_said(header: str, said: frozenset[str], words: str, weights: Weights) -> float:
    """How far the words of a header are said, from 0 to about 1.3: more where they stand together."""
    tokens = telling(header)
    total = sum(weights.token(t) for t in tokens)
    if not total:
        return 0.0
    got = sum(weights.token(t) for t in tokens if t in said)
    together = 0.3 if len(tokens) > 1 and f" {' '.join(tokens)} " in words else 0.0
    return 0.5 * got / total + 0.5 * min(1.0, got) + together


def telling(header: str) -> list[str]:
    """The words of a header that tell its column from others."""
    return [t for t in tokens_of(header) if t not in _EMPTY and not t[0].isdigit()]


def asked_as(header: str, words: str) -> bool:
    """Whether a column of a plan or of a comparison is asked for as such; any other may be."""
    padded_words = f" {words} "
    if is_plan(header) and not _PLAN.search(padded_words):
        return False
    return not _COMPARED.search(padded(header)) or _COMPARED.search(padded_words) is not None


def is_plan(header: str) -> bool:
    """Whether a header names what was to be reached."""
    return _PLAN.search(padded(header)) is not None


def initials(words: Sequence[str]) -> frozenset[str]:
    """The first letters of every two and three words in a row: "th/dt" is said by "thực hiện … dự toán"."""
    runs = (words[i : i + n] for n in (2, 3) for i in range(len(words) - n + 1))
    return frozenset("".join(w[0] for w in run) for run in runs)
