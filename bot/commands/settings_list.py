"""`hoidap settings`: every setting with its default and what it does."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bot.settings import Settings, describe

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def register(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("settings", help="list the environment variables that change behaviour")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0, having printed a line for each setting."""
    for name, default, sentence in describe():
        print(f"{name} (default: {default or 'none'})\n    {sentence}")
    return 0
