"""The facts of a clause: a figure with the words around it, a ratio with its %, a change and its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from knowledge.context import ENUMERATOR, head_of
from knowledge.indicators import change_of, clean_words, is_sign_before, joined, per_unit, words_behind
from knowledge.numbers import Quantity
from knowledge.pairing import counted_before, in_bracket, paired_rate, whole_before
from knowledge.records import Fact, Span
from knowledge.roles import breaks_down, role_of, with_parts
from knowledge.vietnamese import fold

_CHANGES = frozenset({"tăng", "giảm", "vượt", "tăng thêm", "giảm còn", "cao", "thấp", "cao hơn", "thấp hơn"})
_MEASURES = (["ke", "hoach"], ["du", "toan"], ["chi", "tieu"], ["muc", "tieu"], ["nghi", "quyet"])
# "bằng 98,7% so với tháng trước": a rate of the figure before, told apart by what it is compared with.
_COMPARED = re.compile(
    r"\s*(?P<words>so với (?:cùng kỳ|tháng|quý|năm|kỳ|ngày|thời điểm)[^,;.()%]{0,40}?)"
    r"(?=\s*(?:[,;.()]|$)|\svà\s)"
)
_THEN = re.compile(r"so với (?:cùng kỳ|tuần|tháng|quý|năm|kỳ|thời điểm)(?!\w)")
_DOWN_TO = re.compile(
    r"(?:(?:xuống|giảm|lên)\s+(?:chỉ\s+)?còn\s+(?:lại\s+)?|(?:xuống|lên|thành)\s+)$", re.IGNORECASE
)
_REACH = 24
_FROM = re.compile(r"(?<!\w)từ\s+$", re.IGNORECASE)
_OPENED = re.compile(r"\(\s*$")
# "(chỉ tiêu tỉnh giao 94%)", "lũy kế 1,86 tỷ đồng", "(cùng kỳ 1.234 lao động)": said of the figure before.
_ASIDE = re.compile(
    r"(?:(?:chỉ tiêu|kế hoạch|dự toán|mục tiêu|nghị quyết|định mức)(?:\s[^\W\d_]+){0,5}"
    r"|(?:lũy kế|luỹ kế|cộng dồn)(?:\s(?:đến nay|từ đầu năm|từ đầu năm đến nay|đến thời điểm hiện tại))?"
    r"|(?:cùng kỳ|tháng trước|quý trước|năm trước|kỳ trước|tuần trước)(?:\snăm(?:\s(?:trước|ngoái"
    r"|\d{4}))?)?)",
    re.IGNORECASE,
)
# "chiếm 1,7% tổng dư nợ", "đạt 64,6% dân số": what the percentage is of.
_SHARE_OF = re.compile(
    r"^[\s,;(]*(?:(?:và|hiện|đã|ước)\s)?(?:đạt|chiếm|bằng|tương đương)(?:\s(?:tỷ lệ|tỉ lệ|khoảng|gần"
    r"|hơn|trên))?\s*$",
    re.IGNORECASE,
)
_FOREIGN = re.compile(r"usd|eur|jpy", re.IGNORECASE)
_OWN_BOUND = re.compile(r"(?:vượt|cao hơn|thấp hơn)\s*$", re.IGNORECASE)


@dataclass(slots=True)
class _Reading:
    """What has been read of a clause: the figure before, and what a bare change or rate is said of.

    `outside` is the last whole and `latest` the last figure that stands in no bracket, `subject` what is
    talked about outside of brackets, `inner` in the bracket that is open.
    """

    previous: Fact | None = None
    outside: Fact | None = None
    latest: Fact | None = None
    subject: Fact | None = None
    inner: Fact | None = None
    before_bracket: str = ""
    facts: list[tuple[Fact, bool]] = field(default_factory=list)

    def about(self, *, inside: bool) -> Fact | None:
        """What a change or a rate without words of its own is said of."""
        return (self.inner or self.subject) if inside else self.subject

    def like(self, q: Quantity, *, inside: bool) -> Fact | None:
        """The last figure of what a change is measured in: of "tăng 04 vụ" the one of "vụ"."""
        near = [self.inner, self.subject] if inside else []
        before = [fact for fact, bracketed in reversed(self.facts) if inside or not bracketed]
        for fact in (*near, *before):
            if fact is not None and fact.kind == q.kind and fact.role not in {"increase", "decrease"}:
                same = fact.counted == q.counted if q.kind == "count" else fact.kind != "measure"
                if same or (q.kind == "measure" and fact.unit == q.unit):
                    return fact
        return None

    def count_alike(self, fact: Fact) -> None:
        """Gives the figure before, in "từ 1.237 xuống 1.234 tài khoản", the noun of the one behind it."""
        before, inside = self.facts[-1]
        if before.kind == fact.kind == "count" and not before.counted and fact.counted:
            self.facts[-1] = (replace(before, counted=fact.counted, unit=fact.unit), inside)

    def add(self, fact: Fact, *, inside: bool) -> None:
        """Takes in the next fact of the clause."""
        says = fact.kind not in {"rate", "change"}
        if inside:
            self.inner = fact if says else self.inner
            self.subject = self.subject or fact
        else:
            self.inner = None
            self.latest = fact
            if says or self.subject is None:
                self.subject = fact
            if fact.kind in {"count", "money", "measure"}:
                self.outside = fact
        self.previous = fact
        self.facts.append((fact, inside))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words around a figure: the clause's head, those before and behind it, what it is per."""

    head: str
    before: str
    behind: str
    per: str
    compared: str = ""
    base: str = ""
    moved: str = ""
    like: Fact | None = None


def clause_facts(
    text: str, clause: Span, quantities: Sequence[Quantity], base: Fact, *, title: str = ""
) -> Iterator[Fact]:
    """A fact for each quantity of the clause; `base` has what all of them share.

    `title` is that of the heading on the same line, for a figure with no words of its own before it.
    """
    head = head_of(text, clause)
    opening = head.of(text).strip(" “”\"'") if head else ""
    enumerator = ENUMERATOR.match(text, clause.start)
    at = head.end + 1 if head else enumerator.end() if enumerator else clause.start
    reading = _Reading()
    skip = False
    for i, quantity in enumerate(quantities):
        if skip:
            skip = False
            continue
        following = quantities[i + 1] if i + 1 < len(quantities) else None
        inside = in_bracket(text[clause.start : quantity.start])
        pre = text[at : quantity.start]
        post, at = words_behind(text, quantity, clause.end, following)
        rate = paired_rate(text, quantity, following)
        if rate:
            beyond = quantities[i + 2] if i + 2 < len(quantities) else None
            skip, at = True, words_behind(text, rate, clause.end, beyond)[1]
        first_head = opening or (title if i == 0 and not clean_words(pre) else "")
        compared = _COMPARED.match(text, at, clause.end) if quantity.kind == "percent" else None
        words = _Words(
            first_head, pre, post, per_unit(text, quantity), compared["words"] if compared else "",
            reading.before_bracket if inside and pre.strip() == "(" else "",
        )  # fmt: skip
        moved = _moved_to(text, quantity, reading)
        like = reading.like(quantity, inside=inside)
        words = replace(words, moved=moved, like=like)
        fact = _fact(text, base, quantity, words, rate=rate, reading=reading, inside=inside)
        if moved:
            reading.count_alike(fact)
        reading.add(_as_part(text, fact, reading, inside=inside), inside=inside)
        measured = quantity.kind == "percent"
        reading.before_bracket = joined(quantity.counted, post) if measured else ""
    yield from with_parts(reading.facts)


def _moved_to(text: str, q: Quantity, reading: _Reading) -> str:
    """The words that lead to the second figure of "giảm từ 7,4 ngày xuống còn 5,1 ngày"; "" elsewhere."""
    before = reading.previous
    leads = _DOWN_TO.search(text[max(0, q.start - _REACH) : q.start])
    if leads is None or before is None:
        return ""
    at = before.span.start
    if not _FROM.search(text[max(0, at - _REACH) : at]):
        return ""
    return " ".join(leads.group().split()) if text[before.span.end : q.start].count(",") == 0 else ""


def _as_part(text: str, fact: Fact, reading: _Reading, *, inside: bool) -> Fact:
    before, outside = reading.previous, reading.outside
    if before is not None and before.role == "part" and not fact.role and before.counted == fact.counted:
        return replace(fact, role="part")  # "trong đó nữ 1.702 người, nam 266 người"
    if inside and outside is not None and breaks_down(text, fact, outside):
        return replace(fact, role="part")
    return fact


def _fact(
    text: str,
    base: Fact,
    q: Quantity,
    words: _Words,
    *,
    rate: Quantity | None,
    reading: _Reading,
    inside: bool,
) -> Fact:
    subject = reading.about(inside=inside)
    sign = is_sign_before(text, q) if q.kind == "percent" else ""
    change = (change_of(words.before) or sign) if q.kind != "ratio" else ""
    said_of = counted_before(text, q, reading.previous if inside else reading.latest or reading.previous)
    indicator = _indicator(q, words, subject)
    end = rate.end if rate else max(q.end, q.counted_end)
    bound = "" if change and _OWN_BOUND.search(words.before) else q.bound
    role = change or role_of(words.head, words.before)
    if role == "remainder" and _DOWN_TO.search(text[max(0, q.start - _REACH) : q.start]):
        role = ""  # "giảm từ 18,4% xuống còn 14,9%": nothing is left over
    if not role and _is_plan(words.base):
        role = "target"  # "đạt 94,76% kế hoạch năm (104.200 người)"
    shared = replace(
        base, indicator=indicator, span=Span(q.start, end), role=role, bound=bound, upper=_upper(q),
    )  # fmt: skip
    if q.kind == "ratio":
        return replace(
            shared, kind="ratio", value=rate.value if rate else None, unit="%" if rate else q.counted,
            numerator=q.value, denominator=q.denominator, counted=q.counted,
        )  # fmt: skip
    if said_of is not None and (sign or said_of.kind == "change") and not change_of(words.before):
        role = sign or said_of.role
        return replace(shared, kind="change", indicator=said_of.indicator, value=q.value, unit="%", role=role)
    if q.kind == "points" or change:
        return replace(shared, kind="change", value=_value(q), unit=_unit(q, words.per), counted=q.counted)
    if q.kind == "percent" and said_of is not None:
        of = fold(q.counted).split(" ")[:2] in _MEASURES or _SHARE_OF.match(words.before)
        measured = joined(q.counted, words.behind) if of and q.counted else ""
        whole = whole_before(text, q, said_of, [f for f, bracketed in reading.facts if not bracketed])
        return replace(
            shared, kind="rate", indicator=joined(said_of.indicator, measured, words.compared), value=q.value,
            unit="%", numerator=said_of.value if said_of.kind == "count" else None, counted=said_of.counted,
            denominator=whole.value if whole else None,
        )  # fmt: skip
    if q.kind == "money" and _FOREIGN.search(q.unit):
        # Money is of one currency, đồng, so that sums are sums; dollars are measured.
        return replace(shared, kind="measure", value=q.value, upper=q.upper, unit=_unit(q, words.per))
    kind = "rate" if q.kind == "percent" else q.kind
    counted = q.counted + words.per if q.counted else ""
    return replace(shared, kind=kind, value=_value(q), unit=_unit(q, words.per), counted=counted)


def _indicator(q: Quantity, words: _Words, subject: Fact | None) -> str:
    before = clean_words(words.before)
    per = "" if q.kind in {"money", "measure"} else words.per
    own = joined(before, q.counted + per, words.behind)
    if words.base and q.kind not in {"percent", "points"} and not before:
        # "đạt 61,4% dự toán pháp lệnh (3.500.000 triệu đồng)": the figure of what was measured by.
        own = "" if q.counted and fold(words.base).startswith(fold(q.counted)) else q.counted + per
        if subject is not None and _is_plan(words.base):
            own = "" if q.counted == subject.counted else own
            return joined(subject.indicator.removesuffix(words.base).rstrip(), words.base, own, words.behind)
        return joined(words.base, own, words.behind)
    if subject is not None and q.kind != "ratio" and _ASIDE.fullmatch(before):
        again = q.counted and q.counted == subject.counted
        return joined(subject.indicator, before, "" if again else q.counted + per, words.behind)
    if subject is not None and words.moved:
        again = q.counted and q.counted in {subject.counted, ""}
        return joined(subject.indicator, words.moved, "" if again else q.counted + per, words.behind)
    if words.like is not None and before.lower() in _CHANGES:
        return joined(words.like.indicator, before, words.behind)
    alone = q.kind not in {"percent", "points"} or _OPENED.search(words.before)
    if subject is not None and _THEN.match(own) and alone:
        return joined(subject.indicator, own)
    if subject is not None and (
        not own or (q.kind in {"percent", "points"} and _is_said_of(q, before, words))
    ):
        # "…, tăng 5,6% so với cùng kỳ", "…, đạt 69,41%", "…, đạt 101,5% kế hoạch": said of the figure before.
        compared = words.compared if before.lower() not in _CHANGES else ""
        return joined(subject.indicator, own, compared)
    head = words.head + ":" if words.head and own else words.head
    return joined(head, own)


def _is_plan(words: str) -> bool:
    """Whether the words name what was planned."""
    return fold(words).split(" ")[:2] in _MEASURES


def _is_said_of(q: Quantity, before: str, words: _Words) -> bool:
    """Whether the words around a percentage name only a change, or what it is measured by or a share of."""
    if not before and q.counted and _SHARE_OF.match(words.before):
        return True
    if before.lower() in _CHANGES:
        return not words.behind or q.counted == "" or fold(q.counted).split(" ")[:2] in _MEASURES
    return not before and fold(q.counted).split(" ")[:2] in _MEASURES


def _value(q: Quantity) -> Decimal:
    """đồng of money and ones of a count ("6,2 triệu con"); the printed number of everything else."""
    return q.scaled if q.kind in {"money", "count"} else q.value


def _upper(q: Quantity) -> Decimal | None:
    """The other end of a range on the scale of the value."""
    if q.upper is None or q.kind not in {"money", "count"} or not q.value:
        return q.upper
    return q.upper * (q.scaled / q.value)


def _unit(q: Quantity, per: str) -> str:
    if q.kind == "money":
        # As printed, with its marks.
        several = any(c.isdigit() for c in q.text.lstrip("0123456789.,"))  # "1 tỷ 240 triệu đồng"
        printed = q.unit if q.upper is not None or several else re.sub(r"^[\d.,\s–\-]+", "", q.text) or q.unit
        return printed + per
    return {"percent": "%", "points": "điểm phần trăm"}.get(q.kind, q.unit) + per
