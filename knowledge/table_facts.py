"""The figures of a table's row: each cell is said of its row's head under its column's header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from knowledge.indicators import joined
from knowledge.numbers import Bound, find_quantities, parse_number
from knowledge.periods import Period, period_before, year_before
from knowledge.records import Fact, Passage
from knowledge.tables import Cell, cells, headers
from knowledge.timing import moment_in
from knowledge.vietnamese import fold

_NUMBER = re.compile(r"(?P<figure>[-–+]?\s?\d[\d.,]*)\s*(?P<unit>%)?")
_RATIO = re.compile(r"(?P<numerator>\d[\d.,]*)\s?/\s?(?P<denominator>\d[\d.,]*)")
_BOUND = re.compile(
    r"(?:từ|trên|dưới|ít nhất|tối thiểu|tối đa|không quá|khoảng|gần|hơn|ước)\s", re.IGNORECASE
)
_ORDER = re.compile(r"tt|stt|so tt|so thu tu|no")
_ORDINAL = re.compile(r"[IVX]+|\d{1,3}(?:\.\d{1,2})*|[a-zđA-D]|[-–+*•]|", re.IGNORECASE)
_UNIT_COLUMN = re.compile(r"(?:don vi tinh|dvt|don vi)")
_THOUSANDS = r"1[.,]?000(?:[.,]000)?\s?(?:đồng|đ)"  # "(1.000 đồng)"
_UNIT_IN_HEADER = re.compile(
    rf"\((?:đvt\s*:?\s*|đơn vị(?: tính)?\s*:?\s*)?(?P<unit>%|{_THOUSANDS}|[^\W\d_][^()=]{{0,24}})\)",
    re.IGNORECASE,
)
_UNIT_ABOVE = re.compile(
    rf"(?:đơn vị tính|đvt|đơn vị)\s*:\s*(?P<unit>{_THOUSANDS}|[^.;()|\n]{{1,30}})", re.IGNORECASE
)
_TARGET = re.compile(r"(?:ke hoach|du toan|chi tieu|muc tieu|nhiem vu giao|duoc giao|phan dau)")
_NO_TARGET = re.compile(r"%|/|so voi|so sanh|ty le|ti le|dat|thuc hien|giai ngan|vuot")
# "Cùng kỳ 2023", "Thực hiện cùng kỳ năm trước", "Tháng trước"; "So với cùng kỳ" is of now.
_SAME_PERIOD = re.compile(
    r"(?:(?:thuc hien|so lieu|ket qua|gia tri)\s)?cung ky"
    r"(?:\s(?:nam\s)?(?:truoc|ngoai|(?P<year>20\d\d)))?(?:\s?\(.*\))?"
)
_BEFORE = re.compile(r"(?:(?:thuc hien|so lieu|ket qua)\s)?(?P<unit>tuan|thang|quy|nam) truoc(?:\s?\(.*\))?")
_UNITS = {"tuan": "tuần", "thang": "tháng", "quy": "quý", "nam": "năm"}
_IS_TOTAL = re.compile(
    r"(?:tong|cong|tong cong|tong so|tong chung|luy ke|toan (?:tinh|huyen|thanh pho|thi xa|xa|nganh"
    r"|phuong))(?:\s?[(:=].*)?"
)
_RATE = re.compile(r"tỷ lệ|tỉ lệ|%|tỷ trọng", re.IGNORECASE)
_MONEY = {
    "đồng": 1,
    "nghìn đồng": 10**3,
    "ngàn đồng": 10**3,
    "triệu đồng": 10**6,
    "tỷ đồng": 10**9,
    "tỉ đồng": 10**9,
    "nghìn đ": 10**3,
    "triệu đ": 10**6,
    "tỷ đ": 10**9,
    "tr.đồng": 10**6,
    "tr.đ": 10**6,
    "trđ": 10**6,
    "1.000 đồng": 10**3,
    "1000 đồng": 10**3,
    "1.000đ": 10**3,
    "1000đ": 10**3,
    "1.000.000 đồng": 10**6,
}


class Figure(NamedTuple):
    """A cell with a figure: the number printed, and the unit and bound that stand with it ("Từ 320 km")."""

    cell: Cell
    number: Decimal
    unit: str = ""
    bound: Bound = ""

    @property
    def digits(self) -> str:
        """The figure as printed, without bound and unit."""
        words = self.cell.text.removesuffix(self.unit).rstrip()
        return _BOUND.sub("", words, count=1)


@dataclass(frozen=True, slots=True)
class Row:
    """A row under its header.

    Its head ("Giao Thủy"), its order number, and the cells with figures, by column.
    """

    order: str
    head: str
    unit: str
    figures: dict[int, Figure]
    headers: Sequence[str]


def row_facts(text: str, passage: Passage, base: Fact, *, report: Period | None = None) -> Iterator[Fact]:
    """A fact for each figure of the table row `passage`, whose last lead is the table's header."""
    row = read_row(text, passage)
    above = _unit_above(text, passage)
    for column, figure in row.figures.items():
        cell, number = figure.cell, figure.number
        header = row.headers[column] if column < len(row.headers) else ""
        unit, title = _unit(figure, header, row, above), _without_unit(header)
        factor = _MONEY.get(unit.lower())
        kind = "rate" if unit == "%" else "money" if factor else "count"
        title = title.replace(": ", " ")
        period, as_of = _time(row.headers, column, report)
        fact = replace(
            base,
            kind=kind,
            indicator=joined(row.head + ":" if row.head and title else row.head, title),
            value=number * factor if factor else number,
            unit=unit,
            span=cell.span,
            counted="" if kind != "count" else unit,
            role="total" if is_total(row.head) else "target" if _is_target(header) else "",
            period=period or base.period,
            as_of=as_of or base.as_of,
            bound=figure.bound,
        )
        ratio = _RATIO.fullmatch(cell.text)
        if ratio:
            numerator, denominator = parse_number(ratio["numerator"]), parse_number(ratio["denominator"])
            fact = replace(
                fact, kind="ratio", value=None, numerator=numerator, denominator=denominator,
                unit="" if unit == "%" else unit,
            )  # fmt: skip
        yield fact


def _without_unit(header: str) -> str:
    return re.sub(r"\s+(?=,)", "", _UNIT_IN_HEADER.sub("", header)).strip(" ,")


def _unit(figure: Figure, header: str, row: Row, above: str) -> str:
    """The unit of a cell: its own, its header's, its row's, or the one above the table."""
    if figure.unit:
        return figure.unit
    in_header = [m["unit"].strip() for m in _UNIT_IN_HEADER.finditer(header)]
    if in_header:
        return in_header[-1]
    return "%" if _RATE.search(header) else row.unit or above


def _is_target(header: str) -> bool:
    """Whether a column holds what was planned: "Kế hoạch năm 2024", not "So với kế hoạch"."""
    folded = fold(header)
    return _TARGET.search(folded) is not None and not _NO_TARGET.search(folded)


def _time(titles: Sequence[str], column: int, report: Period | None) -> tuple[Period | None, date | None]:
    """The period that a column's header names ("Kế hoạch quý I/2024"), or the day that it is as of."""
    header = titles[column] if column < len(titles) else ""
    earlier = _SAME_PERIOD.fullmatch(fold(header).strip())
    if earlier:
        # Of the last column before it that is of a time: "Tháng 7", "Lũy kế 7 tháng", "Cùng kỳ 2023".
        named = [m for title in titles[:column] if not _is_target(title) and (m := moment_in(title, report))]
        now = named[-1].period if named and not named[-1].as_of else report
        then = year_before(now) if now and not (named and named[-1].as_of) else None
        return (
            then if not earlier["year"] or (then and str(then.end.year) == earlier["year"]) else None
        ), None
    before = _BEFORE.fullmatch(fold(header).strip())
    if before and report and (then := period_before(report)).label.startswith(_UNITS[before["unit"]]):
        return then, None
    moment = moment_in(header, report)
    if moment is None:
        return None, None
    return (None if moment.as_of else moment.period), moment.as_of


def read_row(text: str, passage: Passage) -> Row:
    """The row `passage`, with the headers of its columns from the passage's last lead."""
    titles = headers(text, passage.lead[-1]) if passage.lead else []
    folded = [fold(h) for h in titles]
    order, head, unit = "", "", ""
    figures: dict[int, Figure] = {}
    row = cells(text, passage.span)
    for cell in row:
        header = folded[cell.column] if cell.column < len(folded) else ""
        figure = _figure(cell)
        behind = row[1].text if len(row) > 1 else ""
        # "1" before a name; "A" alone before figures is a name itself.
        first = cell.column == 0 and cell.text and (not header or (behind and _number(behind) is None))
        if (first or _ORDER.fullmatch(header.strip(" ."))) and _ORDINAL.fullmatch(cell.text):
            order = cell.text
        elif _UNIT_COLUMN.fullmatch(header) and head:
            unit = cell.text
        elif figure is not None and head:
            figures[cell.column] = figure
        elif not head and cell.text:
            head = cell.text
    return Row(order, head, unit, figures, titles)


def is_total(head: str) -> bool:
    """Whether a row's head says that the row sums up the others."""
    return _IS_TOTAL.fullmatch(fold(head).strip(" .:")) is not None


def _figure(cell: Cell) -> Figure | None:
    """The figure of a cell that holds one and nothing else: "58,28%", "320 km", "Từ 5%", "11/19"."""
    number = _number(cell.text)
    if number is not None:
        return Figure(cell, number, "%" if cell.text.endswith("%") else "")
    found = find_quantities(cell.text)
    if len(found) != 1 or found[0].upper is not None or found[0].denominator is not None:
        return None
    q = found[0]
    before, end = cell.text[: q.start], max(q.end, q.counted_end)
    if (before and not _BOUND.fullmatch(before)) or end != len(cell.text) or not cell.text[q.start].isdigit():
        return None
    unit = cell.text[q.start :].lstrip("0123456789.,").strip()
    number = _number(cell.text[q.start :].removesuffix(unit).strip())
    # "Từ 5%" alone in a cell is a least, which it need not be in a sentence ("từ 5% lên 7%").
    bound: Bound = q.bound or (">=" if fold(before).strip() == "tu" else "")
    return Figure(cell, number, unit, bound) if number is not None else None


def _number(words: str) -> Decimal | None:
    m = _NUMBER.fullmatch(words) or re.fullmatch(r"(?P<figure>\d[\d.,]*)\s?/\s?\d[\d.,]*", words)
    try:
        return parse_number(m["figure"].replace("–", "-")) if m else None
    except ValueError:
        return None


def _unit_above(text: str, passage: Passage) -> str:
    """The unit that a line between title and table gives for all its figures ("Đơn vị tính: triệu đồng")."""
    header = passage.lead[-1].start if passage.lead else passage.span.start
    found = _UNIT_ABOVE.findall(text[max(0, header - 120) : header])
    return found[-1].strip() if found else ""
