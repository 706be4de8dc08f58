"""What is compared: ours, its legs alone, and what one would install instead, behind one interface."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from index import Document, EmbedderSettings, build, open_current
from index.dense import passage_text


class System(Protocol):
    """A retriever over documents, which it knows by their places."""

    def search(self, question: str, k: int) -> list[int]:
        """The places of the best `k` documents, best first."""
        ...


class Ours:
    """The index as the service uses it; `only` is one leg ("dense", "folded"), "" for all."""

    def __init__(self, documents: Sequence[Document], *, only: str = "") -> None:
        self._folder = tempfile.TemporaryDirectory()
        build(documents, Path(self._folder.name), embedder=EmbedderSettings())
        self._index = open_current(Path(self._folder.name))
        self._only = only
        self._places = {document.id: place for place, document in enumerate(documents)}

    def search(self, question: str, k: int) -> list[int]:
        """The places of the best `k` documents."""
        if not self._only:
            return [self._places[hit.id] for hit in self._index.search(question, k=k)]
        hits = self._index.search(question, k=200)
        hits.sort(key=lambda hit: -sum(hit.legs[leg] for leg in self._only.split("+")))
        return [self._places[hit.id] for hit in hits[:k]]


class Bm25s:
    """bm25s over lower-case syllables, its own tokenizer."""

    def __init__(self, documents: Sequence[Document]) -> None:
        import bm25s

        self._tokenize = partial(bm25s.tokenize, stopwords=[], show_progress=False, return_ids=False)
        tokens = self._tokenize([passage_text(document) for document in documents])
        self._index = bm25s.BM25()
        self._index.index(tokens, show_progress=False)
        self._count = len(documents)

    def search(self, question: str, k: int) -> list[int]:
        """The places of the best `k` documents."""
        tokens = self._tokenize([question])
        if not tokens[0]:
            return []
        found, _ = self._index.retrieve(tokens, k=min(k, self._count), show_progress=False)
        return [int(place) for place in found[0]]


class Haystack:
    """Haystack's in-memory document store with its BM25 retriever."""

    def __init__(self, documents: Sequence[Document]) -> None:
        from haystack import Document as Theirs
        from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        store = InMemoryDocumentStore()
        texts = [passage_text(document) for document in documents]
        store.write_documents([Theirs(id=str(place), content=text) for place, text in enumerate(texts)])
        self._retriever = InMemoryBM25Retriever(store)

    def search(self, question: str, k: int) -> list[int]:
        """The places of the best `k` documents."""
        return [int(found.id) for found in self._retriever.run(query=question, top_k=k)["documents"]]


class Txtai:
    """txtai's keyword index, which needs no model; its default dense model would have to be downloaded."""

    def __init__(self, documents: Sequence[Document]) -> None:
        from txtai import Embeddings

        self._index = Embeddings(keyword=True)
        self._index.index((place, passage_text(d), None) for place, d in enumerate(documents))

    def search(self, question: str, k: int) -> list[int]:
        """The places of the best `k` documents."""
        return [int(place) for place, _ in self._index.search(question, k)]


class Nom:
    """nom-vn's BM25 over its Vietnamese words; its dense retriever needs a model of the hub."""

    def __init__(self, documents: Sequence[Document]) -> None:
        from nom.retrieve.bm25 import BM25Retriever

        self._retriever = BM25Retriever.fit([passage_text(document) for document in documents])

    def search(self, question: str, k: int) -> list[int]:
        """The places of the best `k` documents."""
        return [found.idx for found in self._retriever.search(question, top_k=k)]


class Fts5:
    """SQLite FTS5 that folds diacritics, any of the question's words, its own BM25."""

    def __init__(self, documents: Sequence[Document]) -> None:
        import sqlite3

        self._base = sqlite3.connect(":memory:")
        self._base.execute(
            "CREATE VIRTUAL TABLE p USING fts5(t, content='', tokenize='unicode61 remove_diacritics 2')"
        )
        rows = [(place, passage_text(d).replace("đ", "d")) for place, d in enumerate(documents)]
        self._base.executemany("INSERT INTO p(rowid, t) VALUES (?, ?)", rows)

    def search(self, question: str, k: int) -> list[int]:
        """The places of the best `k` documents."""
        words = [word.replace('"', "") for word in question.lower().replace("đ", "d").split()]
        asked = " OR ".join(f'"{word}"' for word in words if word)
        query = "SELECT rowid FROM p WHERE p MATCH ? ORDER BY bm25(p) LIMIT ?"
        return [row[0] for row in self._base.execute(query, (asked, k))]


SYSTEMS: dict[str, Callable[[Sequence[Document]], System]] = {
    "hoidap": Ours,
    "hoidap, dense only": lambda documents: Ours(documents, only="dense"),
    "hoidap, lexical only": lambda documents: Ours(documents, only="spelt+folded"),
    "bm25s": Bm25s,
    "Haystack BM25": Haystack,
    "txtai": Txtai,
    "nom-vn BM25": Nom,
    "SQLite FTS5": Fts5,
}
