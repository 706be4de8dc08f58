"""The parts of a running service, opened and closed together; routes find them on the request."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import Request

from bot.administration import Guard
from bot.charts import ChartPictures
from bot.conversations import Conversations
from bot.desk import AnswerDesk, Answering
from bot.dialogue_memory import DialogueMemory
from bot.editing.acceptance import sweep
from bot.editing.changes import Changes
from bot.editing.desk_store import DeskStore
from bot.editing.runs import Runs
from bot.finder import Finder
from bot.gateway import Gateway, RasaTurns
from bot.library import Library
from bot.metrics import Metrics
from bot.settings import Settings
from bot.worker import Worker
from knowledge.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Service:
    """Everything that the routes use."""

    settings: Settings
    desk: AnswerDesk
    gateway: Gateway
    library: Library
    finder: Finder
    conversations: Conversations
    charts: ChartPictures
    memory: DialogueMemory
    metrics: Metrics
    rasa: RasaTurns | None
    guard: Guard
    desk_store: DeskStore
    changes: Changes
    runs: Runs
    workers: tuple[Worker, ...]

    @asynccontextmanager
    async def changing(self) -> AsyncIterator[None]:
        """Hold the reports for a change; the next question is answered from what it left."""
        async with self.library.changing:
            yield
            self.desk.look_again()

    async def close(self) -> None:
        """Let the work in progress end, and close files and connections."""
        await asyncio.to_thread(self.runs.close)
        for worker in self.workers:
            worker.close()
        if self.rasa is not None:
            await self.rasa.close()
        self.conversations.close()
        self.desk_store.close()


async def open_service(
    settings: Settings,
    *,
    open_assistant: Callable[[Settings], Answering],
    rasa: RasaTurns | None,
    normalise: Callable[[str], str],
) -> Service:
    """The opened service. The assistant is opened in the thread that it will answer in."""
    answering, searching, drawing = Worker("answering"), Worker("searching"), Worker("drawing")
    store, desk_store = Store.open(settings.knowledge_path), DeskStore.open(settings.desk_path)
    changes = Changes(store, desk_store, settings)
    await asyncio.to_thread(_tidy_up, changes, desk_store, settings)
    assistant = await answering.run(lambda: open_assistant(settings))
    library = Library(store)
    metrics = Metrics()
    conversations = Conversations.open(settings.conversations_path, retention_days=settings.retention_days)
    desk = AnswerDesk(assistant, worker=answering, metrics=metrics)
    memory = DialogueMemory()
    gateway = Gateway(
        desk=desk,
        rasa=rasa,
        conversations=conversations,
        memory=memory,
        metrics=metrics,
        settings=settings,
        normalise=normalise,
    )
    return Service(
        settings=settings,
        desk=desk,
        gateway=gateway,
        library=library,
        finder=Finder(settings, library=library, worker=searching),
        conversations=conversations,
        charts=ChartPictures(conversations, worker=drawing),
        memory=memory,
        metrics=metrics,
        rasa=rasa,
        guard=Guard(settings),
        desk_store=desk_store,
        changes=changes,
        runs=Runs(desk_store, settings),
        workers=(answering, searching, drawing),
    )


def _tidy_up(changes: Changes, desk_store: DeskStore, settings: Settings) -> None:
    """Finish what a killed process left half done."""
    sweep(settings.data_folder)
    desk_store.cut_off_runs()
    if changes.catch_up():
        log.warning("a change of the reports had been cut off; its index is published now")


def service_of(request: Request) -> Service:
    """The service that serves this request."""
    service: Service = request.app.state.service
    return service
