"""BM25 over two spellings, synonyms, coverage."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import Document
from index.lexical import LexicalLeg, build_lexical
from index.query import analyse
from index.segmentation import segment
from index.thesaurus import Thesaurus

_TEXTS = [
    "Cấp giấy phép lái xe đạt 40%",
    "Cấp hộ chiếu phổ thông đạt 95%",
    "Kiểm tra giấy tờ, phép tắc khi lái máy cày và xe thồ",
]
_SYNONYMS = Thesaurus(
    [["giấy phép lái xe", "GPLX"], ["làm passport", "xin hộ chiếu"], ["passport", "hộ chiếu"]]
)


@pytest.fixture(scope="module")
def leg() -> LexicalLeg:
    documents = [Document(str(number), text, heading="Dịch vụ công") for number, text in enumerate(_TEXTS)]
    return build_lexical(documents, [segment(text) for text in _TEXTS])


def test_a_short_form_finds_the_long_one_and_only_as_a_phrase(leg: LexicalLeg) -> None:
    _, folded = leg.scores(analyse("GPLX", _SYNONYMS))
    assert folded[0] > 0
    assert folded[1] == folded[2] == 0


def test_a_synonym_inside_a_longer_one_counts(leg: LexicalLeg) -> None:
    spelt, folded = leg.scores(analyse("Hồ sơ làm passport", _SYNONYMS))
    assert folded.argmax() == spelt.argmax() == 1


def test_the_questions_own_words_beat_a_synonym(leg: LexicalLeg) -> None:
    _, own = leg.scores(analyse("giấy phép lái xe", _SYNONYMS))
    _, other = leg.scores(analyse("GPLX", _SYNONYMS))
    assert own[0] > other[0]


def test_without_diacritics_only_the_folded_leg_scores(leg: LexicalLeg) -> None:
    spelt, folded = leg.scores(analyse("cap ho chieu", _SYNONYMS))
    assert not spelt.any()
    assert folded.argmax() == 1


def test_a_heading_is_found_and_weighs_less_than_the_text() -> None:
    documents = [Document("0", "tình hình", heading="dịch vụ"), Document("1", "dịch vụ", heading="tình hình")]
    leg = build_lexical(documents, [segment(document.text) for document in documents])
    _, folded = leg.scores(analyse("dịch vụ", Thesaurus([])))
    assert folded[1] > folded[0] > 0


@pytest.mark.parametrize(
    ("question", "expected"),
    [("giấy phép lái xe", 1.0), ("GPLX là gì", 1.0), ("thời tiết hôm nay", 0.0), ("thế nào", 0.0)],
)
def test_coverage_is_the_share_of_content_that_is_said(
    leg: LexicalLeg, question: str, expected: float
) -> None:
    coverage = leg.coverage(analyse(question, _SYNONYMS), np.array([0], dtype=np.int32))
    assert coverage.tolist() == pytest.approx([expected])


def test_coverage_in_between(leg: LexicalLeg) -> None:
    [coverage] = leg.coverage(analyse("giấy phép lái tàu", _SYNONYMS), np.array([0], dtype=np.int32))
    assert 0 < coverage < 1


def test_saved_leg_scores_alike(leg: LexicalLeg, tmp_path: Path) -> None:
    leg.save(tmp_path)
    loaded = LexicalLeg.load(tmp_path, size=3)
    query = analyse("tỷ lệ cấp hộ chiếu phổ thông", _SYNONYMS)
    for one, other in zip(leg.scores(query), loaded.scores(query), strict=True):
        assert one.tolist() == other.tolist()
