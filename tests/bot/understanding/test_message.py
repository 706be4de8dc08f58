from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.message import is_syllable, normalise
from knowledge.vietnamese import fold


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bn hồ sơ", "bao nhiêu hồ sơ"),
        ("ko dc", "không được"),
        ("tl khai sinh thg 3", "tỷ lệ khai sinh tháng 3"),
        ("sl hồ sơ ntn", "số lượng hồ sơ như thế nào"),
        ("tks nhé", "cảm ơn nhé"),
        ("dv công trực tuyến", "dịch vụ công trực tuyến"),
    ],
)
def test_short_forms_of_chat_are_written_out(typed: str, meant: str) -> None:
    assert normalise(typed) == meant


@pytest.mark.parametrize(
    "text", ["TL và BN là chữ viết tắt", "CCCD, BHYT, LLTP", "Quyết định 06/QĐ-TTg ngày 06/01/2022"]
)
def test_capitals_and_numbers_are_left_alone(text: str) -> None:
    assert normalise(text) == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tyr leej khai sinh", "tỷ lệ khai sinh"),
        ("ddawng kys thuwowngf trus", "đăng ký thường trú"),
        ("bao nhieeu hoof sow", "bao nhiêu hồ sơ"),
        ("dduwowcj khoong", "được không"),
        ("thangs 3 nawm 2024", "tháng 3 năm 2024"),
        ("nguowif lao dongj", "người lao dong"),
    ],
)
def test_telex_leftovers_are_decoded(typed: str, meant: str) -> None:
    assert normalise(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "ty le khai sinh thang 3",
        "tỷ lệ khai sinh tháng 3",
        "cho toi xem ket qua cua huyen",
        "file Excel trên website",
        "Thoại Sơn, Chợ Mới, Châu Phú",
    ],
)
def test_what_is_no_telex_is_left_alone(text: str) -> None:
    assert normalise(text) == text


def test_decomposed_letters_are_composed_and_spaces_made_single() -> None:
    assert normalise(unicodedata.normalize("NFD", "tỷ  lệ\tkhai\n sinh ")) == "tỷ lệ khai sinh"
    assert normalise("tỷ\u200b lệ\ufeff\x07 khai") == "tỷ lệ khai"


@pytest.mark.parametrize("word", ["nghiêng", "quyết", "gì", "ươm", "khuya", "trường", "a"])
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["excel", "web", "tyr", "zalo", "bhyt", ""])
def test_other_words_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@given(st.text(max_size=120))
def test_any_text_is_normalised_and_stays_so(text: str) -> None:
    once = normalise(text)
    assert once == unicodedata.normalize("NFC", once)
    assert "  " not in once
    assert once == once.strip()


@given(st.text(alphabet="0123456789.,/% ", max_size=40))
def test_figures_are_never_changed(text: str) -> None:
    assert normalise(text) == " ".join(text.split())


SYLLABLES = st.sampled_from(
    ["tỷ", "lệ", "đăng", "ký", "khai", "sinh", "hồ", "sơ", "tháng", "huyện", "được", "nghị", "quyết"]
)


@given(st.lists(SYLLABLES, min_size=1, max_size=8))
def test_well_written_vietnamese_is_left_alone_with_and_without_marks(words: list[str]) -> None:
    text = " ".join(words)
    assert normalise(text) == text
    assert normalise(fold(text)) == fold(text)
