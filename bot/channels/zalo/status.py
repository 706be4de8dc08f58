"""The state of the channel for an operator, read from its files: the service need not run."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.channels.zalo import outbox
from bot.channels.zalo.account import Account
from bot.channels.zalo.api_errors import MEANINGS
from bot.channels.zalo.journal import Journal
from bot.channels.zalo.outbox import Undelivered
from bot.channels.zalo.replies import LONGEST_TITLE
from bot.channels.zalo.splitting import shortened
from bot.channels.zalo.token_file import TokenFile, Tokens
from bot.channels.zalo.tokens import CUT_SHORT, NO_TOKENS, REFUSED
from bot.settings import Settings

_REFRESH_LIVES = timedelta(days=90)
_UNCERTAIN = "Không rõ Zalo đã gửi hay chưa; hỏi người dùng hoặc xem trong Zalo OA trước khi gửi lại."


def lines(settings: Settings, account: Account, journal: Journal) -> Iterator[str]:
    """What there is to say, the tokens first."""
    yield f"channel: {settings.zalo}, app {account.app_id}, API {account.api_url}"
    yield f"secrets: app secret and OA secret key are set; folder {account.folder} is closed to others"
    yield f"links to reports: {settings.public_url or 'none (HOIDAP_PUBLIC_URL is not set)'}"
    yield "tokens: " + _tokens(TokenFile(account.folder).load())
    counts = journal.wait_for(outbox.counts)
    yield f"queue: {counts['waiting']} events wait, {counts['planned'] + counts['sending']} messages to send"
    yield (
        f"undelivered: {counts['dead']} refused or given up, {counts['uncertain']} uncertain"
        + (" (see `hoidap zalo dead`)" if counts["dead"] or counts["uncertain"] else "")
    )


def can_send(account: Account) -> bool:
    """Whether there are tokens that Zalo has not refused."""
    tokens = TokenFile(account.folder).load()
    return tokens is not None and not tokens.refused


def undelivered_line(message: Undelivered, person: str) -> str:
    """One line for an undelivered message: number, when, to whom (without the id), why, how it begins."""
    when = datetime.fromtimestamp(message.changed_ms / 1000).astimezone().strftime("%Y-%m-%d %H:%M")
    text = "(biểu đồ)" if "chart" in message.body else str(message.body.get("text", ""))
    if message.state == "uncertain":
        why = _UNCERTAIN
    else:
        meaning = MEANINGS.get(message.error_code) if message.error_code is not None else None
        why = meaning.what if meaning else ""
    return (
        f"{message.id}  {when}  {person}  {message.state}: {message.error}. {why}\n"
        f"      “{shortened(text, longest=LONGEST_TITLE)}”"
    )


def _tokens(tokens: Tokens | None) -> str:
    if tokens is None:
        return NO_TOKENS
    if tokens.refused:
        return CUT_SHORT if tokens.renewing_since else REFUSED
    left = tokens.left_seconds()
    lives = f"access token for {left / 3600:.1f} h more" if left > 0 else "access token expired"
    age = timedelta(seconds=time.time() - tokens.saved_at)
    said = f"{lives}; refresh token for {max(0, (_REFRESH_LIVES - age).days)} days more"
    if tokens.renewing_since:
        said += "; a renewal was begun and has not ended: if it was cut short, the next one will tell"
    return said
