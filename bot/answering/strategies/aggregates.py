"""What several figures come to: their sum, their mean, the rate that their ratios have together.

Operands of one kind only; each is named and quoted, each formula is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.figure_words import fact_of
from bot.answering.records import Computed
from bot.answering.reply import Draft, quote_of
from bot.answering.strategies.amounts import base_of, part_of, scale_of, shown
from bot.answering.strategies.groups import Row
from bot.understanding.cues import plain
from knowledge.numbers import format_number, format_percent, round_half_up

_MOST_SHOWN = 40
# Both what was received one way and the other: the base of the ratios is asked for.
_WHOLE = re.compile(
    r"\b(?:ke ca|tinh ca|bao gom ca|ca (?:nop )?(?:giay|truc tiep)|khong phan biet"
    r"|tong so(?: luong)? ho so(?! truc tuyen))\b"
)


def asks_sum(case: Case) -> bool:
    """Whether a sum is asked for; the "tổng số" of a condition asks for none."""
    q = case.question
    return q.has("sum") or (q.has("total") and not any(f.of == "base" for f in q.filters))


def aggregated(case: Case, rows: Sequence[Row], *, group: int | None = None) -> Draft | None:
    """The sum or mean of the rows, as the question asks; None where they do not count the same."""
    if not rows or not alike(rows):
        return None
    lines, computed = _mean(rows) if case.question.has("average") else _sum(case, rows)
    lines += [f"- {row_line(r)}" for r in rows[:_MOST_SHOWN]]
    computed += [Computed(r.shown, r.formula, r.name) for r in rows if r.formula]
    evidence = [r.evidence for r in rows]
    return Draft("answered", lines, [quote_of(e) for e in evidence], computed, focus=evidence, group=group)


def alike(rows: Sequence[Row]) -> bool:
    """Whether the rows count the same, or are counts that stand side by side as parts of one total."""
    facts = [fact_of(r.evidence) for r in rows]
    if len({(f.kind == "money", f.kind == "rate", f.counted or f.unit) for f in facts}) == 1:
        return True
    if all(f.kind == "money" for f in facts):
        return True
    if all(f.role == "part" and f.kind == "count" for f in facts):
        return len({f.counted or f.unit for f in facts} - {""}) == 1  # "chính thức 08", "03 chính thức"
    beside = len({(r.evidence.report.id, r.evidence.span) for r in rows}) == 1
    grouped = len({f.group for f in facts}) == 1 and facts[0].group is not None
    return (beside or grouped) and all(f.kind == "count" for f in facts)


def row_line(row: Row) -> str:
    """A row with its figure; a figure that the name has already is not said twice."""
    if row.shown in row.name and not row.formula:
        return row.name
    header = (
        fact_of(row.evidence).indicator.rpartition(": ")[2]
        if row.shown.replace(".", "").replace(",", "").isdigit()
        else ""
    )
    named = f"{row.name} – {header}" if header and header != row.name else row.name
    return f"{named}: {row.shown} (= {row.formula})" if row.formula else f"{named}: {row.shown}"


def _sum(case: Case, rows: Sequence[Row]) -> tuple[list[str], list[Computed]]:
    """The sum; of ratios that of their parts and of their bases, and the rate that these make."""
    label = _label(rows)
    parts, bases = _ratios(rows)
    if not parts:
        scale, unit = scale_of([r.evidence for r in rows])
        value, formula = added([r.value for r in rows], scale)
        lines = [f"Tổng cộng: {value} {unit}".rstrip() + f" ({label}).", f"Cách tính: {formula} = {value}."]
        return lines, [Computed(value, formula, "tổng các số liệu được nêu")]
    scale, unit = scale_of([rows[0].evidence])
    part, part_formula = added(parts, scale)
    base, base_formula = added(bases, scale)
    rate = format_percent(sum(parts, Decimal(0)) * 100 / sum(bases, Decimal(0)))
    if _WHOLE.search(plain(case.question.text)) and not case.question.has("percent"):
        lines = [f"Tổng số: {base} {unit} ({label}).", f"Cách tính: {base_formula} = {base}."]
        return lines, [Computed(base, base_formula, "tổng của các mẫu số")]
    lines = [
        f"Tổng cộng: {part} {unit} ({label}).",
        f"Trên tổng số {base} {unit}; tỷ lệ chung là {rate}.",
        f"Cách tính: {part_formula} = {part}; {base_formula} = {base}.",
    ]
    return [line.replace("  ", " ") for line in lines], [
        Computed(part, part_formula, "tổng của các tử số"),
        Computed(base, base_formula, "tổng của các mẫu số"),
        Computed(rate, f"{part} / {base}", "tỷ lệ chung"),
    ]


def _ratios(rows: Sequence[Row]) -> tuple[list[Decimal], list[Decimal]]:
    """The parts and the bases, where each row is a ratio and its part, base or rate is what is looked at."""
    if any(r.formula for r in rows):
        return [], []
    parts = [p for r in rows if (p := part_of(r.evidence)) is not None]
    bases = [b for r in rows if (b := base_of(r.evidence)) is not None]
    return (parts, bases) if len(parts) == len(bases) == len(rows) and all(bases) else ([], [])


def _mean(rows: Sequence[Row]) -> tuple[list[str], list[Computed]]:
    """The mean of the rows; of ratios with the rate that they have together."""
    scale, unit = scale_of([r.evidence for r in rows])
    rates = all(fact_of(r.evidence).unit == "%" and r.value == fact_of(r.evidence).value for r in rows)
    scale, unit = (Decimal(1), "%") if rates else (scale, f" {unit}".rstrip())
    total = sum((r.value for r in rows), Decimal(0)) / scale
    n = len(rows)
    value = format_number(trimmed(total / n))
    formula = f"({' + '.join(shown(r.value, scale) for r in rows)}) / {n}"
    lines = [f"Trung bình: {value}{unit} ({_label(rows)}).", f"Cách tính: {formula} = {value}."]
    computed = [Computed(value, formula, "trung bình cộng")]
    parts, bases = _ratios(rows) if rates else ([], [])
    if parts:
        rate = format_percent(sum(parts, Decimal(0)) * 100 / sum(bases, Decimal(0)))
        part, base = shown(sum(parts, Decimal(0)), Decimal(1)), shown(sum(bases, Decimal(0)), Decimal(1))
        lines.append(f"Tính trên tổng số: {part} / {base} = {rate}.")
        computed.append(Computed(rate, f"{part} / {base}", "tỷ lệ chung trên tổng số"))
    return lines, computed


def trimmed(value: Decimal) -> Decimal:
    """A quotient in two decimal places, without those that are nought."""
    rounded = round_half_up(value, 2)
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded


def added(values: Sequence[Decimal], scale: Decimal) -> tuple[str, str]:
    """The sum as printed, and the addition."""
    return shown(sum(values, Decimal(0)), scale), " + ".join(shown(v, scale) for v in values)


def _label(rows: Sequence[Row]) -> str:
    return wording.scope_label(rows[0].evidence.report, fact_of(rows[0].evidence).period)
