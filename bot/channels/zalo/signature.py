"""Whether a request to the webhook comes from Zalo, and when it was made.

Zalo signs ``mac=hex(SHA-256(app id + raw body + timestamp + OA secret key))``. Public sources disagree on
two points: whether the timestamp is the body's or a header's, and whether ``mac=`` stands in front. Both are
taken; `Verified.variant` says which one it was.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass

from bot.channels.zalo.account import Account
from bot.channels.zalo.errors import SignatureRefused

SIGNATURE_HEADER, TIMESTAMP_HEADER = "x-zevent-signature", "x-zevent-timestamp"
PROBE = b"{}"
_AHEAD_SECONDS = 300
_MILLISECONDS_FROM = 100_000_000_000  # as seconds this is the year 5138, as milliseconds 1973


@dataclass(frozen=True, slots=True)
class Verified:
    """A genuine request: its body, its time in milliseconds, and how it was signed."""

    body: Mapping[str, object]
    at_ms: int
    variant: str


def sign(account: Account, raw: bytes, timestamp: str) -> str:
    """The hex digest that Zalo puts on a body."""
    key = account.webhook_key.get_secret_value()
    return hashlib.sha256(account.app_id.encode() + raw + timestamp.encode() + key.encode()).hexdigest()


def verify(
    account: Account, raw: bytes, headers: Mapping[str, str], *, now_ms: int, stale_seconds: int
) -> Verified:
    """The request's body, if Zalo signed it lately.

    Raises:
        SignatureRefused: it is not signed, signed with another key, or too old.
    """
    given = headers.get(SIGNATURE_HEADER, "").strip()
    if not given:
        raise SignatureRefused("unsigned", f"a request without {SIGNATURE_HEADER}")
    prefix, digest = ("mac=", given[4:]) if given.lower().startswith("mac=") else ("bare", given)
    body = _body(raw)
    candidates = {"body": _text(body.get("timestamp")), "header": headers.get(TIMESTAMP_HEADER, "").strip()}
    matched = ""
    for source, timestamp in candidates.items():
        expected = sign(account, raw, timestamp)
        # both are always compared, each in constant time
        same = hmac.compare_digest(expected.encode(), digest.lower().encode())
        matched = matched or (source if same and timestamp else "")
    if not matched:
        raise SignatureRefused("signature", "a request that is not signed with the OA secret key")
    at_ms = _milliseconds(candidates[matched])
    if not now_ms - stale_seconds * 1000 <= at_ms <= now_ms + _AHEAD_SECONDS * 1000:
        age = (now_ms - at_ms) / 1000
        raise SignatureRefused("stale", f"a request {age:.0f} s old; expected at most {stale_seconds} s")
    return Verified(body, at_ms, f"{prefix.rstrip('=')}, timestamp of the {matched}")


def _body(raw: bytes) -> Mapping[str, object]:
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return {}  # it may still be signed with the header's timestamp; then it is counted as unreadable
    return body if isinstance(body, dict) else {}


def _text(value: object) -> str:
    return str(value) if isinstance(value, (str, int)) else ""


def _milliseconds(timestamp: str) -> int:
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 20):
        raise SignatureRefused("stale", "a request whose timestamp is no number")
    number = int(timestamp)
    return number if number >= _MILLISECONDS_FROM else number * 1000
