"""Quality: recall@1, recall@5 and MRR@10 of each system on each set, typed with and without diacritics."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.vietnamese import fold
from tests.bench.collections import Asked, Collection, paraphrases, public_collections
from tests.bench.document import say, table, write_section
from tests.bench.systems import SYSTEMS, System

_DEPTH = 10
_HEADER = ("system", "R@1", "R@5", "MRR@10", "R@1 bare", "R@5 bare", "MRR@10 bare")


def main() -> None:
    """Write the section `quality`."""
    parts = [
        "Recall@1, recall@5 and MRR@10 in percent; *bare*: the same questions typed without diacritics. "
        "Every system gets the same passages; where one has headings, the others get them in front of it."
    ]
    for collection in [*public_collections(), paraphrases()]:
        rows = [_row(name, collection) for name in SYSTEMS]
        size = f"{len(collection.documents)} passages, {len(collection.questions)} questions"
        parts += [f"### {collection.name}: {size}", table(_HEADER, rows)]
    write_section("quality", "Quality of search", *parts)


def _row(name: str, collection: Collection) -> list[str]:
    system = SYSTEMS[name](collection.documents)
    typed = score(system, collection.questions)
    bare = score(system, [Asked(fold(asked.text), asked.gold) for asked in collection.questions])
    say(f"{collection.name}: {name}: {typed} bare {bare}")
    return [name, *(f"{100 * value:.1f}" for value in (*typed, *bare))]


def score(system: System, questions: Sequence[Asked]) -> tuple[float, float, float]:
    """Recall@1, recall@5 and MRR@10 over `questions`."""
    first = fifth = reciprocal = 0.0
    for asked in questions:
        found = system.search(asked.text, _DEPTH)
        rank = next((rank for rank, place in enumerate(found, start=1) if place in asked.gold), None)
        first += rank == 1
        fifth += rank is not None and rank <= 5
        reciprocal += 0.0 if rank is None else 1 / rank
    return first / len(questions), fifth / len(questions), reciprocal / len(questions)
