"""The service as a process with a quick answering core: `python -m tests.zalo.service PORT`.

Queue, store, gateway, HTTP and channel are the product's; only the core is replaced, so that the load is on
what is tested. Settings come from the environment.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping

import uvicorn

from bot.answering.records import Answer
from bot.app import create_app
from bot.settings import load_settings
from bot.understanding.rasa import Understanding


class EchoingCore:
    """Answers at once with what it was asked."""

    def answer(
        self,
        text: str,
        *,
        understanding: Understanding | None = None,
        state: Mapping[str, object] | None = None,
    ) -> Answer:
        return Answer(status="answered", text=f"Trả lời: {text}", suggestions=("Còn gì nữa?",))

    def reload_if_changed(self) -> bool:
        return False


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    app = create_app(load_settings(), open_assistant=lambda _: EchoingCore(), normalise=str.strip)
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_config=None, access_log=False)
