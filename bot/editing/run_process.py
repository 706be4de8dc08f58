"""An acceptance run in a process of its own, so that people who ask meanwhile do not wait for it.

``python -m bot.editing.run_process JOB.json`` reads a job, prints a line of JSON for every step, and last one
with the result or with the error. The parent is `bot.editing.runs`.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from pydantic import SecretStr, TypeAdapter

from bot.editing.acceptance import accept
from bot.editing.questions import Asked
from bot.errors import BotError
from bot.settings import Settings
from index.errors import SearchError
from knowledge.errors import KnowledgeError
from knowledge.records import Report


def job_of(settings: Settings, report: Report, asked: list[Asked]) -> str:
    """The job as JSON, without any secret."""
    secret = {name for name in type(settings).model_fields if isinstance(getattr(settings, name), SecretStr)}
    return json.dumps(
        {
            "settings": settings.model_dump(mode="json", exclude=secret),
            "report": TypeAdapter(Report).dump_python(report, mode="json"),
            "asked": [{"turns": one.turns, "gold": dict(one.gold)} for one in asked],
        },
        default=str,
    )


def main(path: Path) -> int:
    """0 when the run was carried out, 1 when it could not be."""
    job = json.loads(path.read_text(encoding="utf-8"))
    os.nice(10)
    settings = Settings(**job["settings"])
    report = TypeAdapter(Report).validate_json(json.dumps(job["report"]))
    asked = [Asked(tuple(one["turns"]), one["gold"]) for one in job["asked"]]
    try:
        result = accept(settings, report, asked, step=lambda *s: _say(step=s))
    except (BotError, KnowledgeError, SearchError, OSError) as error:
        _say(error=str(error))
        return 1
    _say(result=result.model_dump())
    return 0


def _say(**line: Any) -> None:  # noqa: ANN401
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
