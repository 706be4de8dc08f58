"""Whether figures that the question writes out add up: "31, 97 và 15 cộng lại có đúng 143 không?"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.figure_words import fact_of
from bot.answering.records import Computed
from bot.answering.reply import Draft, Quote, quote_of
from bot.answering.shelf import Evidence, ShelvedReport
from bot.answering.strategies.amounts import amount, measured_in, scale_of, shown
from bot.understanding.cues import plain
from knowledge.numbers import find_quantities
from knowledge.records import Span

_ADDS = re.compile(r"\b(?:cong (?:lai|don|ca|vao|dung|du|voi|tat|\d)|tong|gop|khop)")
# The total where it is printed, its terms, the total as claimed.
_Addition = tuple[Evidence | None, list[Evidence], Decimal]
_MOST_TERMS = 12
_SHORTEST, _LONG = 2, 600


def answer(case: Case) -> Draft | None:
    """The sum with its terms and whether it is the total, where a report prints them together; else None."""
    q = case.question
    if not (q.has("check", "yesno") and _ADDS.search(plain(q.text))):
        return None
    claims = written_out(q.text)
    if not claims:
        return None
    for passage in (m.evidence for m in case.passages() or ()):
        figures = [e for e in term_figures(passage.shelved) if passage.span.covers(e.span)]
        found = _written_out(figures, claims) if len(claims) > _SHORTEST else _found(figures, claims)
        if found:
            return addition_draft(*found)
    if len(claims) > _SHORTEST:
        return None
    groups = (figures for shelved in case.scope.reports for figures in _columns(shelved))
    return next(
        (addition_draft(*found) for figures in groups if (found := _column(figures, max(claims)))), None
    )


def written_out(text: str) -> list[Decimal]:
    """The counts and sums that a question says in digits."""
    said = [c for c in find_quantities(text) if c.kind in {"count", "money"} and c.text[0].isdigit()]
    return [c.scaled for c in said]


def term_figures(shelved: ShelvedReport) -> Iterator[Evidence]:
    """The figures of a report that can be terms: neither lone rates nor changes nor dates."""
    for e in shelved.facts:
        fact = fact_of(e)
        alone = fact.numerator is None and fact.unit == "%"
        if not alone and fact.kind not in {"date", "change"} and amount(e, percent=False) is not None:
            yield e


def _value(evidence: Evidence) -> Decimal:
    return amount(evidence, percent=False) or Decimal(0)


def _written_out(figures: Sequence[Evidence], claims: Sequence[Decimal]) -> _Addition | None:
    """The total, if printed, its terms and the claimed total; all terms must stand among the figures."""
    total = next((c for c in claims if c * 2 == sum(claims)), claims[-1])
    rest = list(claims)
    rest.remove(total)
    chosen: list[Evidence] = []
    for claim in rest:
        found = next((e for e in figures if e not in chosen and _value(e) == claim), None)
        if found is None:
            return None
        chosen.append(found)
    printed = next((e for e in figures if e not in chosen and _value(e) == total), None)
    return printed, chosen, total


def _found(figures: Sequence[Evidence], claims: Sequence[Decimal]) -> _Addition | None:
    """The printed total that is claimed, with the figures right behind or before it that add up to it.

    Of two claims that are both printed the total is asked for: "508 cộng 339 có bằng số tiếp nhận không?".
    """
    if len(claims) == _SHORTEST and (both := _written_out(figures, [*claims, sum(claims, Decimal(0))])):
        return both if both[0] else None
    total = max(claims)
    for i, e in enumerate(figures):
        if _value(e) != total:
            continue
        for run in (*runs(figures[i + 1 :]), *runs(figures[:i][::-1])):
            if sum(map(_value, run)) == total and alike(run):
                return e, sorted(run, key=lambda r: r.span.start), total
    return None


def runs(figures: Sequence[Evidence]) -> Iterator[list[Evidence]]:
    """The first two figures, the first three, and so on."""
    for n in range(_SHORTEST, min(_MOST_TERMS, len(figures)) + 1):
        yield list(figures[:n])


def alike(figures: Iterable[Evidence]) -> bool:
    """Whether the figures are all of money or none is."""
    return len({fact_of(e).kind == "money" for e in figures}) == 1


def _columns(shelved: ShelvedReport) -> Iterator[list[Evidence]]:
    """The figures of each group that measure the same."""
    groups: dict[tuple[int, str], list[Evidence]] = {}
    for e in term_figures(shelved):
        fact = fact_of(e)
        if fact.group is not None:
            groups.setdefault((fact.group, measured_in(e, percent=False)), []).append(e)
    yield from groups.values()


def _column(figures: Sequence[Evidence], total: Decimal) -> _Addition | None:
    """A column whose members add up to a total that it prints."""
    printed = next((e for e in figures if _value(e) == total), None)
    members = [e for e in figures if e is not printed]
    ok = printed is not None and len(members) >= _SHORTEST and sum(map(_value, members)) == total
    return (printed, members, total) if ok else None


def addition_draft(printed: Evidence | None, chosen: Sequence[Evidence], total: Decimal) -> Draft:
    """Whether the chosen figures come to the total, with the addition shown."""
    every = [*chosen, printed] if printed else chosen
    # A ratio is no sum of money by itself: its parts have the unit.
    scale, unit = scale_of(chosen if printed and fact_of(printed).kind == "ratio" else every)
    formula = " + ".join(shown(_value(e), scale) for e in chosen)
    result = sum(map(_value, chosen), Decimal(0))
    verdict = wording.adds_up(
        formula,
        shown(result, scale),
        unit,
        shown(total, scale),
        agrees=result == total,
        printed=printed is not None,
    )
    quotes = _quotes(every)
    lines = [verdict]
    computed = [Computed(shown(result, scale), formula, "cộng để đối chiếu")]
    if result != total:
        larger, smaller = max(result, total), min(result, total)
        rest, less = shown(larger - smaller, scale), f"{shown(larger, scale)} − {shown(smaller, scale)}"
        lines.append(wording.apart(less, rest, unit))
        computed.append(Computed(rest, less, "chênh lệch giữa tổng và các thành phần"))
    lines += [wording.quoted(q.words) for q in quotes[:1]]
    return Draft("answered", lines, quotes, computed, focus=list(every))


def _quotes(figures: Sequence[Evidence]) -> list[Quote]:
    """One quote that shows all figures of a passage where it is short, their own statements otherwise."""
    ordered = sorted(figures, key=lambda e: e.span.start)
    first = ordered[0]
    span = Span(first.span.start, max(e.span.end for e in ordered))
    if all(e.passage is first.passage for e in figures) and span.end - span.start <= _LONG:
        return [Quote(first.shelved, first.passage, span)]
    return [quote_of(e) for e in figures]
