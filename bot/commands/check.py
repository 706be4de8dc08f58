"""`hoidap check PATH…`: the figures of reports that do not add up, without storing anything."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.ingestion import report_files
from bot.settings import Settings
from knowledge.errors import ReportError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from knowledge.records import Finding, Report


def register(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("check", help="list the figures of reports that do not add up")
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a report file, or a folder of them"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0 when every file was read, with findings or without; 1 when one could not be read.

    A stored report of the same series before it is held against it, too.
    """
    from knowledge.reading import read_report

    code = 0
    for path in report_files(arguments.paths):
        try:
            report = read_report(path)
        except ReportError as error:
            print(f"hoidap: {error}", file=sys.stderr)
            code = 1
            continue
        report = _with_previous(settings, report)
        print(
            f"{path.name}: {report.number}, {len(report.findings)} findings among {len(report.facts)} facts"
        )
        for finding in report.findings:
            print(f"  {path.name}: {_where(report, finding)}{finding.text}")
            print(f"    printed {finding.printed}, recomputed {finding.recomputed}  [{finding.formula}]")
    return code


def _with_previous(settings: Settings, report: Report) -> Report:
    """The report, held against the one of its series before it where the store has that."""
    from bot.ingestion import checked_against_previous
    from knowledge.store import Store

    path = settings.knowledge_path
    return checked_against_previous(Store.open(path), report) if path.exists() else report


def _where(report: Report, finding: Finding) -> str:
    path = next((p.path for p in report.passages if p.ordinal == finding.passage), "")
    return f"{path}: " if path else ""
