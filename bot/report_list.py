"""The list of reports as people filter and sort it, and the choices that the list offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.wire import ReportOut
from knowledge.vietnamese import fold

SORTS = {
    "moi": "Mới ban hành trước",
    "cu": "Cũ trước",
    "noi": "Theo địa phương",
    "so": "Theo số báo cáo",
    "can-xem": "Nhiều số liệu cần xem lại trước",
}


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Which reports are wanted, and in which order; empty means all, the newest first."""

    text: str = ""
    place: str = ""
    period: str = ""
    sort: str = "moi"

    def takes(self, report: ReportOut) -> bool:
        """Whether the report is wanted: every word of the text stands in its head."""
        head = fold(" ".join([report.number, report.title, report.issuer, report.place, report.period or ""]))
        return (
            all(word in head for word in fold(self.text).split())
            and (not self.place or report.place == self.place)
            and (not self.period or report.period == self.period)
        )


def chosen(reports: Sequence[ReportOut], wanted: ListFilter) -> list[ReportOut]:
    """The reports that are wanted, in the order that is wanted; `reports` come the newest first."""
    found = [report for report in reports if wanted.takes(report)]
    if wanted.sort == "cu":
        found.sort(key=lambda report: report.issued_on or "9999")
    elif wanted.sort == "noi":
        found.sort(key=lambda report: fold(report.place or report.issuer))
    elif wanted.sort == "so":
        found.sort(key=lambda report: _number(report.number))
    elif wanted.sort == "can-xem":
        found.sort(key=lambda report: -report.findings)
    return found


def _number(printed: str) -> tuple[int, str]:
    digits = printed.partition("/")[0].strip()
    return (int(digits) if digits.isdecimal() else 10**9, printed)


def places(reports: Sequence[ReportOut]) -> list[str]:
    """The places that there are reports of."""
    return sorted({report.place for report in reports if report.place}, key=fold)


def periods(reports: Sequence[ReportOut]) -> list[str]:
    """The periods that there are reports of, that of the newest report first."""
    return list(dict.fromkeys(report.period for report in reports if report.period))
