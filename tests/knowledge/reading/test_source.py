"""A file's bytes become clean text, or an error that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import EmptyReport, NotText, UnsupportedFormat
from knowledge.formats.encodings import decode
from knowledge.reading.source import clean, read_source


def test_emphasis_headings_and_links_of_markdown_are_left_out() -> None:
    assert (
        clean("## **I. KẾT QUẢ**\n*Về DVC:* <http://a.vn/b>", name="x") == "I. KẾT QUẢ\nVề DVC: http://a.vn/b"
    )


def test_composed_letters_plain_spaces_and_line_ends() -> None:
    assert clean("Tỷ lệ\u00a05\u200b%\r\nA\x07", name="x") == "Tỷ lệ 5%\nA"


@pytest.mark.parametrize("text", ["", "   \n\n", "\ufeff", "\u200b\n"])
def test_no_text_is_an_empty_report(text: str) -> None:
    with pytest.raises(EmptyReport, match=r"x\.txt: the file holds no text; expected a report's text"):
        clean(text, name="x.txt")


def test_bytes_that_are_not_utf8_are_named_with_their_line() -> None:
    with pytest.raises(NotText, match=r"x\.txt:2: the file is not UTF-8 text; found 'ff fe.*expected UTF-8"):
        decode("Số: 1\nTỷ lệ ".encode() + b"\xff\xfe..", name="x.txt")


def test_type_that_no_reader_takes_is_refused_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.exe"
    path.write_bytes(b"MZ\x90\x00\x03")
    with pytest.raises(UnsupportedFormat, match=r"bao-cao\.exe: no reader takes.*expected Word, PDF.*save"):
        read_source(path)
