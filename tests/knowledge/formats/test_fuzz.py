"""A few broken files of each format: whatever they hold, reading ends in a report or in one clear error."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.__main__ import outcome, variant
from tests.fuzz.seeds import seeds


@pytest.mark.parametrize(("form", "files"), [("docx", 8), ("html", 8), ("xlsx", 4), ("txt", 15), ("pdf", 6)])
def test_broken_files_end_in_a_report_or_an_error(form: str, files: int, tmp_path: Path) -> None:
    good = seeds(form, tmp_path)
    if not good:
        pytest.skip("LibreOffice (libreoffice-writer-nogui), which makes the PDFs, is not installed")
    for number in range(files):
        assert outcome(variant(good, form, number), form, tmp_path) != "died", number
