"""The passages and questions that search is measured on."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from index import Document
from tests.bench.document import ROOT, say

REPORTS = ("knowledge/reports", "tests/reports")
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


def paraphrases() -> Collection:
    """Questions in other words than the reports', over the project's real and invented reports together."""
    from bot.ingestion import documents_of
    from knowledge.reading.report import report_of
    from knowledge.reading.source import read_raw

    files = {path.stem: path for folder in REPORTS for path in sorted((ROOT / folder).iterdir())}
    documents: list[Document] = []
    places: dict[str, range] = {}
    for name, path in files.items():
        # Read in this process: the reader's child sees installed packages only, which hoidap is not here.
        own = list(documents_of(report_of(read_raw(path))[0]))
        places[name] = range(len(documents), len(documents) + len(own))
        documents += own
    questions = []
    report = ""
    for line in (Path(__file__).parent / "paraphrases.txt").read_text("utf-8").splitlines():
        if line.startswith("== "):
            report = line.removeprefix("== ")
        elif line and not line.startswith("#"):
            text, _, words = line.partition(" | ")
            questions.append(Asked(text, _holding(words, documents, places[report], line)))
    return Collection("paraphrases", tuple(documents), tuple(questions))


def _holding(words: str, documents: list[Document], places: range, line: str) -> frozenset[int]:
    """The place of the passage of the report that holds `words`; of both where two say the same."""
    found = [place for place in places if " ".join(words.split()) in " ".join(documents[place].text.split())]
    if len(found) not in {1, 2}:
        raise ValueError(f"paraphrases.txt: {line!r} names {len(found)} passages, expected one or two")
    return frozenset(found)
