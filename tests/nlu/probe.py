"""Runs inside Rasa's Python (which has no pytest): a request as JSON comes in, what is found goes out."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import time
import warnings
from pathlib import Path
from typing import Any

warnings.filterwarnings("ignore")
sys.path.insert(0, str(Path(__file__).parents[2] / "bot" / "rasa"))


def tokens(texts: list[str]) -> list[list[list[Any]]]:
    """Start, end and text of every token."""
    from components.tokenizer import VietnameseTokenizer
    from rasa.shared.nlu.training_data.message import Message

    tokenizer = VietnameseTokenizer(VietnameseTokenizer.get_default_config())
    return [
        [[t.start, t.end, t.text] for t in tokenizer.tokenize(Message({"text": x}), "text")] for x in texts
    ]


def parse(model: str, texts: list[str]) -> dict[str, Any]:
    """Intent, confidence and entities of every text, and the milliseconds that each took."""
    import structlog
    from rasa.core.agent import Agent

    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    agent = Agent.load(model)
    parsed, milliseconds = [], []
    for text in texts:
        began = time.perf_counter()
        found = asyncio.run(agent.parse_message(text))
        milliseconds.append((time.perf_counter() - began) * 1000)
        entities = [[e["start"], e["end"], e["entity"], e["value"]] for e in found["entities"]]
        parsed.append([found["intent"]["name"], found["intent"]["confidence"], entities])
    return {"parsed": parsed, "milliseconds": milliseconds}


def replies(bodies: list[Any]) -> list[bool]:
    """Whether the compiled check takes each reply of an action server."""
    from components import action_replies
    from jsonschema import ValidationError
    from rasa.core.actions.action import RemoteAction

    action_replies.use_compiled_schema()
    action = RemoteAction("action_answer", action_endpoint=None)
    verdicts = []
    for body in bodies:
        try:
            verdicts.append(action._validate_action_result(body))
        except ValidationError:
            verdicts.append(False)
    return verdicts


def store(turns: int, conversations: int, kept_turns: int) -> dict[str, Any]:
    """What the tracker store keeps of conversations that set a slot in their first turn only."""
    from components.tracker_store import RecentTurns
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered

    domain = Domain.load(str(Path(__file__).parents[2] / "bot" / "rasa" / "domain.yml"))
    kept = RecentTurns(domain, turns=kept_turns, conversations=2)

    async def talk() -> dict[str, Any]:
        lengths = []
        for c in range(conversations):
            for t in range(turns):
                tracker = await kept.get_or_create_tracker(f"c{c}")
                tracker.update(UserUttered(f"m{t}", {"name": "followup", "confidence": 1.0}), domain)
                if t == 0:
                    tracker.update(SlotSet("subject", f"s{c}"), domain)
                tracker.update(ActionExecuted("action_listen"), domain)
                await kept.save(tracker)
                lengths.append(len(tracker.events))
        last = await kept.retrieve(f"c{conversations - 1}")
        return {
            "keys": list(await kept.keys()),
            "longest": max(lengths),
            "subject": last.get_slot("subject"),
            "latest": last.latest_message.text,
        }

    return asyncio.run(talk())


if __name__ == "__main__":
    request = json.load(sys.stdin)
    # What the libraries print goes to the log: standard output is for the answer alone.
    with os.fdopen(os.dup(1), "w") as output:
        os.dup2(2, 1)
        json.dump(globals()[request.pop("what")](**request), output)
