"""Parts that a sentence names behind a figure, against it: "11,2 tỷ đồng, gồm chi A 4,1 … và chi B 7,0 …".

What an enumeration with a colon or a bracket breaks down is checked in `knowledge.checks.sums`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from knowledge.checks.printed import counts_same, depth_of_each
from knowledge.checks.sums import finding, tolerance
from knowledge.records import Fact, Finding, Passage, Report, Span

# All of it is named, or only some of it.
_ALL = re.compile(r"(?<!\w)(?:bao gồm|gồm có|gồm|chia ra|được chia thành)(?!\w)", re.IGNORECASE)
_SOME = re.compile(r"(?<!\w)(?:trong đó|trong số đó|trong số này)(?!\w)", re.IGNORECASE)
# What one part is may be told again of another: "đã giải ngân", "riêng tiền sử dụng đất".
_STATE = re.compile(
    r"(?<!\w)(?:đã|đang|chưa|còn|riêng|kể cả|nhất là|như|ví dụ|trong đó|lũy kế|luỹ kế|tổng|giải ngân"
    r"|thanh toán"
    r"|nghiệm thu|phân bổ|thực hiện|thu hồi|hoàn thành|đạt|tăng|giảm|so với|tương đương|mỗi|bình quân|vượt"
    r"|thiếu|thừa|theo\s[^,;\d]{0,30}:)(?!\w)"
    r"|(?<!\w)(?:cùng kỳ|kế hoạch|dự toán|chỉ tiêu)(?:\s(?!và(?!\w))[^\W\d_]+){0,4}\s*$",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[.;](?=\s)|:(?=\s)")
# "309.112 hồ sơ: trước hạn 214.300 hồ sơ, …"
_COLON = re.compile(r"(?:\s[^\W\d_]+){0,4}:\s[^:]*")
_NEXT = re.compile(r"(?:gồm|gồm có|và|,)\s$", re.IGNORECASE)
_ASIDE = re.compile(
    r"\([^()]*\)|,\s(?:đạt|bằng|tăng|giảm|chiếm|vượt|cao hơn|thấp hơn)\s(?:[^,;]|,(?=\d))*"
)
_FARTHEST = 160
_FEWEST = 2


def parts_in_prose(report: Report) -> Iterator[Finding]:
    """A finding for each figure that the parts behind "gồm" do not make, or that a part exceeds."""
    by_passage: dict[int, list[Fact]] = {}
    for fact in report.facts:
        if fact.kind in {"count", "money", "ratio"}:
            by_passage.setdefault(fact.passage, []).append(fact)
    listed = [Span(x.lead.start, x.members[0].span.start) for x in report.listings if x.members]
    for passage in report.passages:
        counts = by_passage.get(passage.ordinal, [])
        if len(counts) >= _FEWEST and passage.span.of(report.text)[:1] != "|":
            yield from _in_passage(report, passage, counts, listed)


def _in_passage(
    report: Report, passage: Passage, counts: Sequence[Fact], listed: Sequence[Span]
) -> Iterator[Finding]:
    depths = depth_of_each(report, counts, start=passage.span.start)
    outer = [f for f, depth in zip(counts, depths, strict=True) if not depth]
    for i, whole in enumerate(outer[:-1]):
        total = _as_total(whole)
        between = _ASIDE.sub("", report.text[whole.span.end : outer[i + 1].span.start])
        every, some = _ALL.search(between) or _COLON.fullmatch(between), _SOME.search(between)
        if total is None or total.value is None or len(between) > _FARTHEST or not (every or some):
            continue
        if re.search(r"\d", between) or _STATE.search(re.split(r"gồm|chia ra|thành|đó|này|:", between)[-1]):
            continue
        parts = _run(report, outer[i + 1 :], total, other_nouns=every is not None)
        if every and not some:
            # What a list breaks down is looked at there.
            inside = any(lead.covers(whole.span) for lead in listed)
            if len(parts) >= _FEWEST and not inside and _ends_here(report, parts[-1], outer):
                yield from _unequal(report, whole, total, parts)
        elif parts and some:
            yield from _beyond(report, whole, total, parts)


def _as_total(whole: Fact) -> Fact | None:
    """The figure as a sum: of "13,1/27,4 tỷ đồng" what was reached, in đồng."""
    if whole.kind != "ratio":
        return whole if whole.role not in {"part", "remainder"} else None
    unit = {"tỷ đồng": 10**9, "tỉ đồng": 10**9, "triệu đồng": 10**6}.get(whole.counted)
    if unit is None or whole.numerator is None or whole.denominator is None:
        return None
    return replace(whole, kind="money", value=whole.numerator * unit, unit=whole.counted)


def _run(report: Report, behind: Sequence[Fact], total: Fact, *, other_nouns: bool) -> list[Fact]:
    """The figures behind the total that may be its parts, up to the first that is none.

    With `other_nouns` also "38 tổ chức, gồm 01 phòng công chứng và 37 văn "
                            "phòng": each named behind its figure.
    """
    out: list[Fact] = []
    closed = False
    for fact in behind:
        kind_of = other_nouns and fact.kind == total.kind and (fact.value or 0) <= (total.value or 0)
        named = kind_of and _NEXT.search(report.text[max(0, fact.span.start - 8) : fact.span.start])
        if not counts_same(fact, total) and not named:
            break
        if out:
            words = _ASIDE.sub("", report.text[out[-1].span.end : fact.span.start])
            if closed or _STATE.search(words) or re.search(r"[.:](?=\s)", words):
                break
            closed = re.search(r"(?:^|\s)và\s", words) is not None  # "5 cuộc và 7 cuộc; phát hiện 4 cuộc"
        out.append(fact)
    return out


def _ends_here(report: Report, last: Fact, outer: Sequence[Fact]) -> bool:
    """Whether no other figure stands behind the last part in its sentence."""
    following = next((f for f in outer if f.span.start > last.span.start), None)
    stop = _BREAK.search(report.text, last.span.end)
    return following is None or (stop is not None and stop.start() < following.span.start)


def _unequal(report: Report, whole: Fact, total: Fact, parts: Sequence[Fact]) -> Iterator[Finding]:
    value = sum((p.value or Decimal(0) for p in parts), Decimal(0))
    off = abs(value - (total.value or Decimal(0)))
    if off > tolerance(report, total, parts) and not _is_base(whole, value):
        sure = all(counts_same(p, total) for p in parts)
        yield replace(finding(report, total, parts), certain=sure)


def _beyond(report: Report, whole: Fact, total: Fact, parts: Sequence[Fact]) -> Iterator[Finding]:
    """Parts of money that are more than the whole, or one that alone is."""
    most = total.value or Decimal(0)
    money = total.kind == "money"
    value = sum((p.value or Decimal(0) for p in parts), Decimal(0))
    if money and len(parts) >= _FEWEST and value > most + tolerance(report, total, parts):
        if not _is_base(whole, value):
            yield replace(finding(report, total, parts), certain=False)
        return
    first = parts[0].value or Decimal(0)
    if first > most and not _is_base(whole, first):
        found = finding(report, total, parts[:1])
        part = f"một thành phần là {found.recomputed}, lớn hơn tổng số"
        yield replace(found, text=f"Báo cáo in tổng số {found.printed}, nhưng {part}.")


def _is_base(whole: Fact, value: Decimal) -> bool:
    """Whether the parts are of the other side of a ratio: of the 27,4 in "13,1/27,4 tỷ đồng"."""
    unit = {"tỷ đồng": 10**9, "tỉ đồng": 10**9, "triệu đồng": 10**6}.get(whole.counted, 1)
    return whole.denominator is not None and value == whole.denominator * unit


__all__ = ["parts_in_prose"]
