"""Search over the passages for the API and the pages: the index finds, the store says what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.anchors import citation_url
from bot.library import Library
from bot.problems import Problem
from bot.settings import Settings
from bot.wire import SearchDuplicate, SearchHit
from bot.worker import Worker
from knowledge.errors import StoreError
from knowledge.records import Passage, Report

if TYPE_CHECKING:
    from index.records import Filters, Hit
    from index.search import Index


class Finder:
    """Searches the published index, taking up a newer generation when there is one."""

    def __init__(self, settings: Settings, *, library: Library, worker: Worker) -> None:
        self._settings, self._library, self._worker = settings, library, worker
        self._index: Index | None = None

    async def find(self, query: str, *, limit: int, filters: Filters | None = None) -> list[SearchHit]:
        """At most `limit` passages that `filters` let through, the best first, equal texts once.

        Raises:
            Problem: no index has been published yet (not-ready).
        """
        return await self._worker.run(lambda: self._find(query, limit, filters))

    def _find(self, query: str, limit: int, filters: Filters | None) -> list[SearchHit]:
        hits = self._open().search(query, k=limit, filters=filters, fold_duplicates=True)
        return [hit for found in hits if (hit := _hit(self._library, found)) is not None]

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


def _hit(library: Library, found: Hit) -> SearchHit | None:
    """The passage that the index names, or None where it has gone from the store since."""
    stored = _stored(library, found.id)
    if stored is None:
        return None
    report, passage = stored
    text = passage.span.of(report.text)
    others = [other for name in found.duplicates if (other := _stored(library, name)) is not None]
    title = next((s.title for s in report.sections if s.path == passage.section), "")
    return SearchHit(
        score=round(found.score, 4),
        report_id=report.id,
        report_number=report.number,
        section=passage.path,
        section_title=title,
        text=text,
        sentence=text if found.sentence is None else text[slice(*found.sentence)],
        url=citation_url(report.id, passage.path, span=passage.span),
        duplicates=[
            SearchDuplicate(
                report_id=other.id,
                report_number=other.number,
                section=same.path,
                url=citation_url(other.id, same.path, span=same.span),
            )
            for other, same in others
        ],
    )


def _stored(library: Library, document_id: str) -> tuple[Report, Passage] | None:
    report_id, _, ordinal = document_id.rpartition("#")
    try:
        report = library.load(report_id)
    except StoreError:
        return None
    passage = next((p for p in report.passages if str(p.ordinal) == ordinal), None)
    return None if passage is None else (report, passage)
