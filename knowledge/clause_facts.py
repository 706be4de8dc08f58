"""The facts of a clause: a figure with the words around it, a ratio with its %, a change and its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.context import ENUMERATOR, head_of
from knowledge.indicators import change_of, clean_words, joined, per_unit, words_behind
from knowledge.numbers import Quantity
from knowledge.records import Fact, Span
from knowledge.vietnamese import fold

_RATIO_WORDS = re.compile(r"đạt|tỷ lệ|tỉ lệ|chiếm|tương đương|bằng|tỷ trọng|\(", re.IGNORECASE)
# "748.699 thửa, đạt tỷ lệ 61,90%", "10 học sinh (1%)"; "743 hồ sơ), tỷ lệ trực tuyến đạt 97%" is of
# something else.
_SAID_OF = re.compile(
    r"(?:[^;:()]*[,(])?\s*(?:đã\s+)?(?:đạt|chiếm|bằng|tương đương)?\s*(?:tỷ lệ|tỉ lệ|tỷ trọng)?"
    r"\s*(?:là|đạt|khoảng|gần|hơn|trên)?\s*",
    re.IGNORECASE,
)
_SAID_WITHIN = 70
_TOTAL = re.compile(r"(?<!\w)(?:tổng|tổng số|tổng cộng|toàn bộ)(?!\w)", re.IGNORECASE)
_PART = re.compile(r"(?<!\w)trong (?:đó|số đó|số này)(?!\w)", re.IGNORECASE)
_TARGET = re.compile(r"(?<!\w)(?:chỉ tiêu|phấn đấu|mục tiêu|kế hoạch giao|dự kiến)(?!\w)", re.IGNORECASE)
_REST = re.compile(r"^(?:hiện )?còn(?: lại)?$", re.IGNORECASE)


_CHANGES = frozenset({"tăng", "giảm", "vượt", "tăng thêm", "giảm còn", "cao", "thấp", "cao hơn", "thấp hơn"})
_MEASURES = (["ke", "hoach"], ["du", "toan"], ["chi", "tieu"], ["muc", "tieu"], ["nghi", "quyet"])


def clause_facts(text: str, clause: Span, quantities: Sequence[Quantity], base: Fact) -> Iterator[Fact]:
    """A fact for each quantity of the clause; `base` has what all of them share."""
    head = head_of(text, clause)
    opening = head.of(text).strip(" “”\"'") if head else ""
    enumerator = ENUMERATOR.match(text, clause.start)
    at = head.end + 1 if head else enumerator.end() if enumerator else clause.start
    previous: Fact | None = None
    subject: Fact | None = None
    outside: Fact | None = None
    skip = False
    for i, quantity in enumerate(quantities):
        if skip:
            skip = False
            continue
        following = quantities[i + 1] if i + 1 < len(quantities) else None
        pre = text[at : quantity.start]
        post, at = words_behind(text, quantity, clause.end, following)
        rate = _paired_rate(text, quantity, following)
        if rate:
            skip, at = True, rate.end
        said_of = _counted_before(text, quantity, previous)
        words = _Words(opening, pre, post, per_unit(text, quantity))
        before = previous
        previous = _fact(base, quantity, words, rate=rate, said_of=said_of, subject=subject)
        if (
            before is not None
            and before.role == "part"
            and not previous.role
            and before.counted == previous.counted
        ):
            previous = replace(previous, role="part")  # "trong đó nữ 1.702 người, nam 266 người"
        inside = _in_bracket(text[clause.start : quantity.start])
        if inside and outside is not None and _breaks_down(previous, outside):
            previous = replace(previous, role="part")
        if not inside and previous.kind in {"count", "money"}:
            outside = previous
        if subject is None or previous.kind not in {"rate", "change"}:
            subject = previous
        yield previous


def _in_bracket(before: str) -> bool:
    """Whether a bracket is open behind these words of a clause; an enumerator's own does not count."""
    return ENUMERATOR.sub("", before).count("(") > ENUMERATOR.sub("", before).count(")")


def _breaks_down(part: Fact, whole: Fact) -> bool:
    """Whether a figure in a bracket may be part of the one before it.

    "334 sản phẩm (291 sản phẩm 3 sao, …)".
    """
    if part.kind != whole.kind or part.role or (part.value or 0) > (whole.value or 0):
        return False
    return part.kind == "money" or not part.counted or whole.counted.startswith(part.counted)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words around a figure: the clause's head, those before and behind it, what it is per."""

    head: str
    before: str
    behind: str
    per: str


def _fact(
    base: Fact,
    q: Quantity,
    words: _Words,
    *,
    rate: Quantity | None,
    said_of: Fact | None,
    subject: Fact | None,
) -> Fact:
    change = change_of(words.before) if q.kind != "ratio" else ""
    indicator = _indicator(q, words, subject)
    end = rate.end if rate else max(q.end, q.counted_end)
    shared = replace(
        base, indicator=indicator, span=Span(q.start, end), role=change or _role(words),
        bound=q.bound, upper=q.upper,
    )  # fmt: skip
    if q.kind == "ratio":
        return replace(
            shared, kind="ratio", value=rate.value if rate else None, unit="%" if rate else q.counted,
            numerator=q.value, denominator=q.denominator, counted=q.counted,
        )  # fmt: skip
    if q.kind == "points" or change:
        return replace(shared, kind="change", value=_value(q), unit=_unit(q, words.per), counted=q.counted)
    if q.kind == "percent" and said_of is not None:
        measured = q.counted if fold(q.counted).split(" ")[:2] in _MEASURES else ""
        indicator = joined(said_of.indicator, measured)
        return replace(
            shared, kind="rate", indicator=indicator, value=q.value, unit="%", numerator=said_of.value,
            counted=said_of.counted,
        )  # fmt: skip
    kind = "rate" if q.kind == "percent" else q.kind
    return replace(
        shared,
        kind=kind,
        value=_value(q),
        unit=_unit(q, words.per),
        counted=q.counted + words.per if q.counted else "",
    )


def _indicator(q: Quantity, words: _Words, subject: Fact | None) -> str:
    before = clean_words(words.before)
    own = joined(before, q.counted + words.per, words.behind)
    if subject is not None and (
        not own or (q.kind in {"percent", "points"} and _is_said_of(q, before, words.behind))
    ):
        # "…, tăng 5,6% so với cùng kỳ", "…, đạt 69,41%", "…, đạt 101,5% kế hoạch": said of the figure before.
        return joined(subject.indicator, own)
    head = words.head + ":" if words.head and own else words.head
    return joined(head, own)


def _is_said_of(q: Quantity, before: str, behind: str) -> bool:
    """Whether the words around a percentage name only a change or what it is measured by."""
    if before.lower() in _CHANGES:
        return not behind or q.counted == ""
    return not before and fold(q.counted).split(" ")[:2] in _MEASURES


def _role(words: _Words) -> str:
    # The last part that says anything: "so với chỉ tiêu được giao (", "theo đó, tổng dữ liệu không gian là".
    said = [part for part in re.split(r"[,;(]", words.before) if part.strip()]
    before = " ".join(said[-1].split()) if said else ""
    if _REST.search(before):
        return "remainder"
    if _PART.search(words.before) or _PART.search(words.head):
        return "part"
    if _TOTAL.search(before):
        return "total"
    return "target" if _TARGET.search(before) else ""


def _value(q: Quantity) -> Decimal:
    """đồng of money and ones of a count ("6,2 triệu con"); the printed number of everything else."""
    return q.scaled if q.kind in {"money", "count"} else q.value


def _unit(q: Quantity, per: str) -> str:
    if q.kind == "money":
        # As printed, with its marks.
        return re.sub(r"^[\d.,\s–\-]+", "", q.text) or q.unit
    return {"percent": "%", "points": "điểm phần trăm"}.get(q.kind, q.unit) + per


def _paired_rate(text: str, ratio: Quantity, following: Quantity | None) -> Quantity | None:
    """The percentage that goes with a ratio: "919/1.576 hồ sơ, đạt tỷ lệ 58,31%"."""
    if ratio.kind != "ratio" or following is None or following.kind != "percent":
        return None
    between = text[ratio.end : following.start]
    paired = len(between) < 90 and _RATIO_WORDS.search(between) and not change_of(between)
    return following if paired else None


def _counted_before(text: str, q: Quantity, previous: Fact | None) -> Fact | None:
    """The count that a percentage is said of: "748.699 thửa, đạt tỷ lệ 61,90%"."""
    if q.kind != "percent" or previous is None or previous.kind != "count":
        return None
    between = text[previous.span.end : q.start]
    return previous if len(between) < _SAID_WITHIN and _SAID_OF.fullmatch(between) else None
