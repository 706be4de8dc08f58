"""Cited documents that cannot be as printed.

A year that is not the date's, one document under two symbols or two dates.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from knowledge.records import DocumentRef, Finding, Report
from knowledge.vietnamese import fold

_TELLING_WORDS = 5  # a shorter subject ("kế hoạch năm 2024") may be of several documents
_PARTS = re.compile(r"(?P<n>\d+[a-z]?)(?:/(?P<year>(?:19|20)\d{2}))?/(?P<symbol>.+)")


def year_of_number(report: Report) -> Iterator[Finding]:
    """A finding for each number that bears another year than its date: 61/2021/NĐ-CP of 23/4/2018."""
    seen: set[tuple[str, date]] = set()
    for ref in report.documents:
        m = _PARTS.fullmatch(ref.number)
        if not m or not m["year"] or ref.issued_on is None or int(m["year"]) == ref.issued_on.year:
            continue
        if (ref.number, ref.issued_on) in seen:
            continue
        seen.add((ref.number, ref.issued_on))
        likely = f"{m['n']}/{ref.issued_on.year}/{m['symbol']}"
        yield _finding(
            ref,
            f"{ref.kind or 'Văn bản'} số {ref.number} mang năm {m['year']} "
            f"nhưng ghi ngày {_day(ref.issued_on)}.",
            ref.number, likely, f"năm {m['year']} ≠ năm {ref.issued_on.year}",
        )  # fmt: skip


def one_document_two_symbols(report: Report) -> Iterator[Finding]:
    """A finding for each symbol that differs from the commoner one of the same number and date."""
    same: defaultdict[tuple[str, date], list[DocumentRef]] = defaultdict(list)
    for ref in report.documents:
        if (m := _PARTS.fullmatch(ref.number)) and ref.issued_on:
            same[m["n"] + "/" + (m["year"] or ""), ref.issued_on].append(ref)
    for (_, day), refs in same.items():
        counts = Counter(_symbol(r.number) for r in refs)
        usual = counts.most_common(1)[0][0]
        usual_number = next(r.number for r in refs if _symbol(r.number) == usual)
        reported: set[str] = set()
        for ref in refs:
            key = _symbol(ref.number)
            if key == usual or key in reported or not _slip(key, usual):
                continue
            reported.add(key)
            yield _finding(
                ref,
                f"Cùng một văn bản ngày {_day(day)} được ghi hai ký hiệu: {ref.number} và {usual_number}.",
                ref.number, usual_number, f"{ref.number} ≠ {usual_number}",
            )  # fmt: skip


def one_document_two_dates(report: Report) -> Iterator[Finding]:
    """A finding for each date that differs from an earlier one of the same number in the same year."""
    first: dict[tuple[str, int], DocumentRef] = {}
    seen: set[tuple[str, date]] = set()
    for ref in report.documents:
        if ref.issued_on is None or not _PARTS.fullmatch(ref.number):
            continue
        before = first.setdefault((_symbol(ref.number), ref.issued_on.year), ref)
        if (
            before.issued_on is None
            or before.issued_on == ref.issued_on
            or (ref.number, ref.issued_on) in seen
        ):
            continue
        seen.add((ref.number, ref.issued_on))
        one, other = _day(before.issued_on), _day(ref.issued_on)
        yield _finding(
            ref, f"Văn bản số {ref.number} được ghi hai ngày: {one} và {other}.",
            other, one, f"{other} ≠ {one}",
        )  # fmt: skip


def one_subject_two_numbers(report: Report) -> Iterator[Finding]:
    """A finding for each number a slip away from that of an earlier document of one day, symbol and subject.

    "Kế hoạch số 45/KH-UBND ngày 17/01/2024 về …" and "số 54/KH-UBND" of that day about the same.
    """
    first: dict[tuple[str, date, str], DocumentRef] = {}
    reported: set[str] = set()
    for ref in report.documents:
        m = _PARTS.fullmatch(ref.number)
        if not m or ref.issued_on is None or len(ref.about.split()) < _TELLING_WORDS:
            continue
        before = first.setdefault((m["symbol"].upper(), ref.issued_on, fold(ref.about)), ref)
        if before.number == ref.number or ref.number in reported or not _slip(before.number, ref.number):
            continue
        reported.add(ref.number)
        yield _finding(
            ref,
            f"{ref.kind or 'Văn bản'} ngày {_day(ref.issued_on)} về cùng nội dung được ghi hai số: "
            f"{before.number} và {ref.number}.",
            ref.number, before.number, f"{ref.number} ≠ {before.number}",
        )  # fmt: skip


def dated_after_report(report: Report) -> Iterator[Finding]:
    """A finding for each cited document that is dated after the report itself."""
    seen: set[tuple[str, date]] = set()
    for ref in report.documents:
        if ref.issued_on is None or report.issued_on is None or ref.issued_on <= report.issued_on:
            continue
        if (ref.number, ref.issued_on) in seen:
            continue
        seen.add((ref.number, ref.issued_on))
        cited, own = _day(ref.issued_on), _day(report.issued_on)
        yield _finding(
            ref, f"Văn bản số {ref.number} ghi ngày {cited}, sau ngày ban hành báo cáo ({own}).",
            cited, own, f"{cited} > {own}",
        )  # fmt: skip


def _symbol(number: str) -> str:
    """The number for comparison; Đ and D stay apart, since confusing them is a slip to be found."""
    return "".join(number.split()).upper().replace("–", "-")


def _slip(one: str, other: str) -> bool:
    """Whether two symbols differ as a slip does.

    The same letters in another order, or one letter more, less or other.
    """
    if sorted(one) == sorted(other):
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    shorter, longer = sorted((one, other), key=len)
    start = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return shorter[start + (len(shorter) == len(longer)) :] == longer[start + 1 :]


def _day(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def _finding(ref: DocumentRef, text: str, printed: str, recomputed: str, formula: str) -> Finding:
    return Finding(
        kind="document", text=text, printed=printed, recomputed=recomputed, formula=formula, span=ref.span,
        passage=ref.passage,
    )  # fmt: skip
