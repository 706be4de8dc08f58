"""What the answering core learns from graded questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from bot.cli import main as hoidap
from bot.settings import load_settings
from bot.training.acceptance import main
from bot.training.examples import Example, Recorder, examples
from tests.bot.conftest import REPORT_TEXT

ITEMS = [
    {
        "id": "a",
        "type": "rate",
        "turns": ["Hồ sơ cấp thẻ thư viện đã tiếp nhận đạt tỷ lệ bao nhiêu?"],
        "expect": ["80%"],
        "cite": {"report": "45/BC-UBND", "section": "II.1.(1)"},
        "status": "answered",
    },
    {
        "id": "b",
        "type": "rate",
        "turns": ["Tỷ lệ cấp phép biểu diễn?", "thế hồ sơ cấp thẻ nhà báo?"],
        "status": "not_found",
    },
    {"id": "c", "type": "smalltalk", "turns": ["xin chào"], "status": "smalltalk"},
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("learned")
    (folder / "45.txt").write_text(REPORT_TEXT, encoding="utf-8")
    assert hoidap(["--data", str(folder / "data"), "ingest", str(folder / "45.txt")]) == 0
    return folder / "data"


def found(data: Path) -> list[Example]:
    return list(examples(Recorder.open(load_settings(data_folder=str(data))), ITEMS))


def test_the_gold_statement_is_taken_and_what_remains_without_it_is_left(data: Path) -> None:
    told = [e for e in found(data) if e.question == "a"]
    assert {"80%" in e.match.evidence.quote for e in told if e.why == "gold"} == {True}
    left = [e for e in told if e.why == "taken away"]
    assert left
    assert not any("80%" in e.match.evidence.quote for e in left)


def test_what_is_best_for_a_question_that_is_refused_is_left(data: Path) -> None:
    assert {e.why for e in found(data) if e.question == "b"} == {"refused"}
    assert not [e for e in found(data) if e.question == "c"]


def test_learned_weights_have_the_names_that_answering_reads(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "questions.yml"
    questions.write_text(yaml.safe_dump(ITEMS, allow_unicode=True), encoding="utf-8")
    assert main([f"{data}={questions}"]) == 0
    learned = json.loads(capsys.readouterr().out)
    committed = json.loads(Path("bot/answering/data/acceptance.json").read_text(encoding="utf-8"))
    assert {part: set(values) for part, values in learned.items()} == {
        part: set(values) for part, values in committed.items()
    }
