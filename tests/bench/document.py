"""docs/benchmarks.md: a section a benchmark, each replaced by its own run and by no other."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "benchmarks.md"

_HEAD = """# Benchmarks

Each section is written by its own benchmark, `make bench ONLY=<name>`; `make bench` runs all of them. What
they compare with is installed into an environment of its own (`tests/bench/.venv`), never into the service's.
"""


def write_section(name: str, title: str, *parts: str) -> None:
    """Put the benchmark's section into the document, in place of the one it had."""
    day = datetime.now(UTC).date().isoformat()
    note = f"*Measured {day} on {_machine()}; again: `make bench ONLY={name}`.*"
    body = "\n\n".join([f"## {title}", note, *(part.strip() for part in parts)])
    section = f"<!-- bench:{name} -->\n{body}\n<!-- /bench:{name} -->"
    text = DOCUMENT.read_text("utf-8") if DOCUMENT.is_file() else _HEAD
    pattern = re.compile(rf"<!-- bench:{name} -->.*?<!-- /bench:{name} -->", re.DOTALL)
    replaced, count = pattern.subn(lambda _: section, text)
    DOCUMENT.write_text(replaced if count else f"{text.rstrip()}\n\n{section}\n", "utf-8")


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; the first column is text, the others stand right."""
    lines = [header, ["---", *["--:"] * (len(header) - 1)], *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def say(message: str) -> None:
    """Progress, for whoever waits."""
    sys.stderr.write(f"bench: {message}\n")


def _machine() -> str:
    names = re.findall(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return f"{os.cpu_count()} cores ({names[0].strip() if names else 'unknown'})"
