"""Whether the parts of the service can do their work, each with a sentence for whoever looks."""

from __future__ import annotations

from pathlib import Path

from bot.service import Service
from bot.wire import Part, Readiness
from knowledge.errors import KnowledgeError


async def readiness(service: Service) -> Readiness:
    """The state of store, index and Rasa. `ready`: questions can be answered, if need be without Rasa."""
    store, index, rasa = await _store(service), _index(service.settings.index_folder), await _rasa(service)
    return Readiness(ready=store.ready and index.ready, store=store, index=index, rasa=rasa)


async def _store(service: Service) -> Part:
    try:
        count = len(await service.library.summaries())
    except (KnowledgeError, OSError) as error:
        return Part(ready=False, detail=f"the store cannot be read: {error}")
    if not count:
        return Part(ready=False, detail="no report is stored; run `hoidap ingest PATH`")
    return Part(ready=True, detail=f"{count} reports")


def _index(folder: Path) -> Part:
    from index.errors import SearchError
    from index.publication import current_name

    try:
        generation = current_name(folder)
    except SearchError as error:
        return Part(ready=False, detail=str(error))
    return Part(ready=True, detail=f"generation {generation.removeprefix('gen-')}")


async def _rasa(service: Service) -> Part:
    if service.rasa is None:
        return Part(ready=False, detail="switched off; follow-up questions are not available")
    if await service.rasa.ready():
        return Part(ready=True, detail="a model is loaded")
    return Part(ready=False, detail="not answering; follow-up questions are not available")
