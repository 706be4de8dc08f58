"""Most, least, top three, above or below a bound, over a group."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering import wording
from bot.answering.case import ENOUGH, Case
from bot.answering.charts import Bar, chart_of
from bot.answering.figure_words import fact_of
from bot.answering.matching import match
from bot.answering.records import Computed
from bot.answering.reply import Draft, Quote, quote_of
from bot.answering.strategies.figures import figures_draft
from bot.answering.strategies.groups import Group, Row, groups, metric_of, rivals
from bot.answering.strategies.statements import statements_draft
from bot.understanding.conditions import find_conditions

_SAID = {"max": ("nhieu nhat", "cao nhat", "lon nhat"), "min": ("it nhat", "thap nhat", "nho nhat")}


def answer(case: Case) -> Draft | None:
    """The members of the group that the question singles out, with their figures, or None."""
    said = _said_so(case)
    if said:
        return said
    metric = metric_of(case)
    found = groups(case, metric)
    if not found:
        return None
    rival = rivals(found)
    if len(rival) > 1 and not case.scope.places and not case.question.dependent:
        return _which_place(rival)
    group = found[0]
    if case.question.filters:
        return _bound_printed(case) or _filtered(case, group)
    return _ranked(case, group)


def _said_so(case: Case) -> Draft | None:
    """The sentence that itself says what is most or least: "nhiều nhất là …, ít nhất là …"."""
    sides = [side for side in ("max", "min") if case.question.has(side)]
    for m in case.sentences()[:12]:
        if (
            sides
            and m.coverage >= ENOUGH
            and all(any(f" {w} la " in m.evidence.own for w in _SAID[s]) for s in sides)
        ):
            return statements_draft(case, [m.evidence])
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
    selected = bool(find_conditions(group.listing.title)) or group.listing.title.rstrip(" :").lower() in {
        "",
        "gồm",
    }
    found = match(group.shelved.listing_evidence(group.listing), case.wanted, case.weights)
    return not selected and found.coverage >= ENOUGH and len(group.rows) * 3 >= len(group.listing.members) * 2


def _filtered(case: Case, group: Group) -> Draft | None:
    condition = case.question.filters[0]
    rows = [r for r in group.rows if condition.holds(r.value)]
    head = _title(group)
    if not rows and not _whole(case, group):
        return None
    if not rows:
        lines = [
            f"{head}: không có trường hợp nào thỏa điều kiện trong {len(group.rows)} trường hợp có số liệu."
        ]
        counted = Computed(str(len(group.rows)), f"đếm các trường hợp có số liệu: {len(group.rows)}", head)
        return Draft(
            "answered",
            lines,
            [quote_of(r.evidence) for r in group.rows[:1]],
            [counted],
            group=group.listing.ordinal,
        )
    noun = _noun(case)
    lines = [f"{head}: có {len(rows)} {noun} thỏa điều kiện:", *(f"- {_labelled(r)}" for r in rows)]
    computed = [
        Computed(
            str(len(rows)),
            f"đếm: {len(rows)} / {len(group.rows)} {noun} có số liệu",
            "đếm các trường hợp thỏa điều kiện",
        ),
        *_formulas(rows),
    ]
    return _draft(group, rows, lines, computed)


def _ranked(case: Case, group: Group) -> Draft:
    q = case.question
    rows = sorted(group.rows, key=lambda r: r.value)
    lines = [f"{_title(group)}:"]
    chosen: list[Row] = []
    sides = [s for s in ("max", "min") if q.has(s)] or ["max"]
    for side in sides:
        order = rows if side == "min" else [*reversed(rows)]
        top = _top(order, q.top or 1)
        word = "Cao nhất" if side == "max" else "Thấp nhất"
        if group.metric != "percent" and fact_of(rows[0].evidence).kind != "rate":
            word = "Nhiều nhất" if side == "max" else "Ít nhất"
        lines += [f"- {word}: {_labelled(r)}" for r in top]
        chosen += top
    draft = _draft(group, chosen, lines, _formulas(chosen))
    _draw(draft, group, [*reversed(rows)])
    return draft


def _top(order: Sequence[Row], n: int) -> list[Row]:
    """The first n rows, and those that equal the last of them."""
    return [r for i, r in enumerate(order) if i < n or r.value == order[n - 1].value] if order else []


def _labelled(row: Row) -> str:
    """The member with its figure, and with the title of its column in a table.

    A figure that the member's name has already is not said twice.
    """
    if row.shown in row.name and not row.formula:
        return row.name
    header = (
        fact_of(row.evidence).indicator.rpartition(": ")[2]
        if row.shown.replace(".", "").replace(",", "").isdigit()
        else ""
    )
    named = f"{row.name} – {header}" if header and header != row.name else row.name
    return f"{named}: {_with_formula(row)}"


def _with_formula(row: Row) -> str:
    return f"{row.shown} (= {row.formula})" if row.formula else row.shown


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
