"""Which figures are of the same thing: their words without times, figures and what every statement says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from knowledge.dates import find_dates
from knowledge.periods import find_periods
from knowledge.records import Fact, Report
from knowledge.vietnamese import fold, nfc

_WORD = re.compile(r"[^\W\d_]+")
# Words that say no more about what is counted: verbs of reporting, words of time, of the whole.
_GENERAL = frozenset(
    """
    la co dat duoc da dang va voi cua cho tai tren trong so tong cong toan dia ban hien nay den tinh luy ke
    tu dau ngay thang quy nam ky bao cao ket qua thuc hien uoc khoang hon gan ve viec cac nhung theo do gom
    bao nham
    """.split()  # noqa: SIM905 - words read better than a list
)


def words_of(text: str) -> frozenset[str]:
    """The folded words of a text that tell what it is about, without times, figures and general words."""
    text = nfc(text)
    plain = list(fold(text))
    times = [(m.start, m.end) for m in find_periods(text)] + [(m.start, m.end) for m in find_dates(text)]
    for start, end in times:
        plain[start:end] = " " * (end - start)
    return frozenset(w for w in _WORD.findall("".join(plain)) if w not in _GENERAL)


def key_of(report: Report, fact: Fact, titles: dict[str, str]) -> tuple[object, ...]:
    """What a fact is of, as far as another report of the same series says it alike.

    Kind, noun, role, place, its own words, and those of what it stands below (`titles` by section path).
    """
    passage = report.passages[fact.passage]
    own = fact.indicator.removesuffix(fact.counted) if fact.counted else fact.indicator
    above = titles.get(passage.section, "")
    lead = fact.context[-1] if fact.context else ""
    return (
        fact.kind, fold(fact.counted or fact.unit), fact.role, fact.place, words_of(own), words_of(above),
        words_of(lead), passage.item,
    )  # fmt: skip


def unique(report: Report, facts: Iterable[Fact]) -> dict[tuple[object, ...], Fact]:
    """The facts by what they are of; those that the report has several of are left out."""
    titles = {s.path: s.title for s in report.sections}
    found: dict[tuple[object, ...], Fact] = {}
    twice: set[tuple[object, ...]] = set()
    for fact in facts:
        key = key_of(report, fact, titles)
        if key in found:
            twice.add(key)
        found[key] = fact
    return {key: fact for key, fact in found.items() if key not in twice}


def pairs(report: Report, previous: Report) -> Iterator[tuple[Fact, Fact]]:
    """Each figure with the one of the previous report that is of the same thing."""
    kinds = {"count", "money", "measure", "ratio", "rate"}
    before = unique(previous, (f for f in previous.facts if f.kind in kinds))
    now = unique(report, (f for f in report.facts if f.kind in kinds))
    for key, fact in now.items():
        if key in before and (key[4] or key[5]):
            yield fact, before[key]
