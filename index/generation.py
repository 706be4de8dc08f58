"""Builds generations from documents and publishes them whole; opens the published one.

A build changes as little as it can: sources (reports) that are new or differ are indexed into a segment of
their own, those that went are marked as gone, and small segments are merged. So what a report costs does not
grow with what is stored.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from index.embedding import Embedder, load_embedder
from index.errors import BadDocuments, GenerationDamaged, GenerationMismatch, NoGeneration
from index.publication import (
    FORMAT,
    Manifest,
    current_name,
    locked,
    prune,
    publish,
    read_manifest,
    read_segment,
    seal_generation,
)
from index.records import Document, EmbedderSettings, Progress
from index.search import Index, Serving
from index.segment import Opened, Segment
from index.stores import open_store
from index.thesaurus import load_for_search
from index.vectors import VectorStore
from index.writing import Writer

# A change of what these packages do changes an index; others may be upgraded without a rebuild.
_RECORDED: Final = ("faiss-cpu", "sentence-transformers", "underthesea")


@dataclass(frozen=True, slots=True)
class Generation:
    """A published generation: its folder's name, how many documents it holds, whether this build made it."""

    name: str
    folder: Path
    count: int
    model: str
    built: bool


def build(
    documents: Iterable[Document],
    folder: Path,
    *,
    embedder: EmbedderSettings | None = None,
    vectors: str = "",
    progress: Progress | None = None,
) -> Generation:
    """The generation of exactly these documents, published under `folder`: `synchronise` by report.

    Raises:
        BadDocuments: two documents have one id.
        ModelMissing: the embedding model cannot be loaded.
    """
    sources: dict[str, list[Document]] = {}
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            raise BadDocuments(f"two documents have the id {document.id!r}; expected one document an id")
        seen.add(document.id)
        sources.setdefault(document.report_id, []).append(document)
    versions = {name: _digest(own) for name, own in sources.items()}
    return synchronise(
        versions, sources.__getitem__, folder, embedder=embedder, vectors=vectors, progress=progress
    )


def synchronise(
    sources: Mapping[str, str],
    documents_of: Callable[[str], Sequence[Document]],
    folder: Path,
    *,
    embedder: EmbedderSettings | None = None,
    vectors: str = "",
    progress: Progress | None = None,
) -> Generation:
    """The generation of these sources, published under `folder`; the present one if nothing changed.

    `sources` maps each source to a version, a text that changes when its documents do; `documents_of` is
    asked only for sources that are new or changed. `vectors` is where vectors live: "" for FAISS in the
    folder, else Milvus by its address or file. `progress` is called with stage, done and total; the stages
    are segment, lexical, embed, merge, publish, prune.

    Raises:
        ModelMissing: the embedding model cannot be loaded.
        StoreUnavailable: Milvus cannot be reached, or its package is not installed.
    """
    settings = embedder or EmbedderSettings()
    report = progress or _silent
    with locked(folder):
        store = open_store(vectors, folder)
        model = load_embedder(settings)
        setup = _setup(settings, store)
        previous = _previous(folder, model, setup, sources)
        if previous is not None and previous[1].sources == sources:
            name, manifest = previous
            return Generation(name, folder / name, manifest.count, manifest.model, built=False)
        old = None if previous is None else previous[1]
        writer = Writer(folder, store, model, report)
        used, count = writer.update(old, sources, documents_of)
        manifest = Manifest(
            format=FORMAT,
            count=count,
            model=model.name,
            model_fingerprint=model.fingerprint,
            dimension=model.dimension,
            setup=setup,
            sources=dict(sources),
            segments=used,
        )
        generation = seal_generation(folder, manifest)
        report("publish", 0, 1)
        publish(generation)
        report("prune", 0, 1)
        store.drop(prune(folder))
        return Generation(generation.name, generation, count, model.name, built=True)


def open_current(folder: Path, *, embedder: EmbedderSettings | None = None, vectors: str = "") -> Index:
    """The published index under `folder`; with `embedder`, only if that model made it.

    Raises:
        NoGeneration: nothing has been published there.
        GenerationMismatch: it was made by another version or with another model.
        GenerationDamaged: a file is missing or differs from its checksum.
        ModelMissing: the model that made it is no longer there.
        StoreUnavailable: Milvus cannot be reached, or its package is not installed.
    """
    store = open_store(vectors, folder)

    def reopen(serving: Serving) -> Serving | None:
        same = current_name(folder) == serving.name
        return None if same else _open(folder, embedder, store, serving)

    return Index(_open(folder, embedder, store, None), thesaurus=load_for_search(), reopen=reopen)


def _open(
    folder: Path, embedder: EmbedderSettings | None, store: VectorStore, serving: Serving | None
) -> Serving:
    """The published generation. Opened again if it was pruned between reading its name and its files."""
    name = current_name(folder)
    try:
        return _open_named(folder / name, embedder, store, serving)
    except (GenerationDamaged, FileNotFoundError):
        if current_name(folder) == name:
            raise
    return _open_named(folder / current_name(folder), embedder, store, serving)


def _open_named(
    generation: Path, embedder: EmbedderSettings | None, store: VectorStore, serving: Serving | None
) -> Serving:
    manifest = read_manifest(generation)
    model = _model_of(generation, manifest, embedder, serving)
    if manifest.setup != _setup(embedder or EmbedderSettings.named(manifest.model), store):
        raise GenerationMismatch(
            f"{generation} was made with other packages, prompts or another vector store than are set now; "
            "build the index again"
        )
    opened = {} if serving is None else {part.name: part for part in serving.segments}
    segments = []
    for used in manifest.segments:
        # A segment never changes: what is open already need not be read and verified again.
        known = opened.get(used.name) or _open_segment(generation.parent / used.name, store)
        live = known.segment.without(used.gone) if used.gone else None
        segments.append(Opened(used.name, known.segment, known.vectors, live))
    return Serving(generation.name, tuple(segments), model)


def _open_segment(folder: Path, store: VectorStore) -> Opened:
    record = read_segment(folder)
    return Opened(folder.name, Segment.load(folder, record), store.open(record["vectors"], folder))


def _model_of(
    generation: Path, manifest: Manifest, embedder: EmbedderSettings | None, serving: Serving | None
) -> Embedder:
    """The model that made the generation, and no other."""
    if embedder is not None and embedder.name != manifest.model:
        raise GenerationMismatch(
            f"{generation} was made with the model {manifest.model!r}, the setting names "
            f"{embedder.name!r}; build it again (hoidap ingest)"
        )
    if serving is not None and serving.embedder.fingerprint == manifest.model_fingerprint:
        return serving.embedder
    model = load_embedder(embedder or EmbedderSettings.named(manifest.model))
    if model.fingerprint != manifest.model_fingerprint:
        raise GenerationMismatch(
            f"{generation} was made with another version of the model {manifest.model!r} "
            f"({manifest.model_fingerprint[:12]}, found {model.fingerprint[:12]}); build the index again"
        )
    return model


def _previous(
    folder: Path, model: Embedder, setup: str, sources: Mapping[str, str]
) -> tuple[str, Manifest] | None:
    """The published generation if a build can go on from it; verified whole before it is said to be right."""
    try:
        name = current_name(folder)
        manifest = read_manifest(folder / name)
        for used in manifest.segments:
            read_segment(folder / used.name, verified=manifest.sources == sources)
    except (NoGeneration, GenerationDamaged, GenerationMismatch):
        return None
    same = manifest.model_fingerprint == model.fingerprint and manifest.setup == setup
    return (name, manifest) if same and manifest.model == model.name else None


def _setup(settings: EmbedderSettings, store: VectorStore) -> str:
    """What segments depend on beside their documents and the model."""
    packages = [f"{name} {version(name)}" for name in _RECORDED]
    return json.dumps([*packages, settings.query_prefix, settings.passage_prefix, store.name])


def _digest(documents: Sequence[Document]) -> str:
    """A hash of documents."""
    records = json.dumps([astuple(document) for document in documents], default=str, ensure_ascii=False)
    return hashlib.sha256(records.encode("utf-8", "surrogatepass")).hexdigest()


def _silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""
