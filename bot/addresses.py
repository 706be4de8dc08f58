"""Addresses of servers as settings give them: what may be called, and how it is written."""

from __future__ import annotations

from urllib.parse import urlsplit


def checked_address(value: str) -> str:
    """The address without a trailing slash; http is for this machine only, everything else has https.

    Raises:
        ValueError: it is another kind of address.
    """
    if not value:
        return value
    parts = urlsplit(value)
    local = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ValueError("expected an address such as https://hoidap.example.vn")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise ValueError("expected https://… (http://… for this machine only)")
    return value.rstrip("/")
