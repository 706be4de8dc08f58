"""The enumerations of a report.

Numbered items, bullets, "gồm: A, B và C", bracketed breakdowns, each with its members.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.numbers import find_quantities
from knowledge.records import Listing, Member, Passage, Section, Span
from knowledge.sentences import sentences, trim
from knowledge.vietnamese import LOWER, UPPER

_MARK = re.compile(r"[⁽(](?P<n>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\d{1,2})[)⁾]\s*")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# "gồm: A, B, C", "như: …", "gồm 03 xã: …", "là: …", "sau đây: …": what stands behind is a list.
_INTRODUCED = re.compile(
    r"(?:gồm|bao gồm|gồm có|như|cụ thể|chi tiết|trong đó|sau|sau đây"
    r"|là)(?:\s+\d{1,3}(?:\s+[^\W\d_]+){1,5})?\s*:\s*",
    re.IGNORECASE,
)
# "… của 05 phường: Phường 1, …": a count right before the colon.
_COUNTED = re.compile(
    r"(?<![\d.,/])\d{1,3}(?:/\d{1,4})?(?!\s+(?:tuổi|năm|tháng|ngày)\b)(?:\s+[^\W\d_]+){1,6}\s*:\s+"
)
_GOM = re.compile(rf"\b(?:bao gồm|gồm có|gồm)\s+(?!có\b)(?=[{UPPER}])")
_HEAD = re.compile(r":(?=\s)")
# "46 vụ (tăng 08 vụ, tương đương 21%)", "412 hồ sơ (trực tuyến 405 hồ sơ, đạt 98%)": no list of parts.
_SAYS_MORE = re.compile(
    r"(?:tăng|giảm|đạt|chiếm|tương đương|tương ứng|bằng|so với|vượt|tỷ lệ)\s", re.IGNORECASE
)
_LAST_AND = re.compile(
    rf"\s+và\s+(?=[{UPPER}\d]|(?:tỉnh|thành phố|thị xã|huyện|quận|xã|phường|thị trấn)\s+[{UPPER}])"
)
_QUALIFIERS = frozenset({"tuổi", "năm", "tháng", "ngày"})
_ONLY_LEADS = re.compile(
    r"(?:(?:và|được)\s)?(?:chi tiết|cụ thể|trong (?:số )?(?:đó|này)|bao gồm|gồm(?: có)?|chia ra|như sau)"
    r"(?: như sau)?",
    re.IGNORECASE,
)
_ASIDE = re.compile(r",\s(?:đạt|chiếm|bằng|tăng|giảm|vượt)(?!\w)|;\s|\s\(")
_FAR = 90
_LONGEST_NAME = 220


@dataclass(frozen=True, slots=True)
class _Draft:
    title: str
    lead: Span
    members: tuple[Member, ...]
    passage: int
    section: str
    counted_in: str = ""  # the words that state how many there are, where the title does not


def listings(text: str, sections: Sequence[Section], passages: Sequence[Passage]) -> tuple[Listing, ...]:
    """Every enumeration of two members or more, in reading order; `ordinal` is its place in the result."""
    drafts = [*_runs(text, sections, passages), *_numbered(text, sections, passages)]
    for passage in passages:
        drafts += (_titled(text, passage, draft) for draft in _inline(text, passage))
    drafts.sort(key=lambda d: (d.members[0].span.start, -d.members[-1].span.end))
    return tuple(
        Listing(i, d.title, d.lead, d.members, d.passage, d.section, _stated(d.counted_in or d.title))
        for i, d in enumerate(drafts)
    )


def _runs(text: str, sections: Sequence[Section], passages: Sequence[Passage]) -> Iterator[_Draft]:
    """Consecutive items, or bullets of one lead, of one section."""
    titles = {s.path: s for s in sections}
    run: list[Passage] = []
    for passage in [*passages, None]:
        if run and (passage is None or not _same_run(text, run[-1], passage)):
            if len(run) > 1:
                section = titles[run[0].section]
                lead = run[0].lead[-1] if run[0].lead else section.heading
                title = lead.of(text) if run[0].lead else section.title
                members = tuple(_member(text, p.span, p.item) for p in run)
                yield _Draft(title, lead, members, run[0].ordinal, run[0].section)
            run = []
        if passage is not None and (passage.item or _is_bullet(text, passage)):
            run.append(passage)


def _numbered(text: str, sections: Sequence[Section], passages: Sequence[Passage]) -> Iterator[_Draft]:
    """The numbered paragraphs of a section ("1. Tập trung …", "2. Chỉ đạo …")."""
    inside: dict[str, list[Passage]] = {}
    for passage in passages:
        if not passage.footnote:
            inside.setdefault(passage.section, []).append(passage)
    below: dict[str | None, list[Section]] = {}
    for section in sections:
        below.setdefault(section.parent, []).append(section)
    for section in sections:
        parts = below.get(section.path, [])
        if len(parts) < 2 or not all(s.path not in below and _is_one_line(text, s, inside) for s in parts):
            continue
        members = tuple(_numbered_member(text, part, inside[part.path][-1]) for part in parts)
        said = _lead_into(text, inside.get(section.path, []))
        lead, words = said or section.heading, _last_words(said.of(text)) if said else ""
        first = inside[parts[0].path][0].ordinal
        yield _Draft(section.title, lead, members, first, section.path, words)


def _lead_into(text: str, own: Sequence[Passage]) -> Span | None:
    """The sentence right above a section's parts that leads into them ("… tập trung 08 nhiệm vụ sau:")."""
    last = list(sentences(text, own[-1].span))[-1:] if own else []
    return last[0] if last and last[0].of(text).rstrip().endswith(":") else None


def _is_one_line(text: str, section: Section, inside: dict[str, list[Passage]]) -> bool:
    """Whether a section is no more than the paragraph that its label opens."""
    own = inside.get(section.path, [])
    return bool(own) and "\n" not in text[section.heading.start : own[-1].span.end]


def _numbered_member(text: str, section: Section, passage: Passage) -> Member:
    member = _member(text, passage.span, section.label)
    return Member(member.label, section.title or member.name, Span(section.heading.start, member.span.end))


def _same_run(text: str, before: Passage, after: Passage) -> bool:
    if after.footnote or before.section != after.section or before.lead != after.lead:
        return False
    return bool(before.item) == bool(after.item) and _mark_of(text, before) == _mark_of(text, after)


def _is_bullet(text: str, passage: Passage) -> bool:
    return _mark_of(text, passage) != ""


def _mark_of(text: str, passage: Passage) -> str:
    """The bullet character in front of a passage; "" for none, "#" for an enumerated item."""
    if passage.item:
        return "#"
    before = text[max(0, passage.span.start - 3) : passage.span.start].rpartition("\n")[2].strip()
    return before if before and not before.isalnum() else ""


def _inline(text: str, passage: Passage) -> Iterator[_Draft]:
    marks: dict[int, list[re.Match[str]]] = {}
    for m in _MARK.finditer(text, passage.span.start, passage.span.end):
        marks.setdefault(int(m["n"].translate(_SUPERSCRIPTS)), []).append(m)
    for sentence in sentences(text, passage.span):
        enumerated = list(_enumerated(text, passage, sentence, marks))
        yield from enumerated
        if not enumerated:
            yield from _introduced(text, passage, sentence)
        yield from _bracketed(text, passage, sentence)


def _titled(text: str, passage: Passage, draft: _Draft) -> _Draft:
    """`draft`, where its lead says only "Gồm", "Chi tiết", named by the statement that it goes on with.

    For a footnote that is the sentence that bears its mark, else the one before in the passage: its first one
    where that has a head ("Tài khoản mức 2: Lũy kế kích hoạt 1.264 tài khoản, … Chi tiết: …").
    """
    if not passage.footnote and _ONLY_LEADS.fullmatch(draft.title):
        before = text[passage.span.start : draft.lead.end]
        said = [s.of(before) for s in sentences(before, Span(0, len(before)))]
        headed = _HEAD.search(said[0][:_FAR]) is not None
        whole = said[0] if headed or len(said) == 1 else said[-2]
        title = _without_figures(_ASIDE.split(whole)[0].strip(" ;:."))
        return replace(draft, title=title) if not _ONLY_LEADS.fullmatch(title) else draft
    if not passage.footnote or len(draft.title.split()) > 2 or not passage.lead:
        return draft
    bearer = passage.lead[-1].of(text)
    marked = bearer[: bearer.find(passage.footnote)]
    return replace(draft, title=_last_words(re.split(rf"(?<=[.!?])\s+(?=[{UPPER}])", marked)[-1]))


def _without_figures(words: str) -> str:
    """The words without the figures that they count: those of names ("mức 2") stay."""
    for q in reversed(find_quantities(words)):
        words = f"{words[: q.start]}{q.counted if q.end >= q.counted_end else ''}{words[q.end :]}"
    return re.sub(r"(?:\s(?:ước|đạt|là|có))+$", "", " ".join(words.split()))


def _counted_up(marks: Mapping[int, Sequence[re.Match[str]]], start: int) -> list[re.Match[str]]:
    """The marks (1), (2), (3) … that follow each other from `start` on; `marks` are by number."""
    out: list[re.Match[str]] = []
    while same := marks.get(len(out) + 1):
        at = bisect_left(same, out[-1].end() if out else start, key=lambda m: m.start())
        if at == len(same):
            break
        out.append(same[at])
    return out


def _enumerated(
    text: str, passage: Passage, sentence: Span, by_number: Mapping[int, Sequence[re.Match[str]]]
) -> Iterator[_Draft]:
    """As in "… gồm: ⁽¹⁾ A; ⁽²⁾ B; …": members run from mark to mark."""
    marks = _counted_up(by_number, sentence.start)
    if len(marks) < 2 or marks[0].start() >= sentence.end:
        return
    end = _list_end(text, marks[-1].end(), passage.span.end)
    bounds = [m.start() for m in marks[1:]] + [end]
    members = []
    for m, stop in zip(marks, bounds, strict=True):
        parts = _split(text, m.end(), stop, ";")
        if not parts:
            continue
        members.append(_member(text, parts[0], "(" + m["n"].translate(_SUPERSCRIPTS) + ")"))
        # "⁽⁴⁾ …; giáo dục thường xuyên: …": a last member without a mark.
        members += [
            _member(text, part, "") for part in parts[1:] if stop == end and _HEAD.search(part.of(text))
        ]
    if len(members) < 2:
        return
    lead = trim(text, sentence.start, marks[0].start())
    if lead.start < lead.end:
        title = _last_words(lead.of(text))
    else:
        lead = passage.lead[-1] if passage.lead else passage.span
        title = _last_words(lead.of(text)) if passage.lead else ""
    yield _Draft(title, lead, tuple(members), passage.ordinal, passage.section)


def _introduced(text: str, passage: Passage, sentence: Span) -> Iterator[_Draft]:
    words = sentence.of(text)
    m = _INTRODUCED.search(words) or _COUNTED.search(words) or _GOM.search(words)
    if not m or sentence.start + m.end() >= sentence.end:
        return
    start = sentence.start + m.end()
    stop = _list_end(text, start, sentence.end)
    mark = ";" if len(_split(text, start, stop, ";")) > 1 else ","
    parts = _split(text, start, stop, mark)
    if len(parts) < 2:
        return
    lead = Span(sentence.start, sentence.start + m.end())
    stated = _stated(_last_words(lead.of(text)))
    if mark == ";" and stated is not None and stated != len(parts):
        # "tại 03 địa phương: A, B, C; phát hiện 05 xã …": the number tells where the list ends.
        nearer = _split(text, parts[0].start, parts[0].end, ",")
        parts = nearer if len(nearer) == stated else parts
    yield _Draft(
        _last_words(lead.of(text)),
        lead,
        tuple(_member(text, p, "") for p in parts),
        passage.ordinal,
        passage.section,
    )


def _bracketed(text: str, passage: Passage, sentence: Span) -> Iterator[_Draft]:
    """As in "99 Tổ công tác (01 Tổ tại thị xã, 08 Tổ tại phường, …)": a breakdown in brackets."""
    for m in re.finditer(r"\((?P<inside>[^()]{12,1500})\)", sentence.of(text)):
        start, stop = sentence.start + m.start("inside"), sentence.start + m.end("inside")
        parts = _split(text, start, stop, ";")
        if len(parts) < 2:
            parts = _split(text, start, stop, ",")
            if not all(re.match(r"\d|[^\d:]{1,60}:?\s*\d", p.of(text)) for p in parts):
                continue
        if len(parts) < 2 or any(_SAYS_MORE.match(p.of(text)) for p in parts):
            continue
        lead = trim(text, sentence.start, start - 1)
        members = tuple(_member(text, p, "") for p in parts)
        yield _Draft(_last_words(lead.of(text)), lead, members, passage.ordinal, passage.section)


def _member(text: str, span: Span, label: str) -> Member:
    words = span.of(text).rstrip(" .;,")
    span = Span(span.start, span.start + len(words))
    numbered = re.match(
        r"(?P<label>(?:Bước|Nhóm|Giai đoạn|Nội dung|Nhiệm vụ|Cụm)\s+\d{1,2})\s*[:.]\s*(?P<name>.+)",
        words,
        re.DOTALL,
    )
    if numbered and not label:
        return Member(numbered["label"], numbered["name"][:_LONGEST_NAME], span)
    head = _HEAD.search(words)
    name = words[: head.start()] if head else words
    return Member(label, name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME].rsplit(" ", 1)[0], span)


def _list_end(text: str, start: int, stop: int) -> int:
    """Where a list that begins at `start` ends.

    A bracket that closes one opened before it, or a sentence's end.
    """
    depth = 0
    for i in range(start, stop):
        if text[i] in "(⁽":
            depth += 1
        elif text[i] in ")⁾":
            depth -= 1
            if depth < 0:
                return i
        elif text[i] == "." and depth == 0 and text[i + 1 : i + 2] in {" ", "\n", ""}:
            return i
    return stop


def _split(text: str, start: int, stop: int, mark: str) -> list[Span]:
    """The non-empty parts between `mark`s outside brackets; the last comma part also at "và"."""
    cuts, depth = [], 0
    for i in range(start, stop):
        if text[i] in "([":
            depth += 1
        elif text[i] in ")]":
            depth -= 1
        elif text[i] == mark and depth <= 0 and not (mark == "," and text[i + 1 : i + 2].isdigit()):
            cuts.append(i)
    parts, at = [], start
    for cut in [*cuts, stop]:
        part = trim(text, at, cut)
        if part.start < part.end:
            parts.append(part)
        at = cut + 1
    if mark == "," and len(parts) > 1:
        last = _LAST_AND.search(parts[-1].of(text))
        if last:
            tail = parts.pop()
            parts += [
                trim(text, tail.start, tail.start + last.start()),
                trim(text, tail.start + last.end(), tail.end),
            ]
    return parts


def _last_words(lead: str) -> str:
    """The clause of a lead-in that names the members."""
    clause = re.split(rf"[;:]\s+(?=\S)|(?<=[{LOWER}])\.\s+", lead.strip().rstrip(":( "))[-1]
    return clause.strip()


def _stated(title: str) -> int | None:
    """The number of members that a lead states ("Có 08 địa phương … gồm").

    Its last count, not far from its end.
    """
    counts = [
        q
        for q in find_quantities(title)
        if q.kind in {"count", "ratio"}
        and q.counted
        and q.counted not in _QUALIFIERS
        and q.value == int(q.value)
    ]
    if not counts or len(title) - counts[-1].counted_end > _FAR:
        return None
    return int(counts[-1].value) if counts[-1].value < 1000 else None
