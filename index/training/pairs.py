"""Training pairs: a short text and the passage it is about; from corpora, from reports, with typing noise."""

from __future__ import annotations

import gzip
import json
import random
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.segmentation import sentences
from index.thesaurus import Thesaurus

# Keys that lie beside each other or are slips of Telex: what a hurried thumb types instead.
_LETTERS: Final = string.ascii_lowercase


@dataclass(frozen=True, slots=True)
class Pair:
    """A short text and the passage it is about; pairs with one `about` are never each other's negatives."""

    anchor: str
    passage: str
    about: str


def corpus_pairs(path: Path) -> Iterator[Pair]:
    """The pairs of a corpus file (gzip, a JSON object a line: "q" the short text, "p" the passage)."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield Pair(record["q"], record["p"], record["p"])


def passage_pairs(passages: Sequence[tuple[str, str]]) -> Iterator[Pair]:
    """Heading and text, sentence and text, of each passage given as (heading, text)."""
    for heading, text in passages:
        whole = f"{heading}. {text}"
        if heading:
            yield Pair(heading, text, whole)
        yield from (Pair(sentence, whole, whole) for sentence in sentences(text))


def mistyped(text: str, chance: random.Random, *, share: float) -> str:
    """`text` with slips in that share of its syllables: a letter lost, doubled, exchanged or transposed."""
    return " ".join(_slip(word, chance) if chance.random() < share else word for word in text.split())


def abbreviated(text: str, thesaurus: Thesaurus, chance: random.Random, *, share: float) -> str:
    """`text` with that share of its known names under another name."""
    from index.training.domain_pairs import renamed

    return renamed(text, thesaurus, chance, share=share)


def _slip(word: str, chance: random.Random) -> str:
    if len(word) < 3:
        return word
    at = chance.randrange(len(word) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[: at + 1] + word[at:]
    if kind == 2:
        return word[:at] + chance.choice(_LETTERS) + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
