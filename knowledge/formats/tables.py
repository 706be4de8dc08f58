"""Tables of any format as lines that `knowledge.tables` reads: `| a | b |`, one header, no merged cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LAYOUT = re.compile(
    r"(?:CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|Độc lập\s*[-–]\s*Tự do|Nơi nhận|Số\s*:|(?:TM|KT|TL|TUQ|Q)\.\s)"
)
_NUMBER = re.compile(r"[-–+]?\d[\d.,]*\s?%?")
_COLUMN_MARK = re.compile(r"[(\[]?(\d{1,2})[)\]]?(?:\s*=.*)?|[A-ZĐ]")
_UNIT = re.compile(r"\s*(\((?:%|[^\W\d_][^()]{0,24})\))\s*$")
_MOST_CELLS = 200_000
_LONG_CELL_PARAGRAPHS = 12


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its paragraphs, where it begins, and how many rows and columns it covers."""

    paragraphs: tuple[str, ...]
    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def text(self) -> str:
        """The cell's words on one line."""
        return " ".join(" ".join(self.paragraphs).split()).replace("|", "¦")


def table_text(cells: Sequence[GridCell]) -> str:
    """The lines of a table; what is a table for its layout only (a letterhead) becomes paragraphs."""
    cells = [c for c in cells if c.rows > 0 and c.columns > 0]
    if not any(c.text for c in cells):
        return ""
    if _is_layout(cells):
        in_order = sorted(cells, key=lambda c: (c.column, c.row))
        return "\n\n".join(p for c in in_order for p in c.paragraphs if p.strip())
    titles, rows = _titles(cells)
    lines = ["| " + " | ".join(words or " " for words in row) + " |" for row in rows]
    # A blank line on both sides keeps a table apart from the one before it.
    return "\n\n".join([*titles, "\n".join(lines)]) if lines else "\n\n".join(titles)


def is_beside(words: str) -> bool:
    """Whether words are of a letterhead or a signature, which stand side by side without being a table."""
    return _LAYOUT.search(words) is not None


def _is_layout(cells: Sequence[GridCell]) -> bool:
    """Whether cells only put texts side by side: one column, a letterhead, a signature, a page's frame."""
    columns = max(c.column + c.columns for c in cells)
    if columns == 1:
        return True
    if max(len(c.paragraphs) for c in cells) > _LONG_CELL_PARAGRAPHS:
        return True
    rows = max(c.row + c.rows for c in cells)
    return columns <= 4 and rows <= 8 and any(is_beside(p) for c in cells for p in c.paragraphs)


def _titles(cells: Sequence[GridCell]) -> tuple[list[str], list[list[str]]]:
    """What stands in rows of one cell above the header, and the rows from the header on."""
    width = max(c.column + c.columns for c in cells)
    height = max(c.row + c.rows for c in cells)
    if width * height > _MOST_CELLS:
        height = max(1, _MOST_CELLS // width)
    by_row: dict[int, list[GridCell]] = {}
    for c in cells:
        by_row.setdefault(c.row, []).append(c)
    top, titles = 0, []
    while top < height and _is_title(by_row.get(top, []), width):
        titles += [p for c in by_row.get(top, []) for p in c.paragraphs if p.strip()]
        top += 1
    depth = _header_depth(by_row, top, height)
    rows = [_header([c for c in cells if top <= c.row < top + depth], width)]
    body_from = top + depth
    body = _body([c for c in cells if body_from <= c.row < height], width, body_from, height)
    if body and _numbers_columns(body[0]):
        body = body[1:]
    return titles, [r for r in [*rows, *body] if any(r)]


def _is_title(row: Sequence[GridCell], width: int) -> bool:
    written = [c for c in row if c.text]
    return not written or (len(written) == 1 and written[0].columns == width and width > 1)


def _header_depth(by_row: dict[int, list[GridCell]], top: int, height: int) -> int:
    """How many rows the header takes: its merged cells tell."""
    depth = 1
    for row in range(top, min(top + 4, height)):
        if row >= top + depth:
            break
        cells = by_row.get(row, [])
        depth = max([depth, *(row - top + c.rows for c in cells if c.rows < height - top and c.text)])
        splits = any(c.columns > 1 and c.text for c in cells)
        below = [c for c in by_row.get(row + 1, []) if c.text]
        if splits and below and not any(_NUMBER.fullmatch(c.text) for c in below):
            depth = max(depth, row - top + 2)
    return min(depth, 4, max(1, height - top - 1))


def _header(cells: Sequence[GridCell], width: int) -> list[str]:
    """One title a column, made of all that stands above it: "Năm 2023: Thực hiện (triệu đồng)"."""
    out = []
    for column in range(width):
        above = sorted(
            (c for c in cells if c.column <= column < c.column + c.columns and c.text), key=lambda c: c.row
        )
        words = ""
        for text in dict.fromkeys(c.text for c in above):
            unit = _UNIT.search(words)
            if unit and not _UNIT.search(text):
                words = f"{words[: unit.start()]}: {text} {unit[1]}"
            else:
                words = f"{words}: {text}" if words else text
        out.append(words)
    return out


def _body(cells: Sequence[GridCell], width: int, first: int, height: int) -> list[list[str]]:
    """The rows below the header. Words that cover several rows stand in each; a figure stands once."""
    rows = [[""] * width for _ in range(max(0, height - first))]
    for c in cells:
        column = c.column
        if c.columns > 1 and c.column == 0 and c.columns < width:
            # "Tổng cộng" over order number and name is the name.
            column = c.column + c.columns - 1
        figure = _NUMBER.fullmatch(c.text) is not None
        for row in range(c.row, c.row + (1 if figure else c.rows)):
            if row - first < len(rows) and column < width:
                rows[row - first][column] = c.text
    return rows


def _numbers_columns(row: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: `A | B | 1 | 2 | 3=1+2`."""
    marks = [m for words in row if words for m in [_COLUMN_MARK.fullmatch(words)]]
    numbers = [int(m[1]) for m in marks if m and m[1]]
    if len(marks) < 3 or None in marks or not numbers:
        return False
    return numbers == list(range(1, len(numbers) + 1))
