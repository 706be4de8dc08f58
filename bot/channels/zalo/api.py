"""Calls to Zalo's API, each turned into an outcome: what became of it, never an exception of the network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from bot.channels.zalo.api_errors import Treatment, meaning_of
from bot.channels.zalo.http_calls import NOT_SENT, json_object

SEND_PATH = "/v3.0/oa/message/cs"
UPLOAD_PATH = "/v2.0/oa/upload/image"
# Zalo or what stands before it says that it has not taken the request; any other 5xx leaves that open.
_NOT_TAKEN = (429, 503)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a call.

    `zalo_id` is the message's or the attachment's id where it succeeded, `code` Zalo's error code; `error` is
    fit for a log.
    """

    treatment: Treatment
    zalo_id: str = ""
    code: int | None = None
    error: str = ""


class ZaloApi:
    """Sends messages and uploads pictures over one pool of connections."""

    def __init__(self, http: httpx.AsyncClient, *, url: str) -> None:
        self._http, self._url = http, url

    async def send(self, token: str, user_id: str, message: Mapping[str, Any]) -> Outcome:
        """What became of a message to a person."""
        body = {"recipient": {"user_id": user_id}, "message": message}
        return await self._call(SEND_PATH, token, "message_id", again=Treatment.UNCERTAIN, json=body)

    async def upload(self, token: str, png: bytes) -> Outcome:
        """What became of a picture; twice uploaded does no harm."""
        files = {"file": ("bieu-do.png", png, "image/png")}
        return await self._call(UPLOAD_PATH, token, "attachment_id", again=Treatment.RETRY, files=files)

    async def _call(
        self,
        path: str,
        token: str,
        wanted: str,
        *,
        again: Treatment,
        **content: Any,  # noqa: ANN401 - httpx's own
    ) -> Outcome:
        """The outcome; `again` is the treatment where nobody can tell whether Zalo took the request."""
        try:
            response = await self._http.post(self._url + path, headers={"access_token": token}, **content)
        except NOT_SENT as error:
            return Outcome(Treatment.RETRY, error=f"no connection to Zalo ({type(error).__name__})")
        except httpx.HTTPError as error:
            return Outcome(again, error=f"the connection was lost ({type(error).__name__})")
        reply = json_object(response)
        if reply is None:
            return _without_json(response.status_code, again)
        code = reply.get("error")
        if not isinstance(code, int) or isinstance(code, bool):
            return Outcome(again, error=f"HTTP {response.status_code} with a reply that names no error code")
        if code == 0:
            data = reply.get("data")
            found = data.get(wanted) if isinstance(data, dict) else None
            if path == UPLOAD_PATH and not found:
                return Outcome(Treatment.RETRY, error="the upload's reply names no attachment")
            return Outcome(Treatment.SENT, zalo_id=str(found or ""))
        return Outcome(meaning_of(code).treatment, code=code, error=f"Zalo's error {code}")


def _without_json(status: int, again: Treatment) -> Outcome:
    error = f"HTTP {status} without a reply of the API"
    if status in _NOT_TAKEN:
        return Outcome(Treatment.RETRY, error=error)
    return Outcome(again if status >= 500 or status < 300 else Treatment.OPERATOR, error=error)
