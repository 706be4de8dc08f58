"""Figures that follow from what a report prints: a rate from base and part, an earlier value from its change.

Each is shown with its calculation, both operands quoted.
"""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

from bot.answering import wording
from bot.answering.case import ENOUGH, Case, enough, is_comparison
from bot.answering.figure_words import fact_of, printed
from bot.answering.matching import Match
from bot.answering.records import Computed
from bot.answering.reply import Draft, Quote, quote_of
from bot.answering.shelf import Evidence
from bot.answering.strategies.amounts import measured_in, scale_of, short_name, shown
from bot.answering.strategies.ties import tied
from bot.understanding.cues import plain
from knowledge.numbers import format_number, format_percent
from knowledge.periods import find_periods, resolve
from knowledge.vietnamese import canonical_tone, fold

_BETTER = 0.05
_OWN = 0.6
_RECENT_WORDS = re.compile(
    r"\b(?:cuoi )?(?:nam hoc truoc|nam truoc|nam ngoai|quy truoc|thang truoc|ky truoc"
    r"|cung ky(?: nam (?:truoc|\d{4}))?)\b"
)
_ASKS_CHANGE = re.compile(r"\b(?:tang|giam|so voi|chenh|hon|kem|thay doi|bien dong|so sanh)\b")
_SINCE = re.compile(r"\b(?:so voi|so)\s+(?:cung ky\s+)?([^,;.()]+)")
_SINCE_BEFORE = re.compile(
    r"\b(?:so voi)\s+(cung ky(?: nam (?:truoc|\d{4}))?|[^,;.()]{3,24}?)(?=\s+(?:tang|giam|,))"
)
_SINCE_TYPED = re.compile(r"so với cùng kỳ(?: năm (?:trước|\d{4}))?", re.IGNORECASE)
_POINTS = "điểm phần trăm"


def rate(case: Case) -> Draft | None:
    """The share of a printed part in its printed base, where no printed rate is of it; None where one is."""
    if not case.question.has("percent") or case.question.has("sum", "difference", "compare", "max", "min"):
        return None
    parts = case.facts(lambda e: fact_of(e).kind in {"count", "money"} and fact_of(e).role != "target")
    if not parts or not enough(parts[0], parts[1:30]) or parts[0].specificity < _OWN or tied(parts):
        return None
    printed_rates = case.facts(lambda e: fact_of(e).unit == "%" and not is_comparison(e))
    if printed_rates and printed_rates[0].score > parts[0].score - _BETTER:
        return None
    part = parts[0].evidence
    whole = _whole_of(part)
    return _rate_draft(part, whole) if whole else None


def _whole_of(part: Evidence) -> Evidence | None:
    """The figure that a listed figure is a part of: it stands in the listing's lead and counts the same."""
    fact = fact_of(part)
    if fact.role == "part":
        before = [e for e in part.shelved.facts if e.span == part.span and fact_of(e).role == "total"]
        if len(before) == 1 and measured_in(before[0], percent=False) == measured_in(part, percent=False):
            return before[0]
    if fact.group is None:
        return None
    lead = part.report.listings[fact.group].lead
    inside = [e for e in part.shelved.facts if lead.covers(fact_of(e).span) and e is not part]
    alike = [e for e in inside if measured_in(e, percent=False) == measured_in(part, percent=False)]
    whole = alike[-1] if alike else None
    bigger = (
        whole and (fact_of(whole).value or 0) >= (fact.value or 0) > 0 and fact_of(whole).denominator is None
    )
    return whole if bigger else None


def _rate_draft(part: Evidence, whole: Evidence) -> Draft:
    scale, unit = scale_of([part, whole])
    value, base = fact_of(part).value or Decimal(0), fact_of(whole).value or Decimal(1)
    result = format_percent(value * 100 / base)
    formula = f"{shown(value, scale)} / {shown(base, scale)}"
    label = wording.scope_label(part.report, fact_of(part).period)
    lines = [
        f"{short_name(part)}: {result} ({label}).",
        f"Báo cáo không in tỷ lệ này; cách tính: {formula} {unit} = {result}.",
    ]
    quotes = [quote_of(part), quote_of(whole)]
    computed = [Computed(result, formula, "tỷ lệ tính từ số liệu báo cáo nêu")]
    return Draft(
        "answered",
        [*lines, wording.quoted(quotes[0].words)],
        quotes,
        computed,
        focus=[part],
        group=fact_of(part).group,
    )


def earlier(case: Case) -> Draft | None:
    """The value of an earlier period: printed for comparison, or the printed value less its change."""
    words = plain(case.question.text)
    if _ASKS_CHANGE.search(words) or not (case.question.periods or _RECENT_WORDS.search(words)):
        return None
    found = [
        (m, change)
        for shelved in case.scope.reports
        for change in shelved.facts
        if fact_of(change).kind == "change" and _since_asked(case, change)
        for base in shelved.facts
        if _changed(base, change) and (m := case.match(base)).coverage >= ENOUGH and m.owned
        if case.question.has("percent") or not case.question.has("count") or fact_of(base).unit != "%"
    ]
    if not found:
        return None
    best, change = max(found, key=lambda pair: pair[0].score)
    return _before(best, change)


def _since_asked(case: Case, change: Evidence) -> bool:
    """Whether a change is told since the period that the question asks for."""
    fact = fact_of(change)
    tail = fold(canonical_tone(change.report.text[fact.span.end : fact.clause.end]))
    m = _SINCE.search(tail) or _SINCE_BEFORE.search(_ahead(change))
    if m is None:
        return False
    since = " ".join(m.group(0).split()).removeprefix("so voi ").rstrip()
    words = " ".join(plain(case.question.text).split())
    relative = _RECENT_WORDS.search(words)
    if relative and _same_relative(change, since, relative.group()):
        return True
    return any(_same(case, change, since, asked.text) for asked in case.question.periods)


def _ahead(change: Evidence) -> str:
    """The words of the sentence before a change: "so với cùng kỳ giảm 09 vụ, giảm 04 người chết"."""
    text, start = change.report.text, change.passage.span.start
    before = fold(canonical_tone(text[start : fact_of(change).span.start]))
    return re.split(r"[.;]\s", before)[-1] if "so voi" in before else ""


def _same_relative(change: Evidence, since: str, asked: str) -> bool:
    """Whether "cùng kỳ năm trước", "năm ngoái" are the time that the change is told since."""
    own = change.report.period
    asked_year = re.search(r"\d{4}", asked)
    year = asked_year.group() if asked_year else str(own.end.year - 1) if own else ""
    told = re.search(r"\d{4}", since)
    if asked.startswith("cung ky") or (told and "nam" in asked and "hoc" not in asked):
        return (since.startswith("cung ky") or not asked.startswith("cung ky")) and (
            told is None or told.group() == year
        )
    return since.startswith(asked.removeprefix("cuoi "))


def _same(case: Case, change: Evidence, since: str, asked: str) -> bool:
    """Whether the words after "so với" name the asked period, or it is the "cùng kỳ" of the report's own."""
    words = " ".join(plain(asked).split())
    full = " ".join(plain(case.question.text).split())
    if since in full and words in since:
        return True
    own = change.report.period
    named = next((resolve(p, own.end.year if own else None) for p in find_periods(asked)), None)
    if own is None or named is None:
        return False
    told = next((resolve(p, own.end.year) for p in find_periods(since.removeprefix("so voi "))), None)
    if told is not None and told.same(named):
        return True
    if not since.startswith("cung ky"):
        return False
    # The same months of the year before.
    return (named.start.year, named.start.month, named.end.month) == (
        own.start.year - 1,
        own.start.month,
        (own.end - timedelta(0)).month,
    )


def _changed(base: Evidence, change: Evidence) -> bool:
    """Whether a change is of a figure: right behind it, in the same unit or in points of a rate."""
    one, other = fact_of(base), fact_of(change)
    if (
        one.kind in {"change", "date"}
        or one.role == "target"
        or one.span.end > other.span.start
        or base.passage is not change.passage
    ):
        return False
    between = [e for e in base.shelved.facts if one.span.end <= fact_of(e).span.start < other.span.start]
    if any(_rivals(e, base, change) for e in between):
        return False
    if other.unit == _POINTS:
        return one.unit == "%"
    return (
        other.unit != "%"
        and one.numerator is None
        and measured_in(base, percent=False) == measured_in(change, percent=False)
    )


def _rivals(between: Evidence, base: Evidence, change: Evidence) -> bool:
    """Whether a figure between the two may as well be what changed: of people, of what happened to them."""
    if fact_of(between).kind in {"rate", "date", "change"}:
        return False
    if measured_in(between, percent=False) != measured_in(change, percent=False):
        return base.span == change.span and base.span == between.span and "," not in _gap(base, between)
    said = set(change.own.split()) & (set(between.own.split()) - set(base.own.split()))
    return bool(said) or between.own == base.own


def _gap(one: Evidence, other: Evidence) -> str:
    return one.report.text[fact_of(one).span.end : fact_of(other).span.start]


def _before(found: Match, change: Evidence) -> Draft | None:
    """The earlier value: as printed behind the change, else from the change."""
    base = found.evidence
    told = next((e for e in change.shelved.facts if e.span == change.span and _told(base, change, e)), None)
    if told:
        since = change.report.text[fact_of(change).span.end : fact_of(told).span.start].strip(" .;,(")
        line = f"{short_name(base)} {_then(since)}: {printed(told)} (hiện nay {printed(base)})."
        return Draft(
            "answered",
            [line, wording.quoted(change.quote)],
            [quote_of(change)],
            focus=[base],
            group=fact_of(base).group,
        )
    return _reckoned(base, change)


def _told(base: Evidence, change: Evidence, other: Evidence) -> bool:
    """Whether a figure behind a change is the value before it: "cao hơn 3,2 điểm so với cùng kỳ (46,65%)"."""
    fact = fact_of(other)
    behind = fact_of(change).span.end <= fact.span.start and fact.kind != "change" and fact.role != "target"
    return behind and measured_in(other, percent=True) == measured_in(base, percent=True)


def _reckoned(base: Evidence, change: Evidence) -> Draft | None:
    one, other = fact_of(base), fact_of(change)
    if one.value is None or other.value is None or other.role not in {"increase", "decrease"}:
        return None
    rising = other.role == "increase"
    scale, unit = scale_of([base])
    if one.unit == "%":
        scale, unit = Decimal(1), "%"
    value = one.value - other.value if rising else one.value + other.value
    formula = (
        f"{format_number(one.value / scale)} {'−' if rising else '+'} {format_number(other.value / scale)}"
    )
    result = format_number(value / scale)
    text = base.report.text
    since = _since(change)
    moved = "tăng" if rising else "giảm"
    lines = [
        f"{short_name(base)} {_then(since)}: {result}{'%' if unit == '%' else f' {unit}'}.",
        f"Báo cáo không in số này; cách tính: {formula} = {result} "
        f"(hiện nay {printed(base)}, {moved} {other.span.of(text)} {since}).",
    ]
    sentence = (
        Quote(base.shelved, base.passage, base.passage.span) if base.span != change.span else quote_of(base)
    )
    computed = [Computed(result, formula, "số của kỳ trước, tính từ mức tăng hoặc giảm")]
    return Draft("answered", lines, [sentence], computed, focus=[base], group=one.group)


def _since(change: Evidence) -> str:
    """The words that say since when a change is told: behind it, or at the head of its sentence."""
    text, fact = change.report.text, fact_of(change)
    behind = re.split(r"[();]|[,.](?!\d)", text[fact.span.end : fact.clause.end].strip(" .;,"))[0]
    if "so với" in behind:
        return behind[behind.index("so với") :].strip()
    ahead = text[change.passage.span.start : fact.span.start]
    m = _SINCE_TYPED.search(ahead)
    return m.group().strip() if m else wording.THEN


def _then(since: str) -> str:
    """The earlier time in the report's words: "so với năm học trước" becomes "năm học trước"."""
    return since.removeprefix("so với ").split(", ")[0]
