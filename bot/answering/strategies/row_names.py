"""Which of several names a question says, by its typed words: names of places are none of its concepts."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.shelf import tokens_of
from knowledge.vietnamese import TOKEN, canonical_tone

_KINDS = frozenset({
    ("huyen",), ("xa",), ("phuong",), ("quan",), ("thi", "tran"), ("thi", "xa"), ("thanh", "pho"), ("tp",),
    ("tx",), ("tt",),
})  # fmt: skip
_LONG_SYLLABLE = 4

# A syllable, folded and as spelt.
_Syllable = tuple[str, str]
_Words = tuple[_Syllable, ...]


def names_in(text: str, names: Sequence[str], *, own: Sequence[str] = ()) -> tuple[list[str], list[str]]:
    """Those of the names that the text says, in its order, and its other folded words.

    A name is said whole or without what says its kind ("xã Tà Năng và Tà Hine"), unless that is the name of
    several or, as `own` is, of the report's place: then none of them is.
    """
    words = _spelt(text)
    taken: dict[int, str] = {}
    for phrase, name in _phrases(names, tuple(own)):
        for at in range(len(words) - len(phrase) + 1):
            spots = range(at, at + len(phrase))
            if not any(i in taken for i in spots) and _stands(phrase, words[at : at + len(phrase)]):
                taken.update(dict.fromkeys(spots, name))
    if "" in taken.values():
        return [], [f for f, _ in words]
    found = [taken[i] for i in sorted(taken)]
    return list(dict.fromkeys(found)), [f for i, (f, _) in enumerate(words) if i not in taken]


def _stands(phrase: _Words, typed: _Words) -> bool:
    """Whether the words are those of the name; typed with diacritics they must be spelt so.

    A lone short syllable without diacritics may be any word: "nhi" in "thu nhi".
    """
    same = all(f == g and (t.isascii() or t == s) for (f, s), (g, t) in zip(phrase, typed, strict=True))
    short = len(phrase) == 1 and typed[0][1].isascii() and len(typed[0][0]) <= _LONG_SYLLABLE
    return same and not (short and not phrase[0][1].isascii()) and not (short and phrase[0][1].isdigit())


def _phrases(names: Sequence[str], own: Sequence[str]) -> list[tuple[_Words, str]]:
    """The ways to say each name, longest first; a short one of several names has "" for its name."""
    spelt = {name: _spelt(name) for name in names}
    short: dict[_Words, list[str]] = {}
    for name, words in spelt.items():
        bare = words[_kind_length(words, list(spelt.values())) :]
        if bare and bare != words and tuple(f for f, _ in bare) != own:
            short.setdefault(bare, []).append(name)
    out = [(words, name) for name, words in spelt.items() if words]
    out += [(bare, of[0] if len(of) == 1 else "") for bare, of in short.items()]
    return sorted(out, key=lambda p: -len(p[0]))


def _spelt(text: str) -> _Words:
    words = [canonical_tone(t) for t in TOKEN.findall(text.lower())]
    return tuple((tokens_of(w)[0], w) for w in words if tokens_of(w))


def _kind_length(words: _Words, every: Sequence[_Words]) -> int:
    """How many syllables at the head of a name say its kind: those of a place, or of most of the names."""
    folded = tuple(f for f, _ in words)
    for n in (2, 1):
        head = folded[:n]
        shared = sum(tuple(f for f, _ in o[:n]) == head for o in every)
        if len(folded) > n and (head in _KINDS or (shared > 1 and shared * 2 > len(every))):
            return n
    return 0
