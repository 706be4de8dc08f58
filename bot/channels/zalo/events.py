"""What Zalo tells the webhook, read into one shape: who, what, when.

Nothing personal leaves this module unmasked, since what it returns is stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot import messages
from bot.masking import mask
from bot.problems import Problem

Kind = Literal["text", "attachment", "welcome", "withdraw", "echo", "ignored"]

_ATTACHMENTS = {
    "user_send_image": "image",
    "user_send_link": "link",
    "user_send_audio": "audio",
    "user_send_video": "video",
    "user_send_sticker": "sticker",
    "user_send_location": "location",
    "user_send_file": "file",
    "user_send_gif": "gif",
    "user_send_business_card": "business_card",
}
# Known, and nothing to do: the metrics tell them from names that nobody has seen before.
_IGNORED = (
    "unfollow",
    "user_submit_info",
    "user_seen_message",
    "user_received_message",
    "anonymous_send_text",
)
_ALL = ("user_send_text", "follow", "user_click_chatnow", "user_withdraw", *_ATTACHMENTS, *_IGNORED)


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a person.

    `key` is the same for each delivery of it; `text` is what was typed, masked, or for an attachment its
    sort; `msg_id` can be quoted in a reply.
    """

    key: str
    kind: Kind
    user_id: str
    text: str
    msg_id: str
    at_ms: int


def read_event(body: Mapping[str, object], *, at_ms: int) -> Event:
    """The event in a webhook's body. One without what its kind needs is "ignored"."""
    name = _string(body.get("event_name"))
    message = _mapping(body.get("message"))
    user_id, msg_id = _person(name, body), _string(message.get("msg_id"))
    kind, text = _kind(name), ""
    if kind in ("text", "attachment"):
        text = _typed(message.get("text"))
        if kind == "attachment":
            # words under a picture are a question like any other
            kind, text = ("text", text) if text and name != "user_send_link" else (kind, _ATTACHMENTS[name])
    elif kind == "echo":
        text = _string(message.get("text"))
    if not user_id or (kind in ("text", "attachment", "echo") and not msg_id):
        kind = "ignored"
    key = msg_id or _key(name, user_id, at_ms)
    return Event(key, kind, user_id, text, msg_id, at_ms)


def event_label(body: Mapping[str, object]) -> str:
    """The event's name for the metrics: one of a fixed set, whatever was sent."""
    name = _string(body.get("event_name"))
    if name.startswith("oa_send_"):
        return "oa_send"
    return name if name in _ALL else "unknown"


def _kind(name: str) -> Kind:
    if name == "user_send_text":
        return "text"
    if name in _ATTACHMENTS:
        return "attachment"
    if name in ("follow", "user_click_chatnow"):
        return "welcome"
    if name == "user_withdraw":
        return "withdraw"
    return "echo" if name.startswith("oa_send_") else "ignored"


def _person(name: str, body: Mapping[str, object]) -> str:
    """The person whom an event is about; for what the account itself sent, the one who got it."""
    holders = ("recipient",) if name.startswith("oa_send_") else ("sender", "follower")
    for holder in holders:
        if found := _string(_mapping(body.get(holder)).get("id")):
            return found
    return "" if name.startswith("oa_send_") else _string(body.get("user_id"))


def _typed(value: object) -> str:
    """What a person typed, cleaned and masked; empty where nothing is left."""
    try:
        return mask(messages.clean(_string(value), max_characters=100_000))
    except Problem:
        return ""


def _key(name: str, user_id: str, at_ms: int) -> str:
    return hashlib.sha256(f"{name}\n{user_id}\n{at_ms}".encode()).hexdigest()


def _string(value: object) -> str:
    """A string member; ids that arrive as numbers are taken, too."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return str(value)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
