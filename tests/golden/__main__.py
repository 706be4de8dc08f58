"""Writes the golden files anew: `python -m tests.golden`. Review the difference as code before a commit."""

from __future__ import annotations

from tests.golden.render import SOURCES, golden_path, render

for source in SOURCES:
    golden_path(source).write_text(render(source), encoding="utf-8")
