"""BM25 over two spellings, synonyms, slips, coverage; spread over segments as it may be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from index import Document
from index.asked import Asked, Scored
from index.lexical import LexicalLeg, build_lexical, merge_lexical
from index.query import analyse
from index.segmentation import segment
from index.terms import bigrams, joined_pair, of_syllables
from index.thesaurus import Thesaurus

_TEXTS = [
    "Cấp giấy phép lái xe đạt 40%",
    "Cấp hộ chiếu phổ thông đạt 95%",
    "Kiểm tra giấy tờ, phép tắc khi lái máy cày và xe thồ",
]
_SYNONYMS = Thesaurus(
    [["giấy phép lái xe", "GPLX"], ["làm passport", "xin hộ chiếu"], ["passport", "hộ chiếu"]]
)

Scores = Callable[[str], tuple[np.ndarray, np.ndarray]]


def _leg(texts: Sequence[str], heading: str = "Dịch vụ công") -> LexicalLeg:
    documents = [Document(str(number), text, heading=heading) for number, text in enumerate(texts)]
    return build_lexical(documents, [segment(text) for text in texts])


def _asked(question: str, legs: Sequence[LexicalLeg], thesaurus: Thesaurus = _SYNONYMS) -> Asked:
    return Asked(analyse(question, thesaurus), legs)


def _all(asked: Asked, part: int, size: int) -> Scored:
    return asked.scores(part, np.arange(size, dtype=np.int32))


@pytest.fixture(scope="module", params=["one segment", "two segments"])
def legs(request: pytest.FixtureRequest) -> list[LexicalLeg]:
    return [_leg(_TEXTS)] if request.param == "one segment" else [_leg(_TEXTS[:1]), _leg(_TEXTS[1:])]


@pytest.fixture(scope="module")
def scores(legs: list[LexicalLeg]) -> Scores:
    def of(question: str) -> tuple[np.ndarray, np.ndarray]:
        asked = _asked(question, legs)
        found = [_all(asked, part, leg.size) for part, leg in enumerate(legs)]
        return np.concatenate([one.spelt for one in found]), np.concatenate([one.folded for one in found])

    return of


def test_a_short_form_finds_the_long_one_and_only_as_a_phrase(scores: Scores) -> None:
    _, folded = scores("GPLX")
    assert folded[0] > 0
    assert folded[1] == folded[2] == 0


def test_a_synonym_inside_a_longer_one_counts(scores: Scores) -> None:
    spelt, folded = scores("Hồ sơ làm passport")
    assert folded.argmax() == spelt.argmax() == 1


def test_the_questions_own_words_beat_a_synonym(scores: Scores) -> None:
    assert scores("giấy phép lái xe")[1][0] > scores("GPLX")[1][0]


def test_without_diacritics_only_the_folded_leg_scores(scores: Scores) -> None:
    spelt, folded = scores("cap ho chieu")
    assert not spelt.any()
    assert folded.argmax() == 1


def test_scores_do_not_depend_on_how_documents_are_spread() -> None:
    one, two = [_leg(_TEXTS)], [_leg(_TEXTS[:1]), _leg(_TEXTS[1:])]
    whole = _all(_asked("cấp hộ chiếu, GPLX", one), 0, 3).folded
    parts = [
        _all(_asked("cấp hộ chiếu, GPLX", two), part, size).folded for part, size in enumerate((1, 2))
    ]
    assert np.concatenate(parts).tolist() == pytest.approx(whole.tolist(), rel=1e-5)


@pytest.mark.parametrize("question", ["ho chieuu pho thong", "hộ chiiếu phổ thôngg", "ho cheiu pho thong"])
def test_a_slip_finds_what_was_meant(scores: Scores, question: str) -> None:
    assert scores(question)[1].argmax() == 1


def test_what_is_proposed_is_what_the_folded_leg_scores(scores: Scores, legs: list[LexicalLeg]) -> None:
    for question in ("cấp giấy phép lái xe", "GPLX", "Hồ sơ làm passport", "ho chieuu pho thong"):
        asked = _asked(question, legs)
        proposed = np.concatenate([asked.proposals(part) for part in range(len(legs))])
        assert ((proposed > 0) == (scores(question)[1] > 0)).all()
        assert proposed.argmax() == scores(question)[1].argmax()


def test_terms_that_stand_everywhere_propose_nothing_and_are_scored(monkeypatch: pytest.MonkeyPatch) -> None:
    leg = _leg(_TEXTS)
    complete = _asked("cấp giấy phép lái xe", [leg]).proposals(0)
    monkeypatch.setattr("index.asked.MOST_POSTINGS", 3)
    asked = _asked("cấp giấy phép lái xe", [leg])
    assert (asked.proposals(0) < complete).any()
    assert _all(asked, 0, 3).folded.tolist() == pytest.approx(complete.tolist(), rel=1e-5)


def test_one_pair_is_joined_as_arrays_are() -> None:
    numbers = of_syllables(["hồ", "sơ", "đất", "đai"])
    listed = numbers.tolist()
    assert list(map(joined_pair, listed, listed[1:])) == bigrams(numbers).tolist()


def test_a_heading_is_found_and_weighs_less_than_the_text() -> None:
    documents = [Document("0", "tình hình", heading="dịch vụ"), Document("1", "dịch vụ", heading="tình hình")]
    leg = build_lexical(documents, [segment(document.text) for document in documents])
    folded = _all(_asked("dịch vụ", [leg], Thesaurus([])), 0, 2).folded
    assert folded[1] > folded[0] > 0


@pytest.mark.parametrize(
    ("question", "expected"),
    [("giấy phép lái xe", 1.0), ("GPLX là gì", 1.0), ("thời tiết hôm nay", 0.0), ("thế nào", 0.0)],
)
def test_coverage_is_the_share_of_content_that_is_said(
    legs: list[LexicalLeg], question: str, expected: float
) -> None:
    coverage = _asked(question, legs).scores(0, np.array([0], dtype=np.int32)).coverage
    assert coverage.tolist() == pytest.approx([expected])


def test_coverage_in_between(legs: list[LexicalLeg]) -> None:
    [coverage] = _asked("giấy phép lái tàu", legs).scores(0, np.array([0], dtype=np.int32)).coverage
    assert 0 < coverage < 1


def test_merging_drops_what_is_gone() -> None:
    kept = [np.array([True]), np.array([False, True])]
    merged = merge_lexical([_leg(_TEXTS[:1]), _leg(_TEXTS[1:])], kept)
    fresh = _leg([_TEXTS[0], _TEXTS[2]])
    assert merged.size == 2
    for question in ("giấy phép", "hộ chiếu"):
        ours, theirs = (_all(_asked(question, [leg]), 0, 2).folded.tolist() for leg in (merged, fresh))
        assert ours == pytest.approx(theirs, rel=0.05)
