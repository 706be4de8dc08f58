"""Calls to Zalo's token server: renewing, and the first login with a code."""

from __future__ import annotations

import base64
import hashlib
import time
from urllib.parse import urlencode

import httpx

from bot.channels.zalo.account import Account
from bot.channels.zalo.errors import LoginNeeded, TokenUnavailable
from bot.channels.zalo.http_calls import NOT_SENT, json_object
from bot.channels.zalo.token_file import Tokens

TOKEN_PATH, PERMISSION_PATH = "/v4/oa/access_token", "/v4/oa/permission"
_LIFETIME_SECONDS = 90_000
_RATE_LIMIT = -32


class OAuth:
    """Asks for tokens in the app's name."""

    def __init__(self, http: httpx.AsyncClient, account: Account) -> None:
        self._http, self._account = http, account

    async def renewed(self, refresh_token: str) -> Tokens:
        """New tokens. From now on the refresh token given and the access token it came with are void.

        Raises:
            LoginNeeded: Zalo refuses the refresh token.
            NothingSent: the server was not reached: the refresh token is still good.
            TokenUnavailable: no usable reply: the refresh token may be spent.
        """
        return await self._ask({"grant_type": "refresh_token", "refresh_token": refresh_token})

    async def first(self, code: str, verifier: str) -> Tokens:
        """The tokens for a code that Zalo handed to the account's administrator; raises as `renewed`."""
        return await self._ask({"grant_type": "authorization_code", "code": code, "code_verifier": verifier})

    async def _ask(self, form: dict[str, str]) -> Tokens:
        headers = {"secret_key": self._account.app_secret.get_secret_value()}
        data = {"app_id": self._account.app_id, **form}
        try:
            response = await self._http.post(self._account.oauth_url + TOKEN_PATH, headers=headers, data=data)
        except NOT_SENT as error:
            raise NothingSent(f"Zalo's token server cannot be reached ({type(error).__name__})") from None
        except httpx.HTTPError as error:
            raise TokenUnavailable(f"Zalo's token server did not answer ({type(error).__name__})") from None
        reply = json_object(response)
        if reply is None:
            raise TokenUnavailable(f"Zalo's token server answered HTTP {response.status_code} without JSON")
        if (access := reply.get("access_token")) and (refresh := reply.get("refresh_token")):
            return Tokens(str(access), str(refresh), expires_at=time.time() + _lifetime(reply))
        code = reply.get("error")
        if code == _RATE_LIMIT:
            raise NothingSent("Zalo's token server is busy (error -32)")
        if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR or not code:
            raise TokenUnavailable(f"Zalo's token server answered HTTP {response.status_code}, error {code}")
        raise LoginNeeded(f"Zalo refuses to give out tokens (error {code}); run `hoidap zalo login`")


def permission_url(account: Account, verifier: str, *, redirect_url: str, state: str) -> str:
    """The address at which an administrator of the Official Account lets the app in (PKCE, RFC 7636)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    query = {
        "app_id": account.app_id,
        "redirect_uri": redirect_url,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "state": state,
    }
    return f"{account.oauth_url}{PERMISSION_PATH}?{urlencode(query)}"


class NothingSent(TokenUnavailable):
    """The refresh token was not used: it can be tried again without doubt."""


def _lifetime(reply: dict[str, object]) -> float:
    """Seconds that an access token lives; Zalo writes the number as a string."""
    given = str(reply.get("expires_in", ""))
    return float(given) if given.isascii() and given.isdigit() and int(given) > 0 else _LIFETIME_SECONDS
