"""The role of a figure among others: total, part, target, remainder; by its words, or by what adds up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from knowledge.records import Fact

_TOTAL = re.compile(r"(?<!\w)(?:tổng|tổng số|tổng cộng|toàn bộ)(?!\w)", re.IGNORECASE)
_PART = re.compile(r"(?<!\w)trong (?:đó|số đó|số này)(?!\w)", re.IGNORECASE)
_TARGET = re.compile(r"(?<!\w)(?:chỉ tiêu|phấn đấu|mục tiêu|kế hoạch giao|dự kiến)(?!\w)", re.IGNORECASE)
_REST = re.compile(r"^(?:hiện )?còn(?: lại)?$", re.IGNORECASE)
# What stands before a bracket whose figure is no part of the one before it.
_BASE_BEFORE = re.compile(
    r"(?:so với|cùng kỳ|chỉ tiêu|kế hoạch|dự toán|trên tổng số)[^,;()]{0,60}\([^()]*$"
    r"|\(\s*(?:cùng kỳ|chỉ tiêu|kế hoạch|dự toán|mục tiêu|(?:tháng|quý|năm|kỳ"
    r"|tuần) trước(?!\s(?:chuyển|sang|tồn|còn))|so với|lũy kế|luỹ kế"
    r"|trên tổng số)(?!\w)[^()]*$"
    r"|tương đương[^,;()]{0,20}$",
    re.IGNORECASE,
)


def role_of(head: str, before: str) -> str:
    """The role that the words before a figure give it, or ""."""
    # The last part that says anything: "so với chỉ tiêu được giao (", "theo đó, tổng dữ liệu không gian là".
    said = [part for part in re.split(r"[,;(]", before) if part.strip()]
    last = " ".join(said[-1].split()) if said else ""
    if _REST.search(last):
        return "remainder"
    if _PART.search(before) or _PART.search(head):
        return "part"
    if _TOTAL.search(last):
        return "total"
    return "target" if _TARGET.search(last) else ""


def breaks_down(text: str, part: Fact, whole: Fact) -> bool:
    """Whether a figure in a bracket may be part of the one before it.

    "334 sản phẩm (291 sản phẩm 3 sao, …)".
    """
    if part.kind != whole.kind or part.role or (part.value or 0) > (whole.value or 0):
        return False
    if _BASE_BEFORE.search(text[whole.span.end : part.span.start]):
        return False
    return part.kind == "money" or not part.counted or whole.counted.startswith(part.counted)


def with_parts(facts: Sequence[tuple[Fact, bool]]) -> Iterator[Fact]:
    """The facts of a clause; those of a bracket that add up to the count before it are its parts.

    "14 văn bản (02 Nghị quyết, 05 Kế hoạch, 07 Công văn)". Beside each fact: whether it stands in a bracket.
    """
    whole: Fact | None = None
    run: list[Fact] = []
    for fact, inside in [*facts, (None, False)]:
        if inside and fact is not None:
            run.append(fact)
            continue
        yield from _as_parts(run, whole)
        run = []
        if fact is not None:
            whole = fact if fact.kind in {"count", "money", "measure"} else whole
            yield fact


def _as_parts(run: Sequence[Fact], whole: Fact | None) -> Iterator[Fact]:
    alike = [f for f in run if whole is not None and f.kind == whole.kind]
    value = sum((f.value or Decimal(0) for f in alike), Decimal(0))
    adds_up = whole is not None and len(alike) > 1 and value == whole.value
    for fact in run:
        yield replace(fact, role="part") if adds_up and fact in alike and not fact.role else fact
