"""`hoidap eval FILE.yml`: grade answers against gold questions, in process or over HTTP."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def register(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("eval", help="grade answers against a file of gold questions")
    parser.add_argument("file", type=Path, metavar="FILE.yml", help="the gold questions")
    parser.add_argument("--url", help="a running service; without it questions are answered in process")
    parser.add_argument("--only", default="", metavar="TYPE,…", help="only these types of question")
    parser.add_argument(
        "--min-correct", type=float, default=0.0, metavar="PERCENT", help="fail below this share"
    )
    parser.add_argument(
        "--fails", action="store_true", help="print what is wrong with each item that is not correct"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0 when the share of correct items reaches the threshold, else 1."""
    from bot.eval import grade_items, load_items, report_texts
    from bot.eval_clients import HttpClient, InProcessClient
    from bot.eval_table import failures, share_correct, table
    from bot.progress import Progress

    items = load_items(arguments.file, only=[t for t in arguments.only.split(",") if t])
    texts = report_texts(settings.knowledge_path)
    client = HttpClient(arguments.url) if arguments.url else InProcessClient.open(settings)
    with Progress() as progress:
        graded = grade_items(items, client, texts, step=progress.step)
    if arguments.fails:
        print("\n".join(failures(graded)))
    print(table(graded))
    share = share_correct(graded)
    if share < arguments.min_correct:
        print(f"hoidap: {share:.1f}% correct, expected at least {arguments.min_correct:g}%", file=sys.stderr)
        return 1
    return 0
