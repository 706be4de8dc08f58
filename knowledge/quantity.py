"""The record of a quantity that `knowledge.numbers` reads."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

QuantityKind = Literal["count", "percent", "points", "money", "ratio", "bandwidth", "measure"]
Bound = Literal["", "<", "<=", ">", ">=", "~"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as printed.

    `text` at `start:end` is the figure with its sign or unit of measure ("45,67%", "12.345 triệu đồng"),
    without the noun it counts, which is `counted` and ends at `counted_end`. `unit` is "%", "điểm phần trăm",
    "triệu đồng", "Mbps" or, of a count or ratio, the noun. `value` is the printed number (of a ratio a/b: a;
    of a range: its lower end), `scaled` what it comes to in đồng or ones. `bound` is the comparison before it
    ("trên 95%" is ">"), `upper` and `upper_bound` the other end of a range, on the scale of `value`.
    """

    kind: QuantityKind
    value: Decimal
    text: str
    start: int
    end: int
    unit: str = ""
    scaled: Decimal = Decimal(0)
    counted: str = ""
    counted_end: int = 0
    denominator: Decimal | None = None
    bound: Bound = ""
    upper: Decimal | None = None
    upper_bound: Bound = ""
