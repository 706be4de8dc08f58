"""The gateway: a person's message in, the assistant's reply out.

A message is cleaned, masked and normalised, waits for its conversation's turn, and goes to Rasa, whose
action comes back to this service for the answer. Where Rasa is down or slow, the question is answered
without the dialogue.
"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from pydantic import ValidationError

from bot import messages
from bot.charts import chart_out
from bot.conversations import Conversations, Turn
from bot.desk import AnswerDesk, answer_json
from bot.dialogue_memory import DialogueMemory
from bot.masking import mask
from bot.metrics import Metrics
from bot.rasa_client import RasaUnavailable
from bot.settings import Settings
from bot.turn_queue import TurnQueue
from bot.wire import AnswerBody, ChartSpec, ChatReply, ChatRequest

log = logging.getLogger(__name__)

NO_WORDS = (
    "Tôi chưa thấy câu hỏi trong tin nhắn này. Anh/chị hãy hỏi về số liệu trong các báo cáo, "
    "ví dụ tỷ lệ tiếp nhận hồ sơ của một dịch vụ công."
)
NO_FOLLOW_UP = (
    "Lưu ý: hiện tại trợ lý chưa nối được với phần hội thoại nên không nhớ câu hỏi trước. "
    "Anh/chị hãy hỏi lại bằng một câu đầy đủ (nội dung, địa phương, thời gian)."
)


class RasaTurns(Protocol):
    """What the service needs of `bot.rasa_client.RasaClient`."""

    async def turn(self, conversation_id: str, text: str) -> Sequence[Mapping[str, Any]]:
        """What Rasa says to a message; raises RasaUnavailable."""

    async def start_session(self, conversation_id: str, slots: Mapping[str, object]) -> None:
        """Begin a conversation anew with these slots; raises RasaUnavailable."""

    async def ready(self) -> bool:
        """Whether Rasa has a model loaded."""

    async def close(self) -> None:
        """Close the connections."""


class Gateway:
    """Takes the turns of all conversations."""

    def __init__(
        self,
        *,
        desk: AnswerDesk,
        rasa: RasaTurns | None,
        conversations: Conversations,
        memory: DialogueMemory,
        metrics: Metrics,
        settings: Settings,
        normalise: Callable[[str], str],
    ) -> None:
        self._desk, self._rasa, self._conversations = desk, rasa, conversations
        self._memory, self._metrics = memory, metrics
        self._settings, self._normalise = settings, normalise
        self._queue = TurnQueue(max_waiting=settings.queue_max_waiting)
        self._rasa_rests_until = 0.0

    async def turn(self, request: ChatRequest) -> ChatReply:
        """The reply to a message.

        Raises:
            Problem: the message or the conversation id cannot be taken, or too many messages wait.
        """
        text = messages.clean(request.message, max_characters=self._settings.message_max_characters)
        conversation_id = messages.conversation_id(request.conversation_id)
        masked = mask(text)  # nothing behind this line sees a personal number
        async with self._queue.turn(conversation_id):
            started = time.perf_counter()
            body, via = await self._body(conversation_id, masked)
            seconds = time.perf_counter() - started
            message_id = str(uuid.uuid4())
            reply = ChatReply(
                **body.model_dump(exclude={"chart"}),
                chart=chart_out(body.chart, message_id) if body.chart else None,
                conversation_id=conversation_id,
                message_id=message_id,
            )
            await self._remember(reply, masked, via, seconds, body.chart)
        return reply

    async def forget(self, conversation_id: str) -> None:
        """Delete a conversation: its stored turns, what the next turn would lean on, Rasa's tracker."""
        async with self._queue.turn(conversation_id):
            await asyncio.to_thread(self._conversations.forget, conversation_id)
            self._memory.forget(conversation_id)
            if self._rasa is not None:
                try:
                    await self._rasa.start_session(conversation_id, {})
                except RasaUnavailable as error:
                    # its tracker is in memory only: a Rasa that is down has forgotten already
                    log.warning("Rasa could not be told to forget a conversation (%s)", error)

    async def _body(self, conversation_id: str, masked: str) -> tuple[AnswerBody, str]:
        if not messages.has_words(masked):
            return AnswerBody(status="smalltalk", text=NO_WORDS), "gateway"
        text = self._normalise(masked)
        if self._rasa is not None and time.monotonic() >= self._rasa_rests_until:
            try:
                return await self._ask_rasa(conversation_id, text), "rasa"
            except RasaUnavailable as error:
                # Left alone for a while: a conversation must not wait for the time-out at every message.
                self._rasa_rests_until = time.monotonic() + self._settings.rasa_retry_seconds
                self._metrics.rasa_failures.inc()
                log.warning("Rasa did not answer (%s); answering directly", error)
        return await self._answer_directly(conversation_id, text), "direct"

    async def _ask_rasa(self, conversation_id: str, text: str) -> AnswerBody:
        if self._rasa is None:
            raise RasaUnavailable("Rasa is switched off")
        try:
            async with asyncio.timeout(self._settings.rasa_timeout_seconds):
                said = await self._rasa.turn(conversation_id, text)
        except TimeoutError:
            seconds = self._settings.rasa_timeout_seconds
            raise RasaUnavailable(f"no answer within {seconds} s") from None
        return body_from_rasa(said)

    async def _answer_directly(self, conversation_id: str, text: str) -> AnswerBody:
        answer = await self._desk.answer(text)
        self._memory.keep(conversation_id, answer.state)
        body = AnswerBody.model_validate(answer_json(answer))
        if messages.looks_like_followup(text):
            return body.model_copy(update={"text": f"{body.text}\n\n{NO_FOLLOW_UP}"})
        return body

    async def _remember(
        self, reply: ChatReply, masked: str, via: str, seconds: float, chart: ChartSpec | None
    ) -> None:
        self._metrics.turns.labels(reply.status, via).inc()
        self._metrics.turn_seconds.labels(via).observe(seconds)
        turn = Turn(
            message_id=reply.message_id,
            conversation_id=reply.conversation_id,
            question=masked,
            status=reply.status,
            answer=reply.text,
            sources=tuple(f"{c.report_number} {c.section}" for c in reply.citations),
            via=via,
            milliseconds=round(seconds * 1000, 1),
            chart=chart.model_dump_json() if chart else "",
        )
        await asyncio.to_thread(self._conversations.add, turn)


def body_from_rasa(said: Sequence[Mapping[str, Any]]) -> AnswerBody:
    """The answer in what Rasa said: the action's own JSON where there is one, else small talk.

    Raises:
        RasaUnavailable: Rasa said nothing, or an answer that is not of the contract's shape.
    """
    for message in said:
        if isinstance(custom := message.get("custom"), dict):
            try:
                return AnswerBody.model_validate(custom)
            except ValidationError as error:
                raise RasaUnavailable(
                    f"the action's answer has a wrong shape: {error.error_count()} faults"
                ) from None
    text = "\n".join(str(message["text"]) for message in said if message.get("text"))
    if not text:
        raise RasaUnavailable("an empty reply")
    return AnswerBody(status="smalltalk", text=text)
