"""Texts into vectors: the small model that the build fits, or any sentence-transformers model."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelMissing
from index.records import EmbedderSettings
from index.segmentation import folded_features, spelt_syllables
from knowledge.vietnamese import fold

Vectors = NDArray[np.float32]

# Beside a model that was trained on folded syllables and bigrams: names the expansion its texts must go
# through.
EXPANSION_FILE: Final = "expansion.json"
EXPANSION: Final = "folded-syllables-bigrams-1"

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


class Expansion:
    """Texts as space-separated features of a vocabulary; features that it lacks fall into hash buckets."""

    def __init__(self, vocabulary: dict[str, int], buckets: int) -> None:
        self.vocabulary, self.buckets = vocabulary, buckets

    def ids(self, text: str, *, syllables: int) -> list[int]:
        """The rows of the features of the first `syllables` of `text`."""
        folded = [fold(syllable) for syllable in spelt_syllables(text)[:syllables]]
        return [self._id(feature) for feature in features(folded)]

    def _id(self, feature: str) -> int:
        row = self.vocabulary.get(feature)
        return self.vocabulary[bucket(feature, self.buckets)] if row is None else row


def features(folded: Sequence[str]) -> list[str]:
    """Folded syllables and bigrams as tokens without spaces ("ho_so")."""
    return [feature.replace(" ", "_") for feature in folded_features(folded)]


def bucket(feature: str, buckets: int) -> str:
    """The token of the bucket that a feature outside the vocabulary falls into: the same on every machine."""
    return f"#{zlib.crc32(feature.encode('utf-8', 'surrogatepass')) % buckets}"


class StaticEmbedder:
    """The fitted model, read without torch: the mean of its features' rows, 0.1 ms a question.

    The folder is a sentence-transformers model like any other; `SentenceTransformer(folder).encode` of the
    expanded text gives the same vectors (a test holds it).
    """

    def __init__(self, folder: Path, *, name: str) -> None:
        from safetensors.numpy import load_file

        described = json.loads((folder / EXPANSION_FILE).read_text("utf-8"))
        if described["expansion"] != EXPANSION:
            raise ModelMissing(
                f"the model in {folder} expects texts expanded as {described['expansion']!r}, "
                f"this version expands them as {EXPANSION!r}; fit or train it again"
            )
        tokenizer = json.loads(_tokenizer_file(folder).read_text("utf-8"))
        self._expansion = Expansion(tokenizer["model"]["vocab"], described["buckets"])
        weights = load_file(_weights_file(folder))
        self._rows: Vectors = weights["embedding.weight"].astype(np.float32)
        self.name = name
        self.fingerprint = fingerprint(folder)
        self.dimension = int(self._rows.shape[1])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """The vectors of questions."""
        return self._encode(texts, _QUERY_SYLLABLES)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of passages."""
        return self._encode(texts, _PASSAGE_SYLLABLES)

    def _encode(self, texts: Sequence[str], syllables: int) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for place, text in enumerate(texts):
            rows = self._expansion.ids(text, syllables=syllables)
            if rows:
                vectors[place] = self._rows[rows].mean(axis=0)
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
    folder = Path(settings.model)
    if (folder / EXPANSION_FILE).is_file():
        return StaticEmbedder(folder, name=settings.model)
    return TransformerEmbedder(settings)


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
            "to use the model that the build fits itself"
        ) from error


def _tokenizer_file(folder: Path) -> Path:
    return next(iter(sorted(folder.rglob("tokenizer.json"))))


def _weights_file(folder: Path) -> Path:
    return next(iter(sorted(folder.rglob("model.safetensors"))))
