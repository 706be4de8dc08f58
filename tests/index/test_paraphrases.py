"""The benchmark's own questions still name passages that the reports have."""

from __future__ import annotations

from tests.bench.collections import paraphrases


def test_every_paraphrase_has_its_passage_and_there_are_many() -> None:
    collection = paraphrases()
    assert len(collection.questions) >= 200
    assert len({document.report_id for document in collection.documents}) > 10
    assert all(asked.gold for asked in collection.questions)
