"""Runs benchmarks, each of which writes its own section: `python -m tests.bench [NAME…]`, or all of them."""

from __future__ import annotations

import importlib
import sys
import time

from tests.bench.document import say

# In the order in which they run; each is a module of this package whose `main()` writes its section.
BENCHMARKS = ("quality", "latency", "million", "growth", "turns", "widget", "zalo", "ingest")


def main(names: list[str]) -> int:
    """0 when all benchmarks ran; 2 for a name that is none."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        say(f"{unknown[0]!r} is no benchmark; expected some of: {', '.join(BENCHMARKS)}")
        return 2
    for name in names or BENCHMARKS:
        started = time.monotonic()
        importlib.import_module(f"tests.bench.{name}").main()
        say(f"{name}: done in {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
