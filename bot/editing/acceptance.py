"""The acceptance run: every question asked before and after a report counts, and which answers would change.

The "after" is a rehearsal in a folder of its own: a copy of the store with the new report, an index over it.
Nothing that is served is touched.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.editing.questions import Asked
from bot.eval import grade, report_texts
from bot.wire_desk import AcceptanceResult, AnswerChange, AnswerSeen, SourceSeen

if TYPE_CHECKING:
    from bot.settings import Settings
    from knowledge.records import Report

Step = Callable[[str, int, int], None]
Reply = Mapping[str, Any]
Answers = Callable[[Sequence[str]], list[Reply]]
FOLDER_PREFIX = "rehearsal-"
STATUS_NAMES = {
    "answered": "trả lời được",
    "not_found": "báo cáo không nêu",
    "clarify": "hỏi lại",
    "smalltalk": "trò chuyện",
}


def accept(settings: Settings, report: Report, asked: Sequence[Asked], *, step: Step) -> AcceptanceResult:
    """Which answers would change if `report` were published. `step` is told stage, done and total."""
    before_all = ask_all(settings, asked, step=lambda done: step("before", done, len(asked)))
    texts = report_texts(settings.knowledge_path)
    with rehearsal(settings, report, step=step) as inside:
        after_all = ask_all(inside, asked, step=lambda done: step("after", done, len(asked)))
        texts = {**texts, **report_texts(inside.knowledge_path)}
    changes: list[AnswerChange] = []
    for one, before, after in zip(asked, before_all, after_all, strict=True):
        changes += compared(one, before, after, texts)
    return AcceptanceResult(
        questions=sum(len(one.turns) for one in asked),
        changed=len(changes),
        better=sum(change.verdict == "better" for change in changes),
        worse=sum(change.verdict == "worse" for change in changes),
        changes=changes,
    )


def ask_all(settings: Settings, asked: Sequence[Asked], *, step: Callable[[int], None]) -> list[list[Reply]]:
    """The replies to every turn of every conversation, over the store and index that `settings` name."""
    answers = _answers(settings)
    out = []
    for number, one in enumerate(asked, start=1):
        out.append(answers(one.turns))
        step(number)
    return out


def _answers(settings: Settings) -> Answers:
    from bot.answering.assistant import Assistant
    from bot.masking import mask
    from bot.understanding.message import normalise
    from index.errors import NoGeneration

    try:
        assistant = Assistant.open(settings)
    except NoGeneration:
        # before the first report is published, nothing is answered
        return lambda turns: [{"status": "not_found", "text": "", "citations": []} for _ in turns]

    def answers(turns: Sequence[str]) -> list[Reply]:
        state: Mapping[str, object] | None = None
        replies: list[Reply] = []
        for turn in turns:
            answer = assistant.answer(normalise(mask(turn)), state=state)
            replies.append(answer.to_json())
            state = answer.state
        return replies

    return answers


@contextmanager
def rehearsal(settings: Settings, report: Report, *, step: Step) -> Iterator[Settings]:
    """Settings of a data folder as it would be with `report` published; gone afterwards."""
    from bot.ingestion import publish_index
    from knowledge.store import Store

    settings.data_folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=FOLDER_PREFIX, dir=settings.data_folder) as name:
        inside = settings.model_copy(update={"data_folder": Path(name)})
        if settings.knowledge_path.exists():
            with (
                closing(sqlite3.connect(settings.knowledge_path)) as live,
                closing(sqlite3.connect(inside.knowledge_path)) as copy,
            ):
                live.backup(copy)
        if settings.index_folder.exists():
            # what did not change is not computed again
            shutil.copytree(settings.index_folder, inside.index_folder, ignore_dangling_symlinks=True)
        store = Store.open(inside.knowledge_path)
        store.add(report)
        publish_index(store, inside, progress=step)
        yield inside


def sweep(data_folder: Path) -> None:
    """Remove what a killed rehearsal left behind."""
    for folder in data_folder.glob(FOLDER_PREFIX + "*"):
        shutil.rmtree(folder, ignore_errors=True)


def compared(
    asked: Asked, before: Sequence[Reply], after: Sequence[Reply], texts: Mapping[str, str]
) -> Iterator[AnswerChange]:
    """The turns whose answers differ, with why; the last one graded where the file says what is right."""
    for number, (old, new) in enumerate(zip(before, after, strict=True), start=1):
        why = reasons(old, new)
        if why:
            gold = {**asked.gold, "turns": asked.turns} if number == len(asked.turns) else {}
            yield AnswerChange(
                turns=list(asked.turns[:number]),
                why=why,
                verdict=_verdict(gold, old, new, texts),
                before=seen(old),
                after=seen(new),
            )


def reasons(before: Reply, after: Reply) -> list[str]:
    """In what an answer differs, in words: status, sources, text."""
    why = []
    if before["status"] != after["status"]:
        old, new = STATUS_NAMES[before["status"]], STATUS_NAMES[after["status"]]
        why.append(f"Trạng thái: {old} → {new}")
    old_sources, new_sources = _sources(before), _sources(after)
    gone = [place for place in old_sources if place not in new_sources]
    come = [place for place in new_sources if place not in old_sources]
    if gone or come:
        why.append("Nguồn: " + "; ".join([*(f"bỏ {place}" for place in gone), *(f"thêm {p}" for p in come)]))
    elif _quotes(before) != _quotes(after):
        why.append("Câu trích dẫn khác ở cùng mục")
    if " ".join(str(before["text"]).split()) != " ".join(str(after["text"]).split()):
        why.append("Nội dung trả lời khác")
    return why


def seen(reply: Reply) -> AnswerSeen:
    """A reply as the desk shows it."""
    return AnswerSeen(
        status=reply["status"],
        text=reply["text"],
        sources=[
            SourceSeen(report_number=c["report_number"], section=c["section"], quote=c["quote"])
            for c in reply["citations"]
        ],
    )


def _verdict(gold: Mapping[str, Any], before: Reply, after: Reply, texts: Mapping[str, str]) -> str:
    """better, worse, same, or "" where nothing says what is right."""
    if not any(key in gold for key in ("expect", "any", "forbid", "status", "cite")):
        return ""
    right = [grade(gold, reply, texts)[0]["correct"] for reply in (before, after)]
    return {(False, True): "better", (True, False): "worse"}.get((right[0], right[1]), "same")


def _sources(reply: Reply) -> list[str]:
    return list(dict.fromkeys(f"{c['report_number']} mục {c['section']}" for c in reply["citations"]))


def _quotes(reply: Reply) -> list[str]:
    return [c["quote"] for c in reply["citations"]]
