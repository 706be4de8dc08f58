"""The passages and questions that search is measured on."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from index import Document
from tests.bench.document import ROOT, say

# Public sets that are not the project's to copy: vilqa, pubhealth, mlqa_vi_dev as {"passages", "queries"}.
RETRIEVAL = Path(os.environ.get("BENCH_RETRIEVAL", ROOT.parent / "shared" / "eval" / "retrieval"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the places of the passages that answer it."""

    text: str
    gold: frozenset[int]


@dataclass(frozen=True, slots=True)
class Collection:
    """Passages, and questions about them."""

    name: str
    documents: tuple[Document, ...]
    questions: tuple[Asked, ...]


def public_collections() -> list[Collection]:
    """The public sets under `BENCH_RETRIEVAL`; none, with a word about it, where the folder is missing."""
    if not RETRIEVAL.is_dir():
        say(f"{RETRIEVAL} is missing: name the folder of the public sets in BENCH_RETRIEVAL")
        return []
    return [_read(path) for path in sorted(RETRIEVAL.glob("*.json"))]


def _read(path: Path) -> Collection:
    record = json.loads(path.read_text("utf-8"))
    documents = tuple(Document(str(number), text) for number, text in enumerate(record["passages"]))
    questions = tuple(Asked(query["q"], frozenset(query["gold"])) for query in record["queries"])
    return Collection(path.stem, documents, questions)
