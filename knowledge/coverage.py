"""Which figures of a report were read into something.

The measure of reading, and the list of what it left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.dates import find_dates
from knowledge.documents import DOCUMENT_NUMBER
from knowledge.labels import is_quoted_name
from knowledge.numbers import find_labels
from knowledge.periods import find_periods
from knowledge.records import Report, Span
from knowledge.table_facts import read_row
from knowledge.tables import is_table_row, numbers_columns
from knowledge.timing import months_so_far
from knowledge.vietnamese import LOWER, UPPER

_FIGURE = re.compile(r"\d+(?:[.,/]\d+)*")
# "Đề án 06/CP" names a scheme; "PC06", "TCTĐA06" are names with figures; "trẻ em dưới 06 tuổi" says who is
# meant;
# "Quế Xuân 1" is a place.
_NAME_BEFORE = re.compile(rf"(?:[^\W\d_]|đề án |dự án |da |[{UPPER}][{LOWER}]+ [{UPPER}][{LOWER}]+ )$")
_SCHEME_BEFORE = re.compile(r"(?:đề án|dự án|ĐA|DA)\s+$", re.IGNORECASE)
_UNIT_BEFORE = re.compile(rf"(?<!\w)(?:Phòng|Đội|Tổ|Trạm|Khu)\s[{UPPER}][^,;.()\d]{{1,40}}\s$")
_AGE_AFTER = re.compile(r"\s+(?:tuổi|sao|cấp)(?!\w)")


def unread(report: Report) -> tuple[Span, ...]:
    """The figures that no fact, document, date, label or name accounts for, in reading order."""
    taken = bytearray(len(report.text) + 1)
    for span in _read(report):
        taken[span.start : span.end] = b"\x01" * (span.end - span.start)
    for m in _FIGURE.finditer(report.text):
        if months_so_far(report.text, m.start(), m.end(), report.period):
            taken[m.start() : m.end()] = b"\x01" * len(m.group())
    left = [m for m in _FIGURE.finditer(report.text) if not all(taken[m.start() : m.end()])]
    return tuple(Span(*m.span()) for m in left if not _names(report.text, m))


def share_read(report: Report) -> float:
    """The share of all figures of the text that are accounted for, between 0 and 1."""
    total = sum(1 for _ in _FIGURE.finditer(report.text))
    return 1 - len(unread(report)) / total if total else 1.0


def _read(report: Report) -> Iterator[Span]:
    text = report.text
    yield from (f.span for f in report.facts)
    yield from (d.clause for d in report.documents)
    yield from (Span(*m.span()) for m in DOCUMENT_NUMBER.finditer(text))  # the report's own number, too
    yield from (Span(s.heading.start, s.heading.start + len(s.label) + 2) for s in report.sections)
    yield from (Span(n.mark, n.mark + len(n.marker)) for n in report.footnotes)
    for listing in report.listings:
        yield from (Span(m.span.start, m.span.start + len(m.label)) for m in listing.members)
    for found in (find_dates(text), find_periods(text), find_labels(text)):
        yield from (Span(x.start, x.end) for x in found)
    for row in re.finditer(r"^\|.*$", text, re.MULTILINE):
        if is_table_row(row.group()) and numbers_columns(row.group()):
            yield Span(*row.span())
    for passage in report.passages:
        if passage.lead and is_table_row(passage.span.of(text)):
            yield passage.lead[-1]  # "(1.000 đồng)", "Quý 1": what columns are called
            order = read_row(text, passage).order
            start = text.find(order, passage.span.start)
            yield Span(start, start + len(order))


def _names(text: str, figure: re.Match[str]) -> bool:
    before = text[max(0, figure.start() - 48) : figure.start()]
    named = _UNIT_BEFORE.search(before) or _NAME_BEFORE.search(before) or _SCHEME_BEFORE.search(before)
    if is_quoted_name(text, figure.start(), figure.end()):
        return True
    return named is not None or _AGE_AFTER.match(text, figure.end()) is not None
