"""The first tokens: from an administrator's consent in the browser, or a refresh token from the console."""

from __future__ import annotations

import secrets
from urllib.parse import parse_qs, urlsplit

from bot.channels.zalo.account import Account
from bot.channels.zalo.errors import LoginNeeded, ZaloError
from bot.channels.zalo.http_calls import connections
from bot.channels.zalo.oauth import OAuth, permission_url
from bot.channels.zalo.token_file import TokenFile, Tokens, fresh
from bot.settings import Settings


class Login:
    """One attempt to log in."""

    def __init__(self, settings: Settings, account: Account) -> None:
        self._settings, self._account, self._file = settings, account, TokenFile(account.folder)
        self._verifier, self._state = secrets.token_urlsafe(48), secrets.token_urlsafe(16)

    def address(self, redirect_url: str) -> str:
        """The address at which the account's administrator consents."""
        return permission_url(self._account, self._verifier, redirect_url=redirect_url, state=self._state)

    async def with_code(self, landed_at: str) -> Tokens:
        """The saved tokens, from the address that the browser was led to after the consent.

        Raises:
            ZaloError: the address bears no code or belongs to another attempt, or Zalo refuses it.
        """
        query = parse_qs(urlsplit(landed_at.strip()).query)
        code = query.get("code", [""])[0]
        if not code:
            raise ZaloError("the address holds no code=…; paste the whole address that the browser landed at")
        if query.get("state", [""])[0] != self._state:
            raise ZaloError("the address belongs to another attempt; open the address printed just now")
        async with connections(self._settings) as http:
            return self._keep(await OAuth(http, self._account).first(code, self._verifier))

    async def with_refresh_token(self, refresh_token: str) -> Tokens:
        """The saved tokens, from a refresh token, which is spent thereby.

        Raises:
            ZaloError: Zalo refuses it or cannot be reached.
        """
        if not refresh_token.strip():
            raise ZaloError("the refresh token is empty; copy it from Zalo's API Explorer")
        async with connections(self._settings) as http:
            try:
                return self._keep(await OAuth(http, self._account).renewed(refresh_token.strip()))
            except LoginNeeded:
                raise ZaloError(
                    "Zalo refuses this refresh token; each works once: make a new one, and check app id and "
                    "app secret"
                ) from None

    def _keep(self, tokens: Tokens) -> Tokens:
        with self._file.locked():
            self._file.save(fresh(tokens))
        return tokens
