"""Trains the embedding model that ships with the index, from scratch, on two cores: `index/data/model/`.

Run: ``python -m index.training.embedding_model PAIRS.jsonl.gz… [--out FOLDER]``. The inputs and what comes
out are described in MODEL_CARD.md beside this file.

A `StaticEmbedding`: one row a feature, a text is the mean of its rows. Multiple-negatives ranking (Henderson
et al. 2017), cosine at scale 20, Adam with warm-up and linear decay. Half of what makes a negative hard comes
free of charge: the pairs of a corpus are taken in runs of neighbours, which come from one article or statute.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from index.expansion import EXPANSION, FIGURE, Expansion, bigrams, folded_syllables
from index.thesaurus import load as load_thesaurus
from index.training.domain_pairs import domain_pairs
from index.training.pairs import Pair, abbreviated, corpus_pairs, mistyped, passage_pairs

if TYPE_CHECKING:
    import torch

DIMENSION: Final = 256
BUCKETS: Final = 2_048
MOST_SYLLABLES: Final = 22_000
MOST_BIGRAMS: Final = 50_000
LEARNING_RATE: Final = 0.1
WARM_UP: Final = 0.1
SCALE: Final = 20.0
SEED: Final = 20_26
# A batch: runs of neighbours from the corpora, and pairs of the domain.
_RUN: Final = 4
_RUNS: Final = 352
_OF_DOMAIN: Final = 448
_ANCHOR_SYLLABLES: Final = 40
_PASSAGE_SYLLABLES: Final = 110

Rows = NDArray[np.int32]


class Texts:
    """Many texts as rows of features, one after the other."""

    def __init__(self, rows: Iterable[Sequence[int]]) -> None:
        listed = [np.asarray(line, dtype=np.int32) for line in rows]
        self.rows: Rows = np.concatenate(listed) if listed else np.zeros(0, dtype=np.int32)
        self.starts = np.concatenate([[0], np.cumsum([len(line) for line in listed])]).astype(np.int64)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, number: int) -> Rows:
        """The rows of one text."""
        return self.rows[self.starts[number] : self.starts[number + 1]]


class Encoded:
    """Pairs as they are trained on."""

    def __init__(self, pairs: Iterable[Pair], expansion: Expansion) -> None:
        numbers: dict[str, int] = {}
        anchors, passages, about, place = [], [], [], []
        groups: dict[str, int] = {}
        for pair in pairs:
            anchor = expansion.ids(pair.anchor, syllables=_ANCHOR_SYLLABLES)
            if not anchor:
                continue
            if pair.passage not in numbers:
                numbers[pair.passage] = len(numbers)
                passages.append(expansion.ids(pair.passage, syllables=_PASSAGE_SYLLABLES) or [0])
            anchors.append(anchor)
            place.append(numbers[pair.passage])
            about.append(groups.setdefault(pair.about, len(groups)))
        self.anchors, self.passages = Texts(anchors), Texts(passages)
        self.place = np.array(place, dtype=np.int64)
        self.about = np.array(about, dtype=np.int64)


def main(arguments: list[str]) -> int:
    """0 when the model has been trained and written."""
    parser = argparse.ArgumentParser(prog="python -m index.training.embedding_model", description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path, help="pairs as gzip'd JSON lines")
    parser.add_argument("--out", type=Path, default=Path("index/data/model"))
    parser.add_argument("--questions", type=Path, default=Path("nlu_data/nlu"))
    parser.add_argument("--reports", type=Path, default=Path("knowledge/reports"))
    parser.add_argument("--steps", type=int, default=420)
    given = parser.parse_args(arguments)
    chance = random.Random(SEED)  # noqa: S311  # repeatable noise, not a secret
    thesaurus = load_thesaurus()
    corpora = [_noisy(pair, chance) for path in given.corpora for pair in corpus_pairs(path)]
    domain = [*domain_pairs(given.questions, thesaurus, seed=SEED, rounds=6)]
    domain += [*passage_pairs(_passages(given.reports))] * 4
    domain = [Pair(mistyped(p.anchor, chance, share=0.06), p.passage, p.about) for p in domain]
    _tell(f"{len(corpora)} pairs of corpora, {len(domain)} of the domain")
    expansion = Expansion(vocabulary(corpora, domain), BUCKETS)
    _tell(f"{len(expansion.vocabulary)} features")
    rows = train(Encoded(corpora, expansion), Encoded(domain, expansion), expansion, steps=given.steps)
    save(rows, expansion, given.out)
    return 0


def _noisy(pair: Pair, chance: random.Random) -> Pair:
    """The pair with some names in its short text renamed, and some slips."""
    anchor = pair.anchor
    if chance.random() < 0.3:
        anchor = abbreviated(anchor, load_thesaurus(), chance, share=0.5)
    return Pair(mistyped(anchor, chance, share=0.04), pair.passage, pair.about)


def _passages(reports: Path) -> list[tuple[str, str]]:
    """Heading and text of the passages of the reports in a folder."""
    from knowledge.reading import read_report

    found = []
    for path in sorted(reports.iterdir()):
        report = read_report(path)
        titles = {section.path: section.title for section in report.sections}
        found += [(titles.get(p.section, ""), p.span.of(report.text)) for p in report.passages]
    return found


def vocabulary(corpora: Sequence[Pair], domain: Sequence[Pair]) -> dict[str, int]:
    """Feature → row: buckets, the figure, syllables, then bigrams that are more than chance."""
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for text in dict.fromkeys(chain((pair.passage for pair in corpora), (pair.anchor for pair in domain))):
        folded = folded_syllables(text)[:_PASSAGE_SYLLABLES]
        singles.update(folded)
        pairs.update(bigrams(folded))
    total = singles.total()
    names = [f"#{number}" for number in range(BUCKETS)] + [FIGURE]
    words = [(name, n) for name, n in singles.items() if n >= 12 and (name.isalpha() or len(name) <= 4)]
    names += [name for name, _ in _ranked(words)[:MOST_SYLLABLES]]
    kept = [(name, n) for name, n in pairs.items() if n >= 15 and _information(name, n, singles, total) > 1]
    names += [name for name, _ in _ranked(kept)[:MOST_BIGRAMS]]
    return {name: row for row, name in enumerate(dict.fromkeys(names))}


def _ranked(counted: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Most frequent first, ties by name: the same on every run."""
    return sorted(counted, key=lambda item: (-item[1], item[0]))


def _information(bigram: str, count: int, singles: Counter[str], total: int) -> float:
    """Pointwise mutual information (Church and Hanks 1990), in nats."""
    left, _, right = bigram.partition("_")
    return math.log(count * total / (singles[left] * singles[right]))


def train(corpora: Encoded, domain: Encoded, expansion: Expansion, *, steps: int) -> NDArray[np.float32]:
    """The trained rows."""
    import torch

    generator = torch.Generator().manual_seed(SEED)
    rows = torch.randn((len(expansion.vocabulary), DIMENSION), generator=generator).requires_grad_()
    optimizer = torch.optim.Adam([rows], lr=LEARNING_RATE, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    shuffled = np.random.default_rng(SEED)
    started, recent = time.monotonic(), 0.0
    for step in range(steps):
        loss = _loss(rows, _batch(corpora, domain, shuffled))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        recent = float(loss.detach()) if not step else 0.95 * recent + 0.05 * float(loss.detach())
        if step % 20 == 0:
            _tell(f"step {step} of {steps}, loss {recent:.3f}, {time.monotonic() - started:.0f} s")
    trained: NDArray[np.float32] = rows.detach().numpy()
    return trained


def _rate(step: int, steps: int) -> float:
    """Linear warm-up, then linear decay."""
    warm = steps * WARM_UP
    return min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))


def _batch(
    corpora: Encoded, domain: Encoded, shuffled: np.random.Generator
) -> tuple[list[Rows], list[Rows], NDArray[np.int64]]:
    """Short texts, their passages, and what each pair is about."""
    runs = shuffled.integers(0, max(1, len(corpora.place) - _RUN), _RUNS)
    chosen = np.unique((runs[:, None] + np.arange(_RUN)).ravel())
    chosen = chosen[chosen < len(corpora.place)]
    own = shuffled.choice(len(domain.place), min(_OF_DOMAIN, len(domain.place)), replace=False)
    short = [corpora.anchors.of(n) for n in chosen] + [domain.anchors.of(n) for n in own]
    long = [corpora.passages.of(n) for n in corpora.place[chosen]]
    long += [domain.passages.of(n) for n in domain.place[own]]
    return short, long, np.concatenate([corpora.about[chosen], -1 - domain.about[own]])


def _loss(rows: torch.Tensor, batch: tuple[list[Rows], list[Rows], NDArray[np.int64]]) -> torch.Tensor:
    """Multiple-negatives ranking, both ways; another pair about the same thing is no negative."""
    import torch
    from torch.nn.functional import cross_entropy, normalize

    short, long, about = batch
    anchors, passages = normalize(_means(rows, [*short, *long])).chunk(2)
    told = torch.from_numpy(about)
    same = (told.unsqueeze(0) == told.unsqueeze(1)) & ~torch.eye(len(told), dtype=torch.bool)
    similar = (anchors @ passages.T * SCALE).masked_fill(same, -1e4)
    target = torch.arange(len(told))
    return (cross_entropy(similar, target) + cross_entropy(similar.T, target)) / 2


def _means(rows: torch.Tensor, texts: Sequence[Rows]) -> torch.Tensor:
    """The mean row of each text, as a sparse product: its gradient is cheaper than EmbeddingBag's."""
    import torch

    lengths = np.array([len(text) for text in texts])
    lines = np.repeat(np.arange(len(texts)), lengths)
    keys, counts = np.unique(lines * rows.shape[0] + np.concatenate(texts), return_counts=True)
    where = np.stack(np.divmod(keys, rows.shape[0]))
    shares = (counts / lengths[where[0]]).astype(np.float32)
    matrix = torch.sparse_coo_tensor(
        torch.from_numpy(where),
        torch.from_numpy(shares),
        (len(texts), rows.shape[0]),
        is_coalesced=True,
        check_invariants=False,
    )
    means: torch.Tensor = torch.sparse.mm(matrix, rows)
    return means


def save(rows: NDArray[np.float32], expansion: Expansion, folder: Path) -> None:
    """Write the model: rows in eight bits with a scale each, the vocabulary, the name of the expansion."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-12) / 127
    codes = np.round(rows / scales[:, None]).astype(np.int8)
    save_file({"rows": codes, "scales": scales.astype(np.float32)}, folder / "model.safetensors")
    (folder / "vocabulary.txt").write_text("\n".join(expansion.vocabulary) + "\n", "utf-8")
    described = {"expansion": EXPANSION, "buckets": expansion.buckets}
    (folder / "expansion.json").write_text(json.dumps(described), "utf-8")


def _tell(message: str) -> None:
    sys.stderr.write(f"training: {message}\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
