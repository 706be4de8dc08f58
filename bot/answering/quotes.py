"""A span of a report that is to be cited."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answering.shelf import ShelvedReport
from knowledge.records import Passage, Span


@dataclass(frozen=True, slots=True)
class Quote:
    """A span to be cited, with the passage that it stands in."""

    shelved: ShelvedReport
    passage: Passage
    span: Span

    @property
    def words(self) -> str:
        """The quoted words."""
        return self.span.of(self.shelved.report.text)
