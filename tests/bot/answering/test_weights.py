from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.answering.weights import Weights

PASSAGES = [
    ("ho", "so", "khai", "sinh"),
    ("ho", "so", "khai", "tu"),
    ("ho", "so", "ioc"),
    ("bao", "cao", "ho", "so"),
]


def test_what_every_passage_says_weighs_less_than_what_one_says() -> None:
    weights = Weights.of(PASSAGES * 10)
    assert weights.token("so") < weights.token("ioc")


def test_a_longer_phrase_weighs_more_than_its_weightiest_syllable() -> None:
    weights = Weights.of(PASSAGES)
    assert weights.phrase(("khai", "sinh")) > max(weights.token("khai"), weights.token("sinh"))


@given(
    st.lists(st.lists(st.sampled_from(["a", "ho", "so", "ioc", "15"]), max_size=5), max_size=6),
    st.text(min_size=1, max_size=8),
)
def test_weights_lie_between_nothing_and_everything(passages: list[list[str]], token: str) -> None:
    assert 0 < Weights.of(passages).token(token) <= 1
