"""The open channel: its parts put together, what the webhook hands in, and what runs in the background."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from bot.channels.zalo import inbox, outbox
from bot.channels.zalo.account import Account, open_account
from bot.channels.zalo.answers import Answerer
from bot.channels.zalo.api import ZaloApi
from bot.channels.zalo.delivery import Delivery, now_ms
from bot.channels.zalo.errors import ChannelTaken, SignatureRefused, ZaloError
from bot.channels.zalo.events import Event, event_label, read_event
from bot.channels.zalo.http_calls import connections
from bot.channels.zalo.journal import Journal
from bot.channels.zalo.lanes import Lanes
from bot.channels.zalo.metrics import ZaloMetrics
from bot.channels.zalo.oauth import OAuth
from bot.channels.zalo.pace import Pace
from bot.channels.zalo.signature import verify
from bot.channels.zalo.token_file import TokenFile
from bot.channels.zalo.tokens import TokenKeeper
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.service import Service

log = logging.getLogger(__name__)

JOURNAL_NAME, LOCK_NAME = "journal.sqlite", "service.lock"
_AT_ONCE = 16
_LOOK_SECONDS, _TOKEN_SECONDS, _FORGET_SECONDS = 2.0, 60.0, 3600.0


class ZaloChannel:
    """The channel of a running service."""

    def __init__(
        self,
        settings: Settings,
        account: Account,
        service: Service,
        *,
        journal: Journal,
        http: httpx.AsyncClient,
    ) -> None:
        self._settings, self._account, self._journal, self._http = settings, account, journal, http
        self.metrics = ZaloMetrics(service.metrics.registry)
        self._tokens = TokenKeeper(TokenFile(account.folder), OAuth(http, account))
        self.metrics.watch_token(self._tokens.expires_at)
        secret = journal.wait_for(inbox.conversation_secret)
        self._lanes = Lanes(
            journal=journal,
            answerer=Answerer(service, secret=secret, public_url=settings.public_url),
            delivery=Delivery(
                journal=journal,
                api=ZaloApi(http, url=account.api_url),
                tokens=self._tokens,
                pace=Pace(per_minute=settings.zalo_requests_per_minute),
                metrics=self.metrics,
                draw=lambda answer_id: service.charts.picture(answer_id, "png"),
                retry_seconds=settings.zalo_retry_minutes * 60,
                at_once=_AT_ONCE,
            ),
            metrics=self.metrics,
            settle_seconds=settings.zalo_settle_seconds,
            at_once=_AT_ONCE,
        )
        self._variants: set[str] = set()
        self._background: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Settle what a crash left behind and begin to work."""
        doubtful = await self._journal.write(lambda c: outbox.recover(c, now_ms=now_ms()))
        if doubtful:
            log.error("%d messages were being sent when the service ended; see `hoidap zalo dead`", doubtful)
        for work, seconds in (
            (self._look_for_work, _LOOK_SECONDS),
            (self._tend_token, _TOKEN_SECONDS),
            (self._forget, _FORGET_SECONDS),
        ):
            self._background.append(asyncio.create_task(_every(seconds, work)))

    async def close(self) -> None:
        """End what is under way, and close files and connections."""
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        await self._lanes.close()
        await self._http.aclose()
        self._journal.close()

    async def receive(self, raw: bytes, headers: Mapping[str, str]) -> None:
        """Take a request to the webhook: when this returns, what it says is on the disk.

        Raises:
            SignatureRefused: it does not come from Zalo, or is too old.
        """
        stale = self._settings.zalo_stale_seconds
        try:
            verified = verify(self._account, raw, headers, now_ms=now_ms(), stale_seconds=stale)
        except SignatureRefused as refusal:
            self.metrics.refused.labels(refusal.reason).inc()
            raise
        self._note_variant(verified.variant)
        event = read_event(verified.body, at_ms=verified.at_ms)
        fate = await self._take(event)
        self.metrics.events.labels(event_label(verified.body), fate).inc()

    async def _take(self, event: Event) -> str:
        """What became of an event, in a word for the metrics."""
        at = now_ms()
        if event.kind == "ignored":
            return "ignored"
        if event.kind == "echo":
            confirmed = await self._journal.write(
                lambda c: outbox.confirm(c, event.user_id, event.text, event.msg_id, now_ms=at)
            )
            self.metrics.confirmed.inc(int(confirmed))
            return "confirmed" if confirmed else "ignored"
        if not await self._journal.write(lambda c: inbox.add(c, event, now_ms=at)):
            return "duplicate"
        self._lanes.wake(event.user_id)
        return "taken"

    def _note_variant(self, variant: str) -> None:
        self.metrics.signatures.labels(variant).inc()
        if variant not in self._variants:
            self._variants.add(variant)
            log.info("Zalo signs its requests in this variant: %s", variant)

    async def _look_for_work(self) -> None:
        """Wake whoever has work: after a start, and where `hoidap zalo resend` has planned something."""
        for user_id in await self._journal.write(inbox.people_with_work):
            self._lanes.wake(user_id)
        for state, count in (await self._journal.write(outbox.counts)).items():
            self.metrics.stored.labels(state).set(count)

    async def _tend_token(self) -> None:
        """Renew the token ahead of time, also where nobody writes: the refresh token would lapse."""
        try:
            await self._tokens.current()
            self.metrics.login_needed.set(0)
        except ZaloError as error:
            self.metrics.login_needed.set(1)
            log.error("the Zalo channel cannot send: %s", error)

    async def _forget(self) -> None:
        # an event must be known again for as long as it may be repeated
        seconds = max(self._settings.zalo_keep_days * 86_400, self._settings.zalo_stale_seconds)
        before = now_ms() - seconds * 1000
        await self._journal.write(lambda c: inbox.forget_old(c, before_ms=before))


@contextlib.asynccontextmanager
async def zalo_channel(settings: Settings, service: Service) -> AsyncIterator[ZaloChannel | None]:
    """The started channel, closed at the end; None where it is switched off.

    Raises:
        SettingsError, SecretsUnsafe: the account is not set up.
        ChannelTaken: another process works on the same queue.
    """
    if settings.zalo == "off":
        yield None
        return
    account = open_account(settings)
    with _alone(account.folder / LOCK_NAME):
        channel = ZaloChannel(
            settings,
            account,
            service,
            journal=Journal(account.folder / JOURNAL_NAME),
            http=connections(settings),
        )
        await channel.start()
        try:
            yield channel
        finally:
            await channel.close()


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ChannelTaken(
                f"{path}: another service works on this Zalo queue; end it, or give this one another --data"
            ) from None
        yield
    finally:
        os.close(descriptor)


async def _every(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await work()
        except Exception:
            log.exception("a background task of the Zalo channel failed")
        await asyncio.sleep(seconds)
