"""Who is graded: the assistant in this process, or a service at an address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bot.eval import timed
from bot.masking import mask

if TYPE_CHECKING:
    import httpx

    from bot.answering.assistant import Assistant
    from bot.settings import Settings

_PATIENCE_SECONDS = 30.0


class InProcessClient:
    """Asks the answering core itself, without Rasa; a turn's state is handed to the next."""

    def __init__(self, assistant: Assistant, normalise: Callable[[str], str]) -> None:
        self._assistant, self._normalise = assistant, normalise

    @classmethod
    def open(cls, settings: Settings) -> InProcessClient:
        """A client of the knowledge and the index that `settings` name."""
        from bot.answering.assistant import Assistant
        from bot.understanding.message import normalise

        return cls(Assistant.open(settings), normalise)

    def converse(self, turns: Sequence[str], report: Callable[[float], None]) -> Mapping[str, Any]:
        """The reply to the last turn."""
        state: Mapping[str, object] | None = None
        reply: Mapping[str, Any] = {}
        for turn in turns:

            def work(turn: str = turn, state: Mapping[str, object] | None = state) -> Mapping[str, Any]:
                answer = self._assistant.answer(self._normalise(mask(turn)), state=state)
                return {**answer.to_json(), "state": answer.state}

            reply = timed(work, report)
            state = reply["state"]
        return reply


class HttpClient:
    """Asks a running service, the way the chat page does."""

    def __init__(self, url: str) -> None:
        import httpx

        self._http: httpx.Client = httpx.Client(base_url=url, timeout=_PATIENCE_SECONDS)

    def converse(self, turns: Sequence[str], report: Callable[[float], None]) -> Mapping[str, Any]:
        """The reply to the last turn; a failure is a reply of status "error" that holds the reason."""
        import httpx

        conversation: dict[str, Any] = {}
        reply: Mapping[str, Any] = {}
        for turn in turns:

            def work(turn: str = turn, conversation: Mapping[str, Any] = conversation) -> Mapping[str, Any]:
                response = self._http.post("/api/v1/chat", json={"message": turn, **conversation})
                response.raise_for_status()
                body: dict[str, Any] = response.json()
                return body

            try:
                reply = timed(work, report)
            except (httpx.HTTPError, ValueError) as error:
                return {"status": "error", "text": "", "error": str(error)}
            conversation = {"conversation_id": reply["conversation_id"]}
        return reply
