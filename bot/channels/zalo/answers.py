"""What an event is answered with, by way of the same gateway as the chat page."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.channels.zalo import replies, wording
from bot.channels.zalo.events import Event
from bot.channels.zalo.inbox import Waiting, conversation_id
from bot.channels.zalo.replies import Message
from bot.problems import Problem
from bot.wire import ChatRequest

if TYPE_CHECKING:
    from bot.service import Service

log = logging.getLogger(__name__)
# A crash while answering counts, too: an event that brings the process down is tried so often and no more.
MOST_ATTEMPTS = 3


class Answerer:
    """Makes the messages that answer an event."""

    def __init__(self, service: Service, *, secret: bytes, public_url: str) -> None:
        self._service, self._secret, self._public_url = service, secret, public_url

    async def messages(self, waiting: Waiting) -> Sequence[Message]:
        """The messages to send for an event.

        Raises:
            Exception: whatever answering raised, while there are attempts left.
        """
        event = waiting.event
        if event.kind == "attachment":
            text = wording.attachment(event.text)
            return replies.of_text(text, quote=event.msg_id, suggestions=wording.STARTERS)
        if event.kind == "welcome":
            return replies.of_text(wording.WELCOME, suggestions=wording.STARTERS)
        try:
            if waiting.attempts >= MOST_ATTEMPTS:
                raise RuntimeError(f"answering was begun {waiting.attempts} times and never ended")
            return await self._chat(event)
        except Problem as problem:
            return replies.of_text(wording.vietnamese(problem.detail), quote=event.msg_id)
        except Exception:
            if waiting.attempts + 1 < MOST_ATTEMPTS:
                raise
            log.exception("a Zalo message was answered with an apology")
            return replies.of_text(wording.FAILED, quote=event.msg_id)

    async def forget(self, user_id: str) -> None:
        """Delete what the rest of the service holds of a person."""
        await self._service.gateway.forget(conversation_id(self._secret, user_id))

    async def _chat(self, event: Event) -> Sequence[Message]:
        conversation = conversation_id(self._secret, event.user_id)
        request = ChatRequest(message=event.text, conversation_id=conversation)
        reply = await self._service.gateway.turn(request)
        return replies.of_chat(reply, quote=event.msg_id, public_url=self._public_url)
