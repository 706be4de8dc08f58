"""The errors of the Zalo channel.

BotError
└── ZaloError
    ├── SignatureRefused   a request to the webhook does not come from Zalo, or is too old
    ├── SecretsUnsafe      a file with secrets can be read by others, or does not hold what it should
    ├── ChannelTaken       another process works on the same queue
    ├── LoginNeeded        there are no tokens, or Zalo refuses them: somebody has to log in
    └── TokenUnavailable   the tokens cannot be renewed at the moment; worth trying again
"""

from __future__ import annotations

from bot.errors import BotError


class ZaloError(BotError):
    """Base of the channel's errors; `str()` names no secret and no person."""


class SignatureRefused(ZaloError):
    """A request that is not signed as Zalo signs, or too old; `reason` is a word for the metrics."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class SecretsUnsafe(ZaloError):
    """A file of secrets that others may read, or that cannot be understood."""


class ChannelTaken(ZaloError):
    """Another process works on this data folder's queue."""


class LoginNeeded(ZaloError):
    """Nothing can be sent before somebody runs `hoidap zalo login`."""


class TokenUnavailable(ZaloError):
    """Renewing the tokens failed for a reason that may pass."""
