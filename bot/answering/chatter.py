"""What people say around the name of a part that they want to read: how short, for whom, what it is for."""

from __future__ import annotations

from bot.answering.case import Case
from bot.understanding.question import Concept

_WORDS = frozenset({
    "ngan", "ngan gon", "gon", "gap", "vai", "muc", "phan", "y", "y chinh", "net", "doan", "nhanh", "so qua",
    "bao cao", "sep", "lanh dao", "thu truong", "hop", "giao ban", "gui", "tham khao", "tham luan", "soan",
    "chuan bi", "viet", "dien", "trinh bay", "ra", "lai", "ra lai", "xem", "xem lai", "doc", "chep", "trich",
    "neu", "gach dau dong", "dong", "cau", "van tat", "co dong", "cu the", "noi dung", "thi xa", "huyen",
    "xa", "tinh", "thanh pho",
})  # fmt: skip
# "kế hoạch nửa cuối năm": what is planned is what the tasks of that time are.
_PLANS = frozenset({"ke hoach"})


def without_chatter(case: Case) -> tuple[Concept, ...]:
    """What the question names, without what only says how or for whom; else all of it."""
    q = case.question
    idle = _WORDS | _PLANS if q.has("task") and case.scope.periods else _WORDS
    told = tuple(c for c in q.concepts if c.typed not in idle) if q.has("summary", "task", "merit") else ()
    return told or q.concepts
