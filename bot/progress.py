"""Progress of long work: one line that moves on a terminal, one line for each stage elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TextIO

_REDRAW_SECONDS = 0.1


class Progress:
    """Shows stage, done and total on standard error; notes go to standard output."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._moves = self._stream.isatty()
        self._stage, self._drawn, self._width = "", 0.0, 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wipe()

    def step(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` pieces of a stage are behind us."""
        now = time.monotonic()
        new = stage != self._stage
        if self._moves and (new or done >= total or now - self._drawn > _REDRAW_SECONDS):
            self._draw(f"{stage} {done}/{total}")
            self._drawn = now
        elif new and not self._moves:
            self._stream.write(f"{stage} …\n")
            self._stream.flush()
        self._stage = stage

    def note(self, line: str) -> None:
        """Print a line that stays."""
        self._wipe()
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    def _draw(self, text: str) -> None:
        self._stream.write("\r" + text.ljust(self._width))
        self._stream.flush()
        self._width = len(text)

    def _wipe(self) -> None:
        if self._moves and self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
            self._width = 0
