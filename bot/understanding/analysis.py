"""Takes a typed question apart: cues, periods, places, conditions, document numbers, and the concepts that remain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files

from bot.understanding.conditions import condition_spans, find_conditions, find_top
from bot.understanding.cues import Cue, find_cues, plain
from bot.understanding.kinds import kind_from_cues, settled_kind
from bot.understanding.question import Concept, Question
from bot.understanding.rasa import Understanding
from bot.understanding.spelling import Speller
from index.collocations import collocations
from index.thesaurus import Thesaurus
from knowledge.dates import find_dates
from knowledge.numbers import find_labels
from knowledge.periods import PeriodMention, find_periods
from knowledge.vietnamese import TOKEN, canonical_tone, fold, nfc

_DOCUMENT = re.compile(
    r"(?<![\w/])\d{1,5}\s?/\s?(?:\d{4}\s?/\s?)?[A-ZĐ]{2,}[A-ZĐa-zđ0-9]*(?:[-–][A-ZĐ0-9]+)*", re.IGNORECASE
)
# "cấp tỉnh Đồng Tháp": a level of administration and a place.
_LEVEL = re.compile(r"(?:cấp|cap)\s$", re.IGNORECASE)
# "năm qua", "thời gian vừa qua": the time that the report covers, whatever it is.
_PAST = re.compile(r"\bqua$")
_LIGHT_VERBS = frozenset({"cap", "lam", "xin", "nop", "mo", "di"})
# "Nghị định 59/2022": the number and year of a legal document without its symbol.
_PARTIAL = re.compile(
    r"(?:nghị định|nghi dinh|quyết định|quyet dinh|thông tư|thong tu|luật|luat|nghị quyết|nghi quyet)\s+(?:số\s+|so\s+)?"
    r"(\d{1,4}\s?/\s?\d{4})(?![\w/])",
    re.IGNORECASE,
)
_NAMING = re.compile(
    r"\b(?:muc(?: do)?|cap(?: do)?|giai doan|buoc|nhom|loai|pha|hang|dot|lop|ap|thon|khu pho|khom|to dan pho|phuong|quan|khu)\s$"
)
# "Đề án 06/CP" is the name of a programme, not a document's number.
_PROGRAMME = re.compile(
    r"(?:đề án|de an|dự án|du an|chương trình|chuong trinh)\s+(?:số\s+|so\s+)?$", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\w/,.])\d+(?:[.,/]\d+)*\s*%?")
# Openings that lean on the turn before: "thế còn …", "vậy …", "còn … thì sao?", "trong đó …", "cái đó".
_DEPENDENT = re.compile(
    r"^(?:a |o |vay |the |u |ok |vang |da )*(?:the con|the thi|the (?!nao)|con (?!lai)(?!bao nhieu)|vay (?:con|thi|the)?|trong do|cu the|rieng)|(?:thi sao|con sao)(?: nhi| a| vay| ha| the| ah| nhe)*\s*$"
    r"|\b(?:cap|muc|cai|viec|so|noi|nhom|du an|dich vu|don vi|ke hoach|van ban|bao cao|quyet dinh) (?:nay|do|ay|kia)\b|\bo do\b|\bcua (?:no|ho)\b"
)  # fmt: skip
_CORRECTION = re.compile(
    r"^(?:khong|ko|nham|sai)\b.{0,12}\b(?:y|phai|hoi|la)\b|\by (?:toi|minh|em|tui)\b.{0,4}(?:la|hoi)|\by la\b|\bnham roi\b"
)


def analyse(
    text: str,
    *,
    thesaurus: Thesaurus,
    speller: Speller | None = None,
    places: Sequence[tuple[int, int, int, str]] = (),
    understanding: Understanding | None = None,
    today: date | None = None,
) -> Question:
    """The question that `text` asks. `places` were found in it: where the kind and the name begin, the end, the name."""
    text = nfc(text)
    place_spans = [
        (start if _LEVEL.search(text[:full]) else full, end, name) for full, start, end, name in places
    ]
    cues = find_cues(_blanked(text, place_spans))
    periods = [p for p in find_periods(text, today=today) if not _PAST.search(fold(p.text))]
    named = [m for m in _DOCUMENT.finditer(text) if not _PROGRAMME.search(text, 0, m.start())]
    documents = tuple(m.group().replace(" ", "") for m in named)
    masked = [span for c in cues if c.name not in _SUBJECT_CUES for span in _asking_words(text, c)]
    masked += [(d.start, d.end) for d in find_dates(text)] + condition_spans(text)
    masked += [(p.start, p.end) for p in periods] + [(s, e) for s, e, _ in place_spans]
    partial = [m for m in _PARTIAL.finditer(text) if not any(n.start() <= m.start(1) < n.end() for n in named)]
    documents += tuple(m[1].replace(" ", "") for m in partial)
    masked += [m.span() for m in named] + [m.span(1) for m in partial]
    names = frozenset(c.name for c in cues)
    kind = settled_kind(understanding, names, text)
    folded = plain(text)
    return Question(
        text=text, kind=kind, cue_kind=kind_from_cues(names, text), cues=names, concepts=concepts(text, masked, thesaurus, speller), periods=tuple(periods),
        places=tuple(name for _, _, name in place_spans), document_numbers=documents,
        dates=tuple(d.value for d in find_dates(text) if d.value),
        filters=_conditions(text, cues, periods), top=find_top(text) if names & {"max", "min"} else None,
        numbers=tuple(m.group().strip() for m in _NUMBER.finditer(text) if not _inside(m.span(), [(p.start, p.end) for p in periods])),
        dependent=kind in {"followup", "correction"} or _DEPENDENT.search(folded.strip()) is not None
        or _CORRECTION.search(folded.strip()) is not None,
    )  # fmt: skip


# Cues whose patterns reach over words of the subject.
_REACHING = frozenset({"max", "min", "remaining", "compare", "sum", "difference", "check", "list", "total"})
# Folded syllable, syllable as typed in one spelling, start, end.
_Token = tuple[str, str, int, int]
# Cues whose words may also be what the question is about ("kinh phí", "khó khăn", "nhiệm vụ", "so với chỉ tiêu").
_SUBJECT_CUES = frozenset({"money", "difficulty", "task", "merit", "extent"})


def concepts(
    text: str, masked: Sequence[tuple[int, int]], thesaurus: Thesaurus, speller: Speller | None = None
) -> tuple[Concept, ...]:
    """What `text` names outside the masked spans, stop phrases left out, in order."""
    folded = plain(text)
    spelt_text = canonical_tone(text).lower()
    # "mức độ 4", "giai đoạn 2": the figure is part of a name.
    labels = [(label.start, label.end) for label in find_labels(text)]
    runs: list[list[_Token]] = [[]]
    for m in TOKEN.finditer(folded):
        named = any(s <= m.start() and m.end() <= e for s, e in labels) or _NAMING.search(
            folded, 0, m.start()
        )
        if any(s <= m.start() and m.end() <= e for s, e in masked) or (m.group()[0].isdigit() and not named):
            runs.append([])
        else:
            runs[-1].append((m.group(), spelt_text[m.start() : m.end()], m.start(), m.end()))
    out: list[Concept] = []
    for run in runs:
        for concept in _run_concepts(_mended(run, speller), thesaurus):
            names = speller.spelt_out(concept.typed) if speller else ()
            out.append(replace(concept, alternatives=(*concept.alternatives, *names)) if names else concept)
    return tuple({c.alternatives[0]: c for c in reversed(out)}.values())[::-1]


def _mended(run: list[_Token], speller: Speller | None) -> list[_Token]:
    """The run with mistyped syllables mended; what was mended counts as typed without diacritics."""
    if speller is None or not run:
        return run
    words = speller.mend([token for token, _, _, _ in run])
    return [
        (word, spelt if word == token else word, start, end)
        for word, (token, spelt, start, end) in zip(words, run, strict=True)
    ]


def _run_concepts(run: list[_Token], thesaurus: Thesaurus) -> list[Concept]:
    tokens = [token for token, _, _, _ in run]
    found = thesaurus.concepts(tokens, spelt=[spelt for _, spelt, _, _ in run]) if tokens else []
    out = [
        Concept(run[f.start][2], run[f.end - 1][3], _without_light_verbs(f.alternatives), _parts(run[f.start : f.end], thesaurus))
        for f in found
    ]  # fmt: skip
    out = _without_stop_phrases(_joined(out))
    spelt = {token[2]: token[1] for token in run}
    return [c for c in out if not _says_nothing(c, spelt[c.start])]


def _says_nothing(concept: Concept, spelt: str) -> bool:
    """Whether a single syllable is a stop word as it is spelt: "sầu" is not "sau"."""
    if len(concept.alternatives) > 1 or len(concept.alternatives[0]) > 1 or concept.typed not in _stopwords():
        return False
    allowed = _stopwords()[concept.typed]
    return spelt.isascii() or not allowed or spelt in allowed


def _parts(run: list[_Token], thesaurus: Thesaurus) -> tuple[Concept, ...]:
    """The fewest smaller concepts that a phrase of three syllables or more falls into."""
    if len(run) < 3:
        return ()
    splits = [_whole(run[:k], thesaurus) + _whole(run[k:], thesaurus) for k in range(1, len(run))]
    best = min(splits, key=lambda s: (len(s), -max(c.end - c.start for c in s)))
    if any(_single(c) and c.typed not in _stopwords() and c.typed not in _LIGHT_VERBS for c in best):
        return ()  # a bare syllable stands in too many words: "thu" in "hấp thụ"
    return tuple(c for c in best if len(c.alternatives) > 1 or c.typed not in _stopwords())


def _whole(run: list[_Token], thesaurus: Thesaurus) -> list[Concept]:
    found = thesaurus.concepts([t for t, _, _, _ in run], spelt=[s for _, s, _, _ in run])
    return _joined([
        Concept(run[f.start][2], run[f.end - 1][3], _without_light_verbs(f.alternatives), _parts(run[f.start : f.end], thesaurus))
        for f in found
    ])  # fmt: skip


def _without_light_verbs(alternatives: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """The alternatives, and those that open with "cấp", "làm", "xin" also without it: "cấp, cấp lại … hộ chiếu"."""
    shorter = tuple(a[1:] for a in alternatives if len(a) > 2 and a[0] in _LIGHT_VERBS)
    return tuple(dict.fromkeys((*alternatives, *shorter))) if len(alternatives) > 1 else alternatives


def _joined(found: list[Concept]) -> list[Concept]:
    """Single syllables that no synonym group knows, joined where two form a word: "xay dung"."""
    out: list[Concept] = []
    pairs = collocations()
    for i, concept in enumerate(found):
        last = out[-1] if out else None
        following = found[i + 1] if i + 1 < len(found) else None
        if (
            last
            and concept.typed[0].isdigit()
            and len(concept.alternatives) == 1
            and concept.start - last.end == 1
        ):
            # "ấp 3", "mức độ 4": the figure is part of the name, in every way to say it.
            out[-1] = Concept(last.start, concept.end, tuple((*a, concept.typed) for a in last.alternatives))
        elif (
            last and _forms_word(last, concept, pairs) and not _forms_better(concept, following, last, pairs)
        ):
            out[-1] = Concept(last.start, concept.end, ((last.typed, concept.typed),))
        else:
            out.append(concept)
    return out


def _forms_word(one: Concept, other: Concept, pairs: Mapping[tuple[str, str], int]) -> bool:
    near = _single(one) and _single(other) and other.start - one.end == 1
    return near and (one.typed, other.typed) in pairs


def _forms_better(
    one: Concept, following: Concept | None, before: Concept, pairs: Mapping[tuple[str, str], int]
) -> bool:
    """Whether a syllable forms a more usual word with the next one than with the one before: "ngành | y tế"."""
    if following is None or not _forms_word(one, following, pairs):
        return False
    return pairs[one.typed, following.typed] > pairs[before.typed, one.typed]


def _single(concept: Concept) -> bool:
    return len(concept.alternatives) == 1 and len(concept.alternatives[0]) == 1


def _without_stop_phrases(found: list[Concept]) -> list[Concept]:
    """Without runs of single words that together are a stop phrase ("tren dia ban", "trong bao cao")."""
    keep = [True] * len(found)
    for i in range(len(found)):
        for j in range(i + 1, min(i + 5, len(found)) + 1):
            if tuple(w for c in found[i:j] for w in c.alternatives[0]) in _stop_phrases():
                keep[i:j] = [False] * (j - i)
    return [c for c, k in zip(found, keep, strict=True) if k]


def _asking_words(text: str, cue: Cue) -> list[tuple[int, int]]:
    """The words of a cue that only ask: of one that reaches over others ("nhiều … nhất") the first and the last."""
    words = [(m.start(), m.end()) for m in TOKEN.finditer(plain(text), cue.start, cue.end)]
    spread = cue.name in {"max", "min"} or text[cue.start : cue.end].lower().startswith(
        ("giữa", "giua", "hai")
    )
    if len(words) > (2 if spread else 4) and cue.name in _REACHING:
        return [words[0], words[-1]]
    return [(cue.start, cue.end)]


def _blanked(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    """`text` with its places blanked out: "Đồng Tháp" asks for nothing low."""
    for start, end, _ in spans:
        text = text[:start] + "_" * (end - start) + text[end:]
    return text


def _conditions(text: str, cues: Sequence[Cue], periods: Sequence[PeriodMention]) -> tuple:  # type: ignore[type-arg]
    """Conditions on figures, periods blanked out so that "tháng 3" is no bound."""
    for p in periods:
        text = text[: p.start] + " " * (p.end - p.start) + text[p.end :]
    listing = any(c.name in {"which", "what", "list", "count"} for c in cues)
    return find_conditions(text, exact=listing)


def _inside(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(s <= span[0] and span[1] <= e for s, e in others)


@cache
def _stopwords() -> dict[str, frozenset[str]]:
    """The stop words with the spellings they may have; none given stands for any."""
    return {words[0]: spelt for words, spelt in _stop_lines() if len(words) == 1}


@cache
def _stop_phrases() -> frozenset[tuple[str, ...]]:
    return frozenset(words for words, _ in _stop_lines() if len(words) > 1)


@cache
def _stop_lines() -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    raw = files("bot.understanding").joinpath("data/stopwords.txt").read_text(encoding="utf-8")
    out = []
    for line in raw.splitlines():
        if line and not line.startswith("#"):
            words, _, spelt = line.partition(":")
            out.append((tuple(words.split()), frozenset(s.strip() for s in spelt.split(",") if s.strip())))
    return tuple(out)
