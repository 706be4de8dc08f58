"""Counts how often a word comes again in the same passage of general text: `data/repetition.tsv`.

A word that tells the subject ("luật sư", "hộ chiếu") comes again in a passage that has it once; one of
everyday talk ("lo", "vướng", "đội ngũ") does not. Run: ``python -m index.training.repetition
PAIRS.jsonl.gz… > index/data/repetition.tsv``. Each line of input is an object with the passage under
``p``. Counted are the words of `data/word_classes.tsv`, on a third of 185 000 passages of Vietnamese
Wikipedia and the codified statutes.
"""

from __future__ import annotations

import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from index.training.frequencies import passages
from index.word_classes import words
from knowledge.vietnamese import TOKEN, canonical_tone

_EVERY = 3
_LENGTH = 1200
_LEAST = 8


def main(arguments: list[str]) -> int:
    """Prints the table: word, in how many passages it stands, how often in all."""
    known = frozenset(word for word in words() if word.count(" ") < 2)
    stands: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for i, text in enumerate(passages([Path(a) for a in arguments])):
        if i % _EVERY == 0:
            tokens = TOKEN.findall(canonical_tone(text.lower()[:_LENGTH]))
            here = Counter(w for w in (*tokens, *map(" ".join, pairwise(tokens))) if w in known)
            stands.update(here.keys())
            times.update(here)
    rows = sorted((-n, word) for word, n in stands.items() if n >= _LEAST)
    sys.stdout.writelines(f"{word}\t{-n}\t{times[word]}\n" for n, word in rows)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
