"""A report's figures against those of the report of the same issuer before it.

Restated figures, cumulative figures that fall, growth "so với tháng trước" that the two reports do not yield.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Protocol

from knowledge.checks.alike import pairs, words_of
from knowledge.checks.printed import amount, last_place, percent_figure, places
from knowledge.checks.ratios import fits
from knowledge.numbers import format_number, format_percent
from knowledge.periods import Period, find_periods, period_before
from knowledge.records import Fact, Finding, Report
from knowledge.vietnamese import fold

# What only grows within its year: "lũy kế", "từ đầu năm", or done by a day: "đến nay đã cấp 1.035 thẻ".
_CUMULATIVE = re.compile(
    r"(?<!\w)(?:lũy kế|luỹ kế|cộng dồn|từ đầu năm|từ khi triển khai)(?!\w)",
    re.IGNORECASE,
)
_DONE_SO_FAR = re.compile(
    r"(?<!\w)(?:đến nay|tính đến|đến ngày|hiện nay)(?!\w).*?(?<!\w)đã\s(?:cấp|kích hoạt|thu nhận|số hóa"
    r"|tạo lập"
    r"|hoàn thành|tiếp nhận|giải quyết|giải ngân|đồng bộ|thành lập|chi trả|xác thực|làm sạch|đăng ký"
    r"|lắp đặt)",
    re.IGNORECASE | re.DOTALL,
)
_SINCE_JANUARY = re.compile(r"từ đầu năm|lũy kế|luỹ kế|cộng dồn", re.IGNORECASE)
_AGAINST_BEFORE = re.compile(
    r"so với (?:tháng|quý|kỳ|tuần|năm) trước(?! (?:đó|khi))|so với kỳ báo cáo trước",
    re.IGNORECASE,
)
_AGAINST_NAMED = re.compile(r"so với (?=(?:tháng|quý|năm)\s)", re.IGNORECASE)
_SAME_SUBJECT = 0.6
# What `check_against` finds; all else is found in the report alone.
KINDS = frozenset({"restated", "cumulative", "growth"})


def check_against(report: Report, previous: Report) -> tuple[Finding, ...]:
    """What figures of `report` and of the `previous` one of its series contradict, in reading order."""
    found: list[Finding] = []
    for fact, before in pairs(report, previous):
        found += _restated(report, previous, fact, before)
        found += _fallen(report, previous, fact, before)
        found += _growth(report, previous, fact, before)
    return tuple(sorted(dict.fromkeys(found), key=lambda f: (f.span.start, f.span.end, f.kind)))


class Described(Protocol):
    """What tells the series of a report: a report itself, or its line in the list of reports."""

    @property
    def id(self) -> str:
        """What it is stored by."""

    @property
    def issuer(self) -> str:
        """Whose it is."""

    @property
    def title(self) -> str:
        """Its kind, subject and period."""


def is_series(report: Described, other: Described) -> bool:
    """Whether two reports are of one series: one issuer, and subjects alike but for the period."""
    if fold(report.issuer) != fold(other.issuer) or report.id == other.id:
        return False
    one, two = words_of(report.title), words_of(other.title)
    return bool(one | two) and len(one & two) / len(one | two) >= _SAME_SUBJECT


def _restated(report: Report, previous: Report, fact: Fact, before: Fact) -> Iterator[Finding]:
    """A figure of one time that the previous report printed otherwise."""
    if fact.as_of != before.as_of or fact.period != before.period or not _is_over(before, previous):
        return
    one, other = _number(fact), _number(before)
    if one is None or other is None or one == other or fact.role == "target":
        return
    printed, earlier = amount(report, one, fact), amount(previous, other, before)
    yield _finding(
        report, fact, "restated", printed, earlier, f"{printed} ≠ {earlier}",
        f"Báo cáo in {printed}, nhưng báo cáo trước ({previous.number}) in {earlier} cho cùng thời gian.",
        certain=False, source=previous.number,
    )  # fmt: skip


def _is_over(fact: Fact, report: Report) -> bool:
    """Whether the time of a figure was over when its report was issued, so that the figure was final."""
    end = fact.as_of or (fact.period.end if fact.period else None)
    return end is not None and report.issued_on is not None and end <= report.issued_on


def _fallen(report: Report, previous: Report, fact: Fact, before: Fact) -> Iterator[Finding]:
    """A cumulative figure that is less than the previous report had it."""
    one, other = _number(fact), _number(before)
    if one is None or other is None or one >= other or not _later(report, previous, fact, before):
        return
    words = f"{' '.join(fact.context)} {fact.clause.of(report.text)}"
    yearly = _SINCE_JANUARY.search(words) is not None
    cumulative = _CUMULATIVE.search(words) is not None
    if not cumulative and not _DONE_SO_FAR.search(words):
        return
    if yearly and (_end(report, fact) is None or _year(report, fact) != _year(previous, before)):
        return
    printed, earlier = amount(report, one, fact), amount(previous, other, before)
    yield _finding(
        report, fact, "cumulative", printed, earlier, f"{printed} < {earlier}",
        f"Số cộng dồn {printed} nhỏ hơn số {earlier} mà báo cáo trước ({previous.number}) đã in.",
        certain=cumulative, source=previous.number,
    )  # fmt: skip


def _growth(report: Report, previous: Report, fact: Fact, before: Fact) -> Iterator[Finding]:
    """A change "so với tháng trước" that the figures of the two reports do not make."""
    if previous.period is None or report.period is None or period_before(report.period) != previous.period:
        return
    one, other = _number(fact), _number(before)
    if one is None or not other or fact.period != report.period or before.period != previous.period:
        return
    for change in _changes_of(report, fact, previous.period):
        shown = percent_figure(report, change)
        exact = (one - other) * 100 / other
        signed = exact if change.role == "increase" else -exact
        if change.unit != "%":
            yield from _difference(report, previous, change, fact, before)
            continue
        if not shown or change.value is None or fits(change.value, signed, places(shown)):
            continue
        way = "tăng" if change.role == "increase" else "giảm"
        recomputed = f"{'tăng' if exact >= 0 else 'giảm'} {format_percent(abs(exact), max(2, places(shown)))}"
        formula = f"{format_number(one)} / {format_number(other)} - 1"
        yield _finding(
            report, change, "growth", f"{way} {shown}%", recomputed, formula,
            f"Báo cáo in {way} {shown}%, nhưng so với {amount(previous, other, before)} của báo cáo trước "
            f"({previous.number}) thì {recomputed}.",
            certain=False, source=previous.number,
        )  # fmt: skip


def _difference(
    report: Report, previous: Report, change: Fact, fact: Fact, before: Fact
) -> Iterator[Finding]:
    """A change in the figure's own unit: "318 triệu đồng, tăng 27,9 triệu đồng so với tháng trước"."""
    one, other = _number(fact), _number(before)
    same = change.unit == fact.unit if fact.kind != "money" else change.unit.endswith("đồng")
    if one is None or other is None or change.value is None or not same or fact.kind == "ratio":
        return
    exact = one - other if change.role == "increase" else other - one
    rounding = [last_place(report, change), last_place(report, fact), last_place(previous, before)]
    if abs(exact - change.value) <= (sum(rounding) / 2 if fact.kind != "count" else 0):
        return
    printed = f"{'tăng' if change.role == 'increase' else 'giảm'} {amount(report, change.value, change)}"
    recomputed = f"{'tăng' if one >= other else 'giảm'} {amount(report, abs(one - other), fact)}"
    shown = amount(previous, other, before)
    yield _finding(
        report, change, "growth", printed, recomputed, f"{amount(report, one, fact)} - {shown}",
        f"Báo cáo in {printed}, nhưng so với {shown} của báo cáo trước ({previous.number}) thì {recomputed}.",
        certain=False, source=previous.number,
    )  # fmt: skip


def _changes_of(report: Report, fact: Fact, then: Period) -> Iterator[Fact]:
    """The changes against the time before, named or not, that are said of the figure, right behind it."""
    for change in report.facts[fact.ordinal + 1 : fact.ordinal + 3]:
        if change.clause != fact.clause or change.kind != "change":
            return
        behind = report.text[change.span.end : change.clause.end].strip()
        words = behind.removeprefix(change.counted).strip()
        named = _AGAINST_NAMED.match(words)
        times = find_periods(words, default_year=then.end.year) if named else []
        at = named.end() if named else 0
        same = any(m.start == at and m.period is not None and m.period.same(then) for m in times)
        if change.bound == "" and (same or _AGAINST_BEFORE.match(words)):
            yield change


def _number(fact: Fact) -> Decimal | None:
    return fact.numerator if fact.kind == "ratio" else fact.value


def _end(report: Report, fact: Fact) -> Period | None:
    return fact.period or report.period


def _year(report: Report, fact: Fact) -> int | None:
    if fact.as_of:
        return fact.as_of.year
    period = _end(report, fact)
    return period.end.year if period else None


def _later(report: Report, previous: Report, fact: Fact, before: Fact) -> bool:
    """Whether the figure is of a later day than the one before."""
    if fact.as_of and before.as_of:
        return fact.as_of > before.as_of
    now, then = _end(report, fact), _end(previous, before)
    return now is not None and then is not None and now.end > then.end


def _finding(
    report: Report,
    fact: Fact,
    kind: str,
    printed: str,
    recomputed: str,
    formula: str,
    text: str,
    *,
    certain: bool,
    source: str,
) -> Finding:
    return Finding(
        kind=kind, text=text, printed=printed, recomputed=recomputed, formula=f"{formula} ({source})",
        span=fact.span, passage=fact.passage, certain=certain,
    )  # fmt: skip
