"""Domain synonyms and abbreviations, read from data: which other words say the same.

`data/thesaurus.yml` holds topics, each a list of groups, each a line of phrases that mean the same, parted
by "=". A phrase with "?" behind it is ambiguous: it stands in several groups, or is folded alike with
another phrase (hs: hồ sơ, học sinh), and then means any of them. One with "!" behind it is what people say
and reports do not ("bé", for "trẻ em"): it is understood in a question, never looked for in a passage, and a
lone syllable of that kind only where its diacritics were typed. Groups work both ways otherwise, and are not
joined through a shared phrase. `data/everyday_words.yml`, of the same form, is for search alone: there a word
may stand for a near one, which is enough to look at a passage, not to take it for the answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import yaml

from index.errors import BadThesaurus
from knowledge.vietnamese import TOKEN, canonical_tone, fold

_DATA: Final = "thesaurus.yml"
_EVERYDAY: Final = "everyday_words.yml"
_ASKED_ONLY: Final = "!"

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """Tokens [start, end) that name one thing, and every way to say it, folded, the one found first."""

    start: int
    end: int
    alternatives: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A phrase of a group as it is spelt, with the other phrases of the group, folded.

    `exact`: it stands for the others only where its diacritics were typed.
    """

    spelt: Phrase
    others: tuple[Phrase, ...]
    exact: bool


class Thesaurus:
    """Groups of phrases that mean the same, found by folded phrase."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        self._entries: dict[Phrase, list[_Entry]] = {}
        self._longest: dict[str, int] = {}
        self.groups = tuple(tuple(phrase.rstrip(_ASKED_ONLY) for phrase in group) for group in groups)
        for group in groups:
            self._add([_spelt(p) for p in group], asked_only=[p.endswith(_ASKED_ONLY) for p in group])

    def _add(self, group: Sequence[Phrase], *, asked_only: Sequence[bool]) -> None:
        folded = [_folded(phrase) for phrase in group]
        offered = [phrase for phrase, lay in zip(folded, asked_only, strict=True) if not lay]
        for spelt, phrase, lay in zip(group, folded, asked_only, strict=True):
            others = tuple(dict.fromkeys(other for other in offered if other != phrase))
            self._entries.setdefault(phrase, []).append(_Entry(spelt, others, lay and len(spelt) == 1))
            self._longest[phrase[0]] = max(self._longest.get(phrase[0], 1), len(phrase))

    def concepts(self, tokens: Sequence[str], *, spelt: Sequence[str] | None = None) -> list[Concept]:
        """The concepts of `tokens` (folded syllables), left to right, longest match first, each token in one.

        With `spelt` (the same tokens as typed) a group matches only where the diacritics that were typed
        agree: "tiến" is not "tiền". Alternatives are in canonical spelling (`canonical_tone`: "ty le", not
        "ti le"); the first is the tokens as given.
        """
        canonical = [_canonical_token(token) for token in tokens]
        found = []
        start = 0
        while start < len(tokens):
            end, others = self._longest_match(canonical, start, spelt)
            found.append(Concept(start, end, (tuple(tokens[start:end]), *others)))
            start = end
        return found

    def nested(self, concept: Concept, tokens: Sequence[str], *, spelt: Sequence[str]) -> list[Concept]:
        """`concept` and all concepts inside it that have other names: "bằng lái" inside "đổi bằng lái"."""
        found = [concept] if len(concept.alternatives) > 1 else []
        if concept.end - concept.start == 1:
            return found
        canonical = [_canonical_token(token) for token in tokens]
        for start in range(concept.start, concept.end):
            for end in range(start + 1, concept.end + 1):
                others = self._others(canonical, start, end, spelt)
                if others and (start, end) != (concept.start, concept.end):
                    found.append(Concept(start, end, (tuple(tokens[start:end]), *others)))
        return found

    def _longest_match(
        self, tokens: Sequence[str], start: int, spelt: Sequence[str] | None
    ) -> tuple[int, tuple[Phrase, ...]]:
        reach = min(start + self._longest.get(tokens[start], 0), len(tokens))
        for end in range(reach, start, -1):
            others = self._others(tokens, start, end, spelt)
            if others:
                return end, others
        return start + 1, ()

    def _others(
        self, tokens: Sequence[str], start: int, end: int, spelt: Sequence[str] | None
    ) -> tuple[Phrase, ...]:
        """The other names of tokens [start, end); () if no group has them."""
        entries = self._entries.get(tuple(tokens[start:end]), ())
        typed = None if spelt is None else spelt[start:end]
        others = [other for entry in entries if _agrees(entry, typed) for other in entry.others]
        return tuple(dict.fromkeys(others))


def load() -> Thesaurus:
    """The thesaurus that comes with the package, read once: names that say the same.

    Raises:
        BadThesaurus: a phrase is empty, a group has one phrase, or a phrase in several groups is not marked
        "?".
    """
    return _load(_DATA)


def load_for_search() -> Thesaurus:
    """The thesaurus and the everyday words, read once: what may be looked for, not what says the same.

    Raises:
        BadThesaurus: as `load`.
    """
    return _load(_DATA, _EVERYDAY)


@cache
def _load(*names: str) -> Thesaurus:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    texts = [files("index").joinpath("data", name).read_text("utf-8") for name in names]
    topics = [yaml.load(text, Loader=loader) for text in texts]  # noqa: S506
    named = zip(names, topics, strict=True)
    return Thesaurus(parse({f"{name}, {topic}": own for name, t in named for topic, own in t.items()}))


def parse(topics: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The groups of `topics`, phrases stripped of their "?", those that are only asked ending in "!".

    Raises:
        BadThesaurus: as `load`.
    """
    groups = []
    seen: dict[Phrase, str] = {}
    for topic, lines in topics.items():
        for line in lines:
            phrases = [phrase.strip() for phrase in str(line).split("=")]
            _check(topic, line, phrases, seen)
            groups.append([phrase.replace("?", "") for phrase in phrases])
    return groups


def _check(topic: str, line: str, phrases: Sequence[str], seen: dict[Phrase, str]) -> None:
    if len(phrases) < 2:
        raise BadThesaurus(
            f"{topic}: {line!r} names one phrase; a group is two or more, parted by '='"
        )
    for phrase in phrases:
        key = _folded(_spelt(phrase))
        if not key:
            raise BadThesaurus(f"{topic}: {line!r} holds an empty phrase; take out the '=' too many")
        other = seen.setdefault(key, line)
        if other != line and "?" not in phrase:
            raise BadThesaurus(
                f"{topic}: {phrase!r} of {line!r} reads like a phrase of {other!r} once folded; "
                "join the groups, or mark the phrase with '?' in the later one"
            )


def _spelt(phrase: str) -> Phrase:
    return tuple(TOKEN.findall(canonical_tone(phrase).lower()))


def _folded(phrase: Phrase) -> Phrase:
    return tuple(_canonical_token(fold(token)) for token in phrase)


@lru_cache(maxsize=65536)
def _canonical_token(token: str) -> str:
    return canonical_tone(token)


def _agrees(entry: _Entry, typed: Sequence[str] | None) -> bool:
    """Whether the syllables typed can be the entry's phrase: equal, or typed without diacritics."""
    if entry.exact:
        return typed is not None and tuple(typed) == entry.spelt
    return typed is None or all(
        given == wanted or given == fold(wanted) for given, wanted in zip(typed, entry.spelt, strict=True)
    )
