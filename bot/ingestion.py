"""From report files to a published index: read, store, build, publish; for the command line and uploads."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import UsageError
from knowledge.errors import ReportError
from knowledge.formats.kinds import READABLE_SUFFIXES
from knowledge.formats.limits import DEFAULT_LIMITS, Limits

log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.generation import Generation
    from index.records import Document, Progress
    from knowledge.records import Passage, Report, Section
    from knowledge.store import Store


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file: the store's status, "read", or "failed" with the error's message."""

    path: Path
    status: str
    report: Report | None = None
    error: str = ""


def report_files(paths: Iterable[Path]) -> list[Path]:
    """The files that the paths name: a folder stands for the readable files in it, at any depth.

    Raises:
        UsageError: a path does not exist, or a folder holds no report file.
    """
    files: list[Path] = []
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder; give report files or folders of them")
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if _is_report(p))
            if not found:
                expected = ", ".join(sorted(READABLE_SUFFIXES))
                raise UsageError(
                    f"{path}: the folder holds no report file; expected files that end in {expected}"
                )
            files += found
        else:
            files.append(path)
    return list(dict.fromkeys(files))


def _is_report(path: Path) -> bool:
    """Whether a file in a folder is meant to be read; "~$…" and ".…" are left behind by office programs."""
    return (
        path.is_file()
        and path.suffix.lower() in READABLE_SUFFIXES
        and not path.name.startswith(("~$", ".", "._"))
    )


def ingest_file(store: Store, path: Path, limits: Limits = DEFAULT_LIMITS) -> Ingested:
    """What became of the file at `path`; a file that cannot be read changes nothing that is stored."""
    read = read_file(path, limits)
    if read.report is None:
        return read
    report = checked_against_previous(store, read.report)
    result = store.add(report)
    if result.status != "unchanged":
        check_following_anew(store, report)
    return replace(read, report=report, status=result.status)


def read_file(path: Path, limits: Limits = DEFAULT_LIMITS) -> Ingested:
    """The report in the file at `path`, stored nowhere: status "read", or "failed" with why."""
    from knowledge.reading import read_report

    try:
        report = read_report(path, limits=limits)
    except ReportError as error:
        return Ingested(path, "failed", error=str(error))
    except OSError as error:
        return Ingested(
            path, "failed", error=f"{path}: cannot be opened ({error.strerror}); check its permissions"
        )
    except Exception:
        # A fault of ours: the other files are not to suffer from it, and whoever mends it needs the trace.
        log.exception("reading %s failed", path)
        return Ingested(path, "failed", error=f"{path}: could not be read because of a fault of the program")
    return Ingested(path, "read", report=report)


def checked_against_previous(store: Store, report: Report) -> Report:
    """The report with what its figures and those of the report of its series before it contradict."""
    from knowledge.checks import KINDS, check_against

    previous = store.previous_of(report)
    more = check_against(report, previous) if previous else ()
    own = (finding for finding in report.findings if finding.kind not in KINDS)
    both = dict.fromkeys((*own, *more))
    findings = sorted(both, key=lambda f: (f.span.start, f.span.end, f.kind))
    return replace(report, findings=tuple(findings))


def check_following_anew(store: Store, report: Report) -> None:
    """Hold the stored report of the series after `report` against what is stored before it now.

    A month that comes in late, is amended or removed changes what the month after it contradicts.
    """
    following = store.following(report)
    if following is not None:
        store.add(checked_against_previous(store, following))


def publish_index(store: Store, settings: Settings, *, progress: Progress | None = None) -> Generation:
    """The index generation over all current reports; the published one where nothing changed."""
    from index.generation import synchronise

    return synchronise(
        store.revisions(),
        lambda report_id: list(documents_of(store.report(report_id))),
        settings.index_folder,
        embedder=settings.embedder,
        vectors=settings.vector_store,
        progress=progress,
    )


def documents_of(report: Report) -> Iterator[Document]:
    """The report's passages as the index takes them."""
    from index.records import Document

    sections = {section.path: section for section in report.sections}
    figures = Counter(fact.passage for fact in report.facts)
    for passage in report.passages:
        yield Document(
            id=f"{report.id}#{passage.ordinal}",
            text=passage.span.of(report.text),
            heading=_heading(report, passage, sections),
            report_id=report.id,
            place=report.place,
            period_start=report.period.start if report.period else None,
            period_end=report.period.end if report.period else None,
            kind=report.kind,
            section=passage.path,
            figures=figures[passage.ordinal],
        )


def _heading(report: Report, passage: Passage, sections: dict[str, Section]) -> str:
    """What the passage inherits: the titles above it, outermost first, and its lead-ins."""
    above: list[str] = []
    path: str | None = passage.section
    while path is not None and path in sections:
        above.insert(0, sections[path].title)
        path = sections[path].parent
    leads = [lead.of(report.text) for lead in passage.lead]
    return "\n".join(part for part in (*above, *leads) if part)


def ingest(
    paths: Sequence[Path], settings: Settings, *, done: Callable[[int, int, Ingested], None]
) -> tuple[Store, list[Ingested]]:
    """The store and what became of each file; `done` is called after each. The index is not built here."""
    from knowledge.store import Store

    files = report_files(paths)
    store = Store.open(settings.knowledge_path)
    results = []
    for number, path in enumerate(files, start=1):
        results.append(ingest_file(store, path, settings.reading_limits))
        done(number, len(files), results[-1])
    return store, results
