"""Grading of answers against gold questions: words, status, citations, quotes, figures.

A gold item has `id`, `type`, `turns` (the last one is graded) and, as far as they apply, `expect`, `any`,
`forbid`, `status`, `cite` and, for comparisons, `cite_also`.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from bot.errors import UsageError

COLUMNS = ("correct", "answer", "status", "cite", "quotes", "figures")
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_LIST_ORDINAL = re.compile(r"^\s*(?:[-•*]\s*)?[\[(]?\d{1,2}[\]).:]\s")
_MARK = re.compile(r"\[\d{1,2}\]")
_NAMED_SECTIONS = ("mở đầu", "kết")


class Client(Protocol):
    """Someone who answers: the assistant in this process, or a service at an address."""

    def converse(self, turns: Sequence[str], report: Callable[[float], None]) -> Mapping[str, Any]:
        """The reply to the last turn of a new conversation; each turn's milliseconds go to `report`."""


@dataclass(frozen=True, slots=True)
class Graded:
    """An item, the reply to it, the verdict in each column, and what was wrong in words."""

    item: Mapping[str, Any]
    reply: Mapping[str, Any]
    verdicts: Mapping[str, bool]
    wrong: tuple[str, ...]
    milliseconds: tuple[float, ...] = field(default=())


def load_items(path: Path, *, only: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The gold items in the file, of the types in `only` where it names some.

    Raises:
        UsageError: the file is missing, is no YAML, or an item lacks what it needs.
    """
    import yaml

    try:
        items = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be read ({error.strerror}); give a YAML file of gold questions"
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: is not valid YAML: {' '.join(str(error).split())}") from None
    if not isinstance(items, list) or not items:
        raise UsageError(f"{path}: expected a list of questions, found {type(items).__name__}")
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict) or not isinstance(item.get("turns"), list) or not item["turns"]:
            raise UsageError(f"{path}: item {number}: expected `id`, `type` and a list of `turns`")
    return [item for item in items if not only or item.get("type") in only]


def report_texts(knowledge_path: Path) -> dict[str, str]:
    """Report number → the letters and digits of its text, from the store; {} where there is none."""
    if not knowledge_path.exists():
        return {}
    from knowledge.store import Store

    store = Store.open(knowledge_path)
    reports = [store.report(summary.id) for summary in store.reports()]
    return {_squeezed(report.number): _letters(report.text) for report in reports}


def grade_items(
    items: Sequence[Mapping[str, Any]],
    client: Client,
    texts: Mapping[str, str],
    *,
    step: Callable[[str, int, int], None],
) -> list[Graded]:
    """The verdicts on all items, asked one after the other."""
    graded = []
    for number, item in enumerate(items, start=1):
        times: list[float] = []
        reply = client.converse([str(turn) for turn in item["turns"]], times.append)
        verdicts, wrong = grade(item, reply, texts)
        graded.append(Graded(item, reply, verdicts, tuple(wrong), tuple(times)))
        step("asking", number, len(items))
    return graded


def grade(
    item: Mapping[str, Any], reply: Mapping[str, Any], texts: Mapping[str, str]
) -> tuple[dict[str, bool], list[str]]:
    """The verdict in each column, and what was wrong."""
    said, status = str(reply.get("text") or ""), _as_list(item.get("status"))
    cited = reply.get("citations") or []
    missing = [str(words) for words in item.get("expect") or [] if not occurs(str(words), said)]
    missing += [
        " | ".join(map(str, group))
        for group in item.get("any") or []
        if not any(occurs(str(w), said) for w in group)
    ]
    banned = [str(words) for words in item.get("forbid") or [] if occurs(str(words), said)]
    uncited = [gold for gold in _gold_citations(item) if not any(cites(gold, one) for one in cited)]
    misquoted = [str(one.get("quote")) for one in cited if not _quoted(one, texts)]
    invented = invented_numbers(item, reply)
    verdicts = {
        "answer": not missing and not banned,
        "status": not status or reply.get("status") in status,
        "cite": not uncited,
        "quotes": not misquoted,
        "figures": not invented,
    }
    verdicts["correct"] = all(verdicts[name] for name in ("answer", "status", "cite", "figures"))
    wrong = [f"lacks {words!r}" for words in missing] + [f"says {words!r}" for words in banned]
    wrong += [f"does not cite {gold.get('report')} {gold.get('section', '')}".rstrip() for gold in uncited]
    wrong += [f"quotes what is not there: {quote[:80]!r}" for quote in misquoted]
    wrong += [f"figure from nowhere: {number}" for number in invented]
    if not verdicts["status"]:
        wrong.append(f"status {reply.get('status')!r}, expected {' or '.join(map(str, status))}")
    return verdicts, wrong


def occurs(needle: str, text: str) -> bool:
    """Whether `needle` stands in `text`, case and white space aside; a number only as a whole number."""
    needle, text = _plain(needle), _plain(text)
    before = r"(?<!\d)(?<!\d[.,])" if needle[:1].isdigit() else ""
    after = r"(?!\d|[.,]\d)" if needle[-1:].isdigit() else ""
    return re.search(before + re.escape(needle) + after, text) is not None


def cites(gold: Mapping[str, Any], citation: Mapping[str, Any]) -> bool:
    """Whether the citation is of the gold report and stands in the gold section or below it."""
    if _squeezed(str(citation.get("report_number", ""))) != _squeezed(str(gold["report"])):
        return False
    wanted, found = str(gold.get("section") or ""), str(citation.get("section", ""))
    if _plain(wanted) in _NAMED_SECTIONS:
        return _plain(found).startswith(_plain(wanted))
    labels = [label for label in _squeezed(wanted).split(".") if label]
    return [label for label in _squeezed(found).split(".") if label][: len(labels)] == labels


def invented_numbers(item: Mapping[str, Any], reply: Mapping[str, Any]) -> list[str]:
    """The numbers of the reply's text that no citation, calculation or turn of the person holds."""
    known = _known_numbers(item, reply)
    invented = []
    for line in str(reply.get("text") or "").splitlines():
        for number in _NUMBER.findall(_plain(_MARK.sub(" ", _LIST_ORDINAL.sub(" ", line)))):
            whole = number.strip(".,/")
            if whole not in known and not set(whole.split("/")) <= known:
                invented.append(whole)
    return invented


def _known_numbers(item: Mapping[str, Any], reply: Mapping[str, Any]) -> set[str]:
    citations = reply.get("citations") or []
    texts = [str(turn) for turn in item["turns"]]
    texts += [str(v) for part in (*citations, *(reply.get("computed") or [])) for v in part.values()]
    for citation in citations:
        if day := re.match(r"(\d{4})-(\d\d)-(\d\d)", str(citation.get("issued_on", ""))):
            year, month, number = day[1], int(day[2]), int(day[3])
            texts.append(f"{number}/{month}/{year} {number}/{month} {month}/{year} {year} {month} {number}")
    known: set[str] = set()
    for number in _NUMBER.findall(_plain(" ".join(texts))):
        known |= {number.strip(".,/"), *(part for part in number.split("/") if part)}
    # "tháng 03" and "tháng 3" are one number
    return known | {number.lstrip("0") or "0" for number in known} | {number.zfill(2) for number in known}


def _quoted(citation: Mapping[str, Any], texts: Mapping[str, str]) -> bool:
    text = texts.get(_squeezed(str(citation.get("report_number", ""))))
    return text is None or _letters(str(citation.get("quote", ""))) in text


def _gold_citations(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    names = ("cite", "cite_also") if item.get("type") == "compare" else ("cite",)
    return [gold for name in names for gold in _as_list(item.get(name))]


def _as_list(value: object) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _squeezed(text: str) -> str:
    return _plain(text).replace(" ", "")


def _letters(text: str) -> str:
    return "".join(c for c in _plain(text) if c.isalpha() or (c.isascii() and c.isdigit()))


def timed(work: Callable[[], Mapping[str, Any]], report: Callable[[float], None]) -> Mapping[str, Any]:
    """What `work` returns; the milliseconds that it took go to `report`."""
    started = time.perf_counter()
    result = work()
    report((time.perf_counter() - started) * 1000)
    return result
