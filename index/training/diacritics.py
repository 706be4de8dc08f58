"""Counts how spelt syllables follow each other in Vietnamese text: the model `data/spelling.npz`.

Run: ``python -m index.training.diacritics PAIRS.jsonl.gz… --questions nlu_data --out FILE.npz``, on the same
input as `index.training.frequencies`. Statutes and encyclopedias ask nothing: the examples of Rasa's training
data (`--questions`), what people say in a chat (`asked.txt`) and names (places, the thesaurus, what is
counted) are counted several times. Every fiftieth passage is left out, for measuring.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.spelling_model import BOUNDARY, FIGURE, SPECIAL, UNKNOWN, Codes, encoded, pieces
from index.thesaurus import load
from index.training.frequencies import passages
from knowledge.administrative_units import provinces_and_districts
from knowledge.vietnamese import fold

LEFT_OUT: Final = 50
_ASKED: Final = 40
_SAID: Final = 150
_NAMED: Final = 30
_LEAST_COUNT: Final = 25
_LEAST_SHARE: Final = 0.0004
_LEAST_MARKED: Final = 0.4
_PAIRS: Final = 300_000
_TRIPLES: Final = 450_000
_DISCOUNT: Final = 0.75
_EXAMPLE: Final = re.compile(r"^\s+- (?!intent:|regex:|lookup:|synonym:)(.+)$", re.MULTILINE)
_ENTITY: Final = re.compile(r"\[([^\]]+)\](?:\(\w+\)|\{[^}]*\})")
_BITS: Final = np.uint64(16)
_LOW: Final = np.uint64(0xFFFF)

Ids = NDArray[np.uint64]
Values = NDArray[np.float64]


def main(arguments: list[str]) -> int:
    """Writes the model; 0."""
    parser = argparse.ArgumentParser()
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    names: defaultdict[str, int] = defaultdict(lambda: len(names))
    text = _numbered((p for n, p in enumerate(passages(given.corpora)) if n % LEFT_OUT), names)
    own = [(examples(given.questions), _ASKED), (_said(), _SAID), (_names(), _NAMED)]
    weighted = [(_numbered(texts, names), times) for texts, times in own]
    stream = np.concatenate([text, *(part for part, times in weighted for _ in range(times))])
    _tell(f"{len(stream)} pieces, {len(names)} different")
    spelt = _vocabulary(
        [*names], np.bincount(stream), {number for part, _ in weighted for number in part.tolist()}
    )
    table = np.full(len(names), UNKNOWN, dtype=np.uint64)
    for number, name in enumerate(spelt):
        table[names[name]] = number
    _tell(f"{len(spelt)} spelt syllables")
    np.savez_compressed(given.out, **_model(table[stream], spelt))  # type: ignore[arg-type]
    return 0


def examples(folder: Path) -> list[str]:
    """The examples of Rasa's training data, without their annotations."""
    texts = (path.read_text("utf-8") for path in sorted(folder.rglob("*.yml")))
    return [_ENTITY.sub(r"\1", line) for text in texts for line in _EXAMPLE.findall(text)]


def _said() -> list[str]:
    return _lines(files("index.training").joinpath("asked.txt"))


def _names() -> list[str]:
    """Names that a domain text is made of, places also as they stand in a sentence."""
    places = [(p.full_name, p.name) for p in provinces_and_districts()]
    named = [text for full, name in places for text in (full, f"ở {name}", f"của {name}", f"{name} có")]
    named += [phrase for group in load().groups for phrase in group]
    for table in ("counted_nouns", "organisation_fields", "organisation_kinds"):
        named += [line.strip("*~ ") for line in _lines(files("knowledge").joinpath(f"data/{table}.txt"))]
    return named


def _lines(file: Traversable) -> list[str]:
    return [line for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def _numbered(texts: Iterable[str], names: defaultdict[str, int]) -> NDArray[np.int32]:
    """The texts as numbers of their pieces, each ended by a boundary; none without diacritics."""
    for name in SPECIAL:
        names[name]
    parts = []
    for text in texts:
        words = text.split()
        if sum(not word.isascii() for word in words) >= _LEAST_MARKED * len(words):
            numbers = [*(_named(piece.spelt, names) for piece in pieces(text)), BOUNDARY]
            parts.append(np.array(numbers, dtype=np.int32))
    return np.concatenate(parts)


def _named(spelt: str, names: defaultdict[str, int]) -> int:
    if spelt[0].isalpha():
        return names[spelt]
    return FIGURE if spelt[0].isdigit() else BOUNDARY


def _vocabulary(names: list[str], counts: NDArray[np.int64], asked_: set[int]) -> list[str]:
    """The special pieces, then the syllables that stand often enough, and are no slip for another."""
    together: defaultdict[str, int] = defaultdict(int)
    often = {}
    for number, name in enumerate(names[len(SPECIAL) :], start=len(SPECIAL)):
        if len(name) <= 7 and (counts[number] >= _LEAST_COUNT or number in asked_):
            often[name] = int(counts[number])
            together[fold(name)] += often[name]
    kept = [name for name, n in often.items() if n >= _LEAST_SHARE * together[fold(name)]]
    return [*SPECIAL, *sorted(kept)]


def _model(stream: Ids, spelt: list[str]) -> dict[str, Codes]:
    """The arrays that `index.spelling_model` reads."""
    size = len(spelt)
    open_ = _ambiguous(spelt)
    pairs, pair_counts = _counted(stream[:-1] << _BITS | stream[1:])
    inner = stream[1:-1] != BOUNDARY
    triples, triple_counts = _counted(((stream[:-2] << _BITS | stream[1:-1]) << _BITS | stream[2:])[inner])
    # Kneser and Ney: what stands behind many different syllables is likely behind one that is unknown.
    single = np.bincount((pairs & _LOW).astype(np.int64), minlength=size).astype(np.float64) + 0.5
    single /= single.sum()
    behind = np.bincount(np.searchsorted(pairs, triples & np.uint64(0xFFFFFFFF)), minlength=len(pairs))
    # A pair that opens a phrase has nothing before it to be counted.
    opening = pairs >> _BITS == BOUNDARY
    told = np.where(opening | (behind == 0), pair_counts, behind).astype(np.float64)
    before = (pairs >> _BITS).astype(np.int64)
    pair, pair_rest = _discounted(told, before, size)
    full_pair = pair + pair_rest[before] * single[(pairs & _LOW).astype(np.int64)]
    context = np.searchsorted(pairs, triples >> _BITS)
    lower = np.searchsorted(pairs, triples & np.uint64(0xFFFFFFFF))
    triple, triple_rest = _discounted(triple_counts.astype(np.float64), context, len(pairs))
    full_triple = triple + triple_rest[context] * full_pair[lower]
    _tell(f"{len(pairs)} pairs, {len(triples)} triples")

    total = float(len(stream))
    gain = triple_counts / total * np.log(full_triple / (triple_rest[context] * full_pair[lower]))
    telling = open_[(triples >> _BITS >> _BITS).astype(np.int64)]
    for part in (triples >> _BITS & _LOW, triples & _LOW):
        telling = telling | open_[part.astype(np.int64)]
    kept_triples = _best(np.where(telling & (triple_counts > 1), gain, 0), _TRIPLES)
    needed = np.zeros(len(pairs), dtype=np.bool_)
    needed[context[kept_triples]] = True
    at = (pairs & _LOW).astype(np.int64)
    gain = pair_counts / total * np.log(full_pair / (pair_rest[before] * single[at]))
    telling = open_[before] | open_[at]
    kept_pairs = _best(np.where(needed, np.inf, np.where(telling & (pair_counts > 1), gain, 0)), _PAIRS)

    single_left = _left(full_pair[kept_pairs], single[at[kept_pairs]], before[kept_pairs], size)
    # What backing off makes of the pairs that are not kept.
    backed = single_left[before] * single[at]
    backed[kept_pairs] = full_pair[kept_pairs]
    place = np.full(len(pairs), -1)
    place[kept_pairs] = np.arange(len(kept_pairs))
    held = np.bincount(place[context[kept_triples]], minlength=len(kept_pairs))
    pair_left = _left(
        full_triple[kept_triples], backed[lower[kept_triples]], place[context[kept_triples]], len(kept_pairs)
    )
    return {
        "vocabulary": np.frombuffer("\n".join(spelt).encode("utf-8"), dtype=np.uint8),
        "single": encoded(np.log(single)),
        "single_left": encoded(np.log(single_left)),
        "pair_held": np.bincount(before[kept_pairs], minlength=size).astype(np.uint16),
        "pair_next": at[kept_pairs].astype(np.uint16),
        "pair": encoded(np.log(full_pair[kept_pairs])),
        "pair_left": encoded(np.log(pair_left[held > 0])),
        "triple_held": held.astype(np.uint16),
        "triple_next": (triples[kept_triples] & _LOW).astype(np.uint16),
        "triple": encoded(np.log(full_triple[kept_triples])),
    }


def _ambiguous(spelt: list[str]) -> NDArray[np.bool_]:
    """Which syllables are one of several that fold alike: sequences of others decide nothing."""
    together: defaultdict[str, int] = defaultdict(int)
    for name in spelt[len(SPECIAL) :]:
        together[fold(name)] += 1
    return np.array([False] * len(SPECIAL) + [together[fold(s)] > 1 for s in spelt[len(SPECIAL) :]])


def _counted(keys: Ids) -> tuple[Ids, NDArray[np.int64]]:
    found, counts = np.unique(keys, return_counts=True)
    return found, counts


def _discounted(counts: Values, context: NDArray[np.int64], size: int) -> tuple[Values, Values]:
    """The discounted shares of sequences in their contexts, and what each context leaves for the others."""
    whole = np.maximum(np.bincount(context, weights=counts, minlength=size), 1.0)
    shares = np.maximum(counts - _DISCOUNT, 0.0) / whole[context]
    return shares, np.maximum(1.0 - np.bincount(context, weights=shares, minlength=size), 1e-6)


def _best(gain: Values, most: int) -> NDArray[np.int64]:
    """Where the greatest gains stand, in order of place; none without a gain."""
    order = np.argsort(-gain, kind="stable")[:most]
    found: NDArray[np.int64] = np.sort(order[gain[order] > 0])
    return found


def _left(kept: Values, lower: Values, context: NDArray[np.int64], size: int) -> Values:
    """The weight with which each context backs off, so that its probabilities sum up to one."""
    above = 1.0 - np.bincount(context, weights=kept, minlength=size)
    below = 1.0 - np.bincount(context, weights=lower, minlength=size)
    left: Values = np.clip(above, 1e-6, 1.0) / np.clip(below, 1e-6, 1.0)
    return np.minimum(left, 1.0)


def _tell(message: str) -> None:
    sys.stderr.write(f"diacritics: {message}\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
