"""The fitted model and any other sentence-transformers model; real ones, made on the spot."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from index import EmbedderSettings
from index.embedding import (
    EXPANSION_FILE,
    StaticEmbedder,
    TransformerEmbedder,
    bucket,
    features,
    fingerprint,
    load_embedder,
)
from index.errors import ModelMissing
from index.fitting import BUCKETS, fit, save
from index.fitting_pairs import Pair
from knowledge.vietnamese import fold, syllables

_TEXTS = ["cấp giấy phép lái xe", "đăng ký khai sinh", "băng thông đường truyền", "tổ công tác ở xã"]


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    pairs = [Pair(text.split()[-1], text, number) for number, text in enumerate(_TEXTS)]
    save(fit([syllables(text) for text in _TEXTS], pairs, progress=lambda *_: None), folder)
    return folder


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of another make, with prompts of its own: the prompt changes what is encoded."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import WhitespaceSplit

    tokenizer = Tokenizer(WordLevel({"?": 0, "query:": 1, "xe": 2, "hồ": 3}, unk_token="?"))  # noqa: S106
    tokenizer.pre_tokenizer = WhitespaceSplit()
    weights = np.eye(4, 8, dtype=np.float32)
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=weights)],
        prompts={"query": "query: ", "document": ""},
        device="cpu",
    )
    folder = tmp_path_factory.mktemp("foreign")
    model.save(str(folder), create_model_card=False)
    return folder


def test_the_fitted_model_is_a_sentence_transformers_model_with_the_same_vectors(fitted: Path) -> None:
    from sentence_transformers import SentenceTransformer

    vocabulary = json.loads(next(fitted.rglob("tokenizer.json")).read_text())["model"]["vocab"]
    text = "cấp lại giấy phép lái xe từ xa"
    tokens = [name if name in vocabulary else bucket(name, BUCKETS) for name in features(syllables(text))]
    theirs = SentenceTransformer(str(fitted), device="cpu").encode(" ".join(tokens))
    ours = StaticEmbedder(fitted, name="fitted").encode_queries([text])[0]
    assert ours == pytest.approx(theirs, abs=1e-5)


def test_vectors_have_length_one_and_ignore_diacritics(fitted: Path) -> None:
    model = load_embedder(EmbedderSettings(model=str(fitted)))
    vectors = model.encode_passages([*_TEXTS, *map(fold, _TEXTS)])
    assert vectors.shape == (8, model.dimension)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert (vectors[:4] == vectors[4:]).all()


@pytest.mark.parametrize("text", ["", "😀", "\n"])
def test_text_without_syllables_is_a_zero_vector(fitted: Path, text: str) -> None:
    assert not StaticEmbedder(fitted, name="fitted").encode_queries([text]).any()


def test_no_texts_no_vectors(fitted: Path, foreign: Path) -> None:
    for folder in (fitted, foreign):
        model = load_embedder(EmbedderSettings(model=str(folder)))
        assert model.encode_passages([]).shape == (0, model.dimension)


def test_another_model_keeps_its_prompts(foreign: Path) -> None:
    model = load_embedder(EmbedderSettings(model=str(foreign)))
    assert isinstance(model, TransformerEmbedder)
    assert model.encode_queries(["xe"])[0, 1] > 0
    assert model.encode_passages(["xe"])[0, 1] == 0


def test_a_prefix_in_the_settings_overrides_the_prompts(foreign: Path) -> None:
    model = load_embedder(EmbedderSettings(model=str(foreign), query_prefix="", passage_prefix="query: "))
    assert model.encode_queries(["xe"])[0, 1] == 0
    assert model.encode_passages(["xe"])[0, 1] > 0


@pytest.mark.parametrize("name", ["no/such-model", "/no/such/folder"])
def test_a_missing_model_is_named_with_what_to_do(name: str) -> None:
    with pytest.raises(ModelMissing, match=f"{name}.*cannot be loaded.*copy the folder"):
        load_embedder(EmbedderSettings(model=name))


def test_a_model_of_another_expansion_is_refused(fitted: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(fitted, other)
    (other / EXPANSION_FILE).write_text(json.dumps({"expansion": "another", "buckets": 1}))
    with pytest.raises(ModelMissing, match="'another'"):
        load_embedder(EmbedderSettings(model=str(other)))


def test_fitting_twice_gives_the_same_bytes(fitted: Path, tmp_path: Path) -> None:
    pairs = [Pair(text.split()[-1], text, number) for number, text in enumerate(_TEXTS)]
    save(fit([syllables(text) for text in _TEXTS], pairs, progress=lambda *_: None), tmp_path)
    assert fingerprint(tmp_path) == fingerprint(fitted)
