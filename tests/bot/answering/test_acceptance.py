"""How likely a statement is what is asked for."""

from __future__ import annotations

import pytest

from bot.answering.acceptance import likelihood
from bot.answering.case import enough
from bot.answering.matching import Match, match
from bot.answering.shelf import ShelvedReport, tokens_of
from bot.answering.weights import Weights
from bot.understanding.question import Concept
from index.word_classes import use_of


def concept(words: str) -> Concept:
    return Concept(0, len(words), (tokens_of(words),), use=use_of(words, marked=True))


def best(shelved: ShelvedReport, *wanted: str, found: float = 0.8) -> Match:
    weights = Weights.of([tokens_of(e.quote) for e in shelved.passages])
    concepts = [concept(words) for words in wanted]
    return max((match(e, concepts, weights, found=found) for e in shelved.facts), key=lambda m: m.score)


def subject(shelved: ShelvedReport) -> list[str]:
    """Words of a figure's name, in its own order."""
    name = next(e.fact.indicator for e in shelved.facts if e.fact and len(e.fact.indicator.split()) >= 4)
    words = name.split()
    return [" ".join(words[:2]), " ".join(words[2:4])]


def test_saying_all_is_likelier_than_saying_less(shelved: ShelvedReport) -> None:
    said = subject(shelved)
    whole = likelihood(best(shelved, *said))
    assert 0 < likelihood(best(shelved, *said, "giấy phép xây dựng")) < whole <= 1


@pytest.mark.parametrize("everyday", ["vướng", "sửa", "gửi"])
@pytest.mark.parametrize("telling", ["giấy phép", "luật sư", "học sinh"])
def test_a_missing_everyday_word_speaks_less_against_a_statement_than_a_subject(
    shelved: ShelvedReport, everyday: str, telling: str
) -> None:
    said = subject(shelved)
    assert likelihood(best(shelved, *said, everyday)) > likelihood(best(shelved, *said, telling))


def test_what_search_finds_is_likelier(shelved: ShelvedReport) -> None:
    said = subject(shelved)
    assert likelihood(best(shelved, *said, found=0.9)) > likelihood(best(shelved, *said, found=0.0))


def test_a_figure_whose_subject_is_not_said_is_no_answer(shelved: ShelvedReport) -> None:
    assert not enough(best(shelved, "luật sư", "đoàn luật sư", *subject(shelved)[:1]))
    assert enough(best(shelved, *subject(shelved)))
