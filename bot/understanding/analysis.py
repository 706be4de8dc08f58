"""Takes a typed question apart: cues, periods, places, conditions, document numbers, remaining concepts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.understanding.concepts import concepts, distinct
from bot.understanding.conditions import condition_spans, find_conditions, find_nth, find_top
from bot.understanding.cues import Cue, find_cues, plain
from bot.understanding.kinds import kind_from_cues, settled_kind
from bot.understanding.question import Question, ValueFilter
from bot.understanding.rasa import Understanding
from bot.understanding.spelling import Speller
from index.thesaurus import Thesaurus
from knowledge.dates import find_dates
from knowledge.periods import PeriodMention, find_periods
from knowledge.vietnamese import TOKEN, fold, nfc

_DOCUMENT = re.compile(
    r"(?<![\w/])\d{1,5}\s?/\s?(?:\d{4}\s?/\s?)?[A-ZĐ]{2,}[A-ZĐa-zđ0-9]*(?:[-–][A-ZĐ0-9]+)*", re.IGNORECASE
)
# "cấp tỉnh Đồng Tháp": a level of administration and a place.
_LEVEL = re.compile(r"(?:cấp|cap)\s$", re.IGNORECASE)
# "năm qua", "tháng này", "quý vừa rồi": the time that the report covers, whatever it is; the answer names it.
_PAST = re.compile(r"\bqua$|\bnay$|\broi$")
# "ngày tháng năm nào" names no May.
_OF_A_DATE = re.compile(r"\bngay\s$")
# "Nghị định 59/2022": the number and year of a legal document without its symbol.
_PARTIAL = re.compile(
    r"(?:nghị định|nghi dinh|quyết định|quyet dinh|thông tư|thong tu|luật|luat|nghị quyết|nghi quyet)\s+"
    r"(?:số\s+|so\s+)?(\d{1,4}\s?/\s?\d{4})(?![\w/])",
    re.IGNORECASE,
)
# "báo cáo 45 ai ký": a report by the figure of its number; no period ("báo cáo 6 tháng", "báo cáo 2024").
_REPORT = re.compile(
    r"\b(?:báo cáo|bao cao|bc)\s+(?:số\s+|so\s+)?(?!20[0-3]\d\b)(\d{1,5})(?![\w/.,%])"
    r"(?!\s+(?:tháng|thang|quý|quy|năm|nam|ngày|ngay|tuần|tuan)\b)",
    re.IGNORECASE,
)
# "Đề án 06/CP" is the name of a programme, not a document's number.
_PROGRAMME = re.compile(
    r"(?:đề án|de an|dự án|du an|chương trình|chuong trinh)\s+(?:số\s+|so\s+)?$", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\w/,.])\d+(?:[.,/]\d+)*\s*%?")
# Openings that lean on the turn before: "thế còn …", "vậy …", "còn … thì sao?", "trong đó …", "cái đó".
_DEPENDENT = re.compile(
    r"^(?:a |o |vay |the |u |ok |vang |da )*(?:the con|the thi|the (?!nao)|con (?!lai)(?!bao nhieu)"
    r"|vay (?:con|thi|the)?|trong do|cu the|rieng)"
    r"|(?:thi sao|con sao)(?: nhi| a| vay| ha| the| ah| nhe)*\s*$"
    r"|\b(?:cap|muc|cai|viec|so|noi|nhom|du an|dich vu|don vi|ke hoach|van ban|bao cao|quyet dinh)"
    r" (?:nay|do|ay|kia)\b|\bo do\b|\bcua (?:no|ho)\b"
)
_CORRECTION = re.compile(
    r"^(?:khong|ko|nham|sai)\b.{0,12}\b(?:y|phai|hoi|la)\b"
    r"|\by (?:toi|minh|em|tui)\b.{0,4}(?:la|hoi)|\by la\b|\bnham roi\b"
)


# Cues whose patterns reach over words of the subject.
_REACHING = frozenset({"max", "min", "remaining", "compare", "sum", "difference", "check", "list", "total"})
_COMPARATIVES = frozenset({"cao", "thap", "nhieu", "it", "lon", "nho"})
# "hai dịch vụ", "ba sở": how many are meant, no subject; with diacritics "bà", "bạ" are other words.
_QUANTIFIER = re.compile(r"\b(?:ca )?(?P<n>hai|ba|bon)(?= \w)")
_QUANTIFIERS = frozenset({"hai", "ba", "bốn"})
# Cues whose words may also be what the question is about: "kinh phí", "khó khăn", "so với chỉ tiêu".
_SUBJECT_CUES = frozenset({"money", "difficulty", "task", "merit", "extent"})


def analyse(
    text: str,
    *,
    typed: str = "",
    thesaurus: Thesaurus,
    speller: Speller | None = None,
    places: Sequence[tuple[int, int, int, str]] = (),
    understanding: Understanding | None = None,
    today: date | None = None,
) -> Question:
    """The question that `text` asks.

    `typed` is what was typed, where `text` has more diacritics: what times, places and conditions look like
    is known without them. `places` were found in it: where the kind and the name begin, the end, the name.
    """
    text = nfc(text)
    typed = nfc(typed) or text
    place_spans = [
        (start if _LEVEL.search(text[:full]) else full, end, name) for full, start, end, name in places
    ]
    cues = find_cues(_blanked(text, place_spans))
    found = find_periods(typed, today=today)
    periods = [p for p in found if _selects(typed, p)]
    told = [p for p in found if _past(p)]
    period_spans = [(p.start, p.end) for p in (*periods, *told)]
    dates = find_dates(typed)
    documents = _document_spans(text)
    masked = [span for c in cues if c.name not in _SUBJECT_CUES for span in _asking_words(text, c)]
    masked += [(d.start, d.end) for d in dates] + condition_spans(typed) + documents
    masked += period_spans + [(s, e) for s, e, _ in place_spans] + _quantifier_spans(typed)
    names = frozenset(c.name for c in cues)
    kind = settled_kind(understanding, names, text)
    named = concepts(text, masked, thesaurus, speller)
    return Question(
        text=text,
        kind=kind,
        cue_kind=kind_from_cues(names, text),
        cues=names,
        concepts=distinct(named),
        occurrences=named,
        periods=tuple(periods),
        places=tuple(name for _, _, name in place_spans),
        document_numbers=tuple(text[s:e].replace(" ", "") for s, e in documents),
        dates=tuple(d.value for d in dates if d.value),
        filters=_conditions(typed, cues, periods),
        top=find_top(text) if names & {"max", "min"} else None,
        nth=find_nth(text) if names & {"max", "min"} else None,
        numbers=_numbers(text, [*period_spans, *documents]),
        dependent=kind in {"followup", "correction"} or _leans(typed),
        told=told[0].text if told else "",
        typed=typed,
    )


def _quantifier_spans(text: str) -> list[tuple[int, int]]:
    """Where a number word stands that only says how many are meant."""
    found = [m.span("n") for m in _QUANTIFIER.finditer(plain(text))]
    typed = [(s, e, text[s:e]) for s, e in found]
    return [(s, e) for s, e, w in typed if w.lower() in _QUANTIFIERS or (text.isascii() and w.islower())]


def _selects(text: str, mention: PeriodMention) -> bool:
    """Whether a period that was found in the question tells one time from another."""
    words, before = fold(mention.text), plain(text[: mention.start])
    return not _past(mention) and not (words == "thang nam" and _OF_A_DATE.search(before))


def _past(mention: PeriodMention) -> bool:
    """Whether a period is the time that the report covers, whatever it is; "7 tháng năm nay" names months."""
    return mention.months is None and _PAST.search(fold(mention.text)) is not None


def _document_spans(text: str) -> list[tuple[int, int]]:
    """Where numbers of documents stand: those with a symbol, then those of number and year alone."""
    named = [m.span() for m in _DOCUMENT.finditer(text) if not _PROGRAMME.search(text, 0, m.start())]
    partial = [m.span(1) for pattern in (_PARTIAL, _REPORT) for m in pattern.finditer(text)]
    return named + [p for p in partial if not any(start <= p[0] < end for start, end in named)]


def _numbers(text: str, taken: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """The figures as typed, without those of a period or a document's number."""
    found = [m for m in _NUMBER.finditer(text) if not _inside(m.span(), taken)]
    return tuple(m.group().strip() for m in found)


def _leans(text: str) -> bool:
    """Whether the words lean on the turn before or correct it."""
    folded = plain(text).strip()
    if folded.startswith("con ") and not text.isascii() and text.strip().lower().startswith("con "):
        return False  # "con dấu mới …": with diacritics typed, "con" is not "còn"
    return _DEPENDENT.search(folded) is not None or _CORRECTION.search(folded) is not None


def _asking_words(text: str, cue: Cue) -> list[tuple[int, int]]:
    """The words of a cue that only ask: of one that reaches over others ("nhiều … nhất") the outer two."""
    words = [(m.start(), m.end()) for m in TOKEN.finditer(plain(text), cue.start, cue.end)]
    typed = text[cue.start : cue.end].lower()
    # "nhiều hồ sơ nhất", "cao hơn": what stands between them is the subject.
    closing = plain(text)[slice(*words[-1])] if words else ""
    placed = len(words) > 3 and plain(text)[slice(*words[-2])] == "thu"
    opening = plain(text)[slice(*words[0])] if words else ""
    spread = (
        (cue.name in {"max", "min"} and (closing == "nhat" or placed))
        or (cue.name == "difference" and closing == "hon" and opening in _COMPARATIVES)
        or typed.startswith(("giữa", "giua", "hai"))
    )
    if len(words) > (2 if spread else 4) and cue.name in _REACHING:
        # "nhiều hồ sơ thứ nhì": the last two only ask.
        return [words[0], *words[-2 if placed else -1 :]]
    return [(cue.start, cue.end)]


def _blanked(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    """`text` with its places blanked out: "Đồng Tháp" asks for nothing low."""
    for start, end, _ in spans:
        text = text[:start] + "_" * (end - start) + text[end:]
    return text


def _conditions(text: str, cues: Sequence[Cue], periods: Sequence[PeriodMention]) -> tuple[ValueFilter, ...]:
    """Conditions on figures, periods blanked out so that "tháng 3" is no bound."""
    for p in periods:
        text = text[: p.start] + " " * (p.end - p.start) + text[p.end :]
    listing = any(
        c.name in {"which", "what", "list"} or (c.name == "count" and text[c.end :].strip(" ?.!"))
        for c in cues
    )
    return find_conditions(text, exact=listing)


def _inside(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(s <= span[0] and span[1] <= e for s, e in others)
