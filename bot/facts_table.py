"""The ledger as a table: one row a fact, for the API, for CSV and for Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.anchors import citation_url
from bot.wire import FactOut
from knowledge.records import Fact, Report
from knowledge.vietnamese import fold, syllables

COLUMNS = (
    ("report_number", "Số báo cáo"),
    ("section", "Mục"),
    ("place", "Địa phương"),
    ("period", "Kỳ"),
    ("kind", "Loại"),
    ("indicator", "Chỉ tiêu"),
    ("context", "Thuộc"),
    ("printed", "Số liệu in"),
    ("value", "Giá trị"),
    ("unit", "Đơn vị"),
    ("numerator", "Tử số"),
    ("denominator", "Mẫu số"),
    ("clause", "Nguyên văn"),
)
# A spreadsheet takes a cell that begins so for a formula: report text must stay text.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class FactFilter:
    """Which facts are wanted; empty means all. Texts are compared without case and diacritics."""

    report_id: str = ""
    section: str = ""
    kind: str = ""
    text: str = ""
    place: str = ""
    period: str = ""

    def takes(self, row: FactOut) -> bool:
        """Whether the row is wanted."""
        labels, wanted = row.section.split("."), self.section.split(".")
        return (
            (not self.report_id or row.report_id == self.report_id)
            and (not self.section or labels[: len(wanted)] == wanted)
            and (not self.kind or row.kind == self.kind)
            and (not self.place or fold(row.place) == fold(self.place))
            and (not self.period or fold(row.period or "") == fold(self.period))
            and self._says(row)
        )

    def _says(self, row: FactOut) -> bool:
        """Whether every word of the text begins a word of the figure's statement."""
        words = syllables(self.text)
        said = " " + " ".join(syllables(" ".join([row.indicator, *row.context, row.clause])))
        return all(f" {word}" in said for word in words)


def rows(
    reports: Iterable[Report], wanted: FactFilter | None = None, *, edition: str = ""
) -> Iterator[FactOut]:
    """The facts of the reports that `wanted` takes, in the order of the text.

    `edition` names the version of the reports where it is not the one that counts now.
    """
    wanted = wanted or FactFilter()
    for report in reports:
        paths = {passage.ordinal: passage.path for passage in report.passages}
        for fact in report.facts:
            row = _row(report, fact, paths.get(fact.passage, ""), edition)
            if wanted.takes(row):
                yield row


def _row(report: Report, fact: Fact, path: str, edition: str) -> FactOut:
    period = fact.period or report.period
    return FactOut(
        report_id=report.id,
        report_number=report.number,
        section=path,
        place=fact.place or report.place,
        period=period.label if period else None,
        kind=fact.kind,
        indicator=fact.indicator,
        context=list(fact.context),
        printed=fact.span.of(report.text),
        value=None if fact.value is None else format(fact.value, "f"),
        unit=fact.unit,
        numerator=None if fact.numerator is None else format(fact.numerator, "f"),
        denominator=None if fact.denominator is None else format(fact.denominator, "f"),
        clause=fact.clause.of(report.text),
        url=citation_url(report.id, path, span=fact.span, edition=edition),
    )


def _cells(row: FactOut) -> list[str]:
    values = row.model_dump()
    values["context"] = " › ".join(row.context)
    return [str(values[name]) if values[name] is not None else "" for name, _ in COLUMNS]


def to_csv(table: Iterable[FactOut]) -> bytes:
    """The table as CSV."""
    return csv_bytes([title for _, title in COLUMNS], map(_cells, table))


def csv_bytes(head: Sequence[str], table: Iterable[Sequence[str]]) -> bytes:
    """CSV in UTF-8 with a byte order mark, since Excel wants one; no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for row in table:
        writer.writerow(["'" + cell if cell.startswith(_FORMULA_STARTS) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(table: Iterable[FactOut]) -> bytes:
    """The table as an Excel workbook; values are numbers, everything else is text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Số liệu")
    sheet.freeze_panes = "A2"
    sheet.append([title for _, title in COLUMNS])
    numeric = {i for i, (name, _) in enumerate(COLUMNS) if name in {"value", "numerator", "denominator"}}
    for row in table:
        cells = []
        for i, text in enumerate(_cells(row)):
            is_number = i in numeric and text != ""
            cell = WriteOnlyCell(
                sheet, value=float(text) if is_number else ILLEGAL_CHARACTERS_RE.sub("", text)
            )
            if not is_number:
                cell.data_type = "s"  # text that begins with "=" is text
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
