"""Pairs of folded syllables that form a word ("hoc sinh", "xay dung"), counted on general Vietnamese text.

underthesea finds words where diacritics are typed; a question without them needs a table.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def collocations() -> frozenset[tuple[str, str]]:
    """The pairs of `data/collocations.tsv`, which `index.training.collocations` makes."""
    lines = files("index").joinpath("data/collocations.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("\t")[0].split(" ") for line in lines)
    return frozenset((first, second) for first, second in pairs)
