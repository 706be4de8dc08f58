"""The answering core at work inside the service: one thread, and always the published index."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from bot.metrics import Metrics
from bot.worker import Worker

if TYPE_CHECKING:
    from bot.answering.records import Answer
    from bot.understanding.rasa import Understanding

_RELOAD_EVERY_SECONDS = 1.0


class Answering(Protocol):
    """What the desk needs of the answering core (`bot.answering.assistant.Assistant`)."""

    def answer(
        self,
        text: str,
        *,
        understanding: Understanding | None = None,
        state: Mapping[str, object] | None = None,
    ) -> Answer:
        """The answer to a question."""

    def reload_if_changed(self) -> object:
        """Take up a newer generation of the index, if there is one."""


class AnswerDesk:
    """Answers questions one after the other, away from the event loop."""

    def __init__(self, assistant: Answering, *, worker: Worker, metrics: Metrics) -> None:
        self._assistant, self._worker, self._metrics = assistant, worker, metrics
        self._next_reload = 0.0

    def look_again(self) -> None:
        """Look for changed reports at the next question, however lately that was done."""
        self._next_reload = 0.0

    async def answer(
        self,
        text: str,
        *,
        understanding: Understanding | None = None,
        state: Mapping[str, object] | None = None,
    ) -> Answer:
        """The core's answer to `text`, which the caller has masked."""

        def work() -> Answer:
            started = time.perf_counter()
            self._reload()
            answer = self._assistant.answer(text, understanding=understanding, state=state)
            self._metrics.answer_seconds.observe(time.perf_counter() - started)
            return answer

        return await self._worker.run(work)

    def _reload(self) -> None:
        now = time.monotonic()
        if now >= self._next_reload:
            self._next_reload = now + _RELOAD_EVERY_SECONDS
            self._assistant.reload_if_changed()


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer as the HTTP contract has it, without ids."""
    return dict(answer.to_json())
