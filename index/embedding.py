"""Texts into vectors: the model that comes with the index, or any sentence-transformers model."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelMissing
from index.expansion import EXPANSION, Expansion
from index.records import BUILT_IN, EmbedderSettings

Vectors = NDArray[np.float32]

# In the folder of a static model of ours: names the expansion that its texts must go through.
EXPANSION_FILE: Final = "expansion.json"

# How many syllables of a text count; a longer passage is covered by its sentences.
_QUERY_SYLLABLES: Final = 64
_PASSAGE_SYLLABLES: Final = 160


class Embedder(Protocol):
    """Texts into unit vectors, shape (texts, dimension)."""

    name: str
    fingerprint: str
    dimension: int

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """The vectors of questions."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of passages."""
        ...


class StaticEmbedder:
    """A static model of ours, read without torch: a text is the mean of its features' rows.

    `index.training.export` writes it as a sentence-transformers model that gives the same vectors.
    """

    def __init__(self, folder: Path, *, name: str) -> None:
        from safetensors.numpy import load_file

        described = json.loads((folder / EXPANSION_FILE).read_text("utf-8"))
        if described["expansion"] != EXPANSION:
            raise ModelMissing(
                f"the model in {folder} expects texts expanded as {described['expansion']!r}, "
                f"this version expands them as {EXPANSION!r}; train it again"
            )
        names = (folder / "vocabulary.txt").read_text("utf-8").splitlines()
        self.expansion = Expansion({name: row for row, name in enumerate(names)}, described["buckets"])
        weights = load_file(folder / "model.safetensors")
        self._codes, self._scales = weights["rows"], weights["scales"]
        self.name = name
        self.fingerprint = fingerprint(folder)
        self.dimension = int(self._codes.shape[1])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """The vectors of questions."""
        return self._encode(texts, _QUERY_SYLLABLES)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of passages."""
        return self._encode(texts, _PASSAGE_SYLLABLES)

    def _encode(self, texts: Sequence[str], syllables: int) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for place, text in enumerate(texts):
            rows = self.expansion.ids(text, syllables=syllables)
            # Not divided by their number: only the direction counts.
            vectors[place] = np.einsum("i,ij->j", self._scales[rows], self._codes[rows].astype(np.float32))
        return unit(vectors)


class TransformerEmbedder:
    """Any sentence-transformers model, with its own pooling, and its own prompts unless overridden."""

    def __init__(self, settings: EmbedderSettings) -> None:
        self._settings = settings
        self._model = _load_model(settings)
        self.name = settings.model
        self.fingerprint = (
            fingerprint(Path(settings.model)) if Path(settings.model).is_dir() else settings.model
        )
        self.dimension = int(self._model.get_embedding_dimension())

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """The vectors of questions."""
        return self._encode(self._model.encode_query, texts, self._settings.query_prefix)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of passages."""
        return self._encode(self._model.encode_document, texts, self._settings.passage_prefix)

    def _encode(self, encode: Any, texts: Sequence[str], prefix: str | None) -> Vectors:  # noqa: ANN401
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        options = {} if prefix is None else {"prompt": prefix}
        vectors = encode(
            list(texts),
            batch_size=self._settings.batch_size,
            show_progress_bar=False,
            convert_to_numpy=True,
            **options,
        )
        return unit(np.asarray(vectors, dtype=np.float32))


def load_embedder(settings: EmbedderSettings) -> Embedder:
    """The embedder that `settings.model` names.

    Raises:
        ModelMissing: no such folder or cached hub model, or it is not a sentence-transformers model.
    """
    if not settings.model:
        return _built_in()
    folder = Path(settings.model)
    if (folder / EXPANSION_FILE).is_file():
        return StaticEmbedder(folder, name=settings.model)
    return TransformerEmbedder(settings)


@cache
def _built_in() -> Embedder:
    """The model that comes with the index, read once."""
    with as_file(files("index") / "data" / "model") as folder:
        return StaticEmbedder(folder, name=BUILT_IN)


def fingerprint(folder: Path) -> str:
    """What tells two model folders apart: a hash of their weights and configuration."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix in {".json", ".safetensors", ".bin", ".txt", ".model"}:
            digest.update(file.relative_to(folder).as_posix().encode())
            with file.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:32]


def unit(vectors: Vectors) -> Vectors:
    """`vectors` at length one; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.ascontiguousarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def nearness(vectors: Vectors, vector: Vectors) -> Vectors:
    """The inner product of each of `vectors` with `vector`.

    In this thread alone: BLAS would share a few hundred rows among its threads, and wait for a busy
    processor.
    """
    near: Vectors = np.einsum("ij,j->i", vectors, vector)
    return near


def _load_model(settings: EmbedderSettings) -> Any:  # noqa: ANN401
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(
            settings.model, device=settings.device, local_files_only=not settings.allow_download
        )
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        reason = " ".join(str(error).split())[:200]
        raise ModelMissing(
            f"the embedding model {settings.model!r} cannot be loaded ({type(error).__name__}: {reason}); "
            "expected the folder of a sentence-transformers model, or the name of one in the local hub "
            "cache: copy the folder to this machine and name it in the setting, or leave the setting empty "
            "to use the model that comes with the index"
        ) from error
