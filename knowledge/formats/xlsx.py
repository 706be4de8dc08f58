"""The sheets of a workbook: what stands above and below a table as paragraphs, tables as lines."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from knowledge.errors import BrokenFile
from knowledge.formats.package import Package
from knowledge.formats.tables import GridCell, table_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FEWEST_CELLS = 3
_MOST_ROWS = 20_000
_MOST_COLUMNS = 200
_CLOSING = re.compile(r"(?:Nơi nhận|Trên đây|TM\.|KT\.|TL\.|TUQ\.|NGƯỜI LẬP|Người lập)")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell that holds something, where it is and what it covers."""

    text: str
    row: int
    column: int
    rows: int
    columns: int


def read_xlsx(package: Package) -> str:
    """The visible sheets, one after the other; from the second on with their name as a heading."""
    for name in package.names:
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in package.read(name):
            raise BrokenFile(f"the part {name} declares a document type, which office files never do")
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what of a workbook openpyxl leaves out is none of its figures
        book = openpyxl.load_workbook(io.BytesIO(package.data), data_only=True, keep_links=False)
    out: list[str] = []
    shown = [s for s in book.worksheets if s.sheet_state == "visible"]
    for number, sheet in enumerate(shown, start=1):
        text = list(_blocks(sheet))
        if text and number > 1:
            out.append(f"Trang tính {number}. {sheet.title}")
        out += text
    return "\n\n".join(out)


def _blocks(sheet: Worksheet) -> Iterator[str]:
    """The paragraphs and tables of a sheet."""
    rows = _rows(sheet)
    table: list[list[_Cell]] = []
    for row in rows:
        closing = any(_CLOSING.match(c.text) for c in row)
        if closing or (not table and len(row) < _FEWEST_CELLS) or (_is_caption(row) and table):
            yield from _table(table)
            table = []
            yield from (c.text for c in row)
        else:
            table.append(row)
    yield from _table(table)


def _is_caption(row: Sequence[_Cell]) -> bool:
    """Whether a row is the title of another table: one text over many columns, such as "Biểu 2. …"."""
    return len(row) == 1 and re.match(r"(?:Biểu|BIỂU|Bảng|BẢNG|Phụ lục|PHỤ LỤC)\s", row[0].text) is not None


def _table(rows: Sequence[Sequence[_Cell]]) -> Iterator[str]:
    cells = [c for row in rows for c in row]
    if not cells:
        return
    top, left = min(c.row for c in cells), min(c.column for c in cells)
    yield table_text([GridCell((c.text,), c.row - top, c.column - left, c.rows, c.columns) for c in cells])


def _rows(sheet: Worksheet) -> list[list[_Cell]]:
    """The rows that hold something and are not hidden."""
    spans = {
        (area.min_row, area.min_col): (area.max_row - area.min_row + 1, area.max_col - area.min_col + 1)
        for area in sheet.merged_cells.ranges
    }
    out: list[list[_Cell]] = []
    last, widest = min(sheet.max_row, _MOST_ROWS), min(sheet.max_column, _MOST_COLUMNS)
    for number, row in enumerate(sheet.iter_rows(max_row=last, max_col=widest), start=sheet.min_row):
        cells = []
        for column, cell in enumerate(row, start=sheet.min_column):
            if text := shown(cell.value, cell.number_format):
                rows, columns = spans.get((number, column), (1, 1))
                cells.append(_Cell(text, number, column, rows, min(columns, _MOST_COLUMNS)))
        if cells and not sheet.row_dimensions[number].hidden:
            out.append(cells)
    return out


def shown(value: Any, form: str) -> str:  # noqa: ANN401  (whatever a cell may hold)
    """A cell's value as its number format prints it, in the Vietnamese way: 1.234,5 and 05/4/2024."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return _figure(value, form or "General")
    if isinstance(value, datetime | date):
        return f"{value.day:02d}/{value.month}/{value.year}"
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return " ".join(str(value).split())


def _figure(value: float, form: str) -> str:
    if value != value or value in {float("inf"), float("-inf")}:
        return ""
    form = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", form.split(";")[0])
    percent = "%" in form
    value = value * 100 if percent else value
    decimals = re.search(r"\.([0#?]+)", form)
    if decimals:
        words = (
            f"{value:,.{decimals[1].count('0')}f}" if "," in form else f"{value:.{decimals[1].count('0')}f}"
        )
        if "#" in decimals[1]:
            words = _plain(round(value, len(decimals[1])), grouped="," in form)
    elif form in {"General", "@", ""}:
        words = _plain(value, grouped=False)
    else:
        words = f"{value:,.0f}" if "," in form else f"{value:.0f}"
    return words.translate(str.maketrans(",.", ".,")) + ("%" if percent else "")


def _plain(value: float, *, grouped: bool) -> str:
    """The shortest words for a number, without what binary fractions add to it."""
    words = f"{value:{',' if grouped else ''}.10f}" if abs(value) < 1e15 else f"{value:.10g}"
    return words.rstrip("0").rstrip(".") if "." in words else words
