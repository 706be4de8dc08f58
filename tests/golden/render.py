"""What is read from a report as text that a person can review: one file a report, changed only on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knowledge.reading import read_report
from knowledge.records import Fact, Report

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SOURCES = (
    *sorted((ROOT / "knowledge" / "reports").glob("*.txt")),
    *sorted((ROOT / "tests" / "reports").glob("*.*")),
)


def golden_path(source: Path) -> Path:
    """The golden file of a report's file."""
    return HERE / f"{source.stem}.golden.txt"


def render(source: Path) -> str:
    """Everything that is read from the report in `source`, a line each."""
    return "\n".join(lines(read_report(source))) + "\n"


def lines(report: Report) -> list[str]:
    """Everything that was read from the report, a line each."""
    return [*_metadata(report), *_structure(report), *_figures(report)]


def _metadata(report: Report) -> Iterator[str]:
    period = report.period.label if report.period else ""
    for name, value in (
        ("id", report.id), ("number", report.number), ("kind", report.kind), ("title", report.title),
        ("issuer", report.issuer), ("superior", report.superior), ("place", report.place),
        ("issued on", report.issued_on), ("period", period), ("signed by", report.signatory),
        ("as", report.signatory_title), ("to", "; ".join(report.addressees)),
        ("recipients", "; ".join(report.recipients)),
    ):  # fmt: skip
        yield f"{name}: {value}"


def _structure(report: Report) -> Iterator[str]:
    yield "\n# sections"
    yield from (f"{s.path} | {s.title}" for s in report.sections)
    yield "\n# footnotes"
    yield from (f"{n.marker} {n.section} | {n.span.of(report.text)}" for n in report.footnotes)
    yield "\n# listings"
    for listing in report.listings:
        stated = f" (stated: {listing.stated})" if listing.stated is not None else ""
        yield f"{listing.section}{stated} | {_line(listing.title)}"
        yield from (f"    {m.label or '-'} {_line(m.name)}" for m in listing.members)
    yield "\n# documents"
    for d in report.documents:
        where = report.passages[d.passage].path
        yield f"{where} | {d.kind} {d.number} | {d.issued_on} | {_line(d.issuer)} | {_line(d.about)}"
    yield "\n# abbreviations"
    yield from (f"{a.short} = {a.long}" for a in report.abbreviations)
    yield "\n# involvements"
    for i in report.involvements:
        office = f" ({i.office})" if i.office and i.office != i.name else ""
        yield f"{report.passages[i.passage].path} {i.role} | {i.name}{office} | {_line(i.what)}"


def _figures(report: Report) -> Iterator[str]:
    yield "\n# facts"
    yield from (_fact(report, f) for f in report.facts)
    yield "\n# findings"
    for f in report.findings:
        sure = "" if f.certain else " (base not given)"
        yield f"{report.passages[f.passage].path} {f.kind}{sure} | {f.text} | {_line(f.span.of(report.text))}"


def _fact(report: Report, f: Fact) -> str:
    parts = f"{f.numerator}/{f.denominator} " if f.denominator is not None else ""
    value = f"{parts}{f.bound}{f.value}{f'..{f.upper}' if f.upper is not None else ''} {f.unit}".strip()
    when = f"as of {f.as_of}" if f.as_of else f.period.label if f.period else ""
    role = f" [{f.role}]" if f.role else ""
    place = f" | {f.place}" if f.place != report.place else ""
    where = report.passages[f.passage].path
    return f"{where} {f.kind}{role} | {_line(f.indicator)} | {value} | {when}{place}"


def _line(words: str) -> str:
    return " ".join(words.split())
