"""The child that reads one file: request as its argument, file on stdin, answer as JSON on stdout.

It confines itself before it reads the first byte. The answer holds `text`, or `again` (the job to be asked
for with more time), or `error` and what it is `about`.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from knowledge.errors import BrokenFile, ReportError, TooCostly
from knowledge.formats.confinement import confine
from knowledge.formats.jobs import STARTS_PROGRAMS, Again, run_job


def main(request: dict[str, Any]) -> None:
    """Answers the request on stdout."""
    # What a library prints must not become part of the answer.
    answer_to = os.dup(1)
    os.dup2(2, 1)
    job, name = str(request["job"]), str(request["name"])
    starts_programs = job in STARTS_PROGRAMS
    confine(
        memory_bytes=request["memory_bytes"] * (2 if starts_programs else 1),
        seconds=request["seconds"],
        file_bytes=request["file_bytes"] if starts_programs else 0,
        programs=starts_programs,
    )
    answer = _answer(job, request, name)
    data = json.dumps(answer).encode()
    with os.fdopen(answer_to, "wb") as out:
        out.write(data)


def _answer(job: str, request: dict[str, Any], name: str) -> dict[str, Any]:
    try:
        with os.fdopen(0, "rb", closefd=False) as file:
            text = run_job(job, file.read(), name=name, pages=request["pages"])
    except Again as again:
        return {"again": again.job}
    except ReportError as error:
        return _error(error, name)
    except (MemoryError, RecursionError):
        return _error(
            TooCostly(
                "reading needs too much memory",
                expected=f"a file that can be read in {request['memory_bytes']:,} bytes",
                remedy="split the file, or save it anew from the program that made it",
            ),
            name,
        )
    except Exception as error:  # whatever a broken file makes a parser raise
        return _error(
            BrokenFile(
                "the file is damaged",
                value=f"{type(error).__name__}: {error}"[:200],
                remedy="open it with the program that made it and save it anew",
            ),
            name,
        )
    return {"text": text}


def _error(error: ReportError, name: str) -> dict[str, Any]:
    return {"error": type(error).__name__, "about": error.about | {"file": error.file or name}}


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
