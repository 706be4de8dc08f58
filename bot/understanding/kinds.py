"""The kind of question that its cues alone suggest: used when Rasa is not there or not sure."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.understanding.cues import plain
from bot.understanding.rasa import Understanding

Cues = frozenset[str]

SMALLTALK = frozenset({"greet", "thanks", "goodbye", "help"})
_SMALLTALK = (
    (
        "thanks",
        re.compile(
            r"^(?:ok |oke |okie |da |vang |uh |uhm |um |r |roi |duoc |the la du "
            r"|(?:em |minh |toi )?(?:da )?(?:hieu|ro) roi |tot |hay qua )*"
            r"(?:cam on|thank|tks|cam ta)\b.{0,40}$"
        ),
    ),
    (
        "goodbye",
        re.compile(
            r"^(?:ok |da |thoi )*(?:tam biet|bye|chao tam biet|hen gap lai)\b.{0,30}$"
            r"|tam biet(?: ban| nhe)?$"
        ),
    ),
    (
        "help",
        re.compile(
            r"ban (?:la ai|ten gi|lam duoc gi|giup (?:duoc )?gi)|giup duoc (?:gi|nhung gi)"
            r"|huong dan (?:su dung|toi hoi)|cach su dung|hoi duoc gi"
        ),
    ),
    (
        "greet",
        re.compile(
            r"^(?:xin |em |minh )?(?:chao|hello|hi|alo)"
            r"(?: (?:ban|em|anh|chi|ad|bot|oi|moi nguoi|buoi (?:sang|chieu|toi)|nhe|a|tro ly))*"
            r"(?: (?:co )?(?:ai )?(?:o )?(?:do|day) (?:khong|ko|k)(?: a| nhi| vay)?)?$"
        ),
    ),
)

# The first whose condition holds. The order puts what is asked before what is talked about.
_RULES: tuple[tuple[str, Callable[[Cues], bool]], ...] = (
    ("ask_difficulty", lambda c: "why" in c),
    ("ask_check", lambda c: "check" in c),
    ("ask_calc", lambda c: bool(c & {"share", "times", "average"})),
    ("ask_rank", lambda c: bool(c & {"max", "min", "order"})),
    # "hai nhóm … và … cộng lại" sets nothing side by side.
    ("ask_calc", lambda c: bool(c & {"sum", "total"}) and "compare" in c and not c & {"difference", "which"}),
    ("ask_compare", lambda c: "compare" in c),
    ("ask_calc", lambda c: bool(c & {"sum", "difference"}) or {"total", "remaining"} <= c),
    ("ask_negative", lambda c: {"negative", "which"} <= c),
    (
        "ask_definition",
        lambda c: "definition" in c and not c & {"difficulty", "task", "merit", "document", "list"},
    ),
    (
        "ask_yesno",
        lambda c: (
            "yesno" in c and not c & {"which", "what", "count", "percent", "extent", "document", "date"}
        ),
    ),
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
    ("ask_calc", lambda c: "total" in c),
)


def kind_from_cues(cues: Cues, text: str) -> str:
    """The kind of question, by the names of the intents; "ask_summary" when no cue decides."""
    words = " ".join(plain(text).split())
    for kind, pattern in _SMALLTALK:
        if pattern.search(words):
            return kind
    return next((kind for kind, holds in _RULES if holds(cues)), "ask_summary")


# Rasa's guesses of what is refused need to be surer: real questions with rare words land there.
_SURE, _SURE_REFUSED = 0.6, 0.75
_REFUSED = frozenset({"out_of_scope", "unsafe"})
_FIGURES = frozenset(
    {"ask_rate", "ask_count", "ask_money", "ask_calc", "ask_rank", "ask_compare", "ask_check", "ask_reverse"}
)
_WORDS = frozenset({"ask_summary", "ask_definition", "ask_list", "ask_who", "ask_task", "followup"})
_FIGURE_CUES = frozenset({"percent", "count", "extent", "remaining"})
_WORD_CUES = frozenset(
    {"definition", "document", "date", "who", "difficulty", "task", "merit", "why", "summary", "list", "what"}
)

_SPECIFIC = frozenset(
    {"ask_negative", "ask_rank", "ask_compare", "ask_date", "ask_document", "ask_who", "ask_rate"}
)


def settled_kind(understanding: Understanding | None, cues: Cues, text: str) -> str:
    """The kind of question: Rasa's intent where it is sure and the asking words do not say otherwise."""
    own = kind_from_cues(cues, text)
    if "private" in cues or ("injection" in cues and not cues & _FIGURE_CUES):
        return "unsafe"
    if understanding is None:
        return own
    intent = understanding.intent
    if understanding.confidence < (_SURE_REFUSED if intent in _REFUSED else _SURE):
        return own
    if intent in _WORDS and own in _FIGURES and cues & _FIGURE_CUES and not cues & _WORD_CUES:
        return own  # "… đạt bao nhiêu?" asks for a figure, whatever it is of
    if intent == "ask_check" and "check" not in cues and own in _SPECIFIC:
        return own  # no word asks whether anything is right
    return intent
