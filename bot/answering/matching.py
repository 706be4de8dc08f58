"""How well a statement says what a question asks about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.answering.shelf import Evidence
from bot.answering.weights import Weights
from bot.understanding.question import Concept

# What it counts when a concept is said in the statement's own words, in what it inherits, in its
# clause or passage, or elsewhere in its sentence.
_OWN, _FAR, _NEAR, _WIDE = 1.0, 0.92, 0.78, 0.5
_SCATTERED = 0.82
_SAID = 0.55
_BETWEEN = 4
_PARTS = 0.9
_SYNONYM = 0.97
_CARRIED = 0.3
_SPECIFICITY = 0.3
_ADJACENT = 0.2


@dataclass(frozen=True, slots=True)
class Match:
    """A statement with how well it fits; candidates are ordered by `score`.

    `coverage` is that of the question's words, `specificity` the share of the statement's own words that
    the question covers; `missing` concepts are not said, `owned` ones in its own words, each with what
    they weigh. `said_here` is false where only headings say what is asked for. `wanted` is all that was
    looked for, weighed by `weights`; `found` is what search gives the statement's passage, 0 to 1, None
    without search.
    """

    evidence: Evidence
    score: float
    coverage: float
    specificity: float
    missing: tuple[Concept, ...]
    owned: tuple[Concept, ...]
    missing_weight: float = 0.0
    owned_weight: float = 0.0
    said_here: bool = True
    wanted: tuple[Concept, ...] = ()
    weights: Weights | None = None
    found: float | None = None


def match(
    evidence: Evidence,
    wanted: Sequence[Concept],
    weights: Weights,
    *,
    carried: Sequence[Concept] = (),
    bonus: float = 0.0,
    found: float | None = None,
) -> Match:
    """How well `evidence` says the wanted concepts; `carried` ones are wished for, not required."""
    total = got = 0.0
    missing: list[Concept] = []
    owned: list[Concept] = []
    covered: set[str] = set()
    for concept in wanted:
        weight = weights.phrase(concept.alternatives[0])
        credit, own = credit_of(concept, evidence, covered)
        total += weight if credit >= _SAID else weight * max(credit, concept.insistence)
        got += weight * credit
        if credit < _SAID:
            missing.append(concept)
        if own and credit >= _SAID:
            owned.append(concept)
    coverage = got / total if total else 0.0
    carried_part = _CARRIED * _wished_for(carried, evidence, weights, covered)
    specificity = _specificity(evidence, covered, weights)
    score = (
        coverage
        + carried_part
        + _SPECIFICITY * specificity
        + _ADJACENT * _adjacency(wanted, evidence)
        + bonus
    )
    lost = sum(c.insistence * weights.phrase(c.alternatives[0]) for c in missing)
    kept = sum(weights.phrase(c.alternatives[0]) for c in wanted if c in owned or _stands_here(c, evidence))
    said = [*(c for c in wanted if c not in missing), *carried]
    here = bool(owned) or any(_stands_here(c, evidence) for c in said)
    return Match(
        evidence,
        score,
        coverage,
        specificity,
        tuple(missing),
        tuple(owned),
        lost,
        kept,
        here,
        tuple(wanted),
        weights,
        found,
    )


def _wished_for(carried: Sequence[Concept], evidence: Evidence, weights: Weights, covered: set[str]) -> float:
    """The share, by weight, of what carries over from the turn before that the statement says."""
    said = total = 0.0
    for concept in carried:
        weight = weights.phrase(concept.alternatives[0])
        credit, _ = credit_of(concept, evidence, covered)
        total += weight
        said += weight * credit
    return said / total if total else 0.0


def credit_of(concept: Concept, evidence: Evidence, covered: set[str] | None = None) -> tuple[float, bool]:
    """How far a concept is said (0 to 1), and whether in the statement's own words.

    The syllables that it covers are added to `covered`.
    """
    best, own = 0.0, False
    if not _may_say(evidence, concept):
        return best, own
    for i, phrase in _sayable(concept, evidence):
        factor = 1.0 if i == 0 else _SYNONYM
        needle = f" {' '.join(phrase)} "
        if needle in evidence.own:
            if covered is not None:
                covered.update(phrase)
            if factor * _OWN > best:
                best, own = factor * _OWN, True
            continue
        if best >= _FAR:
            continue
        for place, value in ((evidence.far, _FAR), (evidence.near, _NEAR), (evidence.wide, _WIDE)):
            if needle in place:
                best = max(best, factor * value)
                break
        else:
            best, own = _scattered(phrase, evidence, best, own, factor, covered, typed=i == 0)
    if best < _SAID and concept.parts:
        return _by_parts(concept, evidence, best, own, covered)
    return best, own


def _sayable(concept: Concept, evidence: Evidence) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The ways to say a concept, numbered, all of whose syllables stand in or above a statement."""
    tokens = evidence.all_tokens
    return (way for way in enumerate(concept.alternatives) if tokens.issuperset(way[1]))


def _may_say(evidence: Evidence, concept: Concept) -> bool:
    """Whether any syllable of a concept stands in or above a statement: "môi" in "môi trường" is no "mới"."""
    if concept.syllables.isdisjoint(evidence.all_tokens):
        return False
    return not concept.spelt or concept.spelt in evidence.spelt_tokens


def _stands_here(concept: Concept, evidence: Evidence) -> bool:
    """Whether the concept is said in the statement's clause, not only above it."""
    return any(f" {' '.join(phrase)} " in evidence.near for phrase in concept.alternatives)


def _by_parts(
    concept: Concept, evidence: Evidence, best: float, own: bool, covered: set[str] | None
) -> tuple[float, bool]:
    """What a phrase counts that is not said itself but all of whose parts are.

    "giấy phép" alone is no "giấy phép xây dựng".
    """
    mine: set[str] = set()
    credits = [credit_of(part, evidence, mine) for part in concept.parts]
    if any(credit == 0 for credit, _ in credits):
        return best, own
    if covered is not None:
        covered.update(mine)
    value = _PARTS * sum(credit for credit, _ in credits) / len(credits)
    return (value, all(o for _, o in credits)) if value > best else (best, own)


def _scattered(
    phrase: Sequence[str],
    evidence: Evidence,
    best: float,
    own: bool,
    factor: float,
    covered: set[str] | None,
    *,
    typed: bool,
) -> tuple[float, bool]:
    if len(phrase) < 2:
        return best, own
    for place, value in ((evidence.own, _OWN), (evidence.own + evidence.far, _FAR)):
        if all(f" {token} " in place for token in phrase) and (_close if typed else _in_order)(phrase, place):
            if factor * value * _SCATTERED > best:
                best = factor * value * _SCATTERED
                own = own or place is evidence.own
                if covered is not None and place is evidence.own:
                    covered.update(phrase)
            break
    return best, own


def _close(phrase: Sequence[str], place: str) -> bool:
    """Whether the syllables of a phrase stand within a stretch of three times its length."""
    tokens = place.split()
    spots = [[i for i, t in enumerate(tokens) if t == wanted] for wanted in phrase]
    reach = 2 + 2 * len(phrase)
    return any(all(any(abs(i - start) <= reach for i in spot) for spot in spots) for start in spots[0])


def _in_order(phrase: Sequence[str], place: str) -> bool:
    """Whether the syllables of a synonym stand in order with little between them.

    "cấp đổi, cấp lại giấy phép lái xe" says "cấp đổi giấy phép lái xe". Farther apart they are chance:
    "hồ sơ điện tử" in "cấp điện … từ lưới … hồ sơ".
    """
    tokens = place.split()
    for start in (i for i, t in enumerate(tokens) if t == phrase[0]):
        at, end = start, start + len(phrase) + _BETWEEN
        for wanted in phrase[1:]:
            at = next((j for j in range(at + 1, min(end, len(tokens))) if tokens[j] == wanted), -1)
            if at < 0:
                break
        else:
            return True
    return False


def _adjacency(wanted: Sequence[Concept], evidence: Evidence) -> float:
    """The share of neighbouring concepts of the question that are neighbours in the statement, too."""
    pairs = [(a, b) for a, b in pairwise(wanted) if b.start - a.end == 1]
    if not pairs:
        return 0.0
    whole = evidence.own + evidence.far
    return sum(f" {a.typed} {b.typed} " in whole for a, b in pairs) / len(pairs)


def _specificity(evidence: Evidence, covered: set[str], weights: Weights) -> float:
    if not covered:
        return 0.0
    total = evidence.own_weight(weights)
    return sum(weights.token(t) for t in evidence.own_tokens & covered) / total if total else 0.0
