"""The documents of a generation on disk: what filters need, and the words that segmentation found.

Texts are not kept: they belong to the store, and an index that repeats them could disagree with it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Final

from index.records import Document
from index.segmentation import Segmented, text_key

_NAME: Final = "documents.jsonl"


@dataclass(frozen=True, slots=True)
class Kept:
    """A document without its text, the key of that text, and the words found in it."""

    document: Document
    key: str
    words: tuple[str, ...]


def write_documents(folder: Path, documents: Sequence[Document], segmented: Sequence[Segmented]) -> None:
    """Write `documents.jsonl`, a line a document."""
    with (folder / _NAME).open("w", encoding="utf-8") as stream:
        for document, body in zip(documents, segmented, strict=True):
            bare = asdict(document) | {"text": "", "heading": ""}
            record = {"document": bare, "key": text_key(document.text), "words": body.words}
            stream.write(json.dumps(record, default=str) + "\n")


def read_documents(folder: Path) -> list[Kept]:
    """What `write_documents` wrote."""
    with (folder / _NAME).open(encoding="utf-8") as stream:
        return [_read(line) for line in stream]


def _read(line: str) -> Kept:
    record = json.loads(line)
    fields = record["document"]
    for name in ("period_start", "period_end"):
        fields[name] = date.fromisoformat(fields[name]) if fields[name] else None
    return Kept(Document(**fields), record["key"], tuple(record["words"]))
