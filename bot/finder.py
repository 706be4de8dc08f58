"""Search over the passages for the API and the pages: the index finds, the store says what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.anchors import citation_url
from bot.library import Library
from bot.problems import Problem
from bot.settings import Settings
from bot.wire import SearchHit
from bot.worker import Worker
from knowledge.errors import StoreError

if TYPE_CHECKING:
    from index.search import Index


class Finder:
    """Searches the published index, taking up a newer generation when there is one."""

    def __init__(self, settings: Settings, *, library: Library, worker: Worker) -> None:
        self._settings, self._library, self._worker = settings, library, worker
        self._index: Index | None = None

    async def find(self, query: str, *, limit: int) -> list[SearchHit]:
        """At most `limit` passages, the best first.

        Raises:
            Problem: no index has been published yet (not-ready).
        """
        return await self._worker.run(lambda: self._find(query, limit))

    def _find(self, query: str, limit: int) -> list[SearchHit]:
        hits = self._open().search(query, k=limit)
        return [hit for found in hits if (hit := _hit(self._library, found.id, found.score)) is not None]

    def _open(self) -> Index:
        from index.errors import SearchError
        from index.generation import open_current

        try:
            if self._index is None:
                self._index = open_current(
                    self._settings.index_folder,
                    embedder=self._settings.embedder,
                    vectors=self._settings.vector_store,
                )
            else:
                self._index.reload_if_changed()
        except SearchError as error:
            raise Problem(
                "not-ready",
                f"Chưa có chỉ mục tìm kiếm; hãy chạy `hoidap ingest`. (The index cannot be opened: {error})",
            ) from None
        return self._index


def _hit(library: Library, document_id: str, score: float) -> SearchHit | None:
    """The passage that the index names, or None where it has gone from the store since."""
    report_id, _, ordinal = document_id.rpartition("#")
    try:
        report = library.load(report_id)
    except StoreError:
        return None
    passage = next((p for p in report.passages if str(p.ordinal) == ordinal), None)
    if passage is None:
        return None
    title = next((s.title for s in report.sections if s.path == passage.section), "")
    return SearchHit(
        score=round(score, 4),
        report_id=report.id,
        report_number=report.number,
        section=passage.path,
        section_title=title,
        text=passage.span.of(report.text),
        url=citation_url(report.id, passage.path, span=passage.span),
    )
