"""The connections to Zalo, and what their failures say about whether a request went out."""

from __future__ import annotations

from typing import Any

import httpx

from bot.settings import Settings

# Raised before a byte of the request was sent.
NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
_KEPT_OPEN_SECONDS = 4.0  # shorter than servers do: one that closes as we send leaves us in doubt


def connections(settings: Settings) -> httpx.AsyncClient:
    """A pool of connections to Zalo. The proxy is the one that is set, never one of the environment."""
    proxy = settings.zalo_proxy_url  # may hold a password
    return httpx.AsyncClient(
        timeout=httpx.Timeout(settings.zalo_timeout_seconds, connect=min(5.0, settings.zalo_timeout_seconds)),
        limits=httpx.Limits(
            max_connections=32, max_keepalive_connections=16, keepalive_expiry=_KEPT_OPEN_SECONDS
        ),
        proxy=proxy.get_secret_value() if proxy else None,
        trust_env=False,
        follow_redirects=False,
    )


def json_object(response: httpx.Response) -> dict[str, Any] | None:
    """The JSON object that a response holds, or None."""
    try:
        reply = response.json()
    except ValueError:
        return None
    return reply if isinstance(reply, dict) else None
