from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.spelling import Speller

SPELLER = Speller(
    [("dang", "ky", "ket", "hon"), ("ty", "le", "ho", "so"), ("dang", "ky", "thuong", "tru")] * 3,
    known=["cam", "tao"],
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["dag", "ky"], ["dang", "ky"]),
        (["ket", "honn"], ["ket", "hon"]),
        (["dnag", "ky"], ["dang", "ky"]),
        (["thuonh", "tru"], ["thuong", "tru"]),
    ],
)
def test_a_slip_of_the_fingers_is_mended(typed: list[str], meant: list[str]) -> None:
    assert SPELLER.mend(typed) == meant


@pytest.mark.parametrize("tokens", [["dang", "ky"], ["cam", "tao"], ["zz"], ["bhyt"], ["15"], ["qwerty"], []])
def test_what_is_known_or_unlike_anything_is_left(tokens: list[str]) -> None:
    assert SPELLER.mend(tokens) == tokens


@given(st.lists(st.text(max_size=12), max_size=8))
def test_as_many_tokens_come_back(tokens: list[str]) -> None:
    assert len(SPELLER.mend(tokens)) == len(tokens)
