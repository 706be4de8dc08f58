"""`hoidap check PATH…`: the figures of reports that do not add up, without storing anything."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.ingestion import report_files
from bot.progress import Progress
from bot.settings import Settings
from knowledge.errors import ReportError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from knowledge.reading.origin import Origin
    from knowledge.records import Finding, Report


@dataclass(slots=True)
class _Checked:
    """What checking one file gave: its report with where its words stand, or the error."""

    path: Path
    report: Report | None = None
    origin: Origin | None = None
    error: str = ""
    findings: list[dict[str, Any]] = field(default_factory=list)


def register(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("check", help="list the figures of reports that do not add up")
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a report file of any format, or a folder of them"
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how findings are printed (default: text)"
    )
    parser.add_argument("--strict", action="store_true", help="exit with 1 when there are findings")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0 when every file was read; 1 when one could not be, or with `--strict` when there are findings.

    A stored report of the same series before it is held against it, too.
    """
    files = report_files(arguments.paths)
    checked = []
    with Progress() as progress:
        for number, path in enumerate(files, start=1):
            result = _check(path, settings)
            checked.append(result)
            if arguments.format == "text":
                _print(result, progress)
            if len(files) > 1:
                progress.step("checking", number, len(files))
    if arguments.format == "json":
        print(json.dumps([_as_json(c) for c in checked], ensure_ascii=False, indent=2))
    failed = any(c.report is None for c in checked)
    found = any(c.findings for c in checked)
    return 1 if failed or (arguments.strict and found) else 0


def _check(path: Path, settings: Settings) -> _Checked:
    """The report in a file and its findings with their places, or why it cannot be read."""
    from knowledge.reading import read_with_source
    from knowledge.reading.origin import Origin

    try:
        report, source = read_with_source(path, limits=settings.reading_limits)
        report = _with_previous(settings, report)
    except ReportError as error:
        return _Checked(path, error=str(error))
    except OSError as error:
        return _Checked(path, error=f"{path}: cannot be opened ({error.strerror}); check its permissions")
    out = _Checked(path, report, Origin(source))
    out.findings = [_finding(out, report, finding) for finding in report.findings]
    return out


def _with_previous(settings: Settings, report: Report) -> Report:
    """The report, held against the one of its series before it where the store has that."""
    from bot.ingestion import checked_against_previous
    from knowledge.store import Store

    path = settings.knowledge_path
    return checked_against_previous(Store.open(path), report) if path.exists() else report


def _finding(checked: _Checked, report: Report, finding: Finding) -> dict[str, Any]:
    passage = next((p for p in report.passages if p.ordinal == finding.passage), None)
    span = finding.span
    place = checked.origin.place(report.text, span.start, span.end) if checked.origin else None
    return {
        "section": passage.path if passage else "",
        "page": place.page or None if place else None,
        "line": place.line or None if place else None,
        "kind": finding.kind,
        "certain": finding.certain,
        "text": finding.text,
        "printed": finding.printed,
        "recomputed": finding.recomputed,
        "formula": finding.formula,
        "quote": span.of(report.text),
    }


def _print(checked: _Checked, progress: Progress) -> None:
    if checked.report is None:
        print(f"hoidap: {checked.error}", file=sys.stderr)
        return
    for line in _lines(checked, checked.report):
        progress.note(line)


def _lines(checked: _Checked, report: Report) -> Iterator[str]:
    name = checked.path.name
    yield f"{name}: {report.number}, {len(report.findings)} findings among {len(report.facts)} facts"
    for found in checked.findings:
        place = f":{found['line']}" if found["line"] else f", page {found['page']}" if found["page"] else ""
        section = f"{found['section']}: " if found["section"] else ""
        yield f"  {name}{place}: {section}{found['text']}"
        yield f"    printed {found['printed']}, recomputed {found['recomputed']}  [{found['formula']}]"


def _as_json(checked: _Checked) -> dict[str, Any]:
    report = checked.report
    return {
        "file": str(checked.path),
        "number": report.number if report else None,
        "facts": len(report.facts) if report else 0,
        "findings": checked.findings,
        "error": checked.error or None,
    }
