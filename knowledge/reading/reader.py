"""The process that reads texts: it imports all that reading needs, then forks for each connection it gets.

It has one thread and reads no text itself. The fork confines itself before it looks at the text and ends by
the kernel's timer when its time is over, whatever it is busy with.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import socket
import struct
import traceback
from typing import Any

from knowledge.errors import ReportError, TooCostly
from knowledge.formats.confinement import confine
from knowledge.reading.report import read_report_text, report_of

_LENGTH = struct.Struct("!Q")
# Read once, so that tables and patterns are there before the first fork.
_WARM_UP = """Số: 1/BC-UBND

Hà Nội, ngày 05 tháng 4 năm 2024

BÁO CÁO
Tình hình tháng 3 năm 2024

I. KẾT QUẢ

1. Ủy ban nhân dân xã Hòa Bình tiếp nhận 10/20 hồ sơ, đạt 50% (tăng 5% so với cùng kỳ).
"""


def main() -> None:
    """Forks for each connection that comes over stdin, until nobody is left who could send one."""
    read_report_text(_WARM_UP, name="")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # forks are not waited for
    gc.collect()
    gc.freeze()
    control = socket.socket(fileno=os.dup(0))
    while True:
        word, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not word:
            return
        connection = socket.socket(fileno=descriptors[0])
        if os.fork() == 0:
            control.close()
            _serve(connection)
            os._exit(0)
        connection.close()


def _serve(connection: socket.socket) -> None:
    """Answers the one job of a connection."""
    connection.sendall(b"+")
    with connection.makefile("rb") as stream:
        size = _LENGTH.unpack(stream.read(_LENGTH.size))[0]
        job: dict[str, Any] = pickle.loads(stream.read(size))  # noqa: S301  (our own parent made it)
    signal.setitimer(signal.ITIMER_REAL, job["seconds"])
    confine(memory_bytes=job["memory_bytes"], seconds=job["seconds"], file_bytes=0, programs=False)
    data = _answer(job)
    connection.sendall(_LENGTH.pack(len(data)) + data)


def _answer(job: dict[str, Any]) -> bytes:
    name = job["raw"].name
    try:
        report, source = report_of(job["raw"])
        data = pickle.dumps({"report": report, "source": source})
        if len(data) <= job["answer_bytes"]:
            return data
        error: ReportError = _too_much("the text holds too many figures for a report", "fewer figures")
    except ReportError as raised:
        error = raised
    except (MemoryError, RecursionError):
        error = _too_much(
            "reading its text needs too much memory",
            f"a text that can be read in {job['memory_bytes']:,} bytes",
        )
    except Exception:  # a fault of ours: the parent says so, with this trace
        return pickle.dumps({"fault": traceback.format_exc()})
    return pickle.dumps({"error": type(error).__name__, "about": error.about | {"file": error.file or name}})


def _too_much(what: str, expected: str) -> TooCostly:
    return TooCostly(
        what, expected=expected, remedy="split the report, or take out what is repeated or is no part of it"
    )


if __name__ == "__main__":
    main()
