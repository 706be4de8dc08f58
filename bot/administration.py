"""Who may change what is answered from: the administrator's token, and the name that an editor gives."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict, deque
from typing import Annotated
from urllib.parse import unquote

from fastapi import Depends, Header, Request

from bot.masking import mask
from bot.messages import printable
from bot.problems import Problem
from bot.settings import Settings

_LONGEST_NAME = 80
_NAMELESS = "(không ghi tên)"
_WRONG_TRIES, _WITHIN_SECONDS, _MOST_ADDRESSES = 10, 300.0, 1000

Token = Annotated[str | None, Header(description="Bearer and the administrator's token")]
Name = Annotated[
    str | None, Header(alias="X-Editor", description="Who does it, percent-encoded UTF-8; for the log")
]


class Guard:
    """Compares tokens in constant time, and stops listening to an address that guesses."""

    def __init__(self, settings: Settings) -> None:
        self._token = settings.admin_token
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()

    def check(self, authorization: str | None, address: str) -> None:
        """Let the holder of the token pass.

        Raises:
            Problem: there is no token set (uploads-off), the given one is wrong (token-required), or too
                many wrong ones came from the address (too-many-attempts).
        """
        if self._token is None:
            raise Problem(
                "uploads-off",
                "Chưa đặt mã quản trị nên không thể thêm hay gỡ báo cáo qua mạng; "
                "hãy đặt HOIDAP_ADMIN_TOKEN hoặc dùng lệnh `hoidap ingest`. "
                "(No token is set; set HOIDAP_ADMIN_TOKEN or use `hoidap ingest`.)",
            )
        wrong = self._recent(address)
        if len(wrong) >= _WRONG_TRIES:
            raise Problem(
                "too-many-attempts",
                "Nhập sai mã quản trị quá nhiều lần; hãy đợi 5 phút rồi thử lại. "
                "(Too many wrong tokens from this address; wait 5 minutes.)",
                retry_after=round(_WITHIN_SECONDS),
            )
        given = (authorization or "").removeprefix("Bearer ")
        if not secrets.compare_digest(given.encode(), self._token.get_secret_value().encode()):
            if given:
                wrong.append(time.monotonic())
            raise Problem(
                "token-required",
                "Cần tiêu đề `Authorization: Bearer <mã quản trị>` đúng. "
                "(Send the header `Authorization: Bearer <token>` with the right token.)",
            )

    def _recent(self, address: str) -> deque[float]:
        """When the address gave wrong tokens lately."""
        wrong = self._wrong.setdefault(address, deque(maxlen=_WRONG_TRIES))
        self._wrong.move_to_end(address)
        if len(self._wrong) > _MOST_ADDRESSES:
            self._wrong.popitem(last=False)
        while wrong and time.monotonic() - wrong[0] > _WITHIN_SECONDS:
            wrong.popleft()
        return wrong


def _editor(request: Request, authorization: Token = None, x_editor: Name = None) -> str:
    guard: Guard = request.app.state.service.guard
    guard.check(authorization, request.client.host if request.client else "")
    name = printable(unquote(x_editor or "", errors="replace"))
    return mask(" ".join(name.split()))[:_LONGEST_NAME] or _NAMELESS


Editor = Annotated[str, Depends(_editor)]
"""The editor's name, for the log; the request carries the right token or is refused."""
