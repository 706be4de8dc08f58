"""The reports as the HTTP routes see them: read off the event loop, kept until the store changes."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterator

from bot.anchors import report_url
from bot.problems import Problem
from bot.wire import ReportOut
from knowledge.errors import StoreError
from knowledge.records import Report
from knowledge.store import ReportSummary, Store, StoredVersion

# Enough for the reports that people read at one time; a report takes some hundred kilobytes.
_KEPT = 64
_HASH_LENGTH = 8


class Library:
    """Read access to the stored reports."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.changing = asyncio.Lock()  # held by whoever adds or removes a report
        self._kept: OrderedDict[str, Report] = OrderedDict()
        self._fingerprint = ""

    async def summaries(self) -> list[ReportOut]:
        """A line for every current report, the newest first."""
        return [summary_out(summary) for summary in await asyncio.to_thread(self.store.reports)]

    async def report(self, report_id: str) -> Report:
        """One report.

        Raises:
            Problem: there is none of that id (report-not-found).
        """
        try:
            return await asyncio.to_thread(self.load, report_id)
        except StoreError:
            raise Problem(
                "report-not-found",
                "Không có báo cáo nào mang mã này; danh sách ở /reports. "
                "(No report has this id; see /reports.)",
            ) from None

    async def edition(self, report_id: str, edition: str) -> tuple[Report, list[StoredVersion]]:
        """A report in the version that `edition` names, and the history of its versions, the newest first.

        `edition` is a version's number, the beginning of its text's hash, or "" for the one that counts now.

        Raises:
            Problem: there is no such report or version (report-not-found).
        """
        history = await asyncio.to_thread(self.store.history, report_id)
        wanted = next((line for line in history if _is_edition(line, edition)), None)
        if wanted is None or wanted.active:
            # an edition that was read anew since: the place is still best looked for in what counts now
            return await self.report(report_id), history
        try:
            report = await asyncio.to_thread(self.store.report, report_id, version=wanted.version)
        except StoreError:
            return await self.report(report_id), history
        return report, history

    def all(self) -> Iterator[Report]:
        """Every current report, the newest first. Reads files: call it off the event loop."""
        for summary in self.store.reports():
            yield self.load(summary.id)

    def load(self, report_id: str) -> Report:
        """The report, from memory where the store has not changed. Reads files: call it off the event loop.

        Raises:
            StoreError: there is none of that id.
        """
        fingerprint = self.store.fingerprint()
        if fingerprint != self._fingerprint:
            self._kept, self._fingerprint = OrderedDict(), fingerprint
        kept = self._kept
        report = kept.get(report_id) or self.store.report(report_id)
        kept[report_id] = report
        if len(kept) > _KEPT:
            kept.popitem(last=False)
        return report


def _is_edition(line: StoredVersion, edition: str) -> bool:
    if not edition:
        return line.active
    if edition.isdecimal() and len(edition) < _HASH_LENGTH:
        return line.version == int(edition)
    return len(edition) >= _HASH_LENGTH and line.sha256.startswith(edition)


def summary_out(summary: ReportSummary) -> ReportOut:
    """The line as the API and the pages show it."""
    return ReportOut(
        id=summary.id,
        number=summary.number,
        title=summary.title,
        issuer=summary.issuer,
        place=summary.place,
        issued_on=summary.issued_on.isoformat() if summary.issued_on else None,
        period=summary.period_label or None,
        sections=summary.sections,
        passages=summary.passages,
        facts=summary.facts,
        findings=summary.findings,
        url=report_url(summary.id),
    )


def report_out(report: Report) -> ReportOut:
    """The head and the counts of a loaded report."""
    return ReportOut(
        id=report.id,
        number=report.number,
        title=report.title,
        issuer=report.issuer,
        place=report.place,
        issued_on=report.issued_on.isoformat() if report.issued_on else None,
        period=report.period.label if report.period else None,
        sections=len(report.sections),
        passages=len(report.passages),
        facts=len(report.facts),
        findings=len(report.findings),
        url=report_url(report.id),
    )
