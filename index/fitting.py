"""Fits the small default embedding model on the passages themselves: no corpus, no download, seconds.

A `StaticEmbedding` (one row per feature, a text is the mean of its rows) trained from scratch with
multiple-negatives ranking (Henderson et al. 2017) on pairs that the passages and the thesaurus give: a
sentence and its passage, a heading and its text, two ways to name one thing, a training question and the
passage that the lexical leg finds for it. The features are folded syllables and bigrams, so that missing
diacritics change nothing. Same input, same bytes.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from index.embedding import EXPANSION, EXPANSION_FILE, Expansion, bucket, features
from index.fitting_pairs import Pair
from index.records import Progress
from knowledge.vietnamese import syllables

if TYPE_CHECKING:
    import torch

DIMENSION: Final = 256
BUCKETS: Final = 512
MOST_SYLLABLES: Final = 30_000
MOST_BIGRAMS: Final = 40_000
STEPS: Final = 120
BATCH: Final = 256
LEARNING_RATE: Final = 0.05
WARM_UP: Final = 0.1
SCALE: Final = 20.0
SEED: Final = 20_26
_LONGEST: Final = 96

# A text as the rows of its features and the share of each.
_Bag = tuple[NDArray[np.int64], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted model before it is saved: its vocabulary and its rows, one a feature."""

    expansion: Expansion
    rows: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Encoded:
    """A pair as it is trained on."""

    anchor: _Bag
    passage: _Bag
    about: int


def fit(texts: Sequence[Sequence[str]], pairs: Sequence[Pair], *, progress: Progress) -> Fitted:
    """A model for `texts` (folded syllables of passages, headings, questions), trained on `pairs`."""
    import torch

    expansion = Expansion(vocabulary(texts), BUCKETS)
    generator = torch.Generator().manual_seed(SEED)
    rows = _initial_rows(texts, expansion, generator).requires_grad_()
    trainable = [pair for pair in pairs if syllables(pair.anchor) and syllables(pair.passage)]
    if len({pair.about for pair in trainable}) > 1:
        _train(rows, trainable, expansion, progress)
    return Fitted(expansion, rows.detach().numpy())


def save(fitted: Fitted, folder: Path) -> None:
    """Write a sentence-transformers model into `folder`, and the expansion that its texts need."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import WhitespaceSplit

    # The unknown token never occurs: every feature outside the vocabulary has a bucket of its own.
    unknown = bucket("", fitted.expansion.buckets)
    tokenizer = Tokenizer(WordLevel(fitted.expansion.vocabulary, unk_token=unknown))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    module = StaticEmbedding(tokenizer, embedding_weights=fitted.rows)
    model = SentenceTransformer(modules=[module, Normalize()], device="cpu")
    model.save(str(folder), create_model_card=False)
    described = {"expansion": EXPANSION, "buckets": fitted.expansion.buckets}
    (folder / EXPANSION_FILE).write_text(json.dumps(described), "utf-8")


def vocabulary(texts: Sequence[Sequence[str]]) -> dict[str, int]:
    """Feature → row: buckets, then syllables, then bigrams that occur twice and not by chance."""
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for text in texts:
        singles.update(text)
        pairs.update(f"{left}_{right}" for left, right in pairwise(text))
    total = max(sum(singles.values()), 1)
    kept = [name for name, count in _ranked(pairs) if count > 1 and _pmi(name, count, singles, total) > 1.0]
    names = [f"#{number}" for number in range(BUCKETS)]
    names += [name for name, _ in _ranked(singles)[:MOST_SYLLABLES]]
    names += kept[:MOST_BIGRAMS]
    return {name: row for row, name in enumerate(dict.fromkeys(names))}


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    """Most frequent first, ties by name: the same on every run."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _pmi(bigram: str, count: int, singles: Counter[str], total: int) -> float:
    left, _, right = bigram.partition("_")
    return math.log(count * total / (singles[left] * singles[right]))


def _initial_rows(
    texts: Sequence[Sequence[str]], expansion: Expansion, generator: torch.Generator
) -> torch.Tensor:
    """Random rows, long for rare features: with few passages training alone does not learn what is common."""
    import torch

    held: Counter[int] = Counter()
    for text in texts:
        held.update({expansion.vocabulary.get(feature, 0) for feature in features(text)})
    size = len(expansion.vocabulary)
    rarity = [math.log1p(len(texts) / (1 + held[row])) for row in range(size)]
    rows = torch.randn((size, DIMENSION), generator=generator)
    return rows * torch.tensor(rarity, dtype=torch.float32).unsqueeze(1)


def _train(rows: torch.Tensor, pairs: Sequence[Pair], expansion: Expansion, progress: Progress) -> None:
    """Train `rows` in place."""
    import torch

    encoded = [_encode(pair, expansion) for pair in pairs]
    shuffled = random.Random(SEED)  # noqa: S311  # a repeatable order, not a secret
    optimizer = torch.optim.Adam([rows], lr=LEARNING_RATE, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _rate)
    for step in range(STEPS):
        loss = _loss(rows, shuffled.sample(encoded, min(BATCH, len(encoded))))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        progress("fit", step + 1, STEPS)


def _rate(step: int) -> float:
    """Linear warm-up, then linear decay."""
    warm = STEPS * WARM_UP
    return min((step + 1) / warm, max(0.0, (STEPS - step) / (STEPS - warm)))


def _loss(rows: torch.Tensor, chosen: Sequence[_Encoded]) -> torch.Tensor:
    """Multiple-negatives ranking, both ways; another pair about the same passage is no negative."""
    import torch
    from torch.nn.functional import cross_entropy, normalize

    # Both sides in one product, since each product costs a gradient as large as the model.
    means = _means(rows, [*(pair.anchor for pair in chosen), *(pair.passage for pair in chosen)])
    anchors, passages = normalize(means).chunk(2)
    about = torch.tensor([pair.about for pair in chosen])
    same = (about.unsqueeze(0) == about.unsqueeze(1)) & ~torch.eye(len(chosen), dtype=torch.bool)
    similar = (anchors @ passages.T * SCALE).masked_fill(same, -1e4)
    target = torch.arange(len(chosen))
    return (cross_entropy(similar, target) + cross_entropy(similar.T, target)) / 2


def _means(rows: torch.Tensor, texts: Sequence[_Bag]) -> torch.Tensor:
    """The mean row of each text, as a sparse product: its gradient is cheaper than EmbeddingBag's."""
    import torch

    lines = np.repeat(np.arange(len(texts)), [len(features_of) for features_of, _ in texts])
    columns = np.concatenate([features_of for features_of, _ in texts])
    shares = np.concatenate([share for _, share in texts])
    size = (len(texts), rows.shape[0])
    matrix = torch.sparse_coo_tensor(
        torch.from_numpy(np.stack([lines, columns])),
        torch.from_numpy(shares),
        size,
        is_coalesced=True,
        check_invariants=False,
    )
    means: torch.Tensor = torch.sparse.mm(matrix, rows)
    return means


def _encode(pair: Pair, expansion: Expansion) -> _Encoded:
    return _Encoded(_bag(pair.anchor, expansion), _bag(pair.passage, expansion), pair.about)


def _bag(text: str, expansion: Expansion) -> _Bag:
    """The rows of a text's features, ascending, and the share of each."""
    found, counts = np.unique(expansion.ids(text, syllables=_LONGEST), return_counts=True)
    return found.astype(np.int64), (counts / max(counts.sum(), 1)).astype(np.float32)
