"""`hoidap accept FILE --report NEW`: which answers would change if a report were published."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import UsageError
from bot.settings import Settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction
    from collections.abc import Iterator

    from bot.wire_desk import AcceptanceResult, AnswerSeen


def register(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("accept", help="say which answers a new report would change")
    parser.add_argument(
        "file", type=Path, metavar="FILE.yml", help="gold questions, or a text file of one question a line"
    )
    parser.add_argument("--report", type=Path, required=True, metavar="NEW", help="the new report's file")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0 when no gold answer would become wrong, 1 when one would or the report cannot be read."""
    from bot.editing.acceptance import accept
    from bot.editing.questions import from_file
    from bot.ingestion import read_file
    from bot.progress import Progress

    for path in (arguments.file, arguments.report):
        if not path.is_file():
            raise UsageError(f"{path}: no such file")
    asked = from_file(arguments.file.read_bytes(), name=arguments.file.name)
    read = read_file(arguments.report, settings.reading_limits)
    if read.report is None:
        print(f"failed     {read.error}")
        return 1
    with Progress() as progress:
        result = accept(settings, read.report, asked, step=progress.step)
    if arguments.json:
        print(json.dumps(result.model_dump(), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(result)))
    return 1 if result.worse else 0


def _lines(result: AcceptanceResult) -> Iterator[str]:
    for change in result.changes:
        verdict = f" [{change.verdict}]" if change.verdict in {"better", "worse"} else ""
        yield f"--- {' → '.join(change.turns)}{verdict}"
        yield f"    {'; '.join(change.why)}"
        yield f"    before: {_shown(change.before)}"
        yield f"    after:  {_shown(change.after)}"
    graded = f"; {result.better} get right, {result.worse} get wrong" if result.better or result.worse else ""
    yield f"{result.changed} of {result.questions} answers would change{graded}"


def _shown(answer: AnswerSeen) -> str:
    return f"{answer.status}: {' '.join(answer.text.split())[:300]}"
