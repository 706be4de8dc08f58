"""Folding keeps offsets; one spelling for one syllable."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.vietnamese import canonical_tone, fold, nfc, syllables

VIETNAMESE = st.text(
    alphabet="aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđĐÀÍỶbchklmnqt 0123.,/-"
)


@given(st.text())
def test_fold_is_as_long_as_the_composed_text(text: str) -> None:
    assert len(fold(text)) == len(nfc(text))


@given(VIETNAMESE)
def test_fold_of_vietnamese_has_no_diacritics_and_no_capitals(text: str) -> None:
    assert fold(text).isascii()
    assert fold(text) == fold(text).lower()


@given(VIETNAMESE)
def test_decomposed_input_folds_as_composed_input(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@given(VIETNAMESE, VIETNAMESE)
def test_fold_works_character_by_character(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tỷ lệ cấp Lý lịch tư pháp", "ty le cap ly lich tu phap"),
        ("ĐƯỜNG Ướt", "duong uot"),
        ("", ""),
        ("½ 한", "½ 한"),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("đạt 58,31% (919/1.576 hồ sơ)", ["dat", "58,31", "919/1.576", "ho", "so"]),
        ("Số: 12/BC-UBND", ["so", "12", "bc", "ubnd"]),
        ("giai đoạn 2021-2025_x", ["giai", "doan", "2021-2025", "x"]),
        ("  \n", []),
    ],
)
def test_syllables_keep_figures_whole(text: str, expected: list[str]) -> None:
    assert syllables(text) == expected


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("hoà", "hòa"), ("hòa", "hòa"), ("hòan", "hoàn"), ("hoàn", "hoàn"), ("ngòai", "ngoài"),
        ("thuý", "thúy"), ("THUỶ", "THỦY"), ("qúy", "quý"), ("quí", "quý"), ("quá", "quá"),
        ("tỉ lệ", "tỷ lệ"), ("kĩ", "kỹ"), ("lí lịch", "lý lịch"), ("ti le", "ty le"), ("thuyền", "thuyền"),
        ("khuỷu", "khuỷu"), ("thi", "thi"), ("nghỉ", "nghỉ"), ("chị", "chị"), ("xoè", "xòe"),
        ("toạ độ", "tọa độ"), ("toán", "toán"), ("Mĩ", "Mỹ"),
    ],
)  # fmt: skip
def test_one_spelling_of_a_syllable(written: str, canonical: str) -> None:
    assert canonical_tone(written) == canonical


@given(VIETNAMESE)
def test_canonical_tone_keeps_offsets_and_is_idempotent(text: str) -> None:
    once = canonical_tone(text)
    assert len(once) == len(nfc(text))
    assert canonical_tone(once) == once
