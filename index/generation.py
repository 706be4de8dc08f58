"""Builds a generation from documents and publishes it whole; opens the published one."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from index.default_model import FITTED, Material, open_fitted, provide
from index.dense import DenseLeg, build_dense
from index.document_file import read_documents, write_documents
from index.embedding import Embedder, load_embedder
from index.errors import BadDocuments, GenerationDamaged, GenerationMismatch, NoGeneration
from index.filtering import FilterColumns
from index.lexical import LexicalLeg, build_lexical
from index.publication import (
    FORMAT,
    Manifest,
    current_name,
    locked,
    new_folder,
    prune,
    publish,
    read_manifest,
    seal,
    verify,
)
from index.records import Document, EmbedderSettings, Progress
from index.search import Index, Opened
from index.segmentation import segment_documents
from index.thesaurus import load

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
    documents: Sequence[Document],
    folder: Path,
    *,
    embedder: EmbedderSettings | None = None,
    training_questions: Sequence[str] = (),
    progress: Progress | None = None,
) -> Generation:
    """The generation of `documents`, published under `folder`; the present one if nothing changed.

    `training_questions` are questions like the users', without answers; the fitted default model learns
    from them. `progress` is called with stage, done and total; the stages are segment, lexical, fit, embed,
    seal, publish, prune.

    Raises:
        BadDocuments: two documents have one id.
        ModelMissing: the embedding model cannot be loaded.
    """
    settings = embedder or EmbedderSettings()
    report = progress or _silent
    _check(documents)
    with locked(folder):
        inputs = _hash_inputs(documents, settings, training_questions)
        previous = _previous(folder)
        if previous is not None:
            manifest = read_manifest(previous)
            if manifest.inputs == inputs:
                return Generation(previous.name, previous, manifest.count, manifest.model, built=False)
        written = new_folder(folder)
        try:
            manifest = _write(written, documents, settings, training_questions, inputs, previous, report)
            report("seal", 0, 1)
            generation = seal(written, manifest)
        except BaseException:
            shutil.rmtree(written, ignore_errors=True)
            raise
        report("publish", 0, 1)
        publish(generation)
        report("prune", 0, 1)
        prune(folder)
        return Generation(generation.name, generation, manifest.count, manifest.model, built=True)


def open_current(folder: Path, *, embedder: EmbedderSettings | None = None) -> Index:
    """The published index under `folder`; with `embedder`, only if that model made it.

    Raises:
        NoGeneration: nothing has been published there.
        GenerationMismatch: it was made by another version or with another model.
        GenerationDamaged: a file is missing or differs from its checksum.
        ModelMissing: the model that made it is no longer there.
    """

    def reopen(serving: str) -> Opened | None:
        return None if current_name(folder) == serving else _open(folder, embedder)

    return Index(_open(folder, embedder), thesaurus=load(), reopen=reopen)


def _write(
    written: Path,
    documents: Sequence[Document],
    settings: EmbedderSettings,
    questions: Sequence[str],
    inputs: str,
    previous: Path | None,
    report: Progress,
) -> Manifest:
    """Every file of the generation, in `written`."""
    known = {} if previous is None else {kept.key: kept.words for kept in read_documents(previous)}
    segmented = segment_documents(documents, known, progress=report)
    write_documents(written, documents, segmented)
    lexical = build_lexical(documents, segmented)
    lexical.save(written)
    report("lexical", 1, 1)
    model: Embedder
    if settings.model:
        model = load_embedder(settings)
    else:
        material = Material(documents, segmented, questions, load())
        model = provide(written, material, lexical, previous=previous, progress=report)
    build_dense(documents, model, progress=report).save(written)
    return Manifest(
        format=FORMAT,
        inputs=inputs,
        count=len(documents),
        model=settings.model or FITTED,
        model_fingerprint=model.fingerprint,
        dimension=model.dimension,
        versions={name: version(name) for name in _RECORDED},
        files={},
    )


def _open(folder: Path, embedder: EmbedderSettings | None) -> Opened:
    """The published generation. Opened again if it was pruned between reading its name and its files."""
    name = current_name(folder)
    try:
        return _open_named(folder / name, embedder)
    except (GenerationDamaged, FileNotFoundError):
        if current_name(folder) == name:
            raise
    return _open_named(folder / current_name(folder), embedder)


def _open_named(generation: Path, embedder: EmbedderSettings | None) -> Opened:
    manifest = read_manifest(generation)
    wanted = None if embedder is None else embedder.model or FITTED
    if wanted is not None and wanted != manifest.model:
        raise GenerationMismatch(
            f"{generation} was made with the model {manifest.model!r}, the setting names {wanted!r}; "
            "build it again"
        )
    verify(generation, manifest)
    model = _open_model(generation, manifest, embedder)
    documents = [kept.document for kept in read_documents(generation)]
    return Opened(
        name=generation.name,
        ids=tuple(document.id for document in documents),
        columns=FilterColumns(documents),
        lexical=LexicalLeg.load(generation, size=len(documents)),
        dense=DenseLeg.load(generation),
        embedder=model,
    )


def _open_model(generation: Path, manifest: Manifest, embedder: EmbedderSettings | None) -> Embedder:
    if manifest.model == FITTED:
        model: Embedder = open_fitted(generation)
    else:
        model = load_embedder(embedder or EmbedderSettings(model=manifest.model))
    if model.fingerprint != manifest.model_fingerprint:
        raise GenerationMismatch(
            f"{generation} was made with another version of the model {manifest.model!r} "
            f"({manifest.model_fingerprint[:12]}, found {model.fingerprint[:12]}); build the index again"
        )
    return model


def _previous(folder: Path) -> Path | None:
    """The published generation if it is whole and of this format: a build may skip or reuse parts of it."""
    try:
        generation = folder / current_name(folder)
        verify(generation, read_manifest(generation))
    except (NoGeneration, GenerationDamaged, GenerationMismatch):
        return None
    return generation


def _check(documents: Sequence[Document]) -> None:
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            raise BadDocuments(f"two documents have the id {document.id!r}; expected one document an id")
        seen.add(document.id)


def _hash_inputs(documents: Sequence[Document], settings: EmbedderSettings, questions: Sequence[str]) -> str:
    """A hash of what the generation depends on: documents, model and prompts, questions, thesaurus."""
    digest = hashlib.sha256()
    prompts = (settings.model, settings.query_prefix, settings.passage_prefix)
    for part in (FORMAT, prompts, [version(name) for name in _RECORDED], list(questions), load().groups):
        digest.update(json.dumps(part, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    for document in documents:
        digest.update(
            json.dumps(astuple(document), default=str, ensure_ascii=False).encode("utf-8", "surrogatepass")
        )
    return digest.hexdigest()


def _silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""
