"""Understands a typed question: chat spelling, what is asked, about what, for which period and place."""

from bot.understanding.rasa import Entity, Understanding

__all__ = ["Entity", "Understanding"]
