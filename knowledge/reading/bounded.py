"""Reads a report's text in a child process with limits on time and memory.

Patterns run over a text that somebody else wrote, so no text may take longer than the limits say. A reader
process (`knowledge.reading.reader`), started once, has everything imported and forks for each text: that is
safe whatever threads this process has, and costs some milliseconds. The fork ends itself at its limits.
"""

from __future__ import annotations

import atexit
import os
import pickle
import socket
import struct
import subprocess
import sys
import threading
import time
from typing import Any

from knowledge.errors import BrokenFile, TooCostly, error_named
from knowledge.formats.limits import Limits
from knowledge.formats.sandbox import child_environment
from knowledge.reading.source import RawText, Source
from knowledge.records import Report

_REMEDY = "split the report, or take out what is repeated or is no part of it"
# A report and its figures, as data, take less than this many bytes for each byte of text that is allowed.
_ANSWER_BYTES_EACH = 64
_GRACE_SECONDS = 5.0  # the fork ends itself on time; this is for a machine that stands still
_LENGTH = struct.Struct("!Q")


def read_bounded(raw: RawText, limits: Limits) -> tuple[Report, Source]:
    """The report in the raw text, and that text cleaned.

    Raises ReportError: TooCostly where the limits do not suffice, else what `report_of` raises; RuntimeError
    with the child's traceback for a fault of ours.
    """
    job = {
        "raw": raw, "seconds": limits.seconds, "memory_bytes": limits.memory_bytes,
        "answer_bytes": _ANSWER_BYTES_EACH * limits.text_bytes,
    }  # fmt: skip
    started = time.monotonic()
    data = _ask(pickle.dumps(job), limits)
    if not data:
        raise _ended(raw.name, limits, time.monotonic() - started)
    answer: dict[str, Any] = pickle.loads(data)  # noqa: S301  (our own child made it)
    if "error" in answer:
        raise error_named(answer["error"], answer["about"])
    if "fault" in answer:
        raise RuntimeError(f"reading {raw.name} failed in the child:\n{answer['fault']}")
    return answer["report"], answer["source"]


def _ended(name: str, limits: Limits, seconds: float) -> TooCostly | BrokenFile:
    """The error for a fork that ended without an answer, by how long it had run."""
    if seconds >= limits.seconds:
        most = f"at most {limits.seconds:g} seconds"
        return TooCostly("reading its text took too long", file=name, expected=most, remedy=_REMEDY)
    return BrokenFile("the text broke its reader and was left out", file=name, remedy=_REMEDY)


def _ask(job: bytes, limits: Limits) -> bytes:
    """The fork's answer to the job, b"" where it gave none."""
    for _ in range(2):  # a reader process that somebody ended is started anew, once
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                _READER.hand_over(theirs)
            ours.settimeout(limits.seconds + _GRACE_SECONDS)
            try:
                if ours.recv(1) != b"+":
                    continue
                ours.sendall(_LENGTH.pack(len(job)) + job)
                return _received(ours)
            except (TimeoutError, ConnectionError):
                return b""
    raise RuntimeError("the process that reads reports does not start")


def _received(connection: socket.socket) -> bytes:
    """All that the other end sends, its length first; b"" where it ends before that."""
    with connection.makefile("rb") as stream:
        length = stream.read(_LENGTH.size)
        if len(length) < _LENGTH.size:
            return b""
        size = _LENGTH.unpack(length)[0]
        data = stream.read(size)
    return data if len(data) == size else b""


class _Reader:
    """The reader process, started when it is first needed; safe to be used by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0

    def hand_over(self, connection: socket.socket) -> None:
        """Has the reader fork, the fork having the connection for its job and its answer."""
        with self._lock:
            control = self._control
            if control is None or self._owner != os.getpid():
                control = self._start()
            try:
                socket.send_fds(control, [b"f"], [connection.fileno()])
            except OSError:  # the reader has ended
                socket.send_fds(self._start(), [b"f"], [connection.fileno()])

    def _start(self) -> socket.socket:
        self._close()
        self._control, theirs = socket.socketpair()
        with theirs:
            self._child = subprocess.Popen(
                [sys.executable, "-I", "-m", "knowledge.reading.reader"], stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=child_environment(),
                start_new_session=True,
            )  # fmt: skip
        self._owner = os.getpid()
        return self._control

    def _close(self) -> None:
        """Lets the reader end, which it does when nobody can ask it any more."""
        if self._control is not None:
            self._control.close()
        if self._child is not None and self._owner == os.getpid():
            self._child.kill()
            self._child.wait()
        self._control = self._child = None

    def close(self) -> None:
        """Ends the reader process."""
        with self._lock:
            self._close()


_READER = _Reader()
atexit.register(_READER.close)
