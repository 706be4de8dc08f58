"""Understands a typed question: chat spelling, what is asked, about what, for which period and place."""
