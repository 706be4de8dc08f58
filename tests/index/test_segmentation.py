"""Text into syllables, words and sentences; real underthesea."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from index.lexical import folded_terms
from index.records import Document
from index.segmentation import segment, segment_documents, sentence_spans, sentences
from knowledge.vietnamese import fold


def test_underthesea_finds_words_of_several_syllables() -> None:
    words = segment("Tỷ lệ cấp lý lịch tư pháp của công dân").words
    assert "công_dân" in words
    assert all("_" in word for word in words)


def test_known_words_are_taken_and_underthesea_is_left_alone() -> None:
    assert segment("công dân", known_words=("của_riêng",)).words == ("của_riêng",)


def test_one_spelling_whatever_the_tone_placement() -> None:
    assert segment("hoà tỉ lệ", known_words=()) == segment("hòa tỷ lệ", known_words=())


@given(st.text(max_size=60))
@example("KÎ")
def test_features_of_any_text_are_the_same_without_diacritics(text: str) -> None:
    typed = segment(text, known_words=()).folded
    bare = segment(fold(text), known_words=()).folded
    assert folded_terms(typed).tolist() == folded_terms(bare).tolist()


def test_strange_text_is_segmented_without_an_error() -> None:
    for text in ("", " \n\t", "😀😀", "\x00\x01", "a" * 20_000, "..;;!!"):
        assert isinstance(segment(text).words, tuple)


def test_figures_do_not_end_a_sentence() -> None:
    text = "Đã tiếp nhận 1.576 hồ sơ; đạt 58,31%. Còn lại nộp trực tiếp tại xã."
    assert sentences(text) == ["Đã tiếp nhận 1.576 hồ sơ;", "đạt 58,31%. Còn lại nộp trực tiếp tại xã."]


def test_a_lone_sentence_has_no_parts() -> None:
    assert sentences("Một câu duy nhất ở đây.") == []


def test_sentences_are_named_by_their_places() -> None:
    text = "  Câu đầu tiên ở đây.  Câu thứ hai dài hơn một chút.\n"
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences(text)


def test_progress_is_told() -> None:
    documents = [Document(id="1", text="công dân"), Document(id="2", text="hồ sơ")]
    told: list[tuple[str, int, int]] = []
    segmented = segment_documents(documents, progress=lambda *step: told.append(step))
    assert segmented[1].words == ("hồ_sơ",)
    assert told == [("segment", 1, 2), ("segment", 2, 2)]
