"""Most, least, top three, second, in order, above or below a bound, over a group; and what those come to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering import wording
from bot.answering.case import ENOUGH, Case
from bot.answering.charts import Bar, chart_of
from bot.answering.figure_words import fact_of
from bot.answering.matching import match
from bot.answering.records import Computed
from bot.answering.reply import Draft, Quote, quote_of
from bot.answering.strategies.aggregates import aggregated, asks_sum, row_line
from bot.answering.strategies.figures import figures_draft
from bot.answering.strategies.groups import Group, Row, groups, metric_of, named_rows, rivals
from bot.answering.strategies.selection import Selection, ordered, selected
from bot.answering.strategies.statements import statements_draft
from bot.answering.strategies.terms import terms
from bot.understanding.conditions import find_conditions

_AS_GOOD = 0.05
_BARS = 10  # of a chart beside the first of an order; more would not be read on a phone
# "nhiều nhất là thông báo lưu trú", "Huyện Kỳ Sơn đạt thấp nhất (71,40%)"
_SAYS = {
    "max": re.compile(r" (?:(?:nhieu|cao|lon) nhat la|dat (?:cao|lon) nhat) "),
    "min": re.compile(r" (?:(?:it|thap|nho) nhat la|dat (?:thap|it) nhat) "),
}


def answer(case: Case) -> Draft | None:
    """The members of the group that the question singles out, with their figures, or None."""
    said = _said_so(case)
    if said:
        return said
    found = _groups(case)
    if not found:
        return None
    rival = rivals(found)
    if len(rival) > 1 and not case.scope.places and not case.question.dependent:
        return _which_place(rival)
    group = found[0]
    if case.question.filters and not case.question.has("max", "min"):
        return _bound_printed(case) or _filtered(case, group)
    return _ranked(case, group)


def _groups(case: Case) -> list[Group]:
    """The groups that fit; "cao nhất" of things with a rate asks for their rates."""
    metric = metric_of(case)
    plainly = groups(case, metric)
    if metric is not None or not case.question.has("max", "min", "order"):
        return plainly
    rated = [g for g in groups(case, "percent") if all(fact_of(r.evidence).kind == "ratio" for r in g.rows)]
    best = plainly[0].score if plainly else 0.0
    return rated if rated and rated[0].score >= best - _AS_GOOD else plainly


def members(case: Case) -> Draft | None:
    """The figures of the members that the question lists by name, or None where it lists none."""
    q = case.question
    if q.has("sum", "total", "difference", "compare", "average", "remaining", "share", "times", "negative"):
        return None
    found = groups(case, metric_of(case))
    rows = named_rows(case, found[0].rows) if found else []
    if not rows or len(rows) < len(terms(case)) or len(rivals(found)) > 1:
        return None
    lines = [f"{_title(found[0])}:", *(f"- {row_line(r)}" for r in rows)]
    draft = _draft(found[0], rows, lines, _formulas(rows))
    _draw(draft, found[0], rows)
    return draft


def _said_so(case: Case) -> Draft | None:
    """The sentence that itself says what is most or least: "nhiều nhất là …, ít nhất là …"."""
    sides = _sides(case)
    if case.question.nth or case.question.top or case.question.filters or not sides:
        return None
    for m in case.sentences()[:12]:
        if m.coverage >= ENOUGH and all(_SAYS[s].search(m.evidence.own) for s in sides):
            draft = statements_draft(case, [m.evidence])
            inside = [e for e in m.evidence.shelved.facts if m.evidence.span.covers(fact_of(e).span)]
            draft.focus = [e for e in inside if fact_of(e).kind in {"count", "money"}] or draft.focus
            return draft
    return None


def _which_place(rival: Sequence[Group]) -> Draft:
    """A question back where reports of several places have such a group."""
    places = [g.shelved.report.place for g in rival][:5]
    quotes = [quote_of(g.rows[0].evidence) for g in rival][:5]
    return Draft(
        "clarify",
        [wording.which_one(" của nhiều nơi"), *(f"- {p}" for p in places)],
        quotes,
        suggestions=places,
        show_findings=False,
    )


def _bound_printed(case: Case) -> Draft | None:
    """How many fulfil the condition, where the report says so: "12/34 chủ đầu tư giải ngân trên 60%"."""
    if not case.question.has("count"):
        return None
    bound = case.question.filters[0]
    for m in case.facts(lambda e: fact_of(e).kind in {"count", "ratio"})[:6]:
        span = fact_of(m.evidence).span
        behind = m.evidence.report.text[span.end : fact_of(m.evidence).clause.end]
        if m.coverage >= ENOUGH and any(bound == own for own in find_conditions(behind)):
            return figures_draft([m.evidence])
    return None


def _whole(case: Case, group: Group) -> bool:
    """Whether a group is all that the question asks about: then none of its members means none at all."""
    already = bool(find_conditions(group.listing.title)) or group.listing.title.rstrip(" :").lower() in {
        "",
        "gồm",
    }
    found = match(group.shelved.listing_evidence(group.listing), case.wanted, case.weights)
    return not already and found.coverage >= ENOUGH and len(group.rows) * 3 >= len(group.listing.members) * 2


def _filtered(case: Case, group: Group) -> Draft | None:
    """The members that fulfil the conditions, or what they come to where that is asked for."""
    chosen = selected(case, group)
    head = _title(group)
    if not chosen.rows:
        return _none_fulfils(group, head) if _whole(case, group) else None
    if asks_sum(case) or case.question.has("average"):
        return aggregated(case, chosen.rows, group=group.listing.ordinal)
    noun = _noun(case)
    lines = [f"{head}: có {len(chosen.rows)} {noun} thỏa điều kiện:"]
    lines += [f"- {_with_tested(row, chosen, i)}" for i, row in enumerate(chosen.rows)]
    if chosen.unknown:
        lines.append(f"Không tính {chosen.unknown} {noun} không in số liệu này.")
    known = len(group.rows)
    computed = [
        Computed(
            str(len(chosen.rows)),
            f"đếm: {len(chosen.rows)} / {known} {noun} có số liệu",
            "đếm các trường hợp thỏa điều kiện",
        ),
        Computed(str(chosen.unknown), f"đếm: {chosen.unknown} {noun} không in số liệu", "không tính"),
        *_formulas(chosen.rows),
    ]
    return _draft(group, chosen.rows, lines, computed)


def _none_fulfils(group: Group, head: str) -> Draft:
    n = len(group.rows)
    lines = [f"{head}: không có trường hợp nào thỏa điều kiện trong {n} trường hợp có số liệu."]
    counted = Computed(str(n), f"đếm các trường hợp có số liệu: {n}", head)
    quotes = [quote_of(r.evidence) for r in group.rows[:1]]
    return Draft("answered", lines, quotes, [counted], group=group.listing.ordinal)


def _with_tested(row: Row, chosen: Selection, i: int) -> str:
    """The row with its figure, and with the figure of a condition where that is printed apart from it."""
    others = [t.shown for t in chosen.tested[i] if t.evidence is not row.evidence]
    return row_line(row) + (f"; {'; '.join(others)}" if others else "")


def _ranked(case: Case, group: Group) -> Draft | None:
    """The first of the order, from the asked end; all of it where the order itself is asked for."""
    q = case.question
    rows = selected(case, group).rows
    if not rows:
        return _none_fulfils(group, _title(group))
    if q.has("order") and not q.has("max", "min"):
        return _in_order(group, rows)
    lines = [f"{_title(group)}:"]
    chosen: list[Row] = []
    sides = _sides(case) or ["max"]
    for side in sides:
        top = ordered(case, rows, side)
        lines += _placed(_rank_word(group, side, q.nth), top)
        chosen += top
    if not chosen:
        return None
    if (q.has("sum") or q.has("average")) and len(chosen) > 1:
        draft = aggregated(case, chosen, group=group.listing.ordinal)
        if draft:
            return draft
    computed = _formulas(chosen)
    if q.nth:
        computed.append(Computed(str(q.nth), f"xếp {len(rows)} trường hợp có số liệu theo thứ tự", "thứ tự"))
    draft = _draft(group, chosen, lines, computed)
    # The bars begin where the answer does; those that follow show how far apart they are.
    order = sorted(rows, key=lambda r: r.value, reverse=sides[0] == "max")
    _draw(draft, group, order if len(sides) > 1 else order[: max(len(chosen), _BARS)])
    return draft


def _placed(word: str, top: Sequence[Row]) -> list[str]:
    """The lines of the first of an order: numbered where they are several and differ."""
    if len({row.value for row in top}) == 1:
        return [f"- {word}: {row_line(row)}" for row in top]
    return [f"{word}, theo thứ tự:", *(f"{place}. {row_line(r)}" for place, r in enumerate(top, start=1))]


def _in_order(group: Group, rows: Sequence[Row]) -> Draft:
    """All rows from the largest to the smallest."""
    order = sorted(rows, key=lambda r: r.value, reverse=True)
    lines = [f"{_title(group)}, từ cao xuống thấp:", *(f"{i}. {row_line(r)}" for i, r in enumerate(order, 1))]
    draft = _draft(group, order, lines, _formulas(order))
    _draw(draft, group, order)
    return draft


def _sides(case: Case) -> list[str]:
    return [side for side in ("max", "min") if case.question.has(side)]


def _rank_word(group: Group, side: str, nth: int | None) -> str:
    rates = group.metric == "percent" or fact_of(group.rows[0].evidence).kind == "rate"
    high, low = ("Cao", "Thấp") if rates else ("Nhiều", "Ít")
    return f"{high if side == 'max' else low} {f'thứ {nth}' if nth else 'nhất'}"


def _formulas(rows: Sequence[Row]) -> list[Computed]:
    return [Computed(r.shown, r.formula, f"phần còn lại của {r.name}") for r in rows if r.formula]


def _draft(group: Group, rows: Sequence[Row], lines: list[str], computed: list[Computed]) -> Draft:
    quotes = [quote_of(r.evidence) for r in rows]
    return Draft(
        "answered",
        list(dict.fromkeys(lines)),
        quotes,
        computed,
        focus=[r.evidence for r in rows],
        group=group.listing.ordinal,
    )


def _title(group: Group) -> str:
    fact = fact_of(group.rows[0].evidence)
    return wording.capital(wording.scope_label(group.shelved.report, fact.period))


def _noun(case: Case) -> str:
    """What is counted, as the question calls it: the first thing that it names."""
    names = [case.question.text[c.start : c.end] for c in case.question.concepts if c.end > c.start]
    return names[0].lower() if names else "trường hợp"


def _draw(draft: Draft, group: Group, rows: Sequence[Row]) -> None:
    """Adds the bars of the whole group, largest first, which the ranked ones are seen among."""
    bars = [Bar(_bare(r), r.value, r.shown, r.evidence, r.formula) for r in rows]
    title = group.listing.title.strip().rstrip(":")
    above = [Quote(group.shelved, group.shelved.report.passages[group.listing.passage], group.listing.lead)]
    draft.chart, draft.drawn = chart_of(bars, title=title, unit=_unit(group), least=3, above=above)


def _bare(row: Row) -> str:
    """The member's name without its figure, where it ends in that."""
    return row.name.removesuffix(row.shown).strip(" :,–-") or row.name


def _unit(group: Group) -> str:
    """What the bars are measured in; empty where the rows do not agree."""
    facts = [fact_of(r.evidence) for r in group.rows]
    rates = group.metric == "percent" or all(f.kind == "rate" for f in facts)
    units = {"%" if rates else "đồng" if f.kind == "money" else f.counted or f.unit for f in facts}
    return units.pop() if len(units) == 1 else ""
