from __future__ import annotations

import io

import pytest

from bot.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_file_gets_one_line_a_stage() -> None:
    stream = io.StringIO()
    with Progress(stream) as progress:
        for done in range(3):
            progress.step("embed", done, 3)
        progress.step("seal", 0, 1)
    assert stream.getvalue() == "embed …\nseal …\n"


def test_terminal_line_moves_and_is_wiped_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    stream = Terminal()
    with Progress(stream) as progress:
        progress.step("embed", 1, 3)
        progress.note("a line that stays")
        progress.step("embed", 3, 3)
    assert "embed 3/3" in stream.getvalue()
    assert stream.getvalue().endswith("\r")
    assert capsys.readouterr().out == "a line that stays\n"
