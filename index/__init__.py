"""Search over passages: segmentation, embedding, FAISS, a lexical leg, fusion, generations.

`build` makes and publishes a generation, `open_current` opens the published one. Knows nothing of chat.
"""

from __future__ import annotations

from index.generation import Generation, build, open_current
from index.records import Document, EmbedderSettings, Filters, Hit
from index.search import Index

__all__ = ["Document", "EmbedderSettings", "Filters", "Generation", "Hit", "Index", "build", "open_current"]
