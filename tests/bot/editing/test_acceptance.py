from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.editing.acceptance import FOLDER_PREFIX, accept, ask_all, sweep
from bot.editing.questions import Asked
from bot.ingestion import publish_index
from bot.settings import Settings
from knowledge.reading import read_report_text
from knowledge.records import Report
from knowledge.store import Store

RATE = Asked(("tỷ lệ cấp thẻ thư viện tháng 5/2025?",), {"expect": ["82%"], "status": ["answered"]})
OTHER = Asked(("tỷ lệ cấp phép biểu diễn tháng 5/2025?",))
JUNE = Asked(("tỷ lệ cấp thẻ thư viện tháng 6/2025?",))


@pytest.fixture(scope="module")
def published(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    folder = tmp_path_factory.mktemp("published")
    settings = Settings(data_folder=folder / "var")
    store = Store.open(settings.knowledge_path)
    store.add(report)
    publish_index(store, settings)
    yield settings
    assert not list(settings.data_folder.glob(FOLDER_PREFIX + "*")), "a rehearsal leaves nothing behind"


def amended(report: Report) -> Report:
    text = report.text.replace("40/50 hồ sơ, đạt tỷ lệ 80%", "41/50 hồ sơ, đạt tỷ lệ 82%")
    return read_report_text(text, name="bao-cao.txt")


def test_only_the_answers_that_change_are_told_with_why(published: Settings, report: Report) -> None:
    steps: list[str] = []
    before = Store.open(published.knowledge_path).fingerprint()
    result = accept(published, amended(report), [RATE, OTHER], step=lambda stage, *_: steps.append(stage))
    assert (result.questions, result.changed, result.better, result.worse) == (2, 1, 1, 0)
    (change,) = result.changes
    assert change.turns == list(RATE.turns)
    assert "80%" in change.before.text
    assert "82%" in change.after.text
    assert "Nội dung trả lời khác" in change.why
    assert any("41/50" in source.quote for source in change.after.sources)
    assert {"before", "after"} <= set(steps)
    assert Store.open(published.knowledge_path).fingerprint() == before, "nothing that is served was touched"


def test_a_new_period_turns_a_refusal_into_an_answer(published: Settings, report: Report) -> None:
    june = report.text.replace("45/BC", "46/BC").replace("15 tháng 5", "15 tháng 6")
    june = june.replace("5/2025", "6/2025")
    result = accept(published, read_report_text(june, name="b.txt"), [JUNE], step=lambda *_: None)
    (change,) = result.changes
    assert (change.before.status, change.after.status) == ("not_found", "answered")
    assert change.why[0] == "Trạng thái: báo cáo không nêu → trả lời được"
    assert any("thêm 46/BC-UBND" in words for words in change.why)


def test_before_the_first_report_nothing_is_answered(settings: Settings) -> None:
    ((reply,),) = ask_all(settings, [RATE], step=lambda _: None)
    assert (reply["status"], reply["citations"]) == ("not_found", [])


def test_what_a_killed_rehearsal_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / f"{FOLDER_PREFIX}x").mkdir()
    (tmp_path / "index").mkdir()
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["index"]
