"""The figures of several things that one question sets beside each other: "thường trú, tạm vắng", "A trừ B".

The question is cut at its commas and joining words; each term gets the figure that says it best.
All figures are of one report and one unit, no two are the same, and no figure is a part of another one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.answering.case import ENOUGH, Case, is_comparison
from bot.answering.figure_words import fact_of
from bot.answering.matching import Match, match
from bot.answering.shelf import Evidence, padded, tokens_of
from bot.answering.strategies.amounts import amount, measured_in
from bot.understanding.question import Concept
from knowledge.records import Fact
from knowledge.vietnamese import canonical_tone, fold

# The joining words as people type them, with and without diacritics: "tru" is no "trú", "cong" no "công".
_JOIN = re.compile(
    r",|;|\b(?:và|va|(?<!tổng )(?<!tong )(?:cộng|cong)(?! lại| lai)|với|voi|trừ|tru|hay|hoặc|hoac"
    r"|hơn|hon|kém|kem|bằng|bang|khớp|khop|ra đúng|ra dung|chưa|chua|nhưng|nhung)\b"
)
# What only says how the count is to be taken.
_REMARK = re.compile(r"\([^)]*\)|\b(?:kể cả|ke ca|tính cả|tinh ca|bao gồm cả|bao gom ca)(?: \w+){0,3}")
_AND = re.compile(r"(?:\s+\w+){0,3}\s+(?:và|va|lẫn|lan)\b")
_DIGITS = re.compile(r"\d+")
_MINUS = frozenset({"tru"})
_LACK = frozenset({"chua"})
_EQUAL = frozenset({"bang", "khop", "ra dung"})
_LEAST = 0.5
_CLEAR = 0.04
_PLAINER, _NEARLY = 0.1, 0.35
_LOCAL = 0.15
_FOREIGN = 0.1
_SAME_GROUP, _SAME_CLAUSE = 0.2, 0.1
_MOST_TERMS = 8

Keep = Callable[[Evidence], bool]


@dataclass(frozen=True, slots=True)
class Term:
    """A thing that the question names among others; `join` is the folded word before it ("va", "tru", "")."""

    concepts: tuple[Concept, ...]
    join: str = ""

    @property
    def minus(self) -> bool:
        """Whether it is to be taken away."""
        return self.join in _MINUS

    @property
    def lacking(self) -> bool:
        """Whether it is what has not been done: "đăng ký mà chưa kích hoạt"."""
        return self.join in _LACK

    @property
    def equal(self) -> bool:
        """Whether it is what the others together should be."""
        return self.join in _EQUAL


def terms(case: Case) -> list[Term]:
    """The question cut into the things that it sets beside each other; places side by side are such, too."""
    concepts = case.question.occurrences or case.question.concepts
    places = case.scope.demanded
    if len(places) > 1:
        return [Term((place, *concepts), "va" if i else "") for i, place in enumerate(places)]
    text = canonical_tone(case.question.text).lower()
    concepts = tuple(piece for c in concepts for piece in _pieces(c, text))
    # "tính cả A và B" names two things; "tính cả hồ sơ giấy" tells how to count.
    remarks = [m.span() for m in _REMARK.finditer(text) if not _AND.match(text, m.end())]
    concepts = tuple(c for c in concepts if not any(s <= c.start < e for s, e in remarks))
    joins = [
        m
        for m in _JOIN.finditer(text)
        if not any(c.start <= m.start() < c.end and (c.start, c.end) != m.span() for c in concepts)
    ]
    # "trừ", "hơn" by themselves are no subject.
    concepts = tuple(c for c in concepts if all(c.start != m.start() for m in joins))
    out: list[Term] = []
    start, word = 0, ""
    for stop, following in [*((m.start(), fold(m.group())) for m in joins), (len(text) + 1, "")]:
        inside = tuple(c for c in concepts if start <= c.start < stop)
        if inside:
            out.append(Term(inside, word))
        # "cộng với", "mà chưa": of several joining words in a row the telling one counts.
        word = (
            following
            if inside or following in _MINUS | _LACK | _EQUAL or word not in _MINUS | _LACK | _EQUAL
            else word
        )
        start = stop
    return out if len(out) <= _MOST_TERMS else []


def _pieces(concept: Concept, text: str) -> list[Concept]:
    """The concept, or what a comma parts of it: "trâu, bò" are two things."""
    words = text[concept.start : concept.end]
    if not re.search(r"[,;]\s", words):
        return [concept]
    return [
        Concept(concept.start + m.start(), concept.start + m.end(), (tokens_of(m.group()),))
        for m in re.finditer(r"[^,;]+", words)
        if m.group().strip()
    ]


def readings(named: Sequence[Term]) -> list[Sequence[Term]]:
    """The ways to read the terms: as cut, with what a comma parts put to its neighbour, with a shared part.

    "giữa A và B, bên nào có tỷ lệ trực tuyến cao hơn": the last part names no thing of its own.
    "tổ công tác ở xã và phường", "cấp huyện và cấp xã băng thông Internet": one end speaks for all.
    """
    out: list[Sequence[Term]] = [named]
    if len(named) > 2 and named[-1].join == ",":
        last = Term((*named[-2].concepts, *named[-1].concepts), named[-2].join)
        out.append([*named[:-2], last])
    if len(named) > 2 and named[1].join == ",":
        out.append([Term((*named[0].concepts, *named[1].concepts)), *named[2:]])
    if len(named) > 1:
        out += [shared for way in tuple(out) for shared in _shared(way)]
    return out


def _shared(way: Sequence[Term]) -> Iterable[Sequence[Term]]:
    """The readings in which what the first term opens with, or the last one closes with, counts for all."""
    first, last = way[0].concepts, way[-1].concepts
    for i, c in enumerate(first):  # "nhóm liên thông khai sinh và khai tử"
        if len(c.parts) > 1:
            opening = (*first[:i], *c.parts[:-1])
            yield [way[0], *(Term((*opening, *t.concepts), t.join) for t in way[1:])]
    for k in range(1, len(first)):
        yield [way[0], *(Term((*first[:k], *t.concepts), t.join) for t in way[1:])]
    for k in range(1, len(last)):
        yield [*(Term((*t.concepts, *last[k:]), t.join) for t in way[:-1]), way[-1]]


def best_figures(
    case: Case,
    ways: Sequence[Sequence[Term]],
    keep: Keep,
    *,
    percent: bool = False,
    parts: bool = False,
    count: int | None = None,
) -> list[Evidence]:
    """The figures of the reading that they fit best, of `count` terms where that is given, or []."""
    fitting = [way for way in ways if len(way) > 1 and count in {None, len(way)}]
    found = [_resolved(case, way, keep, percent=percent, parts=parts) for way in fitting]
    return max(found, key=lambda f: f[0], default=(0.0, []))[1]


def figures_for(
    case: Case, things: Sequence[Term], keep: Keep, *, percent: bool = False, parts: bool = False
) -> list[Evidence]:
    """One figure for each of the things, all of one report and unit; [] where that fails.

    With `percent` rates are wanted. With `parts` a figure may hold another one: a total and its parts.
    """
    return _resolved(case, things, keep, percent=percent, parts=parts)[1]


def _resolved(
    case: Case, things: Sequence[Term], keep: Keep, *, percent: bool, parts: bool
) -> tuple[float, list[Evidence]]:
    best: tuple[float, list[Evidence]] = (0.0, [])
    fits = _Fits(case, things)
    for facts, bonus in _buckets(case, things, keep, percent=percent):
        chosen = _assigned(things, facts, fits, percent=percent)
        if (
            not chosen
            or not _says_enough(case, things, chosen)
            or (not parts and overlapping([m.evidence for m in chosen]))
        ):
            continue
        score = sum(m.score for m in chosen) / len(chosen) + bonus + _closeness(chosen)
        if score > best[0] + 1e-9:
            best = (score, [m.evidence for m in chosen])
    return best


def overlapping(chosen: Sequence[Evidence]) -> bool:
    """Whether one of the figures is made of others: a total and its parts, or the same figure twice."""
    facts = [fact_of(e) for e in chosen]
    if len({f.span for f in facts}) < len(facts):
        return True
    if any(f.role == "total" for f in facts) and not all(f.role == "total" for f in facts):
        return True
    spans = [
        (e.report.listings[f.group].lead, f)
        for e, f in zip(chosen, facts, strict=True)
        if f.group is not None
    ]
    holds = any(
        lead.covers(other.span) and other is not f and other.group != f.group
        for lead, f in spans
        for other in facts
    )
    if any(_bracketed(e) and not _bracketed(o) and e.span == o.span for e in chosen for o in chosen):
        return True
    parts = {f.passage for f in facts if f.role == "part"}
    return holds or any(
        f.role == "" and f.passage in parts and any(_before(f, o) for o in facts) for f in facts
    )


def _before(fact: Fact, other: Fact) -> bool:
    """Whether `other` is printed behind `fact` as a part: "312 tỷ đồng, trong đó … 78 tỷ đồng"."""
    return other.role == "part" and fact.span.end <= other.span.start and fact.clause == other.clause


def _buckets(
    case: Case, things: Sequence[Term], keep: Keep, *, percent: bool
) -> Iterable[tuple[list[Evidence], float]]:
    """The figures that may be added or compared: by report and unit, and closer by their group."""
    wanted = [c for t in things for c in t.concepts]
    out: dict[tuple[str, str, object], list[Evidence]] = defaultdict(list)
    for shelved in case.scope.reports:
        for e in shelved.facts:
            fact = fact_of(e)
            said = any(not c.syllables.isdisjoint(e.all_tokens) for c in wanted)
            if (
                not said
                or fact.kind in {"date", "change"}
                or fact.role == "target"
                or not keep(e)
                or is_comparison(e)
            ):
                continue
            if amount(e, percent=percent) is None or not case.scope.fits(e, figure=True):
                continue
            unit = measured_in(e, percent=percent)
            out[shelved.report.id, unit, None].append(e)
            out[shelved.report.id, unit, f"passage {fact.passage}"].append(e)
            if fact.group is not None:
                out[shelved.report.id, unit, fact.group].append(e)
            if fact.role == "part" and fact.kind == "count" and not percent:
                # "18 (chính thức 08, dự phòng 10)", "07 (03 chính thức, 04 dự phòng)"
                out[shelved.report.id, "", f"parts {e.passage.section}"].append(e)
            if fact.group is not None and fact.kind == "count" and not percent:
                out[shelved.report.id, "", fact.group].append(e)  # "1.204 bác sĩ, 2.187 điều dưỡng"
    return [
        (facts, _group_bonus(case, key[0], key[2])) for key, facts in out.items() if len(facts) >= len(things)
    ]


def _group_bonus(case: Case, report_id: str, group: object) -> float:
    """For figures of one group, and more for that of the answer before: "cấp tỉnh hơn cấp xã bao nhiêu?"."""
    if group is None:
        return 0.0
    if isinstance(group, str):
        return _SAME_CLAUSE
    return _SAME_GROUP * (2 if case.focus.group == group and case.focus.report_id == report_id else 1)


class _Fits:
    """How well figures say things, each worked out once: buckets share most of their figures."""

    def __init__(self, case: Case, things: Sequence[Term]) -> None:
        self._case, self._things = case, things
        self._known: dict[tuple[int, int], Match] = {}
        self.named = [c for t in things for c in t.concepts]

    def of(self, evidence: Evidence, at: int) -> Match:
        """How well a figure says the thing at that place."""
        key = (id(evidence), at)
        if key not in self._known:
            self._known[key] = _fit(self._case, evidence, self._things[at], self.others(at))
        return self._known[key]

    def others(self, at: int) -> list[Concept]:
        """The concepts of the other things."""
        return [c for n, t in enumerate(self._things) if n != at for c in t.concepts]


def _assigned(
    things: Sequence[Term], facts: Sequence[Evidence], fits: _Fits, *, percent: bool
) -> list[Match]:
    """The figure that says each thing best; [] where one is said by none, or by several alike."""
    ranked = [sorted((fits.of(e, at) for e in facts), key=lambda m: -m.score) for at in range(len(things))]
    chosen: list[Match] = []
    for at, thing in enumerate(things):
        found = _parallel_first(ranked, at, fits.named)
        best = found[0]
        if best.coverage < _LEAST or not best.owned or _misses_its_own(thing, fits.others(at), best):
            return []
        near = [m for m in found[1:4] if m.score > best.score - _CLEAR and not _plainer(best, m)]
        if any(amount(m.evidence, percent=percent) != amount(best.evidence, percent=percent) for m in near):
            return []
        chosen.append(best)
    spans = {(fact_of(m.evidence).span.start, fact_of(m.evidence).span.end) for m in chosen}
    return chosen if len(spans) == len(chosen) and _told_apart(things, chosen) else []


def _parallel_first(ranked: Sequence[Sequence[Match]], at: int, named: Sequence[Concept]) -> list[Match]:
    """The figures for one thing with those first that say as much of what is shared as the others' do.

    "người dự phòng do phòng chuyên môn và do ngành dọc cử": of both the figure in the bracket.
    """
    best = max((m for found in ranked for m in found[:1]), key=lambda m: len(_local(m, named)), default=None)
    shared = _local(best, named) if best else set()
    near = [m for m in ranked[at] if m.score > ranked[at][0].score - _NEARLY]
    near.sort(key=lambda m: (-len(_local(m, named) & shared), -m.score))
    return [*near, *(m for m in ranked[at] if m not in near)]


def _local(found: Match, named: Sequence[Concept]) -> set[str]:
    """What the question names that a part of a whole says right before its figure, or as what it counts."""
    words = found.evidence.local + padded(fact_of(found.evidence).counted)
    return {c.typed for c in named if _bracketed(found.evidence) and _said(c, words)}


def _bracketed(evidence: Evidence) -> bool:
    """Whether a figure is a part that stands in brackets behind its whole."""
    before = evidence.report.text[evidence.span.start : fact_of(evidence).span.start]
    return fact_of(evidence).role == "part" and before.count("(") > before.count(")")


def _plainer(best: Match, other: Match) -> bool:
    """Whether the best one says hardly more than the thing: "Tổ tại xã" beside "Tổ tại thị xã"."""
    return best.specificity > other.specificity + _PLAINER


def _misses_its_own(thing: Term, others: Sequence[Concept], found: Match) -> bool:
    """Whether a figure says nothing of what only this thing names: it is another one's."""
    shared = {c.typed for c in others}
    own = [c for c in thing.concepts if c.typed not in shared]
    missing = {c.typed for c in found.missing}
    return bool(own) and all(c.typed in missing and not _said(c, found.evidence.wide) for c in own)


def _told_apart(things: Sequence[Term], chosen: Sequence[Match]) -> bool:
    """Whether each figure says of its thing what no other one says: "lượt người" is said by all."""
    for thing, m in zip(things, chosen, strict=True):
        others = [o.evidence for o in chosen if o is not m]
        if not any(
            (_said(c, m.evidence.local) and not any(_said(c, o.local) for o in others))
            or (_owned(c, m) and not any(_said(c, o.own) for o in others))
            or (_said(c, _around(m.evidence)) and not any(_said(c, _around(o)) for o in others))
            for c in thing.concepts
        ):
            return False
    return True


def _around(evidence: Evidence) -> str:
    """The sentence of a figure with the headings above it."""
    return evidence.wide + evidence.far


def _owned(concept: Concept, found: Match) -> bool:
    return any(c.start == concept.start and c.typed == concept.typed for c in found.owned)


def _fit(case: Case, evidence: Evidence, thing: Term, others: Sequence[Concept]) -> Match:
    """How well a figure says one thing.

    What it says of the other things counts against it, most of all right before it.
    """
    own = {c.typed for c in thing.concepts}
    foreign = [c for c in others if c.typed not in own]
    named = own | {c.typed for c in foreign}
    carried = [c for c in case.question.context if c.typed not in named]
    bonus = case.bonus(evidence) + _LOCAL * sum(_said(c, evidence.local) for c in thing.concepts) / len(
        thing.concepts
    )
    malus = sum(_LOCAL if _said(c, evidence.local) else _FOREIGN * _said(c, evidence.own) for c in foreign)
    return match(evidence, thing.concepts, case.weights, carried=carried, bonus=bonus - malus)


def _said(concept: Concept, words: str) -> bool:
    return any(f" {' '.join(a)} " in words for a in concept.alternatives)


def _says_enough(case: Case, things: Sequence[Term], chosen: Sequence[Match]) -> bool:
    """Whether the figures together say what the things name."""
    weigh = case.weights.phrase
    total = sum(weigh(c.alternatives[0]) for t in things for c in t.concepts)
    missing = [{c.typed for c in m.missing} for m in chosen]
    lost = sum(
        weigh(c.alternatives[0])
        for t, gone in zip(things, missing, strict=True)
        for c in t.concepts
        if c.typed in gone
    )
    return total > 0 and (total - lost) / total >= ENOUGH


def _closeness(chosen: Sequence[Match]) -> float:
    return _SAME_CLAUSE if len({m.evidence.passage.ordinal for m in chosen}) == 1 else 0.0
