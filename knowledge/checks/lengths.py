"""The number of an enumeration's members against the number that its lead states: "gồm 08 …: A, B, C"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.records import Finding, Listing, Report, Span
from knowledge.vietnamese import UPPER

# Behind these they may be examples, or grouped in another way than counted.
_LOOSE = re.compile(
    r"(?:cụ thể|trong đó|như|ví dụ|điển hình|nhất là|tiêu biểu)(?: là)?\s*[:(]?\s*$", re.IGNORECASE
)
# "gồm 08 huyện:", "… gồm", "của 05 phường:".
_OPENS = re.compile(r"(?:gồm|là)[^:(]{0,60}[:(]?\s*$|\d\s+[^\W\d_]+(?:\s+[^\W\d_]+){0,5}:\s*$", re.IGNORECASE)
_NAME = re.compile(rf"[“\"]?[{UPPER}][^\d:]*(?:\s\d{{1,2}})?")
_COUNT = re.compile(r"(?P<words>.*\D)\s\d{1,3}(?:\.\d{3})*")
_LONGEST_NAME = 60
_NEAR = 2


def length_of_list(report: Report) -> Iterator[Finding]:
    """A finding for each labelled enumeration or list of names that its lead says to be longer or shorter."""
    for listing in report.listings:
        if listing.stated is None or listing.stated == len(listing.members) or listing.stated < 2:
            continue
        if _labelled(listing) or _names(report, listing):
            yield _finding(report, listing)


def _labelled(listing: Listing) -> bool:
    """Whether the members bear labels and the lead speaks of them, not of something grouped under them."""
    if not all(m.label for m in listing.members):
        return False
    near = abs((listing.stated or 0) - len(listing.members)) <= _NEAR and (listing.stated or 0) > _NEAR + 1
    return near


def _names(report: Report, listing: Listing) -> bool:
    lead = listing.lead.of(report.text)
    if _LOOSE.search(lead) or not _OPENS.search(lead) or _counts_parts(listing):
        return False
    # A member that goes on behind its name ("Theo khu vực: thành thị 19 vụ") groups what is counted.
    return all(
        not m.label
        and len(m.name) <= _LONGEST_NAME
        and _NAME.fullmatch(m.name)
        and m.span.end - m.span.start <= len(m.name) + 1
        for m in listing.members
    )


def _counts_parts(listing: Listing) -> bool:
    """Whether each member ends in its own count ("Nhật Bản 94, Đài Loan 61"), unlike "Phường 1, Phường 2"."""
    counted = [m for member in listing.members if (m := _COUNT.fullmatch(member.name))]
    return len(counted) == len(listing.members) and len({m["words"] for m in counted}) > 1


def _finding(report: Report, listing: Listing) -> Finding:
    found = len(listing.members)
    printed = f"{listing.stated:02d}"
    start = _stated_at(report, listing)
    return Finding(
        kind="length",
        text=f"Báo cáo nêu {printed} mục, nhưng liệt kê {found:02d} mục.",
        printed=printed, recomputed=f"{found:02d}", formula=f"đếm được {found:02d} mục",
        span=Span(start, listing.members[-1].span.end), passage=listing.passage,
    )  # fmt: skip


def _stated_at(report: Report, listing: Listing) -> int:
    lead = listing.lead.of(report.text)
    found = list(re.finditer(rf"(?<![\d.,/])0*{listing.stated}(?!\d)", lead))
    return listing.lead.start + found[-1].start() if found else listing.lead.start
