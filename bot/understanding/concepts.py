"""What a question is about: the things that its words name, each in every way to say it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from functools import cache
from importlib.resources import files

from bot.understanding.cues import plain
from bot.understanding.question import Concept
from bot.understanding.spelling import Speller
from index.collocations import collocations
from index.thesaurus import Thesaurus
from index.word_classes import insistence, is_spelt_syllable, spelt_otherwise, use_of
from knowledge.numbers import find_labels
from knowledge.vietnamese import TOKEN, canonical_tone

# Folded syllable, syllable as typed in one spelling, start, end.
_Token = tuple[str, str, int, int]
# A figure of one period is no figure since ever: these words must be said, as a name must.
_CUMULATIVE = frozenset({"tu truoc den nay", "tu truoc toi nay", "luy ke", "cong don"})
_MARKED = 0.4
# Words that only count what stands behind them: "mấy ca khai tử", "bao nhiêu chiếc xe".
CLASSIFIERS = frozenset({"ca", "truong hop", "cai", "chiec", "con", "lan"})
_CLASSIFYING = re.compile(r"\b(?:may|bao nhieu)\s+$")
_HARDLY = 0.1
_AT = "o"  # "ở xã" is no word
_LIGHT_VERBS = frozenset({"cap", "lam", "xin", "nop", "mo", "di"})
_NAMING = re.compile(
    r"\b(?:muc(?: do)?|cap(?: do)?|giai doan|buoc|nhom|loai|pha|hang|dot|lop"
    r"|ap|thon|khu pho|khom|to dan pho|phuong|quan|khu)\s$"
)


def concepts(
    text: str, masked: Sequence[tuple[int, int]], thesaurus: Thesaurus, speller: Speller | None = None
) -> tuple[Concept, ...]:
    """What `text` names outside the masked spans, in order, no stop phrases; twice what it says twice."""
    folded = plain(text)
    spelt_text = canonical_tone(text).lower()
    # "mức độ 4", "giai đoạn 2": the figure is part of a name.
    labels = [(label.start, label.end) for label in find_labels(text)]
    runs: list[list[_Token]] = [[]]
    for m in TOKEN.finditer(folded):
        named = _inside(m, labels) or _NAMING.search(folded, 0, m.start())
        if _inside(m, masked) or (m.group()[0].isdigit() and not named):
            runs.append([])
        else:
            runs[-1].append((m.group(), spelt_text[m.start() : m.end()], m.start(), m.end()))
    out: list[Concept] = []
    marked = typed_with_marks(text)
    for run in runs:
        for concept in _run_concepts(_mended(run, speller), thesaurus):
            names = speller.spelt_out(concept.typed) if speller else ()
            capital = _written_as_name(text, concept) or concept.typed in _CUMULATIVE
            typed = _as_typed(text, concept)
            told = 1.0 if capital or names else insistence(typed, marked=marked)
            if concept.typed in CLASSIFIERS and _CLASSIFYING.search(folded, 0, concept.start):
                told = min(told, _HARDLY)
            alternatives = (*concept.alternatives, *names)
            out.append(
                replace(
                    concept,
                    alternatives=alternatives,
                    named=capital,
                    insistence=told,
                    spelt=_spelt_alone(text, concept) if len(alternatives) == 1 else "",
                    use=use_of(typed, marked=marked),
                )
            )
    return tuple(out)


def typed_with_marks(text: str) -> bool:
    """Whether a text was typed with diacritics: Vietnamese has them on three syllables of four."""
    syllables = [t for t in TOKEN.findall(text) if t.isalpha()]
    return sum(not t.isascii() for t in syllables) > _MARKED * len(syllables)


def distinct(named: Sequence[Concept]) -> tuple[Concept, ...]:
    """The concepts without those said again."""
    return tuple({c.alternatives[0]: c for c in reversed(named)}.values())[::-1]


def _as_typed(text: str, concept: Concept) -> str:
    """The words of a concept with the diacritics that were typed; as mended where they were mistyped."""
    typed = " ".join(TOKEN.findall(text[concept.start : concept.end].lower()))
    return typed if plain(typed) == concept.typed else concept.typed


def _spelt_alone(text: str, concept: Concept) -> str:
    """The one syllable of a concept where it was typed with diacritics, else ""."""
    typed = canonical_tone(_as_typed(text, concept))
    return "" if " " in typed or typed.isascii() or not is_spelt_syllable(typed) else typed


def _written_as_name(text: str, concept: Concept) -> bool:
    """Whether a concept has a capital inside a sentence of small letters: "Bệnh viện Mắt"."""
    before = text[: concept.start].rstrip()
    if not before or before[-1] in ".?!:;\n" or not text[concept.start : concept.start + 2].istitle():
        return False
    words: list[str] = re.findall(r"\w+", text)
    return 2 * sum(w.islower() for w in words) > len(words)


def _inside(token: re.Match[str], spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= token.start() and token.end() <= end for start, end in spans)


def _mended(run: list[_Token], speller: Speller | None) -> list[_Token]:
    """The run with mistyped syllables mended; what was mended counts as typed without diacritics."""
    if speller is None or not run:
        return run
    words = speller.mend([token for token, _, _, _ in run])
    return [
        (word, spelt if word == token else word, start, end)
        for word, (token, spelt, start, end) in zip(words, run, strict=True)
    ]


def _run_concepts(run: list[_Token], thesaurus: Thesaurus) -> list[Concept]:
    out = _without_stop_phrases(_whole(run, thesaurus))
    spelt = {token[2]: token[1] for token in run}
    return [c for c in out if not _says_nothing(c, spelt[c.start])]


def _says_nothing(concept: Concept, spelt: str) -> bool:
    """Whether a single syllable is a stop word as it is spelt: "sầu" is not "sau"."""
    if len(concept.alternatives) > 1 or len(concept.alternatives[0]) > 1 or concept.typed not in _stopwords():
        return False
    allowed = _stopwords()[concept.typed]
    return spelt.isascii() or not allowed or spelt in allowed


def _parts(run: list[_Token], thesaurus: Thesaurus) -> tuple[Concept, ...]:
    """The fewest smaller concepts that a phrase of three syllables or more falls into."""
    if len(run) < 3:
        return ()
    splits = [_whole(run[:k], thesaurus) + _whole(run[k:], thesaurus) for k in range(1, len(run))]
    best = min(splits, key=lambda s: (len(s), -max(c.end - c.start for c in s)))
    if any(_single(c) and c.typed not in _stopwords() and c.typed not in _LIGHT_VERBS for c in best):
        return ()  # a bare syllable stands in too many words: "thu" in "hấp thụ"
    return tuple(c for c in best if len(c.alternatives) > 1 or c.typed not in _stopwords())


def _whole(run: list[_Token], thesaurus: Thesaurus) -> list[Concept]:
    if not run:
        return []
    tokens, spelt = [token[0] for token in run], [token[1] for token in run]
    named = []
    for found in thesaurus.concepts(tokens, spelt=spelt):
        own = run[found.start : found.end]
        named.append(
            Concept(own[0][2], own[-1][3], _without_light_verbs(found.alternatives), _parts(own, thesaurus))
        )
    stopped = {token[2] for token in run if _is_stop_word(token[0], token[1])}
    return _joined(named, stopped, {token[2]: token[1] for token in run})


def _without_light_verbs(alternatives: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """The alternatives, and those that open with "cấp", "làm", "xin" also without it: "cấp lại hộ chiếu"."""
    shorter = tuple(a[1:] for a in alternatives if len(a) > 2 and a[0] in _LIGHT_VERBS)
    return tuple(dict.fromkeys((*alternatives, *shorter))) if len(alternatives) > 1 else alternatives


def _is_stop_word(folded: str, spelt: str) -> bool:
    """Whether a syllable typed with diacritics is a stop word: "của" is no part of a word."""
    return not spelt.isascii() and spelt in _stopwords().get(folded, ())


def _joined(found: list[Concept], stopped: Set[int], spelt: Mapping[int, str]) -> list[Concept]:
    """Single syllables that no synonym group knows, joined where two form a word: "xay dung".

    Those that start at `stopped` stay alone, and those that only fold as a word does: "dấu mới", "đầu mối".
    """
    out: list[Concept] = []
    pairs = collocations()
    for i, concept in enumerate(found):
        last = out[-1] if out else None
        following = found[i + 1] if i + 1 < len(found) else None
        if last and _is_ordinal(concept) and concept.start - last.end == 1:
            # "ấp 3", "mức độ 4": the figure is part of the name, in every way to say it.
            out[-1] = Concept(last.start, concept.end, tuple((*a, concept.typed) for a in last.alternatives))
        elif (
            not last
            or not _forms_word(last, concept, pairs)
            or not stopped.isdisjoint((last.start, concept.start))
            or spelt_otherwise(f"{spelt.get(last.start, '')} {spelt[concept.start]}")
        ):
            out.append(concept)
        elif not _forms_better(concept, following, last, pairs):
            out[-1] = Concept(last.start, concept.end, ((last.typed, concept.typed),))
        else:
            out.append(concept)
    return out


def _is_ordinal(concept: Concept) -> bool:
    return concept.typed[0].isdigit() and len(concept.alternatives) == 1


def _forms_word(one: Concept, other: Concept, pairs: Mapping[tuple[str, str], int]) -> bool:
    near = _single(one) and _single(other) and other.start - one.end == 1 and one.typed != _AT
    return near and (one.typed, other.typed) in pairs


def _forms_better(
    one: Concept, following: Concept | None, before: Concept, pairs: Mapping[tuple[str, str], int]
) -> bool:
    """Whether a syllable rather forms a word with the next one than with the one before: "ngành | y tế"."""
    if following is None or not _forms_word(one, following, pairs):
        return False
    return pairs[one.typed, following.typed] > pairs[before.typed, one.typed]


def _single(concept: Concept) -> bool:
    return len(concept.alternatives) == 1 and len(concept.alternatives[0]) == 1


def _without_stop_phrases(found: list[Concept]) -> list[Concept]:
    """Without runs of single words that together are a stop phrase ("tren dia ban", "trong bao cao")."""
    keep = [True] * len(found)
    for i in range(len(found)):
        for j in range(i + 1, min(i + 5, len(found)) + 1):
            if tuple(w for c in found[i:j] for w in c.alternatives[0]) in _stop_phrases():
                keep[i:j] = [False] * (j - i)
    return [c for c, k in zip(found, keep, strict=True) if k]


@cache
def _stopwords() -> dict[str, frozenset[str]]:
    """The stop words with the spellings they may have; none given stands for any."""
    return {words[0]: spelt for words, spelt in _stop_lines() if len(words) == 1}


@cache
def _stop_phrases() -> frozenset[tuple[str, ...]]:
    return frozenset(words for words, _ in _stop_lines() if len(words) > 1)


@cache
def _stop_lines() -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    raw = files("bot.understanding").joinpath("data/stopwords.txt").read_text(encoding="utf-8")
    out = []
    for line in raw.splitlines():
        if line and not line.startswith("#"):
            words, _, spelt = line.partition(":")
            out.append((tuple(words.split()), frozenset(s.strip() for s in spelt.split(",") if s.strip())))
    return tuple(out)
