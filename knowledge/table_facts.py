"""The figures of a table's row: each cell is said of its row's head under its column's header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.indicators import joined
from knowledge.numbers import parse_number
from knowledge.periods import Period, find_periods
from knowledge.records import Fact, Passage
from knowledge.tables import Cell, cells
from knowledge.vietnamese import fold

_NUMBER = re.compile(r"(?P<figure>[-–+]?\s?\d[\d.,]*)\s*(?P<unit>%)?")
_ORDER = re.compile(r"tt|stt|so tt|so thu tu|no")
_ROMAN = re.compile(r"[IVX]+|\d{1,3}(?:\.\d{1,2})*|[a-zđ]", re.IGNORECASE)
_UNIT_COLUMN = re.compile(r"(?:don vi tinh|dvt|don vi)")
_UNIT_IN_HEADER = re.compile(r"\((?P<unit>%|[^\W\d_][^()]{0,24})\)\s*$")
_UNIT_ABOVE = re.compile(r"(?:đơn vị tính|đvt|đơn vị)\s*:\s*(?P<unit>[^.;()\n]{1,30})", re.IGNORECASE)
_MONEY = {
    "đồng": 1,
    "nghìn đồng": 10**3,
    "ngàn đồng": 10**3,
    "triệu đồng": 10**6,
    "tỷ đồng": 10**9,
    "tỉ đồng": 10**9,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row under its header.

    Its head ("Giao Thủy"), its order number, and the cells with figures, by column.
    """

    order: str
    head: str
    unit: str
    figures: dict[int, tuple[Cell, Decimal]]
    headers: Sequence[str]


def row_facts(text: str, passage: Passage, base: Fact) -> Iterator[Fact]:
    """A fact for each figure of the table row `passage`, whose last lead is the table's header."""
    row = read_row(text, passage)
    above = _unit_above(text, passage)
    for column, (cell, number) in row.figures.items():
        header = row.headers[column] if column < len(row.headers) else ""
        in_header = _UNIT_IN_HEADER.search(header)
        unit = (
            "%" if cell.text.endswith("%") else in_header["unit"].strip() if in_header else row.unit or above
        )
        title = header[: in_header.start()].strip() if in_header else header
        if not in_header and "tỷ lệ" in header.lower():
            unit = "%"
        factor = _MONEY.get(unit.lower())
        kind = "rate" if unit == "%" else "money" if factor else "count"
        yield replace(
            base,
            kind=kind,
            indicator=joined(row.head + ":" if row.head and title else row.head, title),
            value=number * factor if factor else number,
            unit=unit,
            span=cell.span,
            counted="" if kind != "count" else unit,
            role="total" if is_total(row.head) else "target" if "kế hoạch" in header.lower() else "",
            period=_period(header) or base.period,
        )


def _period(header: str) -> Period | None:
    """The period that a column's header names: "Thực hiện 2023", "Kế hoạch quý I/2024"."""
    return next((m.period for m in find_periods(header) if m.period and m.kind != "same_period"), None)


def read_row(text: str, passage: Passage) -> Row:
    """The row `passage`, with the headers of its columns from the passage's last lead."""
    headers = [c.text for c in cells(text, passage.lead[-1])] if passage.lead else []
    folded = [fold(h) for h in headers]
    order, head, unit = "", "", ""
    figures: dict[int, tuple[Cell, Decimal]] = {}
    for cell in cells(text, passage.span):
        header = folded[cell.column] if cell.column < len(folded) else ""
        number = _number(cell.text)
        if _ORDER.fullmatch(header.strip(" .")) or (
            cell.column == 0 and not head and _ROMAN.fullmatch(cell.text)
        ):
            order = cell.text
        elif _UNIT_COLUMN.fullmatch(header) and head:
            unit = cell.text
        elif number is not None and head:
            figures[cell.column] = (cell, number)
        elif not head and cell.text:
            head = cell.text
    return Row(order, head, unit, figures, headers)


def is_total(head: str) -> bool:
    """Whether a row's head says that the row sums up the others."""
    return (
        re.fullmatch(
            r"(?:tong|cong|tong cong|tong so|tong chung|toan (?:tinh|huyen|thanh pho|nganh))",
            fold(head).strip(" .:"),
        )
        is not None
    )


def _number(words: str) -> Decimal | None:
    m = _NUMBER.fullmatch(words)
    try:
        return parse_number(m["figure"].replace("–", "-")) if m else None
    except ValueError:
        return None


def _unit_above(text: str, passage: Passage) -> str:
    """The unit that a line between title and table gives for all its figures ("Đơn vị tính: triệu đồng")."""
    header = passage.lead[-1].start if passage.lead else passage.span.start
    found = _UNIT_ABOVE.findall(text[max(0, header - 120) : header])
    return found[-1].strip() if found else ""
