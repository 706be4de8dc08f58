from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo.splitting import length, shortened, split

TEXTS = st.text(
    st.one_of(st.sampled_from(" \n.!?…;ĐTP1290ằ\u0301😀"), st.characters(exclude_categories=["Cs"])),
    max_size=400,
)


@given(TEXTS, st.integers(2, 120))
def test_parts_fit_and_lose_white_space_only(text: str, longest: int) -> None:
    parts = split(text, longest=longest)
    assert all(0 < length(part) <= longest for part in parts)
    assert all(part == part.strip() for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(st.lists(st.text("abcằđ0123456789.,/%", min_size=1, max_size=12), max_size=60))
def test_no_word_or_figure_is_cut(words: list[str]) -> None:
    assert [word for part in split(" ".join(words), longest=40) for word in part.split()] == words


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Đạt 58,31% (919/1.576 hồ sơ). Còn lại 657 hồ sơ.", "Đạt 58,31% (919/1.576 hồ sơ)."),
        ("Đã sang tháng sau rồi ạ. Báo cáo của TP. Hồ Chí Minh", "Đã sang tháng sau rồi ạ."),
        ("Mục đầu tiên của danh sách:\n1. Kết quả thực hiện", "Mục đầu tiên của danh sách:"),
        ("Đoạn một có hai dòng\nở đây.\n\nĐoạn hai cũng có dòng", "Đoạn một có hai dòng\nở đây."),
    ],
)
def test_cut_stands_at_the_end_of_a_sentence(text: str, first: str) -> None:
    assert split(text, longest=44)[0] == first


def test_letter_keeps_its_marks_in_an_endless_word() -> None:
    text = unicodedata.normalize("NFD", "ằ" * 30)
    assert not [p for p in split(text, longest=7) if unicodedata.combining(p[0])]


def test_longest_below_one_character_is_refused() -> None:
    with pytest.raises(ValueError, match="longest is 1"):
        split("ab", longest=1)


@given(TEXTS)
def test_shortened_fits_on_one_line(text: str) -> None:
    short = shortened(text, longest=20)
    assert length(short) <= 20
    assert short.endswith("…") or short == " ".join(text.split())
