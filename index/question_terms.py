"""The terms of a question, and what each weighs: as spelt, folded, and of the other names of its concepts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from index.query import Query
from index.terms import joined_pair, of_syllable
from index.thesaurus import Concept, Phrase

# A passage that says it in other words counts a little less than one that says it in the question's.
SYNONYM_WEIGHT: Final = 0.4
_LONGEST_WORD: Final = 5

Weighted = tuple[int, float]


@dataclass(frozen=True, slots=True)
class Renaming:
    """One name of a concept for another: `group` numbers the stretch of the question that it stands for."""

    group: int
    own: Phrase
    other: Phrase
    weight: float


def renamings(query: Query) -> list[Renaming]:
    """The other names of the question's concepts, and of those inside them, group by group."""
    found = []
    for group, concepts in enumerate(query.renamed):
        for concept in concepts:
            weight = min(query.weights[concept.start : concept.end]) * SYNONYM_WEIGHT
            own, *others = concept.alternatives
            found += [Renaming(group, own, other, weight) for other in others]
    return found


def phrases(query: Query) -> Iterator[Phrase]:
    """Every name of every concept of the question, of those inside others too."""
    for concepts in (query.concepts, *query.renamed):
        for concept in concepts:
            yield from concept.alternatives


@lru_cache(maxsize=50_000)
def features(phrase: Phrase) -> tuple[int, ...]:
    """The numbers of a phrase's folded syllables and of their bigrams."""
    numbers = [of_syllable(syllable) for syllable in phrase]
    return (*numbers, *map(joined_pair, numbers, numbers[1:]))


def telling(phrase: Phrase) -> tuple[int, ...]:
    """Those of the features that imply the others: the bigrams, or the one syllable."""
    return features(phrase)[len(phrase) :] or features(phrase)


def spelt_terms(query: Query) -> list[Weighted]:
    """Syllables as typed, and every sequence of two to five that may be a word; unknown ones cost nothing."""
    runs = numbers = [of_syllable(syllable) for syllable in query.spelt]
    weighted = list(zip(numbers, query.weights, strict=True))
    for length in range(2, _LONGEST_WORD + 1):
        runs = list(map(joined_pair, runs, numbers[length - 1 :]))
        weights = (min(query.weights[at : at + length]) for at in range(len(runs)))
        weighted += zip(runs, weights, strict=True)
    return merged_terms(weighted)


def folded_terms(folded: Sequence[str], weights: Sequence[float]) -> list[Weighted]:
    """Folded syllables and bigrams with their weights; a bigram weighs what its lighter half does."""
    numbers = [of_syllable(syllable) for syllable in folded]
    pairs = zip(map(joined_pair, numbers, numbers[1:]), map(min, weights, weights[1:]), strict=True)
    return merged_terms([*zip(numbers, weights, strict=True), *pairs])


def merged_terms(weighted: Iterable[Weighted]) -> list[Weighted]:
    """Each term once, its weights added up: what is said twice is asked twice."""
    total: dict[int, float] = {}
    for term, weight in weighted:
        total[term] = total.get(term, 0.0) + weight
    return list(total.items())


def content(query: Query, concept: Concept) -> list[Weighted]:
    """The folded syllables of a concept with their weights, 0 for those that only ask."""
    numbers = [of_syllable(syllable) for syllable in query.folded[concept.start : concept.end]]
    weights = query.weights[concept.start : concept.end]
    return [(n, w if w >= 1.0 else 0.0) for n, w in zip(numbers, weights, strict=True)]
