"""What the small model learns, and from what."""

from __future__ import annotations

import random

import numpy as np

from index import Document
from index.embedding import unit
from index.fitting import BUCKETS, STEPS, fit, vocabulary
from index.fitting_pairs import Pair, training_pairs
from index.thesaurus import Thesaurus
from knowledge.vietnamese import syllables


def test_vocabulary_keeps_bigrams_that_are_more_than_chance() -> None:
    rows = vocabulary([["ho", "so", "cua", "ho", "so"], ["ho", "so", "xe"], ["xe", "cua"]])
    assert "ho_so" in rows
    assert "so_cua" not in rows  # once
    assert list(rows.values()) == list(range(len(rows)))
    assert rows["#0"] == 0
    assert "#511" in rows
    assert BUCKETS == 512


def test_training_brings_a_question_to_its_passage() -> None:
    chance = random.Random(1)  # noqa: S311
    names = [f"tên{number}" for number in range(12)]
    pairs = [
        Pair(f"khác{number}", f"{name} {chance.choice(names)}", number) for number, name in enumerate(names)
    ]
    texts = [syllables(text) for pair in pairs for text in (pair.anchor, pair.passage)]
    told: list[int] = []
    model = fit(texts, pairs, progress=lambda _stage, done, _total: told.append(done))

    def vectors(texts: list[str]) -> np.ndarray:
        means = [model.rows[model.expansion.ids(text, syllables=9)].mean(axis=0) for text in texts]
        return unit(np.array(means, dtype=np.float32))

    similar = vectors([pair.anchor for pair in pairs]) @ vectors([pair.passage for pair in pairs]).T
    assert (similar.argmax(axis=1) == np.arange(12)).mean() > 0.8
    assert told == list(range(1, STEPS + 1))


def test_one_passage_is_not_trained_on_and_still_has_a_model() -> None:
    told: list[int] = []
    model = fit([["ho", "so"]], [Pair("hồ", "hồ sơ", 0)], progress=lambda *_: told.append(1))
    assert model.rows.shape[0] == BUCKETS + 2
    assert told == []


def test_pairs_come_from_passages_questions_and_synonyms() -> None:
    documents = [
        Document(
            "1", "Cấp giấy phép lái xe đạt 40%. Còn lại nộp trực tiếp tại cơ quan.", heading="Dịch vụ công"
        ),
        Document("2", "Không có tiêu đề"),
    ]
    thesaurus = Thesaurus([["giấy phép lái xe", "bằng lái xe"]])
    find = {"đổi bằng lái?": 0, "thời tiết?": None}.__getitem__
    pairs = training_pairs(documents, ["đổi bằng lái?", "thời tiết?"], thesaurus, find=find)
    assert Pair("Dịch vụ công", documents[0].text, 0) in pairs
    assert Pair("đổi bằng lái?", f"Dịch vụ công. {documents[0].text}", 0) in pairs
    assert Pair("bằng lái xe", "giấy phép lái xe", 2) in pairs
    assert not any(pair.anchor == "thời tiết?" for pair in pairs)
    assert pairs == training_pairs(documents, ["đổi bằng lái?", "thời tiết?"], thesaurus, find=find)
