"""Parts that complete each other, against the total before them.

"tiếp nhận … đã giải quyết …, chờ tiếp nhận …".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from knowledge.checks.printed import counts_same, depth_of_each, words_before
from knowledge.checks.sums import finding
from knowledge.records import Fact, Finding, Passage, Report, Span
from knowledge.sentences import sentences


@dataclass(frozen=True, slots=True)
class Family:
    """Words that split a total into parts that leave nothing out; one of each pattern must be there."""

    name: str
    patterns: tuple[re.Pattern[str], ...]
    example: str


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


FAMILIES: tuple[Family, ...] = (
    Family(
        "done or not",
        (
            _words(r"đã (?:giải quyết|xử lý|hoàn thành|trả|thực hiện|cấp|xác thực|phê duyệt)"),
            _words(r"chờ|còn|còn lại|chưa|đang|tồn"),
        ),
        "tiếp nhận 2.216 hồ sơ; trong đó, đã giải quyết 1.847 hồ sơ, chờ tiếp nhận 269 hồ sơ",
    ),
    Family(
        "in time or late",
        (
            _words(r"đúng hạn|đúng và trước hạn|trước và đúng hạn|đúng thời hạn"),
            _words(r"quá hạn|trễ hạn|chậm hạn"),
        ),
        "đã giải quyết 980 hồ sơ; trong đó, trước hạn 700 hồ sơ, đúng hạn 270 hồ sơ, quá hạn 10 hồ sơ",
    ),
    Family(
        "men and women",
        (_words(r"nam"), _words(r"nữ")),
        "1.968 người, trong đó nữ 1.702 người, nam 266 người",
    ),
    Family(
        "on line or not",
        (_words(r"trực tuyến|qua mạng"), _words(r"trực tiếp|bưu chính")),
        "tiếp nhận 1.000 hồ sơ; trong đó, trực tuyến 700 hồ sơ, trực tiếp 300 hồ sơ",
    ),
)
_INSIDE = _words(r"trong đó|trong số đó|trong số này|gồm|bao gồm")
_RECEIVED = _words(r"tiếp nhận|tổng số|tổng|phải giải quyết|nhận|phát sinh")
_MANY_TOTALS = 4


def complementary_parts(report: Report) -> Iterator[Finding]:
    """A finding for each total whose complementary parts, in the same sentence, do not add up to it."""
    by_passage: dict[int, list[Fact]] = {}
    for fact in report.facts:
        if fact.kind == "count" and fact.value is not None:
            by_passage.setdefault(fact.passage, []).append(fact)
    for passage in report.passages:
        counts = by_passage.get(passage.ordinal, [])
        if len(counts) < 3:
            continue
        for sentence in sentences(report.text, passage.span):
            begin = bisect_left(counts, sentence.start, key=lambda f: f.span.start)
            end = bisect_left(counts, sentence.end, key=lambda f: f.span.start)
            inside = [f for f in counts[begin:end] if sentence.covers(f.span)]
            yield from _in_sentence(report, passage, inside, sentence)


def _in_sentence(
    report: Report, passage: Passage, counts: Sequence[Fact], sentence: Span
) -> Iterator[Finding]:
    depths = depth_of_each(report, counts, start=sentence.start)
    outer = [f for f, depth in zip(counts, depths, strict=True) if not depth]
    before = {
        f.ordinal: words_before(report, f, after=outer[i - 1].span.end if i else sentence.start)
        for i, f in enumerate(outer)
    }
    for told in _told_together(outer, before):
        yield from _in_group(report, told, before)


def _told_together(outer: Sequence[Fact], before: dict[int, str]) -> Iterator[Sequence[Fact]]:
    """The figures up to the next total, once parts were told: "nhóm A nhận …; nhóm B nhận 566 hồ sơ, …".

    "chờ tiếp nhận" tells no new total: it is a part.
    """
    begin, met = 0, set[int]()
    for i, fact in enumerate(outer):
        hit = _hit(FAMILIES[0], before[fact.ordinal])
        if hit is not None:
            met.add(hit)
        elif len(met) == len(FAMILIES[0].patterns) and _RECEIVED.search(before[fact.ordinal]):
            yield outer[begin:i]
            begin, met = i, set()
    yield outer[begin:]


def _in_group(report: Report, outer: Sequence[Fact], before: dict[int, str]) -> Iterator[Finding]:
    complete = _complete_from([before[f.ordinal] for f in outer])
    # A part's words may follow it: "chuyển 15 hồ sơ đang xử lý"; only those up to the next figure's own
    # words count.
    for i, total in enumerate(outer[:-1]):
        opens = _INSIDE.search(before[outer[i + 1].ordinal]) is not None
        received = _RECEIVED.search(before[total.ordinal]) is not None
        families = [
            f for f in FAMILIES if f.name in complete[i + 1] and (opens or (received and f is FAMILIES[0]))
        ]
        run = outer[i + 1 :] if families else []
        if len(run) < 2 or not all(counts_same(f, total) for f in run):
            continue
        for family in families:
            parts = _parts(run, before, family)
            if parts:
                totals = [f for f in outer[: i + 1] if counts_same(f, total)]
                if not _some_total_fits(totals, parts):
                    yield finding(report, total, parts)
                return


def _complete_from(words: Sequence[str]) -> list[set[str]]:
    """For each figure the families whose patterns are all met before it or before those behind it."""
    out: list[set[str]] = []
    met: dict[str, set[int]] = {family.name: set() for family in FAMILIES}
    for before in reversed(words):
        for family in FAMILIES:
            hit = _hit(family, before)
            if hit is not None:
                met[family.name].add(hit)
        out.append({family.name for family in FAMILIES if len(met[family.name]) == len(family.patterns)})
    return out[::-1]


def _hit(family: Family, before: str) -> int | None:
    """The first of the family's patterns that the words before a figure meet."""
    return next((k for k, pattern in enumerate(family.patterns) if pattern.search(before)), None)


def _parts(run: Sequence[Fact], before: dict[int, str], family: Family) -> list[Fact]:
    """The run as parts of the family: each has one of its words, or stands between such.

    [] where the family is not there.
    """
    hits = [_hit(family, before[f.ordinal]) for f in run]
    if hits[0] is None and family is FAMILIES[0]:
        return []
    if {h for h in hits if h is not None} != set(range(len(family.patterns))):
        return []
    last = max(i for i, h in enumerate(hits) if h is not None)
    return list(run[: last + 1])


def _some_total_fits(totals: Sequence[Fact], parts: Sequence[Fact]) -> bool:
    """Whether the parts make one of the totals, or several of them together ("mới 500, kỳ trước 20")."""
    whole = sum((p.value for p in parts if p.value is not None), Decimal(0))
    recent = [t.value for t in totals[-_MANY_TOTALS:] if t.value is not None]
    return any(sum(some) == whole for n in range(1, len(recent) + 1) for some in combinations(recent, n))
