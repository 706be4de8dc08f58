"""At which address in the web something is, as the report prints it."""

from __future__ import annotations

import re

from bot.answering import wording
from bot.answering.case import Case, enough
from bot.answering.reply import Draft
from bot.answering.strategies.statements import statements_draft

# "https://dichvucong.gov.vn", "www.baohiemxahoi.gov.vn", "dichvucong.angiang.gov.vn/hoidap"
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s,;()“”\"]+[^\s,;()“”\".]"
    r"|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:vn|com|net|org|info)(?:/[\w./-]*\w)?"
)
_READ = 20


def answer(case: Case) -> Draft | None:
    """The address in the statement that says most of what is named; None where none is asked for."""
    if not case.question.has("link"):
        return None
    found = [
        m for m in (*case.sentences()[:_READ], *case.passages()[:_READ]) if _ADDRESS.search(m.evidence.quote)
    ]
    best = max(found, key=lambda m: m.score, default=None)
    if best is None or not enough(best):
        return None
    draft = statements_draft(case, [best.evidence])
    addresses = list(dict.fromkeys(m.group() for m in _ADDRESS.finditer(best.evidence.quote)))
    draft.lines.insert(0, wording.at_address(addresses))
    return draft
