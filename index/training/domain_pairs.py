"""In-domain training pairs that the project makes itself: questions, and what a report says about them.

The questions are those of `nlu_data` (their subjects are annotated); what a report would say about a subject
is worded here in the manner of reports, with invented figures. The thesaurus renames subjects on either
side, so that "bằng lái" and "giấy phép lái xe" come to mean the same to the model.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from index.segmentation import spelt_syllables
from index.thesaurus import Thesaurus
from index.training.pairs import Pair
from knowledge.vietnamese import fold

_BLOCK: Final = re.compile(r"^\s*- intent: (\w+)\s*$(.*?)(?=^\s*- intent:|\Z)", re.MULTILINE | re.DOTALL)
_LINE: Final = re.compile(r"^\s+- (.+)$", re.MULTILINE)
_ENTITY: Final = re.compile(r"\[([^\]]+)\](?:\((\w+)\)|\{[^}]*\})")

# {s}: the subject; {a} {b}: counts; {p} {q}: percentages; {m}: an amount. Worded like monthly reports.
_FIGURES: Final = (
    "{s}: đã tiếp nhận {a}/{b} hồ sơ, đạt tỷ lệ {p}%.",
    "{s} đạt {p}% kế hoạch, tăng {q}% so với cùng kỳ năm trước.",
    "Tổng số {s} là {b}, trong đó cấp tỉnh {a}, còn lại cấp huyện.",
    "Đến nay đã hoàn thành {s} cho {a}/{b} đơn vị, đạt {p}%; còn {q}% chưa thực hiện.",
    "Trong kỳ có {a} {s}, giảm {q}% so với tháng trước.",
    "Số lượng {s} trên địa bàn: {b}; lũy kế từ đầu năm {a}.",
)
_PROSE: Final = (
    "Tiếp tục triển khai {s}, phấn đấu hoàn thành trong quý tới.",
    "Công tác {s} còn chậm do thiếu nhân lực và trang thiết bị, đề nghị cấp trên hướng dẫn, hỗ trợ.",
    "Ủy ban nhân dân đã ban hành kế hoạch về {s}; giao các sở, ngành, địa phương tổ chức thực hiện.",
    "Đã tổ chức tập huấn, tuyên truyền về {s} cho cán bộ, công chức và người dân.",
)
_MONEY: Final = (
    "Kinh phí thực hiện {s} là {m} triệu đồng, đã giải ngân {p}%.",
    "Tổng vốn bố trí cho {s}: {m} tỷ đồng, trong đó ngân sách địa phương {a} triệu đồng.",
)
_WORDED: Final = {
    "ask_money": _MONEY,
    "ask_task": _PROSE,
    "ask_difficulty": _PROSE,
    "ask_document": _PROSE,
    "ask_summary": _PROSE,
    "ask_who": _PROSE,
}
# How often a name in a text is exchanged for another of its group.
_RENAMED: Final = 0.5


def domain_pairs(questions: Path, thesaurus: Thesaurus, *, seed: int, rounds: int) -> Iterator[Pair]:
    """Pairs of a question and an invented statement about its subject, and of two names of one thing."""
    chance = random.Random(seed)  # noqa: S311  # repeatable invention, not a secret
    asked = list(annotated_questions(questions))
    for _ in range(rounds):
        for intent, question, subject in asked:
            yield _about(intent, question, subject, thesaurus, chance)
        for group in thesaurus.groups:
            yield from _names(group, chance)


def annotated_questions(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Intent, question and subject of each example that names one."""
    for path in sorted(folder.rglob("*.yml")):
        for intent, block in _BLOCK.findall(path.read_text("utf-8")):
            for line in _LINE.findall(block):
                subjects = [text for text, kind in _ENTITY.findall(line) if kind in {"", "subject"}]
                if subjects and intent.startswith("ask_"):
                    yield intent, _ENTITY.sub(r"\1", line), max(subjects, key=len)


def renamed(text: str, thesaurus: Thesaurus, chance: random.Random, *, share: float = _RENAMED) -> str:
    """`text` folded, some of its names exchanged for others of the same meaning."""
    spelt = spelt_syllables(text)
    said: list[str] = []
    for concept in thesaurus.concepts([fold(syllable) for syllable in spelt], spelt=spelt):
        other = len(concept.alternatives) > 1 and chance.random() < share
        said += chance.choice(concept.alternatives[1:]) if other else concept.alternatives[0]
    return " ".join(said)


def _about(intent: str, question: str, subject: str, thesaurus: Thesaurus, chance: random.Random) -> Pair:
    statement = chance.choice(_WORDED.get(intent, _FIGURES))
    said = _filled(statement, renamed(subject, thesaurus, chance), chance)
    return Pair(renamed(question, thesaurus, chance), said, fold(subject))


def _names(group: Sequence[str], chance: random.Random) -> Iterator[Pair]:
    """Two names of one thing, bare and each in a sentence."""
    one, other = chance.sample(list(group), 2)
    statement = _filled(chance.choice(_FIGURES + _PROSE), other, chance)
    yield Pair(one, other if chance.random() < 0.5 else statement, group[0])


def _filled(statement: str, subject: str, chance: random.Random) -> str:
    whole = chance.randint(20, 90_000)
    part = chance.randint(10, whole)
    percent, other = (f"{chance.uniform(1, 99):.2f}".replace(".", ",") for _ in range(2))
    return statement.format(s=subject, a=part, b=whole, p=percent, q=other, m=chance.randint(50, 9_000))
