"""What a figure is a part of, by how a report prints it: total and parts, received and settled, a column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.answering.figure_words import fact_of
from bot.answering.shelf import Evidence
from bot.answering.strategies.amounts import amount, measured_in
from bot.answering.strategies.columns import total_beside
from knowledge.records import Fact


def wholes_of(part: Evidence) -> list[Evidence]:
    """The figures that `part` may be a part of, the surest first: they count the same and are no smaller."""
    out: list[Evidence] = []
    beside = (*_leading(part), *_behind(part), *_before(part))
    for e in (*_announcing(part), *(_totals(part) or beside), *_total_row(part)):
        if e not in out and e is not part and _holds(e, part):
            out.append(e)
    return out


def value_of(evidence: Evidence) -> Decimal:
    """The figure's value, of a ratio its part; nought where there is none."""
    return amount(evidence, percent=False) or Decimal(0)


def in_table(evidence: Evidence) -> bool:
    """Whether a figure is a cell of a table."""
    return total_beside(evidence) is not None or evidence.quote.lstrip().startswith("|")


# "… trên tổng số 27.905 hộ", "… trong tổng số …"
_OF_TOTAL = re.compile(r"(?:trên|trong)\s+tổng(?:\s+số)?\s*$", re.IGNORECASE)


def _announcing(part: Evidence) -> Iterator[Evidence]:
    """The last like figure in the lead of the listing: "96.651 triệu đồng, gồm: …"."""
    group = fact_of(part).group
    if group is not None:
        lead = part.report.listings[group].lead
        yield from reversed([e for e in part.shelved.facts if lead.covers(fact_of(e).span)])


def _leading(part: Evidence) -> Iterator[Evidence]:
    """The figure before the parts of its sentence: "tiếp nhận 2.216 hồ sơ; trong đó, đã giải quyết 1.847"."""
    if fact_of(part).role != "part":
        return
    before = [e for e in _earlier(part) if fact_of(e).role != "part"]
    yield from reversed(before)


def _totals(part: Evidence) -> list[Evidence]:
    """The figures of the passage that say they are totals: "BHXH 24 tỷ; BHYT 13 tỷ; tổng chi 37 tỷ"."""
    if fact_of(part).role == "part":
        return []
    return [e for e in part.shelved.facts if e.passage is part.passage and fact_of(e).role == "total"
            and _holds(e, part)]  # fmt: skip


def _total_row(part: Evidence) -> Iterator[Evidence]:
    found = total_beside(part)
    if found:
        yield found


def _behind(part: Evidence) -> Iterator[Evidence]:
    """The figure behind the part that says it is the total: "đạt tỷ lệ 71,43% trên tổng số 310.000 thửa"."""
    text = part.report.text
    for e in part.shelved.facts:
        start = fact_of(e).span.start
        if e.span == part.span and _OF_TOTAL.search(text[fact_of(part).span.end : start]):
            yield e


def _before(part: Evidence) -> Iterator[Evidence]:
    """The first like figure of the passage: "Tiếp nhận 22.640 hồ sơ; đã giải quyết 21.377 hồ sơ"."""
    earlier = [e for e in _earlier(part) if fact_of(e).role != "part"]
    yield from earlier[:1]


def _earlier(part: Evidence) -> list[Evidence]:
    return [
        e
        for e in part.shelved.facts
        if e.passage.ordinal == part.passage.ordinal and fact_of(e).span.end <= fact_of(part).span.start
    ]


def _holds(whole: Evidence, part: Evidence) -> bool:
    one, other = fact_of(whole), fact_of(part)
    same = measured_in(whole, percent=False) == measured_in(part, percent=False) or _counts_all(one, other)
    same = same or _summed_up(whole, part) or _adds_up_behind(whole, part)
    return (
        same
        and one.kind in {"count", "money", "measure"}
        and one.role not in {"target", "increase", "decrease"}
        and value_of(whole) >= value_of(part) > 0
    )


def _summed_up(whole: Evidence, part: Evidence) -> bool:
    """Whether the members of the part's listing come to the whole: doctors and nurses to staff."""
    group = fact_of(part).group
    if group is None or fact_of(whole).group == group:
        return False
    members = [e for e in part.shelved.facts if fact_of(e).group == group and fact_of(e).kind == "count"]
    return len(members) > 1 and sum(map(value_of, members)) == value_of(whole)


def _adds_up_behind(whole: Evidence, part: Evidence) -> bool:
    """Whether the counts right behind a whole in its clause come to it: "39 xe: 4 ô tô, 35 mô tô"."""
    behind = [
        e
        for e in whole.shelved.facts
        if e.span == whole.span
        and fact_of(e).span.start >= fact_of(whole).span.end
        and fact_of(e).kind == "count"
    ]
    runs = (behind[:n] for n in range(2, len(behind) + 1))
    return any(part in run and sum(map(value_of, run)) == value_of(whole) for run in runs)


def _counts_all(whole: Fact, part: Fact) -> bool:
    """Whether a total of a longer noun covers the part's: "5.418 cán bộ, viên chức (1.204 bác sĩ, …"."""
    return whole.kind == part.kind == "count" and part.group is not None and whole.group != part.group and (
        not part.counted or not whole.counted or part.counted.startswith(whole.counted)
    )  # fmt: skip
