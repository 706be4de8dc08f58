"""The pairs that the default model is trained on, made from what the build has at hand."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from index.dense import passage_text
from index.records import Document
from index.segmentation import sentences, spelt_syllables
from index.thesaurus import Thesaurus
from knowledge.vietnamese import fold

# How much of a passage's words a made-up question keeps, and how many such questions a passage gets.
_KEPT: Final = 0.4
_MADE_UP: Final = 3
_LONGEST_MADE_UP: Final = 14
_SEED: Final = 7


@dataclass(frozen=True, slots=True)
class Pair:
    """A short text and the passage it is about; pairs with one `about` are never each other's negatives."""

    anchor: str
    passage: str
    about: int


def training_pairs(
    documents: Sequence[Document],
    questions: Sequence[str],
    thesaurus: Thesaurus,
    *,
    find: Callable[[str], int | None],
) -> list[Pair]:
    """All pairs, in a fixed order. `find` numbers the document that a question is about; None if unsure."""
    chance = random.Random(_SEED)  # noqa: S311  # repeatable noise, not a secret
    pairs = []
    for number, document in enumerate(documents):
        pairs += _of_document(document, number, thesaurus, chance)
    for question in questions:
        found = find(question)
        if found is not None:
            pairs.append(Pair(question, passage_text(documents[found]), found))
    return pairs + _of_thesaurus(thesaurus, first=len(documents))


def _of_document(document: Document, number: int, thesaurus: Thesaurus, chance: random.Random) -> list[Pair]:
    whole = passage_text(document)
    pairs = [Pair(document.heading, document.text, number)] if document.heading else []
    pairs += [Pair(sentence, whole, number) for sentence in sentences(document.text)]
    tokens = [fold(token) for token in spelt_syllables(whole)]
    pairs += [Pair(_made_up(tokens, thesaurus, chance), whole, number) for _ in range(_MADE_UP)]
    return pairs


def _made_up(tokens: Sequence[str], thesaurus: Thesaurus, chance: random.Random) -> str:
    """Words of the passage as a person might ask for it: some of a stretch of it, some under another name."""
    start = chance.randrange(max(1, len(tokens) - _LONGEST_MADE_UP))
    stretch = tokens[start : start + 2 * _LONGEST_MADE_UP]
    said: list[str] = []
    for concept in thesaurus.concepts(stretch):
        if chance.random() < _KEPT or not said:
            said += chance.choice(concept.alternatives)
    return " ".join(said[:_LONGEST_MADE_UP])


def _of_thesaurus(thesaurus: Thesaurus, *, first: int) -> list[Pair]:
    """Each phrase of a group with its first one."""
    return [
        Pair(phrase, group[0], first + number)
        for number, group in enumerate(thesaurus.groups)
        for phrase in group[1:]
    ]
