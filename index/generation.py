"""Builds a generation from documents and publishes it whole; opens the published one."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Final

from index.dense import DenseLeg, build_dense
from index.embedding import Embedder, StaticEmbedder, load_embedder
from index.errors import BadDocuments, GenerationDamaged, GenerationMismatch, NoGeneration, SearchError
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
from index.query import analyse
from index.records import Document, EmbedderSettings, Progress
from index.search import Index, Opened
from index.segmentation import Segmented, segment_documents, spelt_syllables, text_key
from index.thesaurus import Thesaurus, load
from knowledge.vietnamese import fold

# The name of the model that the build fits itself.
FITTED: Final = "fitted"
# The fitted model is fitted anew when there are half as many passages again as it has seen: the cost of all fits
# together then stays in proportion to the passages. In between, new words fall into its hash buckets.
_GROWTH: Final = 1.5
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

    `training_questions` are questions like the users', without answers; the fitted default model learns from them.
    `progress` is called with stage, done and total; the stages are segment, lexical, fit, embed, seal, publish, prune.

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
        if previous is not None and previous[1].inputs == inputs:
            return _described(previous[0], previous[1], built=False)
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
        return _described(generation, manifest, built=True)


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
    previous: tuple[Path, Manifest] | None,
    report: Progress,
) -> Manifest:
    """Every file of the generation, in `written`."""
    segmented = segment_documents(documents, _known_words(previous), progress=report)
    _save_documents(written, documents, segmented)
    lexical = build_lexical(documents, segmented)
    lexical.save(written)
    report("lexical", 1, 1)
    model, fitted_on = _model(written, documents, segmented, lexical, settings, questions, previous, report)
    build_dense(documents, model, progress=report).save(written)
    return Manifest(
        format=FORMAT,
        inputs=inputs,
        count=len(documents),
        model=settings.model or FITTED,
        model_fingerprint=model.fingerprint,
        dimension=model.dimension,
        fitted_on=fitted_on,
        versions={name: version(name) for name in _RECORDED},
        files={},
    )


def _model(
    written: Path,
    documents: Sequence[Document],
    segmented: Sequence[Segmented],
    lexical: LexicalLeg,
    settings: EmbedderSettings,
    questions: Sequence[str],
    previous: tuple[Path, Manifest] | None,
    report: Progress,
) -> tuple[Embedder, int]:
    """The embedder, and how many documents it was fitted on (0 for a model that is not ours)."""
    if settings.model:
        return load_embedder(settings), 0
    folder = written / "model"
    if previous is not None and 0 < len(documents) <= previous[1].fitted_on * _GROWTH:
        shutil.copytree(previous[0] / "model", folder)
        return StaticEmbedder(folder, name=FITTED), previous[1].fitted_on
    from index.fitting import fit, save
    from index.fitting_pairs import training_pairs

    thesaurus = load()
    pairs = training_pairs(documents, questions, thesaurus, find=lambda question: _best(lexical, question, thesaurus))
    extra = [*(document.heading for document in documents), *questions, *_phrases(thesaurus)]
    texts = [*(list(body.folded) for body in segmented), *(list(map(fold, spelt_syllables(text))) for text in extra)]
    save(fit([text for text in texts if text], pairs, progress=report), folder)
    return StaticEmbedder(folder, name=FITTED), len(documents)


def _best(lexical: LexicalLeg, question: str, thesaurus: Thesaurus) -> int | None:
    """The document that answers best by words; None for a question without a word of any."""
    _, folded = lexical.scores(analyse(question, thesaurus))
    return int(folded.argmax()) if folded.size and folded.max() > 0 else None


def _phrases(thesaurus: Thesaurus) -> list[str]:
    return [phrase for group in thesaurus.groups for phrase in group]


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
            f"{generation} was made with the model {manifest.model!r}, the setting names {wanted!r}; build it again"
        )
    verify(generation, manifest)
    model = _open_model(generation, manifest, embedder)
    documents = [document for document, _ in _read_documents(generation)]
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
        model: Embedder = StaticEmbedder(generation / "model", name=FITTED)
    else:
        model = load_embedder(embedder or EmbedderSettings(model=manifest.model))
    if model.fingerprint != manifest.model_fingerprint:
        raise GenerationMismatch(
            f"{generation} was made with another version of the model {manifest.model!r} "
            f"({manifest.model_fingerprint[:12]}, found {model.fingerprint[:12]}); build the index again"
        )
    return model


def _previous(folder: Path) -> tuple[Path, Manifest] | None:
    """The published generation if it is whole and of this format: a build may then skip or reuse parts of it."""
    try:
        generation = folder / current_name(folder)
        manifest = read_manifest(generation)
        verify(generation, manifest)
    except (NoGeneration, GenerationDamaged, GenerationMismatch):
        return None
    return generation, manifest


def _check(documents: Sequence[Document]) -> None:
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            raise BadDocuments(f"two documents have the id {document.id!r}; expected one document an id")
        seen.add(document.id)


def _hash_inputs(documents: Sequence[Document], settings: EmbedderSettings, questions: Sequence[str]) -> str:
    """What the generation depends on: the documents, the model and its prompts, the questions, the thesaurus."""
    digest = hashlib.sha256()
    prompts = (settings.model, settings.query_prefix, settings.passage_prefix)
    for part in (FORMAT, prompts, [version(name) for name in _RECORDED], list(questions), load().groups):
        digest.update(json.dumps(part, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    for document in documents:
        digest.update(json.dumps(astuple(document), default=str, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _save_documents(written: Path, documents: Sequence[Document], segmented: Sequence[Segmented]) -> None:
    """Write `documents.jsonl`: each document without its text, the key of its text and the words found in it."""
    with (written / "documents.jsonl").open("w", encoding="utf-8") as stream:
        for document, body in zip(documents, segmented, strict=True):
            record = asdict(document) | {"text": "", "heading": "", "key": text_key(document.text), "words": body.words}
            stream.write(json.dumps(record, default=str, ensure_ascii=False) + "\n")


def _read_documents(generation: Path) -> list[tuple[Document, Mapping[str, object]]]:
    """The documents as written, texts left out, each with its whole record."""
    found = []
    with (generation / "documents.jsonl").open(encoding="utf-8") as stream:
        for line in stream:
            record = json.loads(line)
            fields = {name: value for name, value in record.items() if name not in {"key", "words"}}
            for name in ("period_start", "period_end"):
                fields[name] = date.fromisoformat(fields[name]) if fields[name] else None
            found.append((Document(**fields), record))
    return found


def _known_words(previous: tuple[Path, Manifest] | None) -> dict[str, Sequence[str]]:
    if previous is None:
        return {}
    return {str(record["key"]): record["words"] for _, record in _read_documents(previous[0])}  # type: ignore[misc]


def _described(generation: Path, manifest: Manifest, *, built: bool) -> Generation:
    return Generation(generation.name, generation, manifest.count, manifest.model, built)


def _silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


__all__ = ["FITTED", "Generation", "SearchError", "build", "open_current"]
