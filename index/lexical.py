"""The lexical leg: BM25 over spelt syllables and words, and over folded syllables and bigrams, with synonyms.

Two inverted indexes: "spelt" (syllables with diacritics, underthesea's words) and "folded" (syllables without
diacritics and their bigrams). The second costs nothing with diacritics and makes their absence free.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from index.postings import Bag, Documents, Impacts, Postings, build_postings
from index.query import Query
from index.records import Document
from index.segmentation import Lexicon, Segmented, folded_features, segment
from index.thesaurus import Concept

# What a passage inherits (section titles, lead-ins, place) counts less than what it says.
HEADING_WEIGHT: Final = 0.4
# A passage that says it in other words counts a little less than one that says it in the question's.
SYNONYM_WEIGHT: Final = 0.4


class LexicalLeg:
    """The two inverted indexes and the lexicon of their words."""

    def __init__(self, spelt: Postings, folded: Postings) -> None:
        self._spelt, self._folded = spelt, folded
        self._lexicon = Lexicon(term for term in spelt if "_" in term)

    def scores(self, query: Query) -> tuple[Impacts, Impacts]:
        """The spelt and the folded scores of every document, each of shape (documents,).

        Without diacritics in the question the spelt scores are all 0: they would compare noise.
        """
        spelt_terms: list[tuple[str, float]] = []
        if query.has_diacritics:
            words = [(word, 1.0) for word in self._lexicon.find(query.spelt)]
            spelt_terms = [*zip(query.spelt, query.weights, strict=True), *words]
        spelt = self._spelt.scores(spelt_terms)
        folded = self._folded.scores(query.folded_terms())
        for concepts in query.renamed:
            documents, gain = self._other_words(concepts, query)
            if query.has_diacritics:
                spelt[documents] += gain
            folded[documents] += gain
        return spelt, folded

    def coverage(self, query: Query, documents: Documents) -> Impacts:
        """The share of the question's content, weighted by rarity, that each document says, in [0, 1]."""
        said = np.zeros(len(documents), dtype=np.float32)
        total = 0.0
        for concept in query.concepts:
            rarity = [
                self._folded.rarity(query.folded[i]) * (query.weights[i] if query.weights[i] >= 1.0 else 0.0)
                for i in range(concept.start, concept.end)
            ]
            total += sum(rarity)
            said += self._share_said(concept, query, rarity, documents)
        return said / np.float32(total) if total else said

    def _share_said(
        self, concept: Concept, query: Query, rarity: Sequence[float], documents: Documents
    ) -> Impacts:
        """The rarity of what each document says of `concept`: all of it where a synonym stands whole."""
        share = np.zeros(len(documents), dtype=np.float32)
        for place, weight in zip(range(concept.start, concept.end), rarity, strict=True):
            held = self._folded.impacts_in(query.folded[place], documents) > 0
            share += np.float32(weight) * held
        for alternative in concept.alternatives[1:]:
            whole = np.isin(documents, self._folded.holding_all(folded_features(alternative)))
            share = np.where(whole, np.float32(sum(rarity)), share)
        return share

    def _other_words(self, concepts: Sequence[Concept], query: Query) -> tuple[Documents, Impacts]:
        """The documents that say one of nested concepts under another name, and what the best name adds."""
        where, best = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
        for concept in concepts:
            own = folded_features(query.folded[concept.start : concept.end])
            weight = np.float32(min(query.weights[concept.start : concept.end]) * SYNONYM_WEIGHT)
            for alternative in concept.alternatives[1:]:
                terms = folded_features(alternative)
                documents = self._folded.holding_all(terms)
                if len(documents):
                    gain = weight * self._sum(terms, documents) - self._sum(own, documents)
                    where, best = _merge_best(where, best, documents, np.maximum(gain, 0))
        return where, best

    def _sum(self, terms: Sequence[str], documents: Documents) -> Impacts:
        total = np.zeros(len(documents), dtype=np.float32)
        for term in terms:
            total += self._folded.impacts_in(term, documents)
        return total

    def save(self, folder: Path) -> None:
        """Write both inverted indexes into `folder`."""
        self._spelt.save(folder, "spelt")
        self._folded.save(folder, "folded")

    @classmethod
    def load(cls, folder: Path, *, size: int) -> LexicalLeg:
        """What `save` wrote; `size` is the number of documents."""
        return cls(Postings.load(folder, "spelt", size=size), Postings.load(folder, "folded", size=size))


def build_lexical(documents: Sequence[Document], segmented: Sequence[Segmented]) -> LexicalLeg:
    """The lexical leg over `documents`, whose texts are given segmented in the same order."""
    spelt_bags, folded_bags = [], []
    for document, body in zip(documents, segmented, strict=True):
        head = segment(f"{document.heading} {document.place}", known_words=())
        spelt_bags.append(_bag([*body.syllables, *body.words], head.syllables))
        folded_bags.append(_bag(folded_features(body.folded), folded_features(head.folded)))
    return LexicalLeg(build_postings(spelt_bags), build_postings(folded_bags))


def _bag(body: Sequence[str], heading: Sequence[str]) -> Bag:
    """Term counts, those of the heading at their own weight."""
    bag: Bag = {term: float(count) for term, count in Counter(body).items()}
    for term, count in Counter(heading).items():
        bag[term] = bag.get(term, 0.0) + count * HEADING_WEIGHT
    return bag


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
