"""What is read from the reports is what the golden files say; `python -m tests.golden` writes them anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.render import SOURCES, golden_path, render


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.stem)
def test_report_is_read_as_its_golden_file_says(source: Path) -> None:
    assert render(source) == golden_path(source).read_text(encoding="utf-8")
