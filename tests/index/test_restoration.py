"""Diacritics are restored where they are sure, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.restoration import SURE, Restorer
from index.spelling_domain import DomainSpelling
from knowledge.vietnamese import fold, nfc

RESTORER = Restorer()
# Letters, marks and figures of Vietnamese messages, mixed with anything.
_SYLLABLES = (
    "ty",
    "le",
    "ho",
    "so",
    "da",
    "hoa",
    "ti",
    "qui",
    "UBND",
    "3",
    "31,5%",
    "tỷ",
    "đã",
    "\n",
    ",",
    "TP",
)
messages = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(_SYLLABLES), max_size=30).map(" ".join),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ty le ho so truc tuyen la bao nhieu", "tỷ lệ hồ sơ trực tuyến là bao nhiêu"),
        ("Ti le tiep nhan ho so", "Tỉ lệ tiếp nhận hồ sơ"),
        ("BAO NHIEU HO SO", "BAO NHIÊU HỒ SƠ"),
        ("tong so ho so thang 3/2024", "tổng số hồ sơ tháng 3/2024"),
    ],
)
def test_what_is_sure_is_restored(typed: str, meant: str) -> None:
    assert RESTORER.restored(typed) == meant


def test_what_stays_in_doubt_stays_as_typed() -> None:
    assert RESTORER.restored("bao", sure=0.999) == "bao"
    assert RESTORER.restored("ty le ho so", sure=1.01) == "ty le ho so"


@pytest.mark.parametrize("typed", ["UBND", "an toan VNeID", "Windows 11", "15/2024/TT-BCA"])
def test_abbreviations_and_names_stay(typed: str) -> None:
    latin = [word for word in typed.split() if not word.islower()]
    assert all(word in RESTORER.restored(typed).split() for word in latin)


def test_a_text_with_diacritics_is_left_alone() -> None:
    text = "tỷ lệ tiếp nhận hồ so trực tuyến là bao nhiêu"
    assert RESTORER.restored(text) == text


def test_a_few_diacritics_are_kept_and_steer_what_is_beside_them() -> None:
    restored = RESTORER.restored("ty lệ tiep nhan ho so truc tuyen cua tinh la bao nhieu")
    assert restored.startswith("tỷ lệ tiếp nhận hồ sơ")


def test_the_spelling_of_the_reports_decides() -> None:
    own = Restorer(DomainSpelling.of(["xã Bảo Cao có 12 hộ; ở Bảo Cao, tại Bảo Cao; xã Bảo Cao đã họp."] * 5))
    assert RESTORER.restored("xa bao cao").endswith("báo cáo")
    assert own.restored("xa bao cao").endswith("bảo cao")


def test_a_syllable_that_only_the_reports_know_is_restored() -> None:
    own = Restorer(DomainSpelling.of(["buôn Krôngh, tại buôn Krôngh; đến buôn Krôngh."] * 5))
    assert "buôn krôngh" in own.restored("tai buon krongh co gi")


def test_the_probabilities_of_readings_are_probabilities() -> None:
    assert all(
        0 < reading.probability <= 1 + 1e-9 for reading in RESTORER.readings("bao cao cua huyen ve ho so")
    )


@given(messages)
@settings(max_examples=150, deadline=None)
def test_the_restored_text_folds_as_the_typed_one(text: str) -> None:
    restored = RESTORER.restored(text)
    assert fold(restored) == fold(text)
    assert len(restored) == len(nfc(text))
    assert restored == RESTORER.restored(text)


@given(messages)
@settings(max_examples=50, deadline=None)
def test_a_text_that_is_not_bare_comes_back_as_it_is(text: str) -> None:
    if not RESTORER.is_bare(text):
        assert RESTORER.restored(text) == nfc(text)


@given(st.lists(st.sampled_from(["xã", "huyện", "tỉnh", "bao", "cao", "so"]), min_size=1, max_size=12))
@settings(max_examples=50, deadline=None)
def test_typed_diacritics_are_never_changed(words: list[str]) -> None:
    restored = RESTORER.restored(" ".join(words), sure=SURE).split()
    assert all(now == typed for now, typed in zip(restored, words, strict=True) if not typed.isascii())


def test_names_that_are_known_are_spelt_so_and_steer_what_is_beside_them() -> None:
    typed = "ty le ho so cua Quy Hoa la bao nhieu"
    assert "Quỹ Hòa" in RESTORER.restored(typed, names=[(typed.index("Quy"), "Quỹ Hòa")])
    assert "Quỹ" not in RESTORER.restored(typed, names=[(0, "Quỹ Hòa")], sure=1.1)
