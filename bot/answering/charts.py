"""Charts of the figures that an answer ranks or compares; each figure keeps its quote for the gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.answering import wording
from bot.answering.records import Chart, ChartKind, Computed
from bot.answering.reply import Drawn, Quote, quote_of
from bot.answering.shelf import Evidence

_MOST_BARS, _LONGEST_LABEL, _LONGEST_TITLE = 40, 120, 140


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure of a chart: `formula` is set where the report does not print it."""

    label: str
    value: Decimal
    printed: str
    evidence: Evidence
    formula: str = ""


def chart_of(
    bars: Sequence[Bar],
    *,
    title: str,
    unit: str,
    least: int = 2,
    kind: ChartKind = "bar",
    above: Sequence[Quote] = (),
) -> tuple[Chart | None, Drawn]:
    """The chart of the bars with what they rest on; no chart of fewer than `least` or of too many.

    `above` are the words that the title is taken from.
    """
    if not least <= len(bars) <= _MOST_BARS:
        return None, Drawn()
    shown = [b.evidence for b in bars]
    chart = Chart(
        kind=kind,
        title=_shortened(title, _LONGEST_TITLE),
        unit=unit,
        labels=tuple(_shortened(b.label, _LONGEST_LABEL) for b in bars),
        values=tuple(b.value for b in bars),
        printed=tuple(b.printed for b in bars),
        source="; ".join(dict.fromkeys(wording.place_in(e.report, e.passage.section) for e in shown)),
    )
    quotes = dict.fromkeys((*above, *(quote_of(e) for e in shown)))
    computed = tuple(Computed(b.printed, b.formula, b.label) for b in bars if b.formula)
    return chart, Drawn(tuple(quotes), computed)


def _shortened(words: str, longest: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= longest else words[:longest].rsplit(" ", 1)[0] + "…"
