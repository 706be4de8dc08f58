"""The errors of the service shell.

BotError
├── SettingsError   a HOIDAP_ variable is unknown or holds a value that cannot be used
├── UsageError      a command was called wrongly (exit code 2)
├── NotReady        the knowledge or the index is not there yet
└── Problem         an HTTP request that cannot be served (bot.problems)

`bot.rasa_client.RasaUnavailable` says that Rasa did not answer; the gateway turns it into a direct answer.
"""

from __future__ import annotations


class BotError(Exception):
    """Base of the errors that this package raises on purpose; `str()` is fit to show to a person."""


class SettingsError(BotError):
    """A setting is unknown or has a value that cannot be used; `str()` names it and says what to do."""


class UsageError(BotError):
    """A command was called with arguments that make no sense together."""


class NotReady(BotError):
    """What is needed to answer has not been built yet; `str()` names the command that builds it."""
