"""The way to answer: smalltalk, then figures, then lists and documents, then sentences, or a refusal."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.answering import wording
from bot.answering.case import Case
from bot.answering.records import Status
from bot.answering.refusal import ask_back, other_period, refuse, says_nothing
from bot.answering.reply import Draft
from bot.answering.strategies import (
    additions,
    beside,
    calculation,
    checking,
    comparison,
    dates,
    definitions,
    derived,
    differences,
    digest,
    documents,
    figures,
    holdings,
    links,
    lists,
    metadata,
    multiples,
    named_documents,
    negation,
    overview,
    premise,
    ranking,
    reconciling,
    remainders,
    reverse,
    roles,
    section_kinds,
    share_words,
    shares,
    statements,
    succession,
    targets,
    verdicts,
    yesno,
)
from bot.answering.strategies.planned import told_as_planned
from bot.understanding.cues import plain

Strategy = Callable[[Case], Draft | None]

_CHANGE = re.compile(r"\b(?:so voi|so cung|tang|giam|hon|kem|thay doi|bien dong|chenh|vuot)\b")
_FIXED: dict[str, tuple[Status, str]] = {
    "greet": ("smalltalk", wording.GREETING),
    "thanks": ("smalltalk", wording.THANKS),
    "goodbye": ("smalltalk", wording.GOODBYE),
    "help": ("smalltalk", wording.HELP),
    "unsafe": ("not_found", wording.UNSAFE),
}


def _compared(case: Case) -> Draft | None:
    return comparison.answer(case, _one_side)


def _with_focus(case: Case) -> Draft | None:
    return comparison.with_focus(case, _one_side)


def _one_side(case: Case) -> Draft | None:
    """One side of a comparison: its figure, where one is asked for or fits well, else what is said of it."""
    q = case.question
    if q.has("count", "percent", "money", "extent", "max", "min", "difference"):
        return _first(case, (figures.answer, *_TEXT))
    if q.has("document") or documents.asked_kinds(case):
        return _first(case, (documents.answer, *_TEXT))
    return _first(case, _TEXT)


def _figures_together(case: Case) -> Draft | None:
    """The figures themselves; where several are to be added or compared, not one of them alone."""
    draft = figures.answer(case)
    alone = draft is not None and draft.status == "answered" and len(draft.focus) < 2
    return None if alone and case.question.has("sum", "difference") else draft


_TEXT: tuple[Strategy, ...] = (statements.section_answer, statements.passages_answer)
_FIGURES: tuple[Strategy, ...] = (
    lists.breakdown,
    differences.subtraction,
    calculation.total,
    differences.difference,
    differences.since_then,
    differences.lacking,
    remainders.remaining,
    remainders.not_done,
    figures.answer,
)
# "Vì sao" is answered among the difficulties first: elsewhere the same words state the fact, not its reason.
_WHY: tuple[Strategy, ...] = (statements.reason_beside, section_kinds.answer, *_TEXT)
_ORDER: dict[str, tuple[Strategy, ...]] = {
    "ask_rate": (
        ranking.members,
        differences.difference,
        calculation.total,
        remainders.rate_and_rest,
        shares.rate,
        derived.rate,
        figures.answer,
        yesno.membership,
    ),
    "ask_count": _FIGURES,
    "ask_money": _FIGURES,
    "ask_calc": (*_FIGURES[:-1], _figures_together),
    "ask_rank": (ranking.answer, remainders.remaining),
    "ask_compare": (
        differences.named_pair,
        _compared,
        _with_focus,
        differences.difference,
        figures.answer,
        *_TEXT,
    ),
    "ask_list": (lists.answer, *_TEXT),
    "ask_negative": (negation.answer, *_FIGURES, *_TEXT),
    "ask_yesno": (yesno.answer, *_TEXT),
    "ask_date": (named_documents.unnamed, dates.answer, documents.answer, *_TEXT),
    "ask_document": (named_documents.unnamed, documents.answer),
    "ask_who": (roles.answer, *_TEXT),
    "ask_definition": (definitions.answer, lists.numbered, *_TEXT),
    "ask_check": (checking.answer, *_TEXT),
    "ask_reverse": (reverse.answer, *_TEXT),
}


def plan(case: Case) -> Draft:
    """The draft of the first way that answers the question; a refusal that says what is missing, else."""
    fixed = _FIXED.get(case.question.kind)
    if fixed:
        status, text = fixed
        return Draft(status, [text])
    if case.question.has("difference", "compare") and _misses_a_side(case):
        return refuse(case, case.reports)
    if _of_same_period(case):
        # What it was a year before is printed, or follows from a change; this year's figure is none of it.
        return derived.earlier(case) or other_period(case)
    held = succession.answer(case) or holdings.answer(case)
    if held:
        return held
    if says_nothing(case) and not _asked_of_itself(case):
        return ask_back(case.reports)
    draft = _first(case, _strategies(case))
    return told_as_planned(case, draft) if draft else refuse(case, case.reports)


def _of_same_period(case: Case) -> bool:
    """Whether the value itself of the same time of another year is asked for, and no change since then."""
    q = case.question
    kinds = {p.kind for p in q.periods}
    changed = _CHANGE.search(" ".join(plain(q.text).split())) or q.has("compare", "difference", "times")
    return kinds == {"same_period"} and not changed


def _asked_of_itself(case: Case) -> bool:
    """Whether a figure, or a report as such, is asked about: then nothing else need be named."""
    ways = (reverse.asks_back, metadata.asks, overview.asks, dates.asks_as_of)
    return any(asks(case) for asks in ways)


def _strategies(case: Case) -> tuple[Strategy, ...]:
    """The ways to try, in order: what the words ask for outright goes before what the kind suggests."""
    q = case.question
    if q.kind == "out_of_scope":
        return ()
    if reverse.asks_back(case):
        printed = not q.document_numbers and not reverse.names_number(case) and reverse.prints(case)
        return (reverse.answer,) if printed else (metadata.answer, named_documents.numbered, reverse.answer)
    if q.kind == "ask_check":
        return (checking.answer, *_by_kind(case))
    first = (*_ALWAYS_FIRST, *_holding(_FIRST, case))
    if q.has("max", "min", "order"):
        # The largest of something is no figure that merely fits: where no group is found, that is said.
        return (*first, *((comparison.highest, _compared) if _over_places(case) else (ranking.answer,)))
    return (*first, *_holding(_OUTRIGHT, case), *_by_kind(case))


def _by_kind(case: Case) -> tuple[Strategy, ...]:
    """The ways that the kind of the question suggests, in order."""
    q = case.question
    if q.kind == "ask_document" and documents.asks_agency(case):
        return _ORDER["ask_who"]
    if q.has("why") or section_kinds.asks_cause(case):
        return _WHY
    second = _ORDER.get(q.cue_kind, ()) if q.cue_kind != q.kind else ()
    # "hoàn thành bao nhiêu phần trăm nhiệm vụ" asks for no tasks.
    last = () if q.has("percent", "money") else (section_kinds.answer,)
    return (*_ORDER.get(q.kind, _TEXT), *second, *last)


def _over_places(case: Case) -> bool:
    """Whether the question names several places that have reports of their own."""
    return sum(not p.demanded and bool(p.reports) for p in case.scope.places) > 1


def _misses_a_side(case: Case) -> bool:
    """Whether one of several places set side by side has no report: the other alone compares nothing."""
    places = case.scope.places
    return len(places) > 1 and any(not p.reports for p in places)


def _lists(case: Case) -> bool:
    """Whether the members that fulfil a condition are asked for; "còn thiếu mấy để đủ 100%" puts none."""
    q = case.question
    whole = q.has("remaining") and all(f.low == f.high for f in q.filters)
    return bool(q.filters) and q.has("which", "list", "count", "sum", "total", "average") and not whole


def _gives_only_a_number(case: Case) -> bool:
    q = case.question
    return not q.concepts and bool(q.numbers) and not q.context


def _lists_what_is_not(case: Case) -> bool:
    return case.question.has("negative") and case.question.has("which", "list")


def _counts_and_names(case: Case) -> bool:
    return case.question.has("count") and case.question.has("which", "list", "who")


def _share_asked(case: Case) -> bool:
    """Whether a share is asked for: also as "tỷ lệ kích hoạt so với số đã đăng ký"."""
    q = case.question
    return q.has("share") or (q.has("percent") and share_words.set_against(case))


_ALWAYS_FIRST: tuple[Strategy, ...] = (
    overview.answer,
    metadata.answer,
    metadata.office,
    digest.answer,
    links.answer,
    roles.requests,
    beside.answer,
    derived.earlier,
    additions.answer,
    named_documents.mentioned,
    reconciling.answer,
    premise.answer,
    verdicts.answer,
    targets.answer,
    remainders.other_channel,
)
# Ways that are tried next, each where its condition holds.
_FIRST: tuple[tuple[Callable[[Case], bool], Strategy], ...] = (
    (lambda case: bool(case.focus.report_id), named_documents.pointed_at),
    (
        lambda case: bool(case.question.document_numbers or documents.asked_kinds(case)),
        named_documents.numbered,
    ),
    (_lists, ranking.answer),
    (_gives_only_a_number, reverse.answer),
    (lambda case: case.question.has("negative"), remainders.rate_lacking),
    (lambda case: case.question.has("extent", "percent"), remainders.rate_and_rest),
    (_share_asked, shares.share),
    (lambda case: case.question.has("times"), multiples.times),
    (lambda case: case.question.has("average"), multiples.per_each),
    (lambda case: case.question.has("average", "common"), calculation.of_group),
)
# Those of what the words ask for outright, where the largest or smallest is not asked for.
_OUTRIGHT: tuple[tuple[Callable[[Case], bool], Strategy], ...] = (
    (lambda case: case.question.has("both") or _over_places(case), _compared),
    (_counts_and_names, lists.counted),
    (lambda case: len(case.scope.periods) > 1 and case.question.has("difference"), _compared),
    (lambda case: case.question.has("who"), roles.answer),
    (_lists_what_is_not, negation.answer),
    # "diện tích cà phê Gia Lai": words without any asking one name a figure as often as a subject.
    (lambda case: not case.question.cues, figures.named),
)


def _holding(rules: Sequence[tuple[Callable[[Case], bool], Strategy]], case: Case) -> tuple[Strategy, ...]:
    return tuple(strategy for holds, strategy in rules if holds(case))


def _first(case: Case, strategies: Sequence[Strategy]) -> Draft | None:
    for strategy in strategies:
        draft = strategy(case)
        if draft:
            return draft
    return None
