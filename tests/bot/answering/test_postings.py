from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.answering.matching import credit_of
from bot.answering.postings import Postings, worth_reading
from bot.answering.shelf import ShelvedReport
from bot.understanding.question import Concept


def concepts_of(words: list[str]) -> list[Concept]:
    """Single words, pairs with a synonym, and longer phrases made of parts."""
    single = [Concept(0, 1, ((w,),)) for w in words]
    pairs = [Concept(0, 2, ((a, b), (b,))) for a, b in pairwise(words)]
    return [*single, *pairs, Concept(0, 9, (tuple(words),), parts=tuple(pairs or single))]


@given(data=st.data())
def test_no_statement_that_gets_credit_is_left_out(shelved: ShelvedReport, data: st.DataObject) -> None:
    statements = shelved.statements("clauses")
    known = sorted({token for s in statements for token in s.all_tokens})
    words = data.draw(st.lists(st.sampled_from([*known, "khong", "coo"]), min_size=1, max_size=5))
    postings = shelved.postings("clauses")
    for concept in concepts_of(words):
        can_say = postings.can_say(concept)
        for n, statement in enumerate(statements):
            assert can_say >> n & 1 or credit_of(concept, statement) == (0.0, False)


def test_statements_of_enough_weight_are_named_in_order() -> None:
    assert list(worth_reading([0b1011, 0b0110], [1.0, 2.0], 0.9)) == [0, 1, 2, 3]
    assert list(worth_reading([0b1011, 0b0110], [1.0, 2.0], 2.5)) == [1]
    assert list(worth_reading([], [], 0.0)) == []


def test_what_no_statement_says_leaves_nothing(shelved: ShelvedReport) -> None:
    assert shelved.postings("facts").can_say(Concept(0, 1, (("zzz",),))) == 0
    assert Postings([]).can_say(Concept(0, 1, (("ho",),))) == 0
