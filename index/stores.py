"""The vector store that a setting names."""

from __future__ import annotations

from pathlib import Path

from index.publication import namespace
from index.vectors import FaissStore, VectorStore


def open_store(place: str, folder: Path) -> VectorStore:
    """FAISS for "", else Milvus: a cluster's address ("http://milvus:19530") or a file of Milvus Lite.

    `folder` is that of the index, whose vectors are told from those of others in the same Milvus.

    Raises:
        StoreUnavailable: Milvus cannot be reached, or its package is not installed.
    """
    if not place:
        return FaissStore()
    from index.milvus import MilvusStore

    return MilvusStore(place, namespace=namespace(folder))
