"""Whether the figures of a subject that the question names without any number agree with each other.

"số liệu liên thông khai tử có khớp không?", "đã giải quyết cộng đang chờ có ra số đã nhận không?": the total
and the parts that the report prints of the subject are added up, or the finding on exactly these is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.answering import wording
from bot.answering.case import ENOUGH, Case
from bot.answering.figure_words import fact_of
from bot.answering.matching import match
from bot.answering.records import Computed
from bot.answering.reply import Draft, Quote
from bot.answering.shelf import Evidence, ShelvedReport, tokens_of
from bot.answering.strategies.additions import addition_draft, alike, runs, term_figures, written_out
from bot.answering.strategies.amounts import amount, measured_in, part_of
from bot.answering.strategies.grid import column_of, tables
from bot.answering.strategies.groups import is_remainder, plainer
from bot.answering.strategies.headers import header_said
from bot.answering.strategies.operands import best_figures
from bot.answering.strategies.terms import readings, terms
from bot.understanding.cues import plain
from bot.understanding.question import Concept
from knowledge.checks.sums import tolerance
from knowledge.numbers import format_number
from knowledge.records import Finding, Span

_ADDS = re.compile(
    r"\blech\b.*\b(?:tong|cong)\b|\b(?:tong|cong)\b.*\blech\b|\bcong lai\b|"
    r"\b(?:khop|mau thuan)\b|\bcong\b.* (?:ra|bang|du|dung|khop)\b"
    r"|\b(?:bang|dung|ra) (?:dung )?(?:tong|so)\b"
)
# What only says that figures are set against each other, or which part of the whole is meant.
_SETTING = re.compile(
    r"^(?:(?:trong )?bang(?: tren| nay)?|(?:cac |tung )?(?:thanh phan|phan|khoan)"
    r"|so(?: lieu)?|tong(?: so)?|tong cong|lay|cong(?: lai)?|bang|ra(?: dung)?|khop|kiem tra.*|nhau|cac"
    r"|nhom|tung|(?:da |dang |cho )?(?:giai quyet|tiep nhan|xu ly|nhan|cho)|da|dang|dang cho"
    r"|so da .*|so dang .*)$"
)
_LESS = re.compile(r"\b(?:bang|dung|khop)\b.*\btru\b|\btru\b.*\b(?:bang|dung|khop|ra)\b")
_READ = 6
_EQUALS = re.compile(r"\b(?:bang|khop|dung)\b.* cong ")
_FEW = 100
_MANY, _SHORT_PASSAGE = 3, 30


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total that a report prints with the figures beside it that are its parts."""

    total: Evidence
    parts: tuple[Evidence, ...]

    @property
    def span(self) -> Span:
        """From the first to the last of its figures."""
        spans = [fact_of(e).span for e in (self.total, *self.parts)]
        return Span(min(s.start for s in spans), max(s.end for s in spans))


def asks(case: Case) -> bool:
    """Whether the question asks if figures agree that it does not write out itself."""
    q = case.question
    words = " ".join(plain(q.text).split())
    yesno = q.has("yesno", "check") or q.kind in {"ask_check", "ask_yesno"}
    if q.has("which", "what"):
        return False  # "số liệu nào không khớp?" asks for all of them
    # "12 đơn vị cộng lại": how many they are is no figure to be checked.
    claims = [c for c in written_out(q.text) if c >= _FEW]
    return yesno and _ADDS.search(words) is not None and not claims


def answer(case: Case) -> Draft | None:
    """The addition of the total and parts that the question names, whether it agrees or not; else None."""
    claimed = _claimed_sum(case) or _remainder(case)
    if claimed:
        return claimed
    wanted = [plainer(c) for c in case.question.concepts if not _SETTING.match(c.typed)]
    if not asks(case) or not wanted:
        return None
    best: tuple[float, Breakdown] | None = None
    for shelved in case.scope.reports:
        for found in (*_broken_down(shelved), *_disagreeing(shelved), *_columns(shelved)):
            fit = match(
                _joined(found), (*wanted, *case.scope.demanded), case.weights, bonus=case.bonus(found.total)
            )
            said = fit.coverage >= ENOUGH and case.scope.fits(found.total, figure=True)
            score = fit.score + _named_parts(case, found) + _of_header(case, found)
            if said and (best is None or score > best[0] + 1e-9):
                best = (score, found)
    if best is None:
        return None
    total, parts = best[1].total, best[1].parts
    draft = addition_draft(total, parts, _whole(total))
    draft.findings = [(total.shelved, f) for f in total.report.findings if _on(f, best[1])]
    return draft


def _remainder(case: Case) -> Draft | None:
    """Whether what is printed as left is the base less the part: "còn lại có bằng tổng trừ đi … không?"."""
    q = case.question
    if not q.has("yesno", "check") or not _LESS.search(" ".join(plain(q.text).split())):
        return None
    for m in case.facts(lambda e: fact_of(e).denominator is not None)[:_READ]:
        fact = fact_of(m.evidence)
        behind = [e for e in m.evidence.shelved.facts if is_remainder(e) and _follows(e, m.evidence)]
        if not behind or m.coverage < ENOUGH or fact.denominator is None or fact.numerator is None:
            continue
        rest, printed_rest = fact.denominator - fact.numerator, _value(behind[0])
        formula = f"{format_number(fact.denominator)} − {format_number(fact.numerator)}"
        result, told = format_number(rest), format_number(printed_rest)
        verdict = wording.adds_up(
            formula, result, fact.counted, told, agrees=rest == printed_rest, printed=True
        )
        quote = Quote(m.evidence.shelved, m.evidence.passage, m.evidence.span)
        computed = [Computed(result, formula, "phần còn lại, để đối chiếu")]
        return Draft("answered", [verdict, wording.quoted(quote.words)], [quote], computed, focus=behind[:1])
    return None


def _follows(rest: Evidence, ratio: Evidence) -> bool:
    """Whether a count stands in a ratio's clause, behind it."""
    return rest.span == ratio.span and fact_of(rest).span.start >= fact_of(ratio).span.end


def _claimed_sum(case: Case) -> Draft | None:
    """The sum of the things behind "bằng" against the one number that the question says, or None.

    "bố trí 25 người, có bằng số phòng chuyên môn cử cộng với ngành dọc cử không?" asks so.
    """
    claims = written_out(case.question.text)
    words = " ".join(plain(case.question.text).split())
    named = terms(case)
    at = next((i for i, t in enumerate(named) if t.equal), 0)
    if len(claims) != 1 or not at or not _EQUALS.search(words):
        return None
    chosen = best_figures(case, readings(named[at:]), lambda e: fact_of(e).unit != "%")
    return addition_draft(None, chosen, claims[0]) if len(chosen) > 1 else None


def _value(evidence: Evidence) -> Decimal:
    return amount(evidence, percent=False) or Decimal(0)


def _on(finding: Finding, found: Breakdown) -> bool:
    return finding.kind == "sum" and finding.span == found.span


def _named_parts(case: Case, found: Breakdown) -> float:
    """What speaks for a breakdown whose parts say what the question names of them."""
    named: Sequence[Concept] = case.question.concepts
    words = [e.own for e in found.parts]
    said = sum(any(f" {' '.join(a)} " in w for a in c.alternatives for w in words) for c in named)
    return 0.2 * said / max(1, len(named))


def _joined(found: Breakdown) -> Evidence:
    """Total and parts as one statement: its own words are those of all its figures."""
    total = found.total
    own = " ".join(e.own for e in (total, *found.parts))
    near = " ".join(e.near for e in (total, *found.parts))
    return Evidence(total.shelved, total.passage, total.span, own, near, total.far, total.fact, total.wide)


def _broken_down(shelved: ShelvedReport) -> Iterator[Breakdown]:
    """Every figure with the figures next to it in its passage that add up to it."""
    passages: dict[int, list[Evidence]] = {}
    for e in term_figures(shelved):
        passages.setdefault(e.passage.ordinal, []).append(e)
    for figures in passages.values():
        for i, total in enumerate(figures):
            value = _value(total)
            for run in _runs_beside(figures, i):
                sums_up = value > 0 and sum(map(_value, run)) == value
                if sums_up and alike(run) and (len(run) >= _MANY or _counts_same(total, run)):
                    yield Breakdown(total, tuple(sorted(run, key=lambda e: e.span.start)))


def _runs_beside(figures: Sequence[Evidence], i: int) -> Iterator[list[Evidence]]:
    """The figures right behind and right before one; in a short passage also runs farther behind."""
    yield from runs(figures[i + 1 :])
    yield from runs(figures[:i][::-1])
    if len(figures) <= _SHORT_PASSAGE:
        for n in range(i + 2, len(figures)):
            yield from (run for run in runs(figures[n:]) if len(run) >= _MANY)


def _counts_same(total: Evidence, run: Sequence[Evidence]) -> bool:
    """Whether two figures count what the total does, or print no noun: chance makes sums of two."""
    unit = measured_in(total, percent=False)
    return all(measured_in(e, percent=False) in {unit, ""} for e in run)


def _columns(shelved: ShelvedReport) -> Iterator[Breakdown]:
    """The total rows of the tables' columns with the cells above them."""
    for column in (c for t in tables(shelved) for c in t.columns):
        cells = tuple(e for _, e in column.cells)
        if column.total and not column.rates and len(cells) > 1 and alike(cells):
            yield Breakdown(column.total, cells)


def _of_header(case: Case, found: Breakdown) -> float:
    """What speaks for a table's column: its header is said."""
    column = column_of(found.total)
    words = tokens_of(case.question.text)
    padded_words = f" {' '.join(words)} "
    return header_said(column.header, frozenset(words), padded_words, case.weights) if column else 0.0


def _disagreeing(shelved: ShelvedReport) -> Iterator[Breakdown]:
    """The totals that the findings are on, with their parts; and sums of money below their own parts."""
    figures = list(term_figures(shelved))
    for finding in shelved.report.findings:
        inside = [e for e in figures if finding.span.covers(fact_of(e).span)]
        if finding.kind == "sum" and len(inside) > 2 and finding.passage == inside[0].passage.ordinal:
            yield Breakdown(inside[0], tuple(inside[1:]))
    for i, total in enumerate(figures):
        parts = []
        for e in figures[i + 1 :]:
            if fact_of(e).role != "part" or e.passage is not total.passage:
                break
            parts.append(e)
        money = len(parts) > 1 and all(fact_of(e).kind == "money" for e in parts)
        if money and fact_of(total).role != "part" and _exceed(total, parts):
            yield Breakdown(total, tuple(parts))


def _exceed(total: Evidence, parts: Sequence[Evidence]) -> bool:
    """Whether parts come to more than their total, beyond what rounding makes."""
    facts = [fact_of(e) for e in parts]
    if measured_in(total, percent=False) != "đồng" and not fact_of(total).counted.endswith("đồng"):
        return False
    return sum(map(_value, parts)) > _whole(total) + tolerance(total.report, facts[0], facts)


def _whole(total: Evidence) -> Decimal:
    """The value of a total; of a ratio of money its part in đồng."""
    part = part_of(total)
    return _value(total) if part is None else part
