"""What is left or missing: printed, or the base of a ratio less its part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answering import wording
from bot.answering.case import ENOUGH, LEAST, Case, enough
from bot.answering.figure_words import fact_of, printed
from bot.answering.matching import Match, credit_of
from bot.answering.records import Computed
from bot.answering.reply import Draft, Quote
from bot.answering.shelf import Evidence, padded
from bot.answering.strategies import figures
from bot.answering.strategies.amounts import short_name
from bot.answering.strategies.differences import less
from bot.answering.strategies.groups import is_remainder
from bot.answering.strategies.ties import clarify, general, tied
from bot.answering.strategies.wholes import in_table, wholes_of
from bot.understanding.cues import plain
from knowledge.numbers import format_number, format_percent

_EXPLICIT_LEAD = 0.12
# Not online is on paper: of two ways the report prints one and the total.
_ON_PAPER = re.compile(
    r"\bnop (?:\w+ )?(?:truc tiep|giay)\b"
    r"|\b(?:khong|chua|chu khong)(?: \w+)? (?:truc tuyen|qua mang|online)\b"
    r"|\bho so (?:giay|truc tiep)\b|\bngoai (?:truc tuyen|mang)\b"
)
_CHANNEL = re.compile(r"\b(?:truc tiep|truc tuyen|qua mang|online|giay|nguoi dan|nop)\b|^chu$")
# Every service is such a thing: "thủ tục khai tử" names the second word.
_CATEGORY = re.compile(r"^(?:thu tuc(?: hanh chinh)?|dich vu(?: cong)?|ho so|linh vuc|nhom)$")
_ONLINE = re.compile(r" (?:truc tuyen|qua mang|dien tu) ")
_RECEIVED = re.compile(r" (?:tong|tong so|tiep nhan) ")
_PRINTED = re.compile(r" (?:truc tiep|giay) ")
_NO = re.compile(r" (?:chua|khong) ")
_UNDONE = re.compile(r"\bchua (?:duoc )?((?:\w+ ?){1,3})")
_NEGATED = re.compile(r"\b(khong|chua) ((?:\w+ ?){1,2})")
_COUNTED = re.compile(r"\b(?:bao nhieu|may) ((?:\w+ ?){1,4})")
_NEARLY = 0.1
_TELLING = 0.65
_SHORT_TERM = 3


def remaining(case: Case) -> Draft | None:
    """What is left or missing: printed where the report prints it, else base less part."""
    if not case.question.has("remaining", "negative") or case.question.has("max", "min"):
        return None
    spoken_of = _of_last_answer(case)
    if spoken_of:
        return spoken_of
    explicit = _in_group_first(case, case.facts(lambda e: fact_of(e).kind == "count" and is_remainder(e)))
    ratios = _counting(
        case, case.facts(lambda e: fact_of(e).kind == "ratio" and fact_of(e).denominator is not None)
    )
    best = next(iter(explicit), None)
    ratio = next(iter(ratios), None)
    if (
        best
        and enough(best, explicit[1:30])
        and (ratio is None or best.score >= ratio.score - _EXPLICIT_LEAD)
    ):
        near = tied(explicit, dependent=case.question.dependent)
        if near and not case.question.dependent:
            return clarify(case, near)
        return figures.figures_draft([best.evidence])
    if ratio is None or not enough(ratio, ratios[1:30]) or _named_so(case, ratio.evidence):
        return None
    near = tied(ratios, dependent=case.question.dependent)
    whole = general(near) if near else None
    if near and not whole and not case.question.dependent:
        return clarify(case, near)
    ratio = whole or ratio
    if _counts_the_lack(ratio.evidence):
        return figures.figures_draft([ratio.evidence])
    return _left(ratio.evidence)


def other_channel(case: Case) -> Draft | None:
    """How many came on paper, where the report prints how many of all came online, or None."""
    words = plain(case.question.text)
    if not _ON_PAPER.search(words) or case.question.has("percent", "max", "min", "sum"):
        return None
    kept = tuple(c for c in case.question.concepts if not _CHANNEL.search(c.typed))
    kept = tuple(c for c in kept if not _CATEGORY.match(c.typed)) or kept
    context = tuple(c for c in case.question.context if not _CHANNEL.search(c.typed))
    told = any(case.weights.phrase(c.alternatives[0]) > _TELLING for c in kept)
    before = [e for e in case.in_focus(case.focus.facts) if fact_of(e).denominator is not None]
    if not told and len(before) == 1:
        return _left(before[0])
    if not kept and not context and not case.scope.demanded:
        return None
    question = replace(case.question, concepts=kept or context, context=context if kept else ())
    plainly = replace(case, question=question, _ranked={})
    if any(_PRINTED.search(m.evidence.own) and enough(m) for m in plainly.facts()[:12]):
        return None
    in_table = _column_less_column(plainly)
    if in_table:
        return in_table
    ratios = plainly.facts(lambda e: fact_of(e).denominator is not None and _counts_asked(case, e))
    if not ratios or not enough(ratios[0], ratios[1:30]) or tied(ratios):
        return None
    # Another service's figure says the subject in its sentence only.
    named = max(plainly.wanted, key=lambda c: case.weights.phrase(c.alternatives[0]), default=None)
    if named and credit_of(named, ratios[0].evidence)[0] < ENOUGH:
        return None
    return _left(ratios[0].evidence)


def _counts_asked(case: Case, evidence: Evidence) -> bool:
    """Whether a figure counts what stands behind "bao nhiêu" or "mấy", where a noun does."""
    asked = _COUNTED.search(plain(case.question.text))
    counted = padded(fact_of(evidence).counted).split()[:1]
    return asked is None or asked.group(1).split()[:1] == counted or not counted


def _column_less_column(case: Case) -> Draft | None:
    """A table's row: its column of all records less that of those sent online, or None."""
    cells = case.facts(
        lambda e: in_table(e) and fact_of(e).unit != "%" and _ONLINE.search(_column(e)) is not None
    )
    if not cells or not enough(cells[0], cells[1:30]) or tied(cells):
        return None
    part = cells[0].evidence
    row = fact_of(part).indicator.rpartition(": ")[0]
    for e in part.shelved.facts:
        same = e.passage is part.passage and fact_of(e).indicator.rpartition(": ")[0] == row
        if (
            same
            and fact_of(e).unit != "%"
            and _RECEIVED.search(_column(e))
            and not _ONLINE.search(_column(e))
        ):
            return less([e, part])
    return None


def _column(evidence: Evidence) -> str:
    return padded(fact_of(evidence).indicator.rpartition(": ")[2])


def rate_lacking(case: Case) -> Draft | None:
    """The rate of those that are not, where the report prints the rate of those that are; else None."""
    m = _UNDONE.search(plain(case.question.text)) or _NEGATED.search(plain(case.question.text))
    if m is None or not case.question.has("percent") or case.question.has("max", "min", "list", "which"):
        return None
    done = m.group(m.lastindex or 1).split()[:2]
    found = case.facts(lambda e: fact_of(e).kind == "ratio" and fact_of(e).unit == "%")
    if not found or not enough(found[0], found[1:30]) or tied(found):
        return None
    e, fact = found[0].evidence, fact_of(found[0].evidence)
    says = all(f" {w} " in e.near for w in done) and not _counts_the_lack(e) and not _NO.search(e.own)
    if not says or fact.numerator is None or not fact.denominator:
        return None
    rest = fact.denominator - fact.numerator
    result = format_percent(rest * 100 / fact.denominator)
    left = f"{format_number(fact.denominator)} − {format_number(fact.numerator)}"
    formula = f"{format_number(rest)} / {format_number(fact.denominator)}"
    lines = [
        f"Chưa hoặc không: {result} ({wording.scope_label(e.report, fact.period)}).",
        f"Cách tính: {left} = {format_number(rest)}; {formula} = {result}.",
        f"Báo cáo nêu {short_name(e)}: {printed(e)}.",
    ]
    computed = [
        Computed(format_number(rest), left, "phần còn lại"),
        Computed(result, formula, "tỷ lệ của phần còn lại"),
    ]
    quote = Quote(e.shelved, e.passage, e.span)
    return Draft("answered", lines, [quote], computed, focus=[e], group=fact.group)


def not_done(case: Case) -> Draft | None:
    """What is left of a whole of which the report prints what was done: "còn bao nhiêu chưa giải ngân?"."""
    m = _UNDONE.search(plain(case.question.text))
    if m is None or not case.question.has("remaining", "negative", "count"):
        return None
    done = tuple(m.group(1).split()[:2])
    parts = case.facts(
        lambda e: fact_of(e).kind in {"count", "money", "measure"} and f" {' '.join(done)} " in e.own
    )
    if not parts or parts[0].coverage < LEAST:
        return None
    for found in parts[:3]:
        wholes = [
            e
            for e in wholes_of(found.evidence)
            if " chua " not in e.own and e.passage is found.evidence.passage
        ]
        if wholes and _together(case, found, wholes[0]):
            return less([wholes[0], found.evidence])
    return None


def _together(case: Case, part: Match, whole: Evidence) -> bool:
    """Whether part and whole together say what is asked about."""
    missing = [c for c in part.missing if credit_of(c, whole)[0] < LEAST]
    weigh = case.weights.phrase
    total = sum(weigh(c.alternatives[0]) for c in case.wanted)
    return sum(weigh(c.alternatives[0]) for c in missing) <= (1 - ENOUGH) * total


def rate_and_rest(case: Case) -> Draft | None:
    """A rate with what is left of its base, where both are asked for, or None.

    "đạt bao nhiêu phần trăm và còn thiếu mấy hồ sơ?" asks for both.
    """
    if not case.question.has("percent", "extent") or not case.question.has("remaining"):
        return None
    draft = figures.answer(case)
    if draft is None or draft.status != "answered" or len(draft.focus) != 1:
        return None
    rest = _left(draft.focus[0])
    if rest is None or _counts_the_lack(draft.focus[0]):
        return None
    return Draft(
        "answered",
        [*draft.lines, *rest.lines[:2]],
        [*draft.quotes, *rest.quotes],
        rest.computed,
        focus=draft.focus,
        group=draft.group,
    )


def _of_last_answer(case: Case) -> Draft | None:
    """What is left of the ratio that the last answer gave, where the question names nothing beyond it."""
    last = case.in_focus(case.focus.facts)
    before = [e for e in last if fact_of(e).denominator is not None] or _of_as_many(last)
    named = case.question.concepts
    if len(before) != 1 or not (case.question.dependent or len(named) <= _SHORT_TERM):
        return None
    e = before[0]
    beside = case.facts(lambda o: fact_of(o).kind == "count" and is_remainder(o) and _follows(o, e))
    says = all(credit_of(c, e)[0] > LEAST for c in named)
    telling = any(case.weights.phrase(c.alternatives[0]) > _TELLING for c in named)
    return (
        _left(e)
        if says and not beside and (case.question.dependent or not telling) and not _counts_the_lack(e)
        else None
    )


def _follows(rest: Evidence, ratio: Evidence) -> bool:
    """Whether a count stands behind a ratio in its passage, no other ratio between them."""
    start, end = fact_of(ratio).span.end, fact_of(rest).span.start
    between = (e for e in ratio.shelved.facts if start <= fact_of(e).span.start < end)
    return rest.passage is ratio.passage and all(fact_of(e).denominator is None for e in between)


def _of_as_many(last: Sequence[Evidence]) -> list[Evidence]:
    """The fraction that has the last answer's figure as its base: 42 models, then "07/42 mô hình"."""
    if len(last) != 1:
        return []
    fact = fact_of(last[0])
    return [
        e
        for e in last[0].shelved.facts
        if e.passage.section == last[0].passage.section
        and fact_of(e).denominator == fact.value is not None
        and fact.counted.startswith(fact_of(e).counted)
    ][:1]


def _in_group_first(case: Case, found: list[Match]) -> list[Match]:
    """The figures with the best one of the last answer's group first, where it fits nearly as well as any."""
    focus = case.focus
    for m in found[:6]:
        grouped = fact_of(m.evidence).group is not None and fact_of(m.evidence).group == focus.group
        if grouped and m.evidence.report.id == focus.report_id and m.score > found[0].score - _NEARLY:
            return [m, *(o for o in found if o is not m)]
    return found


def _counting(case: Case, found: list[Match]) -> list[Match]:
    """Those whose noun stands behind "bao nhiêu" or "mấy", where some do.

    "bao nhiêu lượt" asks for no "cơ sở".
    """
    asked = _COUNTED.search(plain(case.question.text))
    words = f"{asked.group(1)} " if asked else ""
    nouns = [m for m in found if words.split()[:1] == padded(fact_of(m.evidence).counted).split()[:1] != []]
    return nouns or found


def _named_so(case: Case, evidence: Evidence) -> bool:
    """Whether the negation is part of a name: "thu không dùng tiền mặt" leaves nothing over."""
    m = _NEGATED.search(plain(case.question.text))
    if m is None or case.question.has("remaining"):
        return False
    words = (m.group(1), *m.group(2).split())
    return all(f" {w} " in evidence.near + evidence.far for w in words)


def _counts_the_lack(evidence: Evidence) -> bool:
    """Whether the ratio's part is itself what lacks: "38/226 trạm y tế chưa có bác sĩ"."""
    fact = fact_of(evidence)
    end = min(fact.clause.end, fact.span.end + 60)
    behind = padded(evidence.report.text[fact.span.start : end].partition("%")[0])
    return any(f" {word} " in behind for word in ("chua", "khong", "thieu"))


def _left(evidence: Evidence) -> Draft | None:
    """The base less the part of a ratio, with the formula."""
    fact = fact_of(evidence)
    if fact.denominator is None or fact.numerator is None:
        return None
    formula = f"{format_number(fact.denominator)} − {format_number(fact.numerator)}"
    value = format_number(fact.denominator - fact.numerator)
    quote = Quote(evidence.shelved, evidence.passage, evidence.span)
    label = wording.scope_label(evidence.report, fact.period)
    lines = [
        f"{short_name(evidence)}: còn {value} {fact.counted} ({label}).",
        f"Cách tính: {formula} = {value}.",
        wording.quoted(quote.words),
    ]
    computed = [Computed(value, formula, f"phần còn lại của {short_name(evidence)}")]
    return Draft("answered", lines, [quote], computed, focus=[evidence], group=fact.group)
