"""Counts how often a word of general Vietnamese text is a name of a thing: `data/word_classes.tsv`.

Run: ``python -m index.training.word_classes PAIRS.jsonl.gz… > index/data/word_classes.tsv``. Each line of
input is an object with the passage under ``p``. The words are tagged by underthesea. The committed table was
made of 14 000 passages of Vietnamese Wikipedia and 9 000 of the codified statutes.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

from index.training.frequencies import passages

_LEAST = 10
_LENGTH = 400
_EVERY = 7
_THINGS, _WEAK = "N", frozenset("RECPLTMIXZ")


def main(arguments: list[str]) -> int:
    """Prints the table: word, its count, of a hundred how many are nouns and how many only join or count."""
    from underthesea import pos_tag

    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for i, text in enumerate(passages([Path(a) for a in arguments])):
        if i % _EVERY == 0:
            for word, tag in pos_tag(text[:_LENGTH]):
                counts[word.lower()][tag[:1]] += 1
    sys.stdout.writelines(_lines(counts))
    return 0


def _lines(counts: defaultdict[str, Counter[str]]) -> list[str]:
    out = []
    for word, tags in sorted(counts.items(), key=lambda pair: (-sum(pair[1].values()), pair[0])):
        total = sum(tags.values())
        letters = word.replace(" ", "").isalpha()
        if total >= _LEAST and letters:
            weak = sum(n for tag, n in tags.items() if tag in _WEAK)
            out.append(f"{word}\t{total}\t{100 * tags[_THINGS] // total}\t{100 * weak // total}\n")
    return out


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
