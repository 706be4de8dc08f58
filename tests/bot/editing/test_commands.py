from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import main
from bot.editing import changes
from bot.settings import Settings
from knowledge.reading import read_report_text
from knowledge.records import Report
from knowledge.store import Store


@pytest.fixture(autouse=True)
def no_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "publish_index", lambda *_: None)


def hoidap(settings: Settings, *arguments: str) -> int:
    return main(["--data", str(settings.data_folder), *arguments])


def test_versions_are_listed_rolled_back_removed_and_taken_back(
    stored: Settings, report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    store = Store.open(stored.knowledge_path)
    store.add(read_report_text(report.text.replace("40/50", "41/50"), name="moi.txt"))
    assert hoidap(stored, "reports", "list") == 0
    assert "* version 2" in capsys.readouterr().out
    assert hoidap(stored, "reports", "rollback", report.number) == 0
    assert "40/50" in store.report(report.id).text
    assert hoidap(stored, "reports", "remove", report.id) == 0
    assert store.reports() == []
    assert hoidap(stored, "reports", "list") == 0
    assert "(removed)" in capsys.readouterr().out
    assert hoidap(stored, "reports", "rollback", report.id, "--version", "1") == 0
    assert len(store.reports()) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["reports", "remove", "9/BC-UBND"], "found none"),
        (["reports", "rollback", "45/BC-UBND"], "no version before version 1"),
        (["reports", "rollback", "45/BC-UBND", "--version", "7"], "version 7"),
        (["accept", "none.yml", "--report", "none.txt"], "no such file"),
    ],
)
def test_wrong_use_is_told_and_changes_nothing(
    stored: Settings, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Store.open(stored.knowledge_path).fingerprint()
    assert hoidap(stored, *arguments) == 2
    assert said in capsys.readouterr().err
    assert Store.open(stored.knowledge_path).fingerprint() == before


def test_unreadable_report_cannot_be_rehearsed(
    stored: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "q.txt").write_text("tỷ lệ?\n", "utf-8")
    (tmp_path / "hong.txt").write_bytes(b"\xff\xff")
    arguments = ("accept", str(tmp_path / "q.txt"), "--report", str(tmp_path / "hong.txt"))
    assert hoidap(stored, *arguments) == 1
    assert "failed" in capsys.readouterr().out
