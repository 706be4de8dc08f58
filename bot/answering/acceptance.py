"""How likely a statement is what a question asks for: learned on graded questions.

A statement is taken where what it says of the question tells enough *and* nothing is missing that must be
said:

    P = sigmoid(statement) · ∏ over missing concepts (1 − sigmoid(concept))

One missing word that tells the subject ("giấy phép xây dựng") thus speaks against a statement whatever
else it says; one of everyday talk ("lo", "vướng") hardly does. `bot.training.acceptance` learned the
weights in `data/acceptance.json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from index.nearness import nearest

if TYPE_CHECKING:
    from bot.answering.matching import Match
    from bot.answering.shelf import Evidence
    from bot.understanding.question import Concept

# A statement above the first is taken, one below the second is not; between them it must say nearly all.
SURE, HARDLY = 0.45, 0.05
# Beyond these the sums of weights and the coverage tell no more.
_MUCH_SAID, _MUCH_OWNED, _MUCH_COVERED = 2.0, 1.5, 0.9
_WORDS = 60
# What search gives the passage of a good statement, on the mean: taken where nothing was searched.
_FOUND = 0.6


def likelihood(match: Match) -> float:
    """How likely the statement is what is asked for, 0 to 1."""
    weights = _weights()
    value = _sigmoid(_score(weights["statement"], statement_features(match)))
    for concept in match.missing:
        value *= 1.0 - _sigmoid(_score(weights["missing"], missing_features(concept, match)))
    return value


def statement_features(match: Match) -> dict[str, float]:
    """What speaks for a statement: how much of the question it says, and how plainly."""
    said = [c for c in match.wanted if c not in match.missing]
    weigh = {c: _weight(c, match) for c in said}
    total = sum(weigh.values())
    owned = sum(_weight(c, match) for c in match.owned)
    return {
        "bias": 1.0,
        "said": total,
        "said_bounded": min(total, _MUCH_SAID),
        "owned_bounded": min(owned, _MUCH_OWNED),
        "specificity": match.specificity,
        "found": _FOUND if match.found is None else match.found,
        "concepts_said": float(len(said)),
        "words_said": float(sum(" " in c.typed for c in said)),
        "coverage": min(match.coverage, _MUCH_COVERED),
    }


def missing_features(concept: Concept, match: Match) -> dict[str, float]:
    """What tells whether a concept that a statement does not say must be said."""
    return {
        "bias": 1.0,
        "weight": _weight(concept, match),
        "nouns": concept.use.nouns,
        "verbs": concept.use.verbs,
        "repetition": concept.use.repetition,
        "known": float(len(concept.alternatives) > 1),
        "named": float(concept.named),
        "long": float(" " in concept.typed),
        "demanded": float(concept.start == concept.end),
        "figure": float(any(c.isdigit() for c in concept.typed)),
        "near": nearest(concept.typed, _words(match.evidence)),
    }


def _words(evidence: Evidence) -> tuple[str, ...]:
    """The syllables of a statement and its clause, and the pairs of them."""
    syllables = [t for t in f"{evidence.own}{evidence.near}".split()[:_WORDS] if not t[0].isdigit()]
    return tuple(dict.fromkeys((*syllables, *map(" ".join, pairwise(syllables)))))


def _weight(concept: Concept, match: Match) -> float:
    return match.weights.phrase(concept.alternatives[0]) if match.weights else 0.0


def _score(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    return sum(weights[name] * value for name, value in features.items())


def _sigmoid(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, x))))


@cache
def _weights() -> dict[str, dict[str, float]]:
    raw = files("bot.answering").joinpath("data/acceptance.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, float]] = json.loads(raw)
    return loaded
