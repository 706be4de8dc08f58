"""How near words are in meaning, by the static model that comes with the index."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from index.embedding import Vectors, load_embedder
from index.records import EmbedderSettings


def nearest(phrase: str, words: Iterable[str]) -> float:
    """The cosine of a phrase and the word nearest to it, folded or not; 0 where there are no words."""
    vectors = [_vector(word) for word in words]
    return float((np.stack(vectors) @ _vector(phrase)).max()) if vectors else 0.0


@lru_cache(maxsize=32_768)
def _vector(words: str) -> Vectors:
    """The unit vector of a word or phrase."""
    vector: Vectors = load_embedder(EmbedderSettings()).encode_queries([words])[0]
    return vector
