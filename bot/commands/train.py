"""`hoidap train`: train Rasa when its data changed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def register(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("train", help="train Rasa, when its data changed")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0 when a model of the present data is in place."""
    from bot.progress import Progress
    from bot.rasa_training import ensure_model

    with Progress() as progress:
        model = ensure_model(settings.rasa_models_folder, step=progress.step)
    done = f"trained in {model.seconds:.0f} s" if model.fresh else "up to date"
    print(f"Rasa's model is {done}: {model.path.name}")
    return 0
