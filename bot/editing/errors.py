"""Errors of the editor's desk: `EditingError(BotError)` ├── QuestionsUnreadable └── RehearsalFailed."""

from __future__ import annotations

from bot.errors import BotError


class EditingError(BotError):
    """Something at the editor's desk could not be done."""


class QuestionsUnreadable(EditingError):
    """A file is no set of questions."""


class RehearsalFailed(EditingError):
    """An acceptance run could not be carried out."""
