"""The kind of question that its cues alone suggest: used when Rasa is not there or not sure."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.understanding.cues import plain

Cues = frozenset[str]

SMALLTALK = frozenset({"greet", "thanks", "goodbye", "help"})
_SMALLTALK = (
    ("thanks", re.compile(r"^(?:ok |oke |da |vang |r |roi )*(?:cam on|thank|tks|cam ta)\b.{0,40}$")),
    ("goodbye", re.compile(r"^(?:ok |da |thoi )*(?:tam biet|bye|chao tam biet|hen gap lai)\b.{0,30}$|tam biet(?: ban| nhe)?$")),
    ("help", re.compile(r"ban (?:la ai|ten gi|lam duoc gi|giup (?:duoc )?gi)|giup duoc (?:gi|nhung gi)|huong dan (?:su dung|toi hoi)|cach su dung|hoi duoc gi")),
    ("greet", re.compile(r"^(?:xin |em |minh )?(?:chao|hello|hi|alo)(?: (?:ban|em|anh|chi|ad|bot|moi nguoi|buoi (?:sang|chieu|toi)|nhe|a|tro ly))*$")),
)  # fmt: skip

# The first whose condition holds. The order puts what is asked before what is talked about.
_RULES: tuple[tuple[str, Callable[[Cues], bool]], ...] = (
    ("ask_difficulty", lambda c: "why" in c),
    ("ask_check", lambda c: "check" in c),
    ("ask_rank", lambda c: bool(c & {"max", "min"})),
    ("ask_compare", lambda c: "compare" in c),
    ("ask_calc", lambda c: bool(c & {"sum", "difference"}) or {"total", "remaining"} <= c),
    ("ask_negative", lambda c: {"negative", "which"} <= c),
    ("ask_definition", lambda c: "definition" in c and not c & {"difficulty", "task", "merit", "document", "list"}),
    ("ask_yesno", lambda c: "yesno" in c and not c & {"which", "what", "count", "percent", "extent", "document", "date"}),
    ("ask_document", lambda c: "document" in c),
    ("ask_date", lambda c: "date" in c),
    ("ask_rate", lambda c: "percent" in c and "difficulty" not in c),
    ("ask_money", lambda c: "money" in c and bool(c & {"count", "extent"})),
    ("ask_count", lambda c: bool(c & {"count", "remaining", "extent"})),
    ("ask_difficulty", lambda c: "difficulty" in c),
    ("ask_task", lambda c: "task" in c),
    ("ask_who", lambda c: "who" in c),
    ("ask_list", lambda c: bool(c & {"list", "which"})),
    ("ask_yesno", lambda c: "yesno" in c),
    ("ask_money", lambda c: "money" in c),
    ("ask_summary", lambda c: "summary" in c),
)


def kind_from_cues(cues: Cues, text: str) -> str:
    """The kind of question, by the names of the intents; "ask_summary" when no cue decides."""
    words = " ".join(plain(text).split())
    for kind, pattern in _SMALLTALK:
        if pattern.search(words):
            return kind
    return next((kind for kind, holds in _RULES if holds(cues)), "ask_summary")
