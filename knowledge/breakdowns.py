"""Which figures break another down: bare ones that add up to it, and where the parts of a whole end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from knowledge.records import Fact

_SAYS_PART = re.compile(r"(?<!\w)trong (?:đó|số đó|số này)(?!\w)", re.IGNORECASE)
_FEWEST = 2
_BETWEEN = frozenset({"rate", "change", "date"})  # "huyện A 7.500 (tăng 3%), huyện B 5.000"


def bare_parts(facts: Sequence[Fact]) -> list[Fact]:
    """The facts of a passage; bare counts that add up to a figure before them are said of what it is said of.

    "kích hoạt 12.500 tài khoản. Chi tiết: huyện A 7.500; huyện B 5.000".
    """
    out = list(facts)
    wholes: dict[Decimal, Fact] = {}
    run: list[int] = []
    total = Decimal(0)
    for i, fact in enumerate(out):
        if fact.kind == "count" and not fact.counted and fact.role in {"", "part"} and fact.value is not None:
            run.append(i)
            total += fact.value
            whole = wholes.get(total)
            if len(run) >= _FEWEST and whole is not None:
                for k in run:
                    words = _of_whole(out[k].indicator, whole.indicator)
                    out[k] = replace(
                        out[k], indicator=words, role="part", counted=whole.counted, unit=whole.unit
                    )
                run, total = [], Decimal(0)
        elif fact.kind not in _BETWEEN and fact.role != "target":
            run, total = [], Decimal(0)
        if fact.kind == "count" and fact.counted and fact.value:
            wholes[fact.value] = fact
    return out


def _of_whole(name: str, whole: str) -> str:
    """What a bare part is of, as a table says it: its own words, then those of the whole."""
    return f"{name}: {whole.replace(': ', ' ')}" if name and ":" not in name else name or whole


def parts_ended(text: str, facts: Sequence[Fact]) -> list[Fact]:
    """The facts of a sentence; once parts add up to their whole, what follows is none of them.

    "27,4 tỷ đồng, trong đó A 20 tỷ đồng, B 7,4 tỷ đồng; đã giải ngân 8,9 tỷ đồng".
    """
    out = list(facts)
    whole: Fact | None = None
    total, complete = Decimal(0), False
    for i, fact in enumerate(out):
        if fact.value is None or fact.kind not in {"count", "money", "measure"}:
            continue
        if fact.role != "part":
            whole, total, complete = fact, Decimal(0), False
        elif whole is not None and fact.kind == whole.kind:
            says = i > 0 and _SAYS_PART.search(text, out[i - 1].span.end, fact.span.start)
            if complete and not says:
                out[i] = whole = replace(fact, role="")
                total, complete = Decimal(0), False
                continue
            total += fact.value
            complete = total == whole.value
    return out
