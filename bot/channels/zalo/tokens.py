"""An access token that works: renewed before it expires and when Zalo refuses it, by one process at a time.

A refresh token can be used once. So the intent is written before the call and both new tokens before their
first use. A crash between the call and the save loses the new tokens; the mark of the intent tells that from
a token that was revoked, and what to do is said in both cases.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import AbstractContextManager
from dataclasses import replace

from bot.channels.zalo.errors import LoginNeeded, TokenUnavailable
from bot.channels.zalo.oauth import NothingSent, OAuth
from bot.channels.zalo.token_file import TokenFile, Tokens, fresh

log = logging.getLogger(__name__)

MARGIN_SECONDS = 3600.0
_AGAIN_SECONDS = 20.0
NO_TOKENS = "nobody has logged in to Zalo yet; run `hoidap zalo login`"
REFUSED = "Zalo refuses the refresh token (revoked, or unused for three months); run `hoidap zalo login`"
CUT_SHORT = (
    "Zalo refuses the refresh token, and an earlier renewal was cut short: Zalo had given out new tokens "
    "that were lost before they could be saved. Nothing is wrong with the app; run `hoidap zalo login`"
)


class TokenKeeper:
    """Hands out the access token to whoever sends."""

    def __init__(self, file: TokenFile, oauth: OAuth, *, margin_seconds: float = MARGIN_SECONDS) -> None:
        self._file, self._oauth, self._margin = file, oauth, margin_seconds
        self._tokens: Tokens | None = None
        self._seen = (-1, -1)
        self._unsaved: Tokens | None = None
        self._renewing = asyncio.Lock()
        self._not_before = 0.0

    async def current(self) -> str:
        """The access token.

        Raises:
            LoginNeeded, TokenUnavailable: there is none that works.
        """
        tokens = self._loaded()
        if tokens.left_seconds() < self._margin and time.monotonic() >= self._not_before:
            try:
                return await self.renew(refused=None)
            except TokenUnavailable as error:
                # the old one still lives: no reason to stop sending, nor to ask anew with every message
                self._not_before = time.monotonic() + _AGAIN_SECONDS
                if tokens.left_seconds() <= 0:
                    raise
                log.warning("renewing the token ahead of time failed: %s", error)
        if tokens.refused and tokens.left_seconds() <= 0:
            raise LoginNeeded(_why(tokens))
        return tokens.access_token

    async def renew(self, *, refused: str | None) -> str:
        """Another access token than the refused one: from another process's renewal, or from Zalo.

        Raises:
            LoginNeeded: Zalo takes the refresh token no more.
            TokenUnavailable: not at the moment.
        """
        async with self._renewing:
            lock = self._file.locked()
            await asyncio.to_thread(lock.__enter__)
            try:
                return await self._renew_locked(refused)
            finally:
                _leave(lock)

    async def _renew_locked(self, refused: str | None) -> str:
        if self._unsaved is not None and self._file.changed() == self._seen:
            return self._keep(self._unsaved)
        self._unsaved = None  # somebody has logged in since
        tokens = self._loaded()
        enough = tokens.left_seconds() >= self._margin
        if (refused is None and enough) or (refused is not None and tokens.access_token != refused):
            return tokens.access_token
        if tokens.refused:
            raise LoginNeeded(_why(tokens))
        self._save(replace(tokens, renewing_since=tokens.renewing_since or time.time()))
        try:
            renewed = await self._oauth.renewed(tokens.refresh_token)
        except NothingSent:
            self._save(tokens)
            raise
        except LoginNeeded:
            dead = replace(tokens, refused=True)
            self._save(dead)
            raise LoginNeeded(_why(dead)) from None
        log.info("the Zalo tokens were renewed; the new access token lives %.0f s", renewed.left_seconds())
        return self._keep(renewed)

    def _keep(self, renewed: Tokens) -> str:
        """The new access token, once both are on the disk."""
        self._unsaved = renewed
        self._save(fresh(renewed))
        self._unsaved = None
        return renewed.access_token

    def _save(self, tokens: Tokens) -> None:
        try:
            self._file.save(tokens)
        except OSError as error:
            raise TokenUnavailable(
                f"{self._file.path}: the tokens cannot be saved ({error.strerror}); nothing is sent before "
                "they can. Make room on the disk and leave the service running: it holds new tokens in memory"
            ) from None
        self._tokens, self._seen = tokens, self._file.changed()

    def _loaded(self) -> Tokens:
        """The tokens in the file, read anew where another process has written it."""
        if (changed := self._file.changed()) != self._seen:
            self._tokens, self._seen = self._file.load(), changed
            self._not_before = 0.0
        if self._tokens is None:
            raise LoginNeeded(NO_TOKENS)
        return self._tokens

    def expires_at(self) -> float:
        """When the access token expires, in seconds since 1970; 0 where there is none."""
        try:
            return self._loaded().expires_at
        except LoginNeeded:
            return 0.0


def _why(tokens: Tokens) -> str:
    return CUT_SHORT if tokens.renewing_since else REFUSED


def _leave(lock: AbstractContextManager[None]) -> None:
    lock.__exit__(None, None, None)
