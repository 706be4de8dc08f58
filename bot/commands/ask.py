"""`hoidap ask "…"`: answer a question here and now, without a server, and print the sources."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from bot import messages
from bot.masking import mask
from bot.problems import Problem
from bot.settings import Settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from bot.answering.records import Answer


def register(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("ask", help="answer a question and print its sources")
    parser.add_argument("question", nargs="+", help="the question; several are a conversation")
    parser.add_argument("--json", action="store_true", help="print the answer as the HTTP interface gives it")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0, also when the reports do not say it; 2 when a question is blank or too long."""
    from bot.answering.assistant import Assistant
    from bot.understanding.message import normalise

    try:
        questions = [
            messages.clean(q, max_characters=settings.message_max_characters) for q in arguments.question
        ]
    except Problem as problem:
        print(f"hoidap: {problem.detail}", file=sys.stderr)
        return 2
    assistant = Assistant.open(settings)
    answer: Answer | None = None
    for question in questions:
        answer = assistant.answer(normalise(mask(question)), state=answer.state if answer else None)
        print(json.dumps(answer.to_json(), ensure_ascii=False, indent=2) if arguments.json else show(answer))
    return 0


def show(answer: Answer) -> str:
    """The answer with its calculations, warnings, sources and suggestions, for a terminal."""
    text = answer.text  # it shows formulas and warnings mostly by itself: those are not printed twice
    lines = [text]
    lines += [
        f"  = {c.formula} = {c.value}  {c.why}".rstrip() for c in answer.computed if c.formula not in text
    ]
    lines += [f"  ! {f.text} ({f.printed} → {f.recomputed})" for f in answer.findings if f.text not in text]
    for c in answer.citations:
        note = f", chú thích {c.footnote}" if c.footnote else ""
        lines += [
            f"  [{c.n}] {c.report_number}, mục {c.section}{note}",
            f"      “{' '.join(c.quote.split())}”",
        ]
    lines += [f"  → {suggestion}" for suggestion in answer.suggestions]
    return "\n".join(lines)
