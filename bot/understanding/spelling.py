"""Mends a mistyped syllable by the words of the reports: "đăg ký" → "đăng ký"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

_VOWEL = re.compile(r"[aeiouy]")
_SHORTEST, _LONGEST, _MOST = 3, 8, 6
_ALPHABET = "abcdeghiklmnopqrstuvxy"


class Speller:
    """Knows the folded syllables of the reports and which follow which."""

    def __init__(
        self,
        passages: Iterable[Sequence[str]],
        known: Iterable[str] = (),
        names: Iterable[Sequence[str]] = (),
    ) -> None:
        self._counts: Counter[str] = Counter()
        self._pairs: set[tuple[str, str]] = set()
        for tokens in passages:
            self._counts.update(tokens)
            self._pairs.update(pairwise(tokens))
        self._known = frozenset(known) | frozenset(self._counts)
        self._initials = _initials_of(names)

    def spelt_out(self, token: str) -> tuple[tuple[str, ...], ...]:
        """The names of the reports that an unknown token abbreviates by their initials, folded: "ttksbt"."""
        return () if token in self._known else self._initials.get(token, ())

    def mend(self, tokens: Sequence[str]) -> list[str]:
        """The tokens, mistyped ones mended.

        An unknown one is replaced by a known one that is a keystroke away and fits beside its neighbours.
        """
        out = list(tokens)
        for i, token in enumerate(out):
            if token in self._known or len(token) < 3 or not token.isalpha() or not _VOWEL.search(token):
                continue
            before = out[i - 1] if i else ""
            after = out[i + 1] if i + 1 < len(out) else ""
            fitting = [
                (((before, c) in self._pairs) + ((c, after) in self._pairs), self._counts[c], c)
                for c in _near(token)
                if c in self._counts
            ]
            best = max(fitting, default=None)
            if best and (best[0] or best[1] > 2):
                out[i] = best[2]
        return out


def _initials_of(names: Iterable[Sequence[str]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Initials of three letters or more → the beginnings of names that have them, a few at most."""
    out: dict[str, dict[tuple[str, ...], None]] = {}
    for name in names:
        for length in range(_SHORTEST, min(len(name), _LONGEST) + 1):
            phrase = tuple(name[:length])
            if all(s[0].isalpha() for s in phrase):
                out.setdefault("".join(s[0] for s in phrase), {})[phrase] = None
    return {initials: tuple(phrases)[:_MOST] for initials, phrases in out.items()}


def _near(word: str) -> set[str]:
    """The words one keystroke away: a letter more, less, other, or two swapped."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    out = {a + b[1:] for a, b in cuts if b}
    out |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    out |= {a + c + b[1:] for a, b in cuts if b for c in _ALPHABET}
    out |= {a + c + b for a, b in cuts for c in _ALPHABET}
    return out - {word}
