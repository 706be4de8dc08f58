"""Who leads it, is told to do it, does it, is asked for it: the organisation whose role the report tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answering import wording
from bot.answering.case import ENOUGH, Case
from bot.answering.matching import Match
from bot.answering.reply import Draft
from bot.answering.shelf import Evidence, ShelvedReport, padded, tokens_of
from bot.answering.strategies.statements import statements_draft
from bot.understanding.cues import plain
from bot.understanding.question import Concept
from knowledge.dates import find_dates
from knowledge.records import Involvement, Span

# The noun before "nào": any organisation, or one that is called so.
_ASKED = re.compile(
    r"\b(?P<noun>don vi|co quan|to chuc|ben|nganh|so|bo|ban|phong|hoi|doan the|trung tam|chi nhanh"
    r"|doanh nghiep|cong ty|benh vien|truong|tram|van phong|uy ban|cong an)(?: chuyen mon)? nao\b"
    r"|\b(?:cho |do |la |voi |boi )?(?P<anyone>ai)\b|\bnoi (?P<place>nao)\b"
)
_ANY = frozenset({"don vi", "co quan", "to chuc", "ben", "nganh", "doan the", "doanh nghiep", "cong ty"})
# What stands right before the asking words, or right behind them, tells the role; the first that does.
_BEFORE: tuple[tuple[str, frozenset[str]], ...] = (
    (r"(?:giao|phan cong|chi dao|yeu cau)(?: nhiem vu)?(?: cho)?", frozenset({"assigned", "lead"})),
    (r"(?:kien nghi|de nghi|de xuat)(?: voi| len)?", frozenset({"asked"})),
    (r"phoi hop(?: voi| cung)?", frozenset({"partner"})),
    (r"tham muu(?: cho)?|trinh", frozenset({"advised"})),
)
_BEHIND: tuple[tuple[str, frozenset[str]], ...] = (
    (r"(?:la |duoc giao |lam )?(?:dau moi|thuong truc)", frozenset({"standing"})),
    (r"(?:duoc |bi )?(?:kien nghi|de nghi)", frozenset({"asked"})),
    (r"(?:cung |tham gia )?phoi hop", frozenset({"partner"})),
    (r"(?:duoc giao|duoc phan cong|phai|co trach nhiem|chiu trach nhiem)", frozenset({"assigned", "lead"})),
    (r"(?:duoc giao )?chu tri", frozenset({"lead", "assigned"})),
    (r"(?:la )?(?:nguoi )?(?:phu trach|lanh dao|dung dau|lam truong)", frozenset({"head", "lead"})),
)
_DOES = frozenset({"doer", "lead", "assigned", "standing", "head"})
# Words for the role itself name nothing that is done.
_ROLE_WORDS = frozenset({
    "chu tri", "giao", "duoc giao", "phan cong", "phu trach", "trach nhiem", "chiu trach nhiem", "dau moi",
    "thuong truc", "lo", "lam", "lo viec", "trien khai", "thuc hien", "to chuc", "nhiem vu", "viec",
    "kien nghi", "de nghi", "de xuat", "phoi hop", "tham muu", "phai", "duoc", "dung ra", "nhan", "phong",
    "so", "hoi", "ban", "don vi", "co quan", "viec nay", "tiep tuc", "yeu cau",
})  # fmt: skip
_OTHER = (
    "percent", "max", "min", "order", "document", "compare", "sum",
    "difference", "check", "share", "why", "total", "average", "remaining", "yesno",
)  # fmt: skip
# "đơn vị nào chưa …": those that have not; in "lập danh sách người chưa tham gia" it is part of what is done.
_HAS_NOT = re.compile(r"(?:con |van |da |co )?(?:chua|khong|ko)\b")
_WHEN = re.compile(
    r"\b(?:ngay|thang|hom|thoi han|han)(?: nao| may| chot| bao nhieu)|\b(?:khi nao|bao gio|han chot)\b"
)
_WITH_WHOM = re.compile(
    r"\bphoi hop (?:voi |cung )?(?:ai|(?:nhung |cac )?(?:don vi|co quan|ben|noi) nao)\b"
    r"|\b(?:ai|(?:don vi|co quan|ben|noi) nao) (?:cung )?phoi hop\b"
)
_CAPITALS = re.compile(r"(?<!\w)AI(?!\w)")
_COUNTS = re.compile(r"\bbao nhieu\b|\bmay\b(?! (?:tinh|moc|scan|chu))")
# "các đơn vị liên quan" names nobody.
_GENERIC = re.compile(r"các\b(?! \w+ (?:tỉnh|huyện|thành phố|thị xã)\b)", re.IGNORECASE)
_REQUESTS = re.compile(
    r"\b(?:de nghi|kien nghi|de xuat|xin)(?: (?:voi|len|cho))? (?P<whom>(?:\w+ ){1,8}?)"
    r"(?:(?:nhung |dieu |viec |cai )?gi|nhung noi dung (?:nao|gi)|lam gi"
    r"|(?:ho tro|bo sung|cho phep) (?:nhung )?gi)\b"
)
_GIVEN = frozenset({"nhung", "dieu", "viec", "cai", "noi", "dung", "lam", "ve"})
_ROLE_ONLY = re.compile(r"^(?:\w+ ){0,3}?(?:chu tri|phoi hop|thuc hien|phu trach|trien khai)\b")
_BETTER = 0.12


@dataclass(frozen=True, slots=True)
class _Found:
    """Involvements of one statement in the role that is asked for, with how well the statement fits."""

    match: Match
    names: tuple[Involvement, ...]


def answer(case: Case) -> Draft | None:
    """The organisations in the role that the question asks for, with the statement that says so, or None."""
    asked = _asked(case)
    wanted = _done(case)
    if asked is None or not wanted:
        return None
    roles, noun = asked
    found = [f for s in case.scope.reports for f in _in_report(case, s, roles, noun, wanted)]
    if not found:
        return None
    best = max(found, key=lambda f: (round(f.match.score, 6), -f.match.evidence.span.start))
    if not _fits(case, best.match, wanted):
        return None
    report = best.match.evidence.report
    lines = [wording.in_role(best.names[0].role, [i.name for i in best.names], report)]
    lines += _partners(case, best)
    draft = statements_draft(case, [_quotable(best.match.evidence)])
    if case.question.has("date") and not any(find_dates(q.words) for q in draft.quotes):
        return None
    return replace(draft, lines=[*lines, *draft.lines])


def requests(case: Case) -> Draft | None:
    """What an organisation is asked for: every request to it, in the report's order; else None."""
    asked = _REQUESTS.search(" ".join(plain(case.question.text).split()))
    if asked is None:
        return None
    whom = set(tokens_of(asked["whom"])) - _GIVEN
    found = [
        i
        for s in case.scope.reports
        for i in s.report.involvements
        if i.role == "asked" and whom and whom <= set(tokens_of(i.name))
    ]
    shelved = next((s for s in case.scope.reports if any(i in found for i in s.report.involvements)), None)
    if shelved is None:
        return None
    mine = [i for i in shelved.report.involvements if i in found]
    shown = [_quotable(_evidence(shelved, i.clause, i)) for i in mine]
    return statements_draft(case, list({e.span: e for e in shown}.values()))


def _partners(case: Case, found: _Found) -> list[str]:
    """A line with those who help, where the question wants them, too: "…, phối hợp với ai?"."""
    words = " ".join(plain(case.question.text).split())
    if found.names[0].role == "partner" or not _WITH_WHOM.search(words):
        return []
    evidence = found.match.evidence
    names = [
        i.name
        for i in evidence.report.involvements
        if i.role == "partner" and i.passage == evidence.passage.ordinal and not _GENERIC.match(i.name)
    ]
    return [wording.in_role("partner", list(dict.fromkeys(names)), evidence.report)] if names else []


def _asked(case: Case) -> tuple[frozenset[str], str] | None:
    """The roles that answer, and what the organisation is called where the question says; None: not asked."""
    q = case.question
    # "camera AI" asks for nobody.
    words = " ".join(plain(_CAPITALS.sub("_", q.text)).split())
    found = _ASKED.search(words)
    if found is None or q.has(*_OTHER) or q.filters or "ky" in words.split() or _COUNTS.search(words):
        return None
    if _WHEN.sub(" ", _WITH_WHOM.sub(" ", words)).split().count("nao") > 1:
        return None
    noun = found["noun"] or ""
    before, behind = words[: found.start()], words[found.end() :].lstrip()
    if q.has("negative") and _HAS_NOT.match(behind):
        return None
    if q.has("date") and (asked := _WHEN.search(words)) and asked.start() < found.start():
        return None
    for pattern, roles in _BEFORE:
        if re.search(rf"\b(?:{pattern})\s*$", before):
            return roles, "" if noun in _ANY else noun
    for pattern, roles in _BEHIND:
        if re.match(rf"(?:{pattern})\b", behind):
            return roles, "" if noun in _ANY else noun
    return _DOES, "" if noun in _ANY else noun


def _done(case: Case) -> tuple[Concept, ...]:
    """What is done, as the question names it: without the words for the role."""
    own = tuple(c for c in case.question.concepts if c.typed not in _ROLE_WORDS)
    return (*own, *case.scope.demanded) if own else ()


def _in_report(
    case: Case, shelved: ShelvedReport, roles: frozenset[str], noun: str, wanted: Sequence[Concept]
) -> list[_Found]:
    groups: dict[tuple[Span, str], list[Involvement]] = {}
    for i in shelved.report.involvements:
        if (
            i.role in roles
            and not _GENERIC.match(i.name)
            and (not noun or padded(i.name).startswith(f" {noun} "))
        ):
            groups.setdefault((i.clause, i.role), []).append(i)
    out = []
    for (clause, _), names in groups.items():
        evidence = _evidence(shelved, clause, names[0])
        if case.scope.fits(evidence, figure=False):
            out.append(_Found(case.match(evidence, wanted=wanted), tuple(names)))
    return out


def _evidence(shelved: ShelvedReport, clause: Span, named: Involvement) -> Evidence:
    """The statement of an involvement: what is done is its own, the clause is near."""
    passage = shelved.report.passages[named.passage]
    text = shelved.report.text
    far = padded(" ; ".join((*shelved.titles(passage.section), shelved.report.title, shelved.report.issuer)))
    own, near = (
        padded(_what(named, clause.of(text), passage.span.of(text))),
        padded(f"{clause.of(text)} ; {passage.span.of(text)}"),
    )
    return Evidence(shelved, passage, clause, own, near, far)


def _what(named: Involvement, clause: str, passage: str) -> str:
    """What is done; the words before a clause that only gives the role: "số hóa sổ; giao Phòng A chủ trì"."""
    told = _ROLE_ONLY.search(plain(named.what))
    before = passage.split(clause)[0] if told and clause in passage else ""
    return f"{before} {named.what}"


def _fits(case: Case, found: Match, wanted: Sequence[Concept]) -> bool:
    """Whether what is done is said, and no other statement says clearly more of it."""
    if found.coverage < ENOUGH or not found.owned or any(c.named or c.start == c.end for c in found.missing):
        return False
    rivals = (case.match(m.evidence, wanted=wanted) for m in case.sentences()[:5])
    mine = found.evidence.passage
    return all(
        m.coverage <= found.coverage + _BETTER
        for m in rivals
        if m.evidence.passage is not mine or m.evidence.report is not found.evidence.report
    )


def _quotable(evidence: Evidence) -> Evidence:
    """The statement within its passage: a heading that names who is to do it stands before that."""
    passage = evidence.passage
    if passage.span.covers(evidence.span):
        sentence = (
            e for e in evidence.shelved.sentences if e.passage is passage and e.span.covers(evidence.span)
        )
        return next(sentence, evidence)
    return replace(evidence, span=passage.span)
