"""The made-up Official Account: its tokens, its people, what was sent to them. Rules only, no HTTP."""

from __future__ import annotations

import secrets
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.channels.zalo.account import Account
from bot.channels.zalo.token_file import Tokens

Reply = dict[str, Any]
LIFETIME_SECONDS = 90_000
_LONGEST_TEXT, _MOST_BUTTONS, _LONGEST_TITLE, _LONGEST_QUERY = 2000, 5, 100, 1000
_LARGEST_IMAGE = 1_000_000
_MINUTE = 60.0
_IMAGE_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


@dataclass(frozen=True, slots=True)
class Received:
    """A message that a person got."""

    user_id: str
    message: Mapping[str, Any]
    zalo_id: str


@dataclass
class OfficialAccount:
    """An account with one app. `refuses` holds the error that messages to a person meet (-213, -230, …)."""

    account: Account
    per_minute: int = 4000
    lifetime_seconds: float = LIFETIME_SECONDS
    refuses: dict[str, int] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    images: dict[str, bytes] = field(default_factory=dict)
    renewals: int = 0
    calls: int = 0
    _codes: dict[str, str] = field(default_factory=dict)
    _access: str = ""
    _refresh: str = ""
    _expires: float = 0.0
    _lately: deque[float] = field(default_factory=deque)

    def log_in(self) -> Tokens:
        """New tokens, as after an administrator's consent; the old ones are void."""
        self._access, self._refresh = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        self._expires = time.time() + self.lifetime_seconds
        return Tokens(self._access, self._refresh, expires_at=self._expires)

    def consent(self, verifier: str) -> str:
        """A code, as the administrator's browser brings back; it works once and with this verifier."""
        code = secrets.token_urlsafe(32)
        self._codes[code] = verifier
        return code

    def expire(self) -> None:
        """Let the access token expire now."""
        self._expires = 0.0

    def renew(self, form: Mapping[str, str], secret_key: str) -> Reply:
        """The token server's reply. A refresh token works once, as does a code."""
        if secret_key != self.account.app_secret.get_secret_value():
            return _oauth_error(-14004, "Invalid secret key.")
        if form.get("app_id") != self.account.app_id:
            return _oauth_error(-14002, "Invalid app id.")
        if form.get("grant_type") == "authorization_code":
            verifier = self._codes.pop(form.get("code", ""), None)
            if verifier is None or verifier != form.get("code_verifier"):
                return _oauth_error(-14019, "Invalid authorization code.")
        elif form.get("grant_type") != "refresh_token":
            return _oauth_error(-14001, "Invalid grant type.")
        elif not self._refresh or form.get("refresh_token") != self._refresh:
            return _oauth_error(-14014, "Invalid refresh token.")
        else:
            self.renewals += 1
        tokens = self.log_in()
        return {
            "access_token": tokens.access_token,
            "refresh_token": tokens.refresh_token,
            "expires_in": str(int(self.lifetime_seconds)),
        }

    def allowed(self, token: str) -> Reply | None:
        """The error that a call meets before it is looked at, or None."""
        now = time.monotonic()
        self.calls += 1
        while self._lately and now - self._lately[0] >= _MINUTE:
            self._lately.popleft()
        if len(self._lately) >= self.per_minute:
            return error(-32, "Rate limit exceeded")
        self._lately.append(now)
        if token != self._access:
            return error(-216, "Access token is invalid")
        return error(-220, "Access token has expired") if time.time() >= self._expires else None

    def left(self) -> int:
        """How many calls are left in this minute."""
        return max(0, self.per_minute - len(self._lately))

    def send(self, body: Mapping[str, Any]) -> Reply:
        """The reply to a message, which the person has got where it is a success."""
        user_id = str(_mapping(body.get("recipient")).get("user_id") or "")
        message = _mapping(body.get("message"))
        if not user_id:
            return error(-201, "user_id is missing")
        if refused := self.refuses.get(user_id):
            return error(refused, "The message cannot be sent to this user")
        if fault := self._fault_of(message):
            return fault
        got = Received(user_id, message, secrets.token_hex(10))
        self.received.append(got)
        return _success({"message_id": got.zalo_id, "user_id": user_id})

    def upload(self, content: bytes) -> Reply:
        """The reply to an uploaded picture."""
        if not content.startswith(_IMAGE_STARTS):
            return error(-201, "file is not a jpg or png")
        if len(content) > _LARGEST_IMAGE:
            return error(-210, "file is larger than 1 MB")
        attachment_id = secrets.token_urlsafe(24)
        self.images[attachment_id] = content
        return _success({"attachment_id": attachment_id})

    def _fault_of(self, message: Mapping[str, Any]) -> Reply | None:
        text, attachment = message.get("text"), message.get("attachment")
        if stray := set(message) - {"text", "attachment", "quote_message_id"}:
            return error(-201, f"unknown field {min(stray)}")
        if text is None and attachment is None:
            return error(-201, "message is empty")
        if text is not None and (not isinstance(text, str) or not text.strip()):
            return error(-201, "text is invalid")
        if isinstance(text, str) and len(text.encode("utf-16-le")) // 2 > _LONGEST_TEXT:
            return error(-210, "text is too long")
        return None if attachment is None else self._fault_of_attachment(_mapping(attachment), text)

    def _fault_of_attachment(self, attachment: Mapping[str, Any], text: object) -> Reply | None:
        payload = _mapping(attachment.get("payload"))
        if attachment.get("type") != "template":
            return error(-233, "attachment type is not supported")
        if payload.get("template_type") == "media":
            elements = payload.get("elements")
            one = _mapping(elements[0]) if isinstance(elements, list) and len(elements) == 1 else {}
            known = one.get("media_type") == "image" and one.get("attachment_id") in self.images
            return None if known else error(-201, "elements is invalid")
        buttons = payload.get("buttons")
        if text is None or not isinstance(buttons, list) or not 1 <= len(buttons) <= _MOST_BUTTONS:
            return error(-201, "buttons is invalid")
        wrong = [button for button in buttons if not _is_button(_mapping(button))]
        return error(-201, "button is invalid") if wrong else None


def error(code: int, words: str) -> Reply:
    """A reply of the API that says what is wrong."""
    return {"error": code, "message": words}


def _success(data: Mapping[str, Any]) -> Reply:
    return {"error": 0, "message": "Success", "data": dict(data)}


def _oauth_error(code: int, words: str) -> Reply:
    return {"error": code, "error_name": words, "error_description": words, "error_reason": words}


def _is_button(button: Mapping[str, Any]) -> bool:
    title, payload = button.get("title"), button.get("payload")
    if not isinstance(title, str) or not 1 <= len(title) <= _LONGEST_TITLE:
        return False
    if button.get("type") == "oa.open.url":
        return str(_mapping(payload).get("url", "")).startswith(("https://", "http://127.0.0.1"))
    is_query = button.get("type") in ("oa.query.show", "oa.query.hide")
    return is_query and isinstance(payload, str) and 1 <= len(payload) <= _LONGEST_QUERY


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
