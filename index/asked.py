"""A question put to the lexical legs of all segments: who says it, how rarely, in which words.

Two steps: `proposals` scores every document roughly, by its folded syllables and their pairs; `scores` works
out both legs and the coverage for those that were proposed. So what a question costs is a few passes over
some postings, and one small table of terms by candidates.

How rare a term is, is counted over all segments together, so that it does not matter how the documents are
spread over them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalLeg
from index.lookup import Held, Lookup
from index.misspelling import meant
from index.postings import Documents, Impacts, rarity
from index.query import Query
from index.question_terms import (
    Weighted,
    content,
    features,
    folded_terms,
    phrases,
    renamings,
    spelt_terms,
    telling,
)
from index.terms import Terms, of_syllable, of_syllables
from index.thesaurus import Phrase

# A syllable that no document holds is taken for a near one that some do, at this weight.
MISTYPED_WEIGHT: Final = 0.6
# To propose documents, terms are added up from the rarest on until so many postings have been read: terms
# that stand everywhere change no proposal, and would cost the most.
MOST_POSTINGS: Final = 120_000


@dataclass(frozen=True, slots=True)
class Scored:
    """What the chosen documents of a segment score, aligned: both legs by BM25, the coverage in [0, 1]."""

    spelt: Impacts
    folded: Impacts
    coverage: Impacts


class Asked:
    """A question with its terms looked up in every segment."""

    def __init__(self, query: Query, legs: Sequence[LexicalLeg]) -> None:
        self._query = query
        self._sizes = [leg.size for leg in legs]
        size, folded = sum(self._sizes), [leg.folded for leg in legs]
        spelt = spelt_terms(query) if query.has_diacritics else []
        self._spelt = Lookup([leg.spelt for leg in legs], size, (term for term, _ in spelt))
        own = folded_terms(query.folded, query.weights)
        wanted = [*(t for t, _ in own), *(t for phrase in phrases(query) for t in features(phrase))]
        self._folded = Lookup(folded, size, wanted)
        mended = self._mended(legs)
        if mended:
            self._folded = Lookup(folded, size, [*wanted, *(term for term, _ in mended)])
        self._spelt_weights = _weights(self._spelt, spelt)
        self._folded_weights = _weights(self._folded, [*own, *mended])
        known = {phrase: self._places(phrase) for phrase in dict.fromkeys(phrases(query))}
        # The names that documents can say: every term of theirs stands somewhere.
        self._said = {p for p, places in known.items() if len(places) == len(features(p))}
        self._renamings = [r for r in renamings(query) if r.other in self._said]
        # Each name that matters once, the places of its terms one after the other.
        names = dict.fromkeys(p for r in self._renamings for p in (r.own, r.other) if known[p])
        self._names = {phrase: number for number, phrase in enumerate(names)}
        self._named = np.array([place for name in names for place in known[name]], dtype=np.int64)
        self._starts = np.cumsum([0, *(len(known[name]) for name in names)])[:-1]

    @property
    def asks_figure(self) -> bool:
        """Whether a figure would answer the question."""
        return self._query.asks_figure

    def proposals(self, part: int) -> Impacts:
        """How likely each document of a segment says it, by the folded leg; roughly, shape (documents,)."""
        scores = np.zeros(self._sizes[part], dtype=np.float32)
        side, read = self._folded, 0
        for place in sorted(np.flatnonzero(self._folded_weights).tolist(), key=side.held.__getitem__):
            read += side.held[place]
            if read > MOST_POSTINGS and scores.any():
                break
            side.add(part, place, float(self._folded_weights[place] * side.rare[place]), scores)
        self._add_renamed(part, scores)
        return scores

    def scores(self, part: int, chosen: Documents) -> Scored:
        """What the chosen documents of a segment score.

        Without diacritics in the question the spelt scores are all 0: they would compare noise.
        """
        held, worth = self._folded.values(part, chosen)
        folded = self._folded_weights @ worth
        spelt = np.zeros(len(chosen), dtype=np.float32)
        says = np.zeros((0, len(chosen)), dtype=np.bool_)
        if len(self._named) and len(chosen):
            says = np.logical_and.reduceat(held[self._named], self._starts, axis=0)
            renamed = self._renamed(says, np.add.reduceat(worth[self._named], self._starts, axis=0))
            folded += renamed
            spelt += renamed if self._query.has_diacritics else 0
        if self._query.has_diacritics:
            spelt += self._spelt_weights @ self._spelt.values(part, chosen)[1]
        return Scored(spelt, folded, self._coverage(held, says))

    def _renamed(self, says: Held, worth: Impacts) -> Impacts:
        """What documents gain that say a concept under another name; the best name of a stretch counts.

        What they say in the question's own words has been counted: only the difference is added.
        """
        rows = self._renamings
        weights = np.array([[r.weight] for r in rows], dtype=np.float32)
        other = [self._names[r.other] for r in rows]
        own = [self._names.get(r.own, -1) for r in rows]
        said = np.concatenate([worth, np.zeros_like(worth[:1])])[own]
        gain = np.where(says[other], np.maximum(weights * worth[other] - said, 0), np.float32(0))
        groups = [r.group for r in rows]
        firsts = [at for at in range(len(groups)) if not at or groups[at] != groups[at - 1]]
        total: Impacts = np.maximum.reduceat(gain, firsts, axis=0).sum(axis=0)
        return total

    def _coverage(self, held: Held, says: Held) -> Impacts:
        """The share of the question's content, weighted by rarity, that each document says."""
        said, total = np.zeros(held.shape[1], dtype=np.float32), 0.0
        unknown = float(rarity(0, sum(self._sizes)))
        for concept in self._query.concepts:
            share, whole = np.zeros(held.shape[1], dtype=np.float32), 0.0
            for term, weight in content(self._query, concept):
                place = self._folded.places.get(term)
                rare = unknown if place is None else float(self._folded.rare[place])
                whole += weight * rare
                if place is not None and weight:
                    share += held[place] * np.float32(weight * rare)
            for name in concept.alternatives[1:] if whole else ():
                if name in self._said and name in self._names:
                    share[says[self._names[name]]] = whole
            said += share
            total += whole
        return said / np.float32(total) if total else said

    def _add_renamed(self, part: int, scores: Impacts) -> None:
        """Add to rough scores what other names are worth, as if the question's own were not said as well."""
        side, group, best = self._folded, -1, np.zeros(0, dtype=np.float32)
        for renaming in self._renamings:
            documents = side.holding(part, [side.places[term] for term in telling(renaming.other)])
            if not len(documents):
                continue
            if renaming.group != group:
                scores[: len(best)] += best
                group, best = renaming.group, np.zeros(len(scores), dtype=np.float32)
            worth = renaming.weight * float(side.rare[self._places(renaming.other)].sum()) / 2
            best[documents] = np.maximum(best[documents], np.float32(worth))
        scores[: len(best)] += best

    def _places(self, phrase: Phrase) -> list[int]:
        """The places of those of a phrase's terms that some document holds."""
        places = self._folded.places
        return [places[term] for term in features(phrase) if term in places]

    def _mended(self, legs: Sequence[LexicalLeg]) -> list[Weighted]:
        """What syllables that no document holds were meant for, with the pairs that these form."""
        query = self._query
        missing = [
            place
            for place, syllable in enumerate(query.folded)
            if query.weights[place] >= 1.0 and of_syllable(syllable) not in self._folded.places
        ]
        numbers = of_syllables(query.folded if missing else ())

        def count(terms: Terms) -> NDArray[np.int64]:
            counted = np.zeros(len(terms), dtype=np.int64)
            for leg in legs:
                found = leg.folded.ranges(terms)
                counted += found[:, 1] - found[:, 0]
            return counted

        mended: list[int] = []
        for place in missing:
            beside = numbers[place - 1 : place] if place else numbers[:0], numbers[place + 1 : place + 2]
            mended += meant(query.folded[place], beside, count)
        return [(term, MISTYPED_WEIGHT) for term in mended]


def _weights(side: Lookup, weighted: Sequence[Weighted]) -> Impacts:
    """What each term that is held weighs in the question, by its place; 0 for those of other names."""
    weights = np.zeros(len(side.places), dtype=np.float32)
    for term, weight in weighted:
        if term in side.places:
            weights[side.places[term]] += np.float32(weight)
    return weights

