"""Runs `knowledge.formats.worker` on one file: a child process with limits on time, memory and output.

A file that breaks its reader, however it does so, costs one ReportError.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from knowledge.errors import BrokenFile, TooCostly, error_named
from knowledge.formats.limits import Limits

_REDUCE = "split the file, or save it anew from the program that made it"


def extract(path: Path, kind: str, limits: Limits, *, name: str) -> str:
    r"""The text of the file at `path`, pages divided by ``\f``.

    Raises ReportError (see `knowledge.errors`) for whatever keeps the file from being read.
    """
    with path.open("rb") as file:
        answer = _ask(file.fileno(), kind, limits, name=name, seconds=limits.seconds)
        while more := answer.get("again"):
            # A scan, or a file for LibreOffice: the child asks for more time before it begins.
            file.seek(0)
            answer = _ask(file.fileno(), str(more), limits, name=name, seconds=limits.ocr_seconds)
    return str(answer["text"])


def _ask(stdin: int, job: str, limits: Limits, *, name: str, seconds: float) -> dict[str, Any]:
    """What the worker answers to `job`, whose file it reads from `stdin`."""
    request = {
        "job": job, "name": name, "seconds": seconds, "memory_bytes": limits.memory_bytes,
        "file_bytes": limits.file_bytes, "text_bytes": limits.text_bytes, "pages": limits.pages,
    }  # fmt: skip
    command = [sys.executable, "-I", "-m", "knowledge.formats.worker", json.dumps(request)]
    most = 2 * limits.text_bytes + 65_536
    with subprocess.Popen(  # noqa: S603  (our own interpreter and module; the file comes by stdin)
        command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
        env=child_environment(),
    ) as child:  # fmt: skip
        late = threading.Event()

        def end() -> None:
            late.set()
            _kill(child)

        timer = threading.Timer(seconds, end)
        timer.start()
        try:
            output = child.stdout.read(most + 1) if child.stdout else b""
        finally:
            timer.cancel()
            _kill(child)
    if late.is_set():
        raise TooCostly(
            "reading took too long", file=name, expected=f"at most {seconds:g} seconds", remedy=_REDUCE
        )
    return _answer(output, most, child.returncode, limits, name=name)


def child_environment() -> dict[str, str]:
    """What a reading child is told of ours: neither settings nor secrets; one thread a library."""
    kept = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR"}}
    return kept | {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}


def _kill(child: subprocess.Popen[bytes]) -> None:
    """Ends the child and what it started (its session is its own)."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _answer(output: bytes, most: int, code: int, limits: Limits, *, name: str) -> dict[str, Any]:
    if len(output) > most:
        raise _too_much_text(name, limits)
    try:
        answer = json.loads(output)
    except ValueError:
        if code in {-signal.SIGXCPU, -signal.SIGKILL} and not output:
            raise TooCostly(
                "reading used up its limits", file=name, expected="a file of usual size", remedy=_REDUCE
            ) from None
        raise BrokenFile("the file broke its reader and was left out", file=name, remedy=_REDUCE) from None
    if not isinstance(answer, dict) or not answer.keys() & {"text", "again", "error"}:
        raise BrokenFile("the file broke its reader and was left out", file=name, remedy=_REDUCE)
    if "error" in answer:
        raise error_named(answer["error"], answer["about"])
    if len(str(answer.get("text", "")).encode("utf-8", "replace")) > limits.text_bytes:
        raise _too_much_text(name, limits)
    return answer


def _too_much_text(name: str, limits: Limits) -> TooCostly:
    most = f"at most {limits.text_bytes:,} bytes of text"
    return TooCostly("the file holds too much text for a report", file=name, expected=most, remedy=_REDUCE)
