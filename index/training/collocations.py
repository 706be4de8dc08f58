"""Finds pairs of syllables that form a word in general Vietnamese text, folded: `data/collocations.tsv`.

Run: ``python -m index.training.collocations PAIRS.jsonl.gz… > index/data/collocations.tsv``, on the same
input as `index.training.frequencies`. A pair is kept when it stands in many passages and much more often than
chance would have it (pointwise mutual information, Church and Hanks 1990).
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from index.training.frequencies import passages
from knowledge.vietnamese import canonical_tone, fold

_SYLLABLE = re.compile(r"[^\W\d_]+|\d+|[.,;:()]")
_LEAST_PASSAGES = 90
_LEAST_INFORMATION = 3.0
_KEPT = 24_000


def main(arguments: list[str]) -> int:
    """Prints the table: pair, tab, number of passages with it, the most frequent first."""
    single: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    for text in passages([Path(a) for a in arguments]):
        tokens = _SYLLABLE.findall(canonical_tone(text).lower())
        single.update(tokens)
        found = [p for p in pairwise(tokens) if p[0].isalpha() and p[1].isalpha()]
        pairs.update(found)
        seen.update(set(found))
        if len(pairs) > 6_000_000:
            pairs = Counter({p: n for p, n in pairs.items() if n > 2})
    total = single.total()
    kept = [
        (seen[p], p)
        for p, n in pairs.items()
        if seen[p] >= _LEAST_PASSAGES
        and math.log2(n * total / (single[p[0]] * single[p[1]])) >= _LEAST_INFORMATION
    ]
    folded: Counter[str] = Counter()
    for n, (a, b) in kept:
        folded[fold(f"{a} {b}")] += n
    lines = [f"{pair}\t{n}" for pair, n in folded.most_common(_KEPT)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
