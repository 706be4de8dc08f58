"""Parts against their total where a list or a bracket breaks the total down.

"96.651 triệu đồng, gồm: (1) … 41.928 …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from knowledge.checks.printed import (
    added,
    amount,
    counts_same,
    depth_of_each,
    facts_from,
    is_qualifier,
    last_place,
)
from knowledge.records import Fact, Finding, Listing, Member, Report, Span

# What stands between a total and its parts where they are all of it; "trong đó", "như" name only some of
# them.
_WHOLE = re.compile(r"(?:gồm|bao gồm|gồm có|chia ra|chi tiết|cụ thể|cụ thể như sau"
                    r"|như sau)\s*:?\s*$", re.IGNORECASE)
_COLON = re.compile(r"(?:\s[^\W\d_]+){0,5}\s*:\s*")  # "đạt 05 giải: 01 Nhất, 04 Nhì"
_SOME = re.compile(r"(?:trong đó|như|ví dụ|nhất là|riêng|đặc biệt|kể cả|chủ yếu)\b", re.IGNORECASE)
_BRACKET_SOME = re.compile(
    r"^\W*(?:trong đó|có|như|riêng|nhất là|tăng|giảm|kể cả|bao gồm cả|đạt)\b", re.IGNORECASE
)
_NAMING = re.compile(
    r"(?:đề án|giai đoạn|năm|quý|tháng)\s+\d+(?:[/-]\d+)*|[(⁽](?:\d{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})[)⁾]",
    re.IGNORECASE,
)
_AMONG = re.compile(
    r"\W*(?:\d[\d.]*\s)?(?:nữ|dân tộc|tôn giáo|đảng viên|đoàn viên|người cao tuổi|trẻ em|hộ nghèo)\b"
)
_BY = re.compile(
    r"\W*(?:(?:phân|chia|tính|xét|về|phân loại)\s)?(?:theo|nguyên nhân|giới tính|độ tuổi|loại hình|địa bàn"
    r"|khu vực"
    r"|tính chất|thời gian|tuyến đường|đối tượng|lĩnh vực)\b[^:\d]*:"
)
_FARTHEST = 90
_ASIDE = re.compile(r"\([^()]*\)|,\s(?:đạt|bằng|tăng|giảm|chiếm|vượt)\s(?:[^,;:(]"
                    r"|,(?=\d))*(?:\([^()]*\))?(?=[,;])")


def parts_of_list(report: Report) -> Iterator[Finding]:
    """A finding for each enumeration or bracket whose members do not add up to the total in front of it."""
    for listing in report.listings:
        total = _total(report, listing)
        if total is None or total.value is None or _breaks_down_anew(report, listing):
            continue
        parts = _parts(report, listing, total)
        if len(parts) < 2 or len(parts) != len(listing.members):
            continue
        values = [p.value for p in parts if p.value is not None]
        if abs(sum(values) - total.value) > tolerance(report, total, parts):
            yield finding(report, total, parts)


def tolerance(report: Report, total: Fact, parts: Sequence[Fact]) -> Decimal:
    """How far the parts may be off by rounding.

    Nothing for counts, half a last place for each figure of money.
    """
    if total.kind != "money":
        return Decimal(0)
    return sum((last_place(report, f) for f in (total, *parts)), Decimal(0)) / 2


def finding(report: Report, total: Fact, parts: Sequence[Fact]) -> Finding:
    """The finding that `parts` do not make `total`."""
    value = sum((p.value for p in parts if p.value is not None), Decimal(0))
    printed = amount(report, total.value or Decimal(0), total)
    recomputed = amount(report, value, total)
    formula = added(report, parts)
    return Finding(
        kind="sum",
        text=f"Báo cáo in tổng số {printed}, nhưng các thành phần {formula} cộng lại là {recomputed}.",
        printed=printed,
        recomputed=recomputed,
        formula=formula,
        span=Span(
            min(total.span.start, *(p.span.start for p in parts)),
            max(total.span.end, *(p.span.end for p in parts)),
        ),
        passage=total.passage,
    )


def _total(report: Report, listing: Listing) -> Fact | None:
    """The figure that a listing breaks down.

    The last one of its lead, close to its end and said to be the whole.
    """
    first = listing.members[0].span.start
    found = [f for f in facts_from(report, listing.lead.start, first) if f.span.end <= first]
    depths = depth_of_each(report, found, start=listing.lead.start)
    # "387 hồ sơ, tăng 12,5% so với tuần trước (344 hồ sơ), gồm: …": the figure in the bracket is no total.
    before = [
        f for f, depth in zip(found, depths, strict=True) if f.kind in {"count", "money"} and not depth
    ]
    if not before:
        return None
    total = before[-1]
    between = _ASIDE.sub("", report.text[total.span.end : first])
    if len(between) > _FARTHEST or any(c.isdigit() for c in _without_names(between)):
        return None
    if _in_bracket(between):
        if _overlap(report, listing):
            return None
        some = _SOME.search(between) or _BRACKET_SOME.match(listing.members[0].span.of(report.text))
        return None if some else total
    between = re.sub(r"[\s+\-–•⁽(]*(?:[⁽(][\d⁰¹²³⁴⁵⁶⁷⁸⁹]+[)⁾])?\s*$", "", between)
    whole = _WHOLE.search(between) or _COLON.fullmatch(between)
    return total if whole and not _SOME.search(between) else None


def _breaks_down_anew(report: Report, listing: Listing) -> bool:
    """Whether each member breaks the total down in its own way: "Theo khu vực: …", "Nguyên nhân: …"."""
    return any(_BY.match(m.span.of(report.text).lower()) for m in listing.members)


def _overlap(report: Report, listing: Listing) -> bool:
    """Whether members may be of each other: women and people of ethnic minorities among 512 party members."""
    words = [m.span.of(report.text).lower() for m in listing.members]
    return any(_AMONG.match(w) for w in words) and not any(re.match(r"\W*(?:\d+\s)?nam\b", w) for w in words)


def _in_bracket(between: str) -> bool:
    return between.rstrip().endswith("(")


def _without_names(words: str) -> str:
    """`words` without figures that only name ("Đề án 06") or label ("(1)")."""
    return _NAMING.sub("", words)


def _parts(report: Report, listing: Listing, total: Fact) -> list[Fact]:
    """One figure of each member that counts what the total counts.

    Fewer than members where one has none or several.
    """
    out: list[Fact] = []
    for member in listing.members:
        inside = _figures(report, member)
        same = [f for f in inside if counts_same(f, total)]
        if not same and inside and _is_kind_of(report, inside[0], total, member):
            same = inside[:1]
        if len(same) != 1:
            return []
        out.append(same[0])
    return out


def _is_kind_of(report: Report, part: Fact, total: Fact, member: Member) -> bool:
    """Whether a part of another noun may still be one of the total.

    "14 văn bản (02 Nghị quyết, …)", "18 (chính thức 08, …)".
    """
    if part.kind != total.kind or part.kind != "count" or (part.value or 0) > (total.value or 0):
        return False
    return not total.counted or is_qualifier(report, part) or part.span.start == member.span.start


def _figures(report: Report, member: Member) -> list[Fact]:
    """The counts and sums of a member, those in brackets of its own left out."""
    inside = [
        f for f in facts_from(report, member.span.start, member.span.end)
        if f.kind in {"count", "money"} and member.span.covers(f.span)
    ]  # fmt: skip
    depths = depth_of_each(report, inside, start=member.span.start)
    return [f for f, depth in zip(inside, depths, strict=True) if not depth]
