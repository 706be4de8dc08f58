"""The questions in a message: a long one is asked at its end, a short one may ask twice."""

from __future__ import annotations

import re

from bot.understanding.cues import find_cues, plain
from knowledge.vietnamese import LOWER, UPPER

# A sentence ends at ?, !, a line break, or a full stop that is no part of a number or a short form.
_END = re.compile(rf"(?<=[?!])\s+|(?<=[{LOWER})\]”\"%])[.;]\s+(?=[{UPPER}])|\n+")
# ", và trung tâm chạy thử từ hôm nào?": a second question in the same sentence.
_JOINED = re.compile(r",\s*(?:và|va|đồng thời|dong thoi)\s+")
# "Kính gửi …, tôi đang làm báo cáo, nhờ anh/chị cho biết giúp …": who asks, and for what, is no part of it.
_PREFACE = re.compile(
    r"^.{12,400}?\b(?:cho (?:toi |em |minh |chung toi |anh |chi )?(?:biet|hoi|xin)|can biet"
    r"|muon (?:hoi|biet)|xin hoi)"
    r"(?: (?:giup|ro|la|so lieu|them|voi|ve|duoc|thong tin))*\b[\s:,]*"
)
_CLOSING = re.compile(
    r"[,.;]?\s*(?:xin |toi |em )*(?:cam on|tran trong)\b.*$"
    r"|,\s*(?:dong chi|anh|chi|em|ban|ad)(?: \w+){0,2} (?:tinh|xem|tra|kiem tra|tim) (?:giup|ho|dum)\b.*$"
)
# "… bao nhiêu hộ nghèo và thu ngân sách được bao nhiêu?": each side asks for a number of its own.
_AND = re.compile(r"\s+(?:và|va|đồng thời|dong thoi)\s+")
_NUMBER_ASKED = re.compile(
    r"\b(?:bao nhieu|may)\b(?! (?:tinh|moc|quet|scan|in|chu)\b)|\bmay\b(?= tinh\b.*\bmay\b)"
)
_LEANS = re.compile(
    r"^(?:con|trong do|la|dat|duoc|chiem|so tien|tang|giam|cao|thap|hon|kem|nhieu|it|bang|gap|tong|ca hai)\b"
)
_RECKONS = re.compile(
    r"\b(?:tong cong|cong (?:lai|ca|don|voi)|gop|so voi|(?:cao|thap|nhieu|it|lon|nho) (?:hon|nhat)|chenh"
    r"|chiem|nao)\b"
)
_FEWEST_WORDS = 4
_PREFACED = 18
_LONG = 45
_MOST = 3
_ASKING = frozenset({
    "percent", "count", "money", "list", "which", "what", "date", "document", "who", "definition", "summary",
    "difficulty", "why", "task", "merit", "check", "max", "min", "sum", "difference", "remaining", "compare",
    "yesno", "extent",
})  # fmt: skip


def asking_parts(message: str) -> list[str]:
    """The parts of a message that are answered one by one; the message itself where it is one question."""
    message = _bare(message)
    sentences = [s.strip() for s in _END.split(message) if s and s.strip()]
    asking = [s for s in sentences if s.endswith("?") or _asks(s)]
    if len(sentences) < 2 or not asking:
        return _joined(message)
    marked = [s for s in sentences if s.endswith("?") and len(s.split()) > 3]
    if 1 < len(marked) <= _MOST and len(message.split()) <= 2 * _LONG:
        return marked
    if len(message.split()) > _LONG:
        return [_last_question(sentences, asking)]
    return [message]


def joined_questions(part: str) -> list[str]:
    """The two questions for a number that "và" may join in `part`, or nothing: neither leans on the other."""
    found = [m for m in _AND.finditer(part) if _NUMBER_ASKED.search(plain(part[: m.start()]))]
    for m in found[:1]:
        sides = [part[: m.start()].strip(), part[m.end() :].strip()]
        asked = plain(sides[1])
        alone = len(asked.split()) >= _FEWEST_WORDS and not _LEANS.search(asked)
        if alone and _NUMBER_ASKED.search(asked) and not _RECKONS.search(plain(part)):
            return sides
    return []


def _bare(message: str) -> str:
    """A long message without the words that only lead up to its question or close it."""
    if len(message.split()) < _PREFACED:
        return message
    folded = plain(message)
    end = _CLOSING.search(folded)
    stop = end.start() if end and _asks(message[: end.start()]) else len(message)
    start = _PREFACE.match(folded[:stop])
    begin = start.end() if start and not _says_something(message[: start.end()]) else 0
    rest = message[begin:stop].strip()
    return rest if len(rest.split()) > 3 and _asks(rest) else message


def _says_something(preface: str) -> bool:
    """Whether the words before the question ask or count something themselves."""
    return any(c.isdigit() for c in preface) or "?" in preface


def _joined(sentence: str) -> list[str]:
    """The questions that one sentence joins; the sentence itself where only one part of it asks."""
    found = _JOINED.split(sentence)
    alone = 1 < len(found) <= _MOST and all(len(s.split()) > 3 and _asks(s) for s in found)
    return found if alone else [sentence]


def _last_question(sentences: list[str], asking: list[str]) -> str:
    """The last sentence that asks, with the one before it where it is too short to stand alone."""
    last = asking[-1]
    at = len(sentences) - 1 - sentences[::-1].index(last)
    return last if len(last.split()) > 7 or at == 0 else f"{sentences[at - 1]} {last}"


def _asks(sentence: str) -> bool:
    return any(c.name in _ASKING for c in find_cues(sentence))
