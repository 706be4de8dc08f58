"""Pairs of folded syllables that form a word ("hoc sinh", "xay dung"), counted on general Vietnamese text.

underthesea finds words where diacritics are typed; a question without them needs a table.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def collocations() -> dict[tuple[str, str], int]:
    """The pairs, each with the number of passages that have it.

    They stand in `data/collocations.tsv`, which `index.training.collocations` makes.
    """
    lines = files("index").joinpath("data/collocations.tsv").read_text(encoding="utf-8").splitlines()
    out = {}
    for line in lines:
        pair, _, count = line.partition("\t")
        first, second = pair.split(" ")
        out[first, second] = int(count)
    return out
