"""Reads one report: the only path from a file to a `Report`, for the command line, uploads and tests.

A file is read in two steps, each in a child with limits: its format (`knowledge.formats.sandbox`), then its
text (`knowledge.reading.bounded`).
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from knowledge.checks import check
from knowledge.facts import Setting, facts
from knowledge.formats.limits import DEFAULT_LIMITS, Limits
from knowledge.involvements import involvements
from knowledge.listings import listings
from knowledge.reading.blocks import plain_blocks
from knowledge.reading.bounded import read_bounded
from knowledge.reading.citations import cited_documents, defined_abbreviations
from knowledge.reading.metadata import metadata
from knowledge.reading.outline import outline
from knowledge.reading.source import RawText, Source, clean, read_raw, source_of
from knowledge.records import Report


def read_report(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> Report:
    """The report in the file at `path`. Raises ReportError when it cannot be read or has no number."""
    return read_with_source(path, limits=limits)[0]


def read_with_source(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> tuple[Report, Source]:
    """The same, and the file's own pages or lines. Raises ReportError."""
    return read_bounded(read_raw(path, limits=limits), limits)


def report_of(raw: RawText) -> tuple[Report, Source]:
    """The report in a raw text, and that text cleaned, read by this process. Raises ReportError."""
    source = source_of(raw)
    return _assemble(source.text, name=source.name), source


def read_report_text(text: str, *, name: str) -> Report:
    """The report in `text`, read by this process without limits: for texts of our own, not for files.

    `name` stands for its file in messages. Raises ReportError.
    """
    return _assemble(clean(text, name=name), name=name)


def _assemble(cleaned: str, *, name: str) -> Report:
    read = outline(plain_blocks(cleaned))
    about = metadata(read, name=name)
    enumerations = listings(read.text, read.sections, read.passages)
    setting = Setting(read.text, read.sections, enumerations, about.place, about.period)
    report = Report(
        id=about.id, number=about.number, kind=about.kind, title=about.title, issuer=about.issuer,
        superior=about.superior, place=about.place, issued_on=about.issued_on, period=about.period,
        signatory=about.signatory, signatory_title=about.signatory_title, recipients=about.recipients,
        addressees=about.addressees, text=read.text, sha256=hashlib.sha256(cleaned.encode()).hexdigest(),
        source_name=name, sections=read.sections, footnotes=read.footnotes, passages=read.passages,
        facts=facts(setting, read.passages), listings=enumerations,
        documents=tuple(cited_documents(read.text, read.passages, own=about.number)),
        abbreviations=tuple(defined_abbreviations(read.text, read.passages)),
        involvements=involvements(read.text, read.sections, read.passages),
    )  # fmt: skip
    return replace(report, findings=check(report))
