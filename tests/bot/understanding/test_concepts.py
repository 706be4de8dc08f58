"""What a question names, and how much each word of it insists on being said."""

from __future__ import annotations

from bot.understanding.concepts import concepts
from index.thesaurus import load


def test_a_word_that_only_counts_hardly_insists() -> None:
    found = concepts("mấy ca khai tử", [(0, 3)], load())
    assert [c.typed for c in found if c.insistence <= 0.1] == ["ca"]
    assert [c.typed for c in concepts("phụ lục ca khai tử", (), load()) if c.insistence <= 0.1] == []
