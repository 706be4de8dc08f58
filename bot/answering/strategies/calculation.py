"""Sums, differences and what is left: operands that are cited, a formula that is shown, a result in `computed`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.answering import wording
from bot.answering.case import ENOUGH, Case, enough
from bot.answering.figure_words import fact_of, name_of, printed
from bot.answering.matching import Match, match
from bot.answering.records import Computed
from bot.answering.reply import Draft, quote_of
from bot.answering.shelf import Evidence, padded
from bot.answering.strategies import figures
from bot.answering.strategies.groups import Group, Row, best_group, is_remainder, metric_of, rows_of
from bot.understanding.question import Concept
from knowledge.numbers import format_number, format_percent

_EXPLICIT_LEAD = 0.12
_COUNTS = frozenset({"count", "ratio"})


def remaining(case: Case) -> Draft | None:
    """What is left or missing: printed where the report prints it, else base less part."""
    if not case.question.has("remaining", "negative") or case.question.has("max", "min"):
        return None
    explicit = case.facts(lambda e: fact_of(e).kind == "count" and is_remainder(e))
    ratios = case.facts(lambda e: fact_of(e).kind == "ratio" and fact_of(e).denominator is not None)
    best = next(iter(explicit), None)
    ratio = next(iter(ratios), None)
    if best and enough(best, explicit[1:30]) and (ratio is None or best.score >= ratio.score - _EXPLICIT_LEAD):
        near = figures.tied(explicit, dependent=case.question.dependent)
        if near and not case.question.dependent:
            return figures.clarify(case, near)
        return figures.figures_draft([best.evidence])
    if ratio is None or not enough(ratio, ratios[1:30]):
        return None
    near = figures.tied(ratios, dependent=case.question.dependent)
    if near and not case.question.dependent:
        return figures.clarify(case, near)
    if _counts_the_lack(ratio.evidence):
        return figures.figures_draft([ratio.evidence])
    return _left(ratio.evidence)


def _counts_the_lack(evidence: Evidence) -> bool:
    """Whether the ratio's part is itself what lacks: "38/226 trạm y tế chưa có bác sĩ"."""
    fact = fact_of(evidence)
    end = min(fact.clause.end, fact.span.end + 60)
    behind = padded(evidence.report.text[fact.span.start : end].partition("%")[0])
    return any(f" {word} " in behind for word in ("chua", "khong", "thieu"))


def _left(evidence: Evidence) -> Draft | None:
    """The base less the part of a ratio, with the formula."""
    fact = fact_of(evidence)
    if fact.denominator is None or fact.numerator is None:
        return None
    formula = f"{format_number(fact.denominator)} − {format_number(fact.numerator)}"
    value = format_number(fact.denominator - fact.numerator)
    quote = quote_of(evidence)
    lines = [
        f"{name_of(evidence)}: còn {value} {fact.counted} ({wording.scope_label(evidence.report, fact.period)}).",
        f"Cách tính: {formula} = {value}.",
        wording.quoted(quote.words),
    ]
    computed = [Computed(value, formula, f"phần còn lại của {name_of(evidence)}")]
    return Draft("answered", lines, [quote], computed, focus=[evidence], group=fact.group)


def total(case: Case) -> Draft | None:
    """The sum over what the question names or over its group; with their bases also the common rate."""
    q = case.question
    if not q.has("sum", "total"):
        return None
    if not q.has("sum") and not q.has("remaining", "negative"):
        stated = _stated_total(case)
        if stated:
            return stated
    rows = _focus_rows(case) or _named_rows(case) or _group_rows(case)
    if not rows or len(rows) < 2 or len({(fact_of(r.evidence).kind in _COUNTS, fact_of(r.evidence).counted) for r in rows}) > 1:
        return None
    return _sum(case, rows)


def _stated_total(case: Case) -> Draft | None:
    """The printed total, where a figure that says so fits: "tổng cộng 1,2 tỷ đồng"."""
    found = case.facts(figures.asked_kind(case))
    for m in found[:6]:
        if m.score >= found[0].score - _EXPLICIT_LEAD and m.coverage >= ENOUGH and (" tong " in m.evidence.own + m.evidence.near or _leads_parts(m.evidence)):
            return figures.figures_draft([m.evidence])
    return None


def _leads_parts(evidence: Evidence) -> bool:
    """Whether the figure is followed by its parts: "96.651 triệu đồng, gồm: …"."""
    span = fact_of(evidence).span
    return any(x.lead.covers(span) and len(rows_of(evidence.shelved, x, None)) > 1 for x in evidence.report.listings)


def _named_rows(case: Case) -> list[Row]:
    """One figure for each of the things that the question lists ("khai sinh, khai tử và kết hôn")."""
    if not case.question.has("sum"):
        return []
    group = best_group(case, metric_of(case) if metric_of(case) != "percent" else "count")
    if group is None:
        return []
    common = {c.start for c in case.question.concepts if _share(c, group, case) > 0.5}
    rows: list[Row] = []
    for concept in (c for c in case.question.concepts if c.start not in common):
        fits = [(match(r.evidence, [concept], case.weights), r) for r in group.rows]
        own = [(m, r) for m, r in fits if m.owned]
        if not own:
            continue
        row = max(own, key=lambda pair: pair[0].score)[1]
        if row not in rows:
            rows.append(row)
    return rows if len(rows) > 1 else []


def _share(concept: Concept, group: Group, case: Case) -> float:
    said = sum(bool(match(r.evidence, [concept], case.weights).coverage) for r in group.rows)
    return said / len(group.rows)


def _focus_rows(case: Case) -> list[Row]:
    """The neighbours of the last answer's figure in its clause that count the same: "cộng cả 4 hội lại"."""
    if not case.question.dependent or not case.focus.report_id:
        return []
    shelved = next((s for s in case.scope.reports if s.report.id == case.focus.report_id), None)
    if shelved is None:
        return []
    before = [e for e in shelved.facts if e.fact and e.fact.ordinal in case.focus.facts] or [
        e for e in shelved.facts if e.passage.ordinal == case.focus.passage
    ]
    if not before:
        return []
    beside = [e for e in shelved.facts if e.span == before[0].span and fact_of(e).kind == "count"]
    scored = [(match(e, case.question.concepts, case.weights).coverage, e) for e in beside]
    best = max((score for score, _ in scored), default=0.0)
    nouns = [fact_of(e).counted for score, e in scored if score == best]
    noun = fact_of(before[0]).counted if fact_of(before[0]).counted in nouns or not nouns else nouns[0]
    return [Row(name_of(e), e, e.fact.value, printed(e)) for e in beside if e.fact and e.fact.counted == noun and e.fact.value is not None]


def _group_rows(case: Case) -> list[Row]:
    metric = metric_of(case)
    if metric == "percent":
        metric = "count"
    group = best_group(case, metric)
    return [*group.rows] if group else []


def _sum(case: Case, rows: Sequence[Row]) -> Draft:
    values = [r.value for r in rows]
    first = fact_of(rows[0].evidence)
    scale, unit = _scale(rows)
    result = format_number(sum(values, Decimal(0)) / scale)
    formula = " + ".join(format_number(v / scale) for v in values)
    label = wording.scope_label(rows[0].evidence.report, first.period)
    lines = [f"Tổng cộng: {result} {unit} ({label}).".replace("  ", " "), f"Cách tính: {formula} = {result}."]
    lines += [f"- {r.name}: {r.shown}" for r in rows]
    computed = [Computed(result, formula, "tổng các số liệu được nêu")]
    computed += [Computed(r.shown, r.formula, r.name) for r in rows if r.formula]
    bases = [fact_of(r.evidence).denominator for r in rows]
    if case.question.has("percent") and all(b is not None for b in bases):
        base = sum((b for b in bases if b is not None), Decimal(0))
        rate = format_percent(sum(values, Decimal(0)) * 100 / base)
        lines.insert(1, f"Tỷ lệ chung: {rate} ({result}/{format_number(base)}).")
        whole = " + ".join(format_number(b) for b in bases if b is not None)
        computed += [Computed(rate, f"{result} / {format_number(base)}", "tỷ lệ chung"), Computed(format_number(base), whole, "tổng của các mẫu số")]
    return Draft("answered", lines, [quote_of(r.evidence) for r in rows], computed, focus=[r.evidence for r in rows], group=first.group)


def _scale(rows: Sequence[Row]) -> tuple[Decimal, str]:
    """By what to divide money that is held in đồng, and the unit to print."""
    fact = fact_of(rows[0].evidence)
    if fact.kind != "money":
        return Decimal(1), fact.counted or ""
    unit = fact.unit
    for word, scale in (("tỷ", 10**9), ("triệu", 10**6), ("nghìn", 10**3)):
        if word in unit and all(word in fact_of(r.evidence).unit for r in rows):
            return Decimal(scale), unit
    return Decimal(1), "đồng"


def difference(case: Case) -> Draft | None:
    """One figure less another: two that the question names, a figure and its target, or one and the last answer's."""
    if not case.question.has("difference"):
        return None
    keep = figures.asked_kind(case)
    found = case.facts(keep)
    if not found or found[0].coverage < 0.5:
        return None
    pair = _against_target(case, found) or _two_named(case, found, keep) or _with_focus(case, found)
    if pair is None:
        return None
    return _subtract(*pair)


def _against_target(case: Case, found: Sequence[Match]) -> tuple[Evidence, Evidence] | None:
    if not any(w in f" {' '.join(case.match(found[0].evidence).evidence.near.split())} " for w in _TARGET) or "chi tieu" not in _plain(case):
        return None
    for m in found[:8]:
        fact = fact_of(m.evidence)
        if fact.kind != "count" or m.coverage < ENOUGH - 0.1 or any(w in m.evidence.own for w in _TARGET_OWN):
            continue
        for e in m.evidence.shelved.facts:
            other = fact_of(e)
            if e.span == m.evidence.span and other.counted == fact.counted and any(w in e.own for w in _TARGET_OWN):
                return m.evidence, e
    return None


_TARGET = (" chi tieu ", " ke hoach ", " muc tieu ")
_TARGET_OWN = (" chi tieu ", " ke hoach duoc giao ", " muc tieu ")


def _plain(case: Case) -> str:
    from bot.understanding.cues import plain

    return plain(case.question.text)


def _two_named(case: Case, found: Sequence[Match], keep: figures.Keep) -> tuple[Evidence, Evidence] | None:
    """The figures of the two halves of "A cao hơn B": each the best for what the other does not say."""
    cut = _comparative(case)
    if cut is None:
        return None
    left = [c for c in case.question.concepts if c.end <= cut]
    right = [c for c in case.question.concepts if c.start >= cut]
    if not left or not right:
        return None
    return _best(case, left, keep), _best(case, right, keep)


def _comparative(case: Case) -> int | None:
    import re

    m = re.search(r"\b(?:cao|thap|nhieu|it|lon|nho|kem)?\s*hon\b|\bso voi\b|\bva\b|\bvoi\b", _plain(case))
    return m.start() if m else None


def _best(case: Case, wanted: Sequence[Concept], keep: figures.Keep) -> Evidence:
    found = [match(m.evidence, wanted, case.weights) for m in case.facts(keep)]
    return max(found, key=lambda m: m.score).evidence


def _with_focus(case: Case, found: Sequence[Match]) -> tuple[Evidence, Evidence] | None:
    if not case.focus.facts:
        return None
    unit = fact_of(found[0].evidence).unit
    own = [
        e for s in case.scope.reports if s.report.id == case.focus.report_id for e in s.facts
        if e.fact and e.fact.ordinal in case.focus.facts and e.fact.unit == unit
    ]  # fmt: skip
    others = [m.evidence for m in found if not own or m.evidence.fact != own[0].fact]
    return (own[0], others[0]) if own and others else None


def _subtract(one: Evidence, other: Evidence) -> Draft | None:
    a, b = fact_of(one), fact_of(other)
    if a.value is None or b.value is None or a.unit != b.unit or a == b:
        return None
    big, small = (a, b) if a.value >= b.value else (b, a)
    gap = format_number((big.value or Decimal(0)) - (small.value or Decimal(0)))
    unit = "điểm phần trăm" if a.unit == "%" else a.counted
    formula = f"{format_number(big.value or Decimal(0))} − {format_number(small.value or Decimal(0))}"
    word = "cao hơn" if a.value > b.value else "thấp hơn" if a.value < b.value else "bằng"
    lines = [
        f"{name_of(one)}: {printed(one)}; {name_of(other)}: {printed(other)}.",
        f"{name_of(one)} {word} {name_of(other)} {gap} {unit}." if a.value != b.value else f"{name_of(one)} bằng {name_of(other)}.",
        f"Cách tính: {formula} = {gap}.",
    ]
    computed = [Computed(gap, formula, f"chênh lệch ({unit})")]
    return Draft("answered", lines, [quote_of(one), quote_of(other)], computed, focus=[one, other], group=a.group)


__all__ = ["difference", "remaining", "rows_of", "total"]
