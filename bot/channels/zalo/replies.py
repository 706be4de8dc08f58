"""An answer as Zalo messages: text in parts, sources and suggestions as buttons, a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.zalo import wording
from bot.channels.zalo.splitting import shortened, split
from bot.wire import ChatReply, CitationOut

MOST_BUTTONS, LONGEST_TITLE, LONGEST_PAYLOAD = 5, 100, 1000
_SOURCES_BESIDE_SUGGESTIONS = 2
Message = Mapping[str, Any]


def of_chat(reply: ChatReply, *, quote: str, public_url: str) -> list[Message]:
    """The messages of an answer. Without a public address, sources are named and not linked."""
    text = _with_sources(reply.text, reply.citations)
    links = _links(reply.citations, public_url)
    asks = _asks(reply.suggestions)
    if asks:
        links = links[: max(_SOURCES_BESIDE_SUGGESTIONS, MOST_BUTTONS - len(asks))]
    messages = of_text(text, quote=quote, buttons=(links + asks)[:MOST_BUTTONS])
    return [*messages, {"chart": reply.message_id}] if reply.chart is not None else messages


def of_text(
    text: str, *, quote: str = "", buttons: Sequence[Message] = (), suggestions: Sequence[str] = ()
) -> list[Message]:
    """The messages of a text: the first one quotes what was asked, the last one bears the buttons."""
    messages: list[dict[str, Any]] = [{"text": part} for part in split(text)]
    if quote:
        messages[0]["quote_message_id"] = quote
    shown = [*buttons, *_asks(suggestions)][:MOST_BUTTONS]
    if shown:
        messages[-1]["attachment"] = {"type": "template", "payload": {"buttons": shown}}
    return list(messages)


def of_picture(attachment_id: str) -> Message:
    """The message of an uploaded picture."""
    element = {"media_type": "image", "attachment_id": attachment_id}
    return {"attachment": {"type": "template", "payload": {"template_type": "media", "elements": [element]}}}


def _with_sources(text: str, citations: Sequence[CitationOut]) -> str:
    """The text with a line for each source that it does not name by itself."""
    lines = [
        wording.source_line(c.n, c.report_number, c.section) for c in citations if f"[{c.n}]" not in text
    ]
    return "\n".join([text, *lines])


def _links(citations: Sequence[CitationOut], public_url: str) -> list[Message]:
    """A button for each place that is cited, if people can reach it."""
    if not public_url:
        return []
    places = {public_url + c.url: c for c in reversed(citations)}
    return [
        {
            "title": shortened(wording.source_title(c.n, c.report_number, c.section), longest=LONGEST_TITLE),
            "type": "oa.open.url",
            "payload": {"url": url},
        }
        for url, c in reversed(places.items())
    ]


def _asks(suggestions: Sequence[str]) -> list[Message]:
    """A button for each suggestion; a tap sends its whole text as the person's next message."""
    return [
        {
            "title": shortened(text, longest=LONGEST_TITLE),
            "type": "oa.query.show",
            "payload": text,
        }
        for text in dict.fromkeys(s.strip() for s in suggestions)
        if text and len(text) <= LONGEST_PAYLOAD
    ]
