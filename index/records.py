"""What goes into an index and what comes out of it. All records are frozen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

# The name of the model that comes with the index.
BUILT_IN: Final = "built-in"

# Called with the stage, the pieces done and the pieces in all, e.g. ("embed", 120, 240).
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Document:
    """One passage to be indexed. `id` is unique ("<report_id>#<ordinal>"); `heading` is what it inherits.

    The heading holds the titles of its sections and its lead-ins. `kind` is the kind of the report or of
    the passage, whichever the caller filters by. A document without a period is never found under a period
    filter. `figures` counts the figures (facts) that it states, which speaks for it where one is asked for.
    """

    id: str
    text: str
    heading: str = ""
    report_id: str = ""
    place: str = ""
    period_start: date | None = None
    period_end: date | None = None
    kind: str = ""
    section: str = ""
    figures: int = 0


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must satisfy; None and "" let everything through, an empty set nothing.

    `places` are compared without diacritics and case. `section` is a path prefix, label by label: "II.2" lets
    "II.2" and "II.2.3" through, not "II.20". `period` (first and last day) lets documents through whose own
    period overlaps it.
    """

    report_ids: frozenset[str] | None = None
    places: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    section: str = ""
    period: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found. `score` in [0, 1] orders the hits of one query, and of one query only.

    `legs` says how it was found: "spelt" and "folded" (BM25, not normalised), "dense" (½ cosine to the
    passage + ½ cosine to its best sentence), and "coverage": the share of the question's content words,
    weighted by rarity, that the passage or its heading says (synonyms count). Thresholds belong on the
    last two.

    `sentence` is where the sentence stands in the document's text that comes nearest to the question (None
    where the text is one sentence), `duplicates` the ids of further documents that say the very same, where
    the search was told to fold them.
    """

    id: str
    score: float
    legs: Mapping[str, float] = field(default_factory=dict)
    sentence: tuple[int, int] | None = None
    duplicates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EmbedderSettings:
    """Which embedding model to use. `model` is "" (the one that comes with the index), a folder, a hub name.

    `query_prefix` and `passage_prefix` override the model's own prompts (None keeps them). `allow_download`
    lets a hub name be fetched when it is not cached; it is off, since nothing calls out at run time.
    """

    model: str = ""
    query_prefix: str | None = None
    passage_prefix: str | None = None
    device: str = "cpu"
    batch_size: int = 32
    allow_download: bool = False

    @property
    def name(self) -> str:
        """The model's name in manifests and messages."""
        return self.model or BUILT_IN

    @classmethod
    def named(cls, name: str) -> EmbedderSettings:
        """The settings of the model of that name, without further wishes."""
        return cls("" if name == BUILT_IN else name)
