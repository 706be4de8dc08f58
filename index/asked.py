"""A question put to the lexical legs of all segments: what each term weighs, who says it, in which words.

How rare a term is, is counted over all segments together, so that it does not matter how the documents are
spread over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalLeg
from index.misspelling import meant
from index.postings import Documents, Impacts, Postings, rarity, saturations
from index.query import Query
from index.terms import Terms, bigrams, joined, of_syllables
from index.thesaurus import Concept

# A passage that says it in other words counts a little less than one that says it in the question's.
SYNONYM_WEIGHT: Final = 0.4
# A syllable that no document holds is taken for a near one that some do, at this weight.
MISTYPED_WEIGHT: Final = 0.6
# Terms are added up from the rarest on until so many postings have been read; what remains is worked out for
# the candidates alone. Below it (some 20 000 passages) scores are exact for all documents.
MOST_POSTINGS: Final = 240_000
# A name that more documents of a segment hold tells none of them apart.
_MOST_NAMED: Final = 20_000
_LONGEST_WORD: Final = 5

Weighted = tuple[int, float]


class _Side:
    """One of the two inverted indexes of every segment, and what is asked of it."""

    def __init__(self, parts: Sequence[Postings], size: int, wanted: Iterable[int]) -> None:
        self.parts = parts
        terms = list(dict.fromkeys(wanted))
        numbers = np.array(terms, dtype=np.uint64)
        self._ranges = [part.ranges(numbers) for part in parts]
        self.place = {term: place for place, term in enumerate(terms)}
        held = np.zeros(len(terms), dtype=np.int64)
        for ranges in self._ranges:
            held += ranges[:, 1] - ranges[:, 0]
        self._rarity = rarity(held, size)
        # As Python's own numbers, which are looked at one by one.
        self._held, self._rare = held.tolist(), self._rarity.tolist()
        self._table = saturations(sum(part.length for part in parts) / max(size, 1))

    def held(self, term: int) -> int:
        """In how many documents `term` stands."""
        return int(self._held[self.place[term]])

    def rarity(self, term: int) -> float:
        """The idf of `term`."""
        return float(self._rare[self.place[term]])

    def add(self, part: int, term: int, weight: float, scores: Impacts) -> None:
        """Add what `term` is worth to the scores of the documents of a segment."""
        place = self.place[term]
        start, end = self._ranges[part][place]
        if start < end:
            postings = self.parts[part]
            table = self._table * np.float32(weight * self._rare[place])
            scores[postings.documents[start:end]] += table[postings.codes[start:end]]

    def worth(self, part: int, terms: Sequence[Weighted], chosen: Documents) -> Impacts:
        """What weighted terms are worth together in each of the chosen documents of a segment."""
        known = [(self.place[term], weight) for term, weight in terms if self.held(term)]
        if not known or not len(chosen):
            return np.zeros(len(chosen), dtype=np.float32)
        places = np.array([place for place, _ in known])
        held, codes = self.parts[part].codes_in(self._ranges[part][places], chosen)
        weights = np.array([weight for _, weight in known], dtype=np.float32) * self._rarity[places]
        worth: Impacts = weights @ np.where(held, self._table[codes], np.float32(0))
        return worth

    def holds(self, part: int, chosen: Documents) -> NDArray[np.bool_]:
        """Which terms the chosen documents of a segment hold, shape (terms, documents)."""
        return self.parts[part].codes_in(self._ranges[part], chosen)[0]

    def holding_all(self, part: int, terms: Sequence[int]) -> Documents:
        """The documents of a segment that hold every one of `terms`, ascending; none where too many do."""
        places = [self.place[term] for term in terms]
        if not all(self._held[place] for place in places):
            return np.zeros(0, dtype=np.int32)
        ranges = self._ranges[part][places]
        ranges = ranges[np.argsort(ranges[:, 1] - ranges[:, 0], kind="stable")]
        start, end = ranges[0]
        if end - start > _MOST_NAMED:
            return np.zeros(0, dtype=np.int32)
        found = self.parts[part].documents[start:end]
        if len(ranges) > 1 and len(found):
            held, _ = self.parts[part].codes_in(ranges[1:], found)
            found = found[held.all(axis=0)]
        return found


class Asked:
    """A question with its terms looked up in every segment."""

    def __init__(self, query: Query, legs: Sequence[LexicalLeg]) -> None:
        self._query = query
        self._syllables = of_syllables(query.folded).tolist()
        size = sum(leg.size for leg in legs)
        self._sizes = [leg.size for leg in legs]
        spelt = spelt_terms(query) if query.has_diacritics else []
        self._spelt = _Side([leg.spelt for leg in legs], size, (term for term, _ in spelt))
        own = _merged_terms(folded_query_terms(query.folded, query.weights))
        names = {phrase for concept in _all_concepts(query) for phrase in concept.alternatives}
        wanted = [term for term, _ in own]
        wanted += [number for phrase in names for number in features(phrase)]
        folded = [leg.folded for leg in legs]
        self._folded = _Side(folded, size, wanted)
        mended = self._mended(legs)
        if mended:
            self._folded = _Side(folded, size, [*wanted, *(term for term, _ in mended)])
            own += mended
        self._terms = {"spelt": spelt, "folded": own}
        self._left: dict[str, list[Weighted]] = {}
        for name, side in (("spelt", self._spelt), ("folded", self._folded)):
            self._terms[name], self._left[name] = _affordable(self._terms[name], side)

    @property
    def asks_figure(self) -> bool:
        """Whether a figure would answer the question."""
        return self._query.asks_figure

    def proposals(self, part: int) -> tuple[Impacts, Impacts]:
        """The spelt and the folded scores of every document of a segment, each of shape (documents,).

        Without diacritics in the question the spelt scores are all 0: they would compare noise. In a large
        collection the terms that most documents hold are left out here; `complete` adds them.
        """
        spelt = np.zeros(self._sizes[part], dtype=np.float32)
        folded = np.zeros(self._sizes[part], dtype=np.float32)
        for term, weight in self._terms["spelt"]:
            self._spelt.add(part, term, weight, spelt)
        for term, weight in self._terms["folded"]:
            self._folded.add(part, term, weight, folded)
        for concepts in self._query.renamed:
            documents, gain = self._other_words(part, concepts)
            if self._query.has_diacritics:
                spelt[documents] += gain
            folded[documents] += gain
        return spelt, folded

    def complete(self, part: int, chosen: Documents, spelt: Impacts, folded: Impacts) -> None:
        """Add to the scores of the chosen documents what `proposals` left out."""
        if self._left["spelt"]:
            spelt += self._spelt.worth(part, self._left["spelt"], chosen)
        if self._left["folded"]:
            folded += self._folded.worth(part, self._left["folded"], chosen)

    def coverage(self, part: int, chosen: Documents) -> Impacts:
        """The share of the question's content, weighted by rarity, that each document says, in [0, 1]."""
        query, said, total = self._query, np.zeros(len(chosen), dtype=np.float32), 0.0
        held = self._folded.holds(part, chosen)
        for concept in query.concepts:
            rows = [self._folded.place[term] for term in self._syllables[concept.start : concept.end]]
            weighed = [
                self._folded.rarity(term) * (weight if weight >= 1.0 else 0.0)
                for term, weight in zip(
                    self._syllables[concept.start : concept.end],
                    query.weights[concept.start : concept.end],
                    strict=True,
                )
            ]
            whole = sum(weighed)
            if not whole:
                continue
            total += whole
            share = np.array(weighed, dtype=np.float32) @ held[rows].astype(np.float32)
            for alternative in concept.alternatives[1:]:
                names = [self._folded.place[term] for term in features(alternative)]
                share = np.where(held[names].all(axis=0), np.float32(whole), share)
            said += share
        return said / np.float32(total) if total else said

    def _mended(self, legs: Sequence[LexicalLeg]) -> list[Weighted]:
        """What syllables that no document holds were meant for, with the pairs that these form."""
        query = self._query
        numbers = of_syllables(query.folded)

        def count(terms: Terms) -> NDArray[np.int64]:
            counted = np.zeros(len(terms), dtype=np.int64)
            for leg in legs:
                found = leg.folded.ranges(terms)
                counted += found[:, 1] - found[:, 0]
            return counted

        mended: list[int] = []
        for place, syllable in enumerate(query.folded):
            if query.weights[place] >= 1.0 and not self._folded.held(int(numbers[place])):
                beside = numbers[place - 1 : place] if place else numbers[:0], numbers[place + 1 : place + 2]
                mended += meant(syllable, beside, count)
        return [(term, MISTYPED_WEIGHT) for term in mended]

    def _other_words(self, part: int, concepts: Sequence[Concept]) -> tuple[Documents, Impacts]:
        """The documents that say one of nested concepts under another name, and what the best name adds."""
        where, best = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
        for concept in concepts:
            weight = min(self._query.weights[concept.start : concept.end]) * SYNONYM_WEIGHT
            own = [(term, -1.0) for term in features(concept.alternatives[0])]
            for alternative in concept.alternatives[1:]:
                terms = features(alternative)
                documents = self._folded.holding_all(part, terms)
                if len(documents):
                    # What it says in the question's own words has been counted: only the difference is added.
                    weighted = _merged_terms([*((term, weight) for term in terms), *own])
                    gain = self._folded.worth(part, weighted, documents)
                    where, best = _merge_best(where, best, documents, np.maximum(gain, 0))
        return where, best


@lru_cache(maxsize=50_000)
def features(phrase: tuple[str, ...]) -> tuple[int, ...]:
    """The numbers of a phrase's folded syllables and of their bigrams."""
    numbers = of_syllables(phrase)
    return (*numbers.tolist(), *bigrams(numbers).tolist())


def spelt_terms(query: Query) -> list[Weighted]:
    """Syllables as typed, and every sequence of two to five that may be a word; unknown ones cost nothing."""
    numbers = of_syllables(query.spelt)
    weighted = list(zip(numbers.tolist(), query.weights, strict=True))
    runs: Terms = numbers
    for length in range(2, _LONGEST_WORD + 1):
        if len(runs) < 2:
            break
        runs = joined(runs[:-1], numbers[length - 1 :])
        weights = (min(query.weights[at : at + length]) for at in range(len(runs)))
        weighted += zip(runs.tolist(), weights, strict=True)
    return _merged_terms(weighted)


def folded_query_terms(folded: Sequence[str], weights: Sequence[float]) -> list[Weighted]:
    """Folded syllables and bigrams with their weights; a bigram weighs what its lighter half does."""
    numbers = of_syllables(folded)
    weighted = list(zip(numbers.tolist(), weights, strict=True))
    pairs = zip(bigrams(numbers).tolist(), map(min, weights, weights[1:]), strict=False)
    return [*weighted, *pairs]


def _merged_terms(weighted: Iterable[Weighted]) -> list[Weighted]:
    """Each term once, its weights added up: what is said twice is asked twice."""
    total: dict[int, float] = {}
    for term, weight in weighted:
        total[term] = total.get(term, 0.0) + weight
    return list(total.items())


def _affordable(terms: list[Weighted], side: _Side) -> tuple[list[Weighted], list[Weighted]]:
    """The terms that are added up for all documents, the rarest, and those left for the candidates."""
    known = sorted((side.held(term), term, weight) for term, weight in terms if side.held(term))
    read, taken = 0, 0
    for held, _, _ in known:
        read += held
        if read > MOST_POSTINGS and taken:
            break
        taken += 1
    pairs = [(term, weight) for _, term, weight in known]
    return pairs[:taken], pairs[taken:]


def _all_concepts(query: Query) -> Iterator[Concept]:
    yield from query.concepts
    for nested in query.renamed:
        yield from nested


def _merge_best(
    where: Documents, best: Impacts, documents: Documents, gain: Impacts
) -> tuple[Documents, Impacts]:
    """The union of two sets of scored documents, the better score where both have one."""
    union = np.union1d(where, documents).astype(np.int32)
    merged = np.zeros(len(union), dtype=np.float32)
    merged[np.searchsorted(union, where)] = best
    places = np.searchsorted(union, documents)
    merged[places] = np.maximum(merged[places], gain)
    return union, merged
