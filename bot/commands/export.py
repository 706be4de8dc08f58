"""`hoidap export FILE`: the ledger of all stored reports as .xlsx or .csv."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import NotReady, UsageError
from bot.settings import Settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def register(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("export", help="write every figure into a spreadsheet")
    parser.add_argument("file", type=Path, metavar="FILE", help="a path that ends in .xlsx or .csv")
    parser.add_argument("--report", default="", metavar="ID", help="only this report")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0 when the file is written; an existing file is replaced whole or stays as it is."""
    from bot.facts_table import FactFilter, rows, to_csv, to_xlsx
    from bot.library import Library
    from knowledge.store import Store

    path: Path = arguments.file
    writers = {".xlsx": to_xlsx, ".csv": to_csv}
    if path.suffix.lower() not in writers:
        raise UsageError(f"{path}: found the ending {path.suffix!r}, expected .xlsx or .csv")
    if not path.parent.is_dir():
        raise UsageError(f"{path.parent}: no such folder; make it first or name another")
    if not settings.knowledge_path.exists():
        raise NotReady(f"{settings.knowledge_path}: no report is stored yet; run `hoidap ingest PATH` first")
    library = Library(Store.open(settings.knowledge_path))
    table = list(rows(library.all(), FactFilter(report_id=arguments.report)))
    if not table and arguments.report:
        raise UsageError(
            f"no facts of a report {arguments.report!r}; ids: {', '.join(r.id for r in library.all())}"
        )
    aside = path.with_name(path.name + ".part")
    aside.write_bytes(writers[path.suffix.lower()](table))
    aside.replace(path)
    print(f"{path}: {len(table)} facts")
    return 0
