"""A report is read the same from every format that it is kept in."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.reading import read_report
from knowledge.reading.blocks import plain_blocks
from knowledge.reading.source import read_source
from tests.forms.readings import reading
from tests.forms.web import web_page
from tests.forms.word import word_file
from tests.golden.render import SOURCES

# Between them: footnotes of three kinds, tables, annexes, multi-level and lettered labels, items, two levels.
NAMES = (
    "331-bc-ubnd-an-giang-2024-03", "bao-hiem-xa-hoi-nam", "huyen-kinh-te-xa-hoi-6-thang",
    "so-tai-chinh-giai-ngan", "so-noi-vu-cai-cach-hanh-chinh-quy-1", "so-y-te-9-thang",
    "thanh-pho-chuyen-doi-so-quy-1",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_format_gives_the_reading_of_the_text(name: str, tmp_path: Path) -> None:
    source = next(s for s in SOURCES if s.stem == name)
    expected = reading(read_report(source))
    blocks = plain_blocks(read_source(source).text)
    word_file(blocks, tmp_path / "report.docx")
    web_page(blocks, tmp_path / "report.html")
    for form in ("report.docx", "report.html"):
        assert reading(read_report(tmp_path / form)) == expected, form
