"""A small invented report, a service over it, and an assistant that answers from a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.answering.records import Answer, Citation, Computed, FindingNote
from bot.app import create_app
from bot.rasa_client import RasaUnavailable
from bot.settings import Settings
from bot.understanding.rasa import Understanding
from knowledge.reading import read_report_text
from knowledge.records import Report
from knowledge.store import Store

REPORT_TEXT = """Số: 45/BC-UBND

Hòa Lạc, ngày 15 tháng 5 năm 2025

BÁO CÁO
Kết quả chuyển đổi số tháng 5/2025

I. CHỈ ĐẠO

Huyện ban hành kế hoạch¹ và giao 12 phòng thực hiện <script>window.hacked = 1</script>.

II. KẾT QUẢ

1. Dịch vụ công

⁽¹⁾ Cấp thẻ thư viện: Đã tiếp nhận 40/50 hồ sơ, đạt tỷ lệ 80%.

⁽²⁾ Cấp phép biểu diễn: Đã tiếp nhận 9/10 hồ sơ, đạt tỷ lệ 90%.

¹ Kế hoạch số 07/KH-UBND ngày 02/01/2025 của Ủy ban nhân dân huyện.
"""


@pytest.fixture(scope="session")
def report() -> Report:
    return read_report_text(REPORT_TEXT, name="bao-cao.txt")


def an_answer(report: Report, text: str = "Cấp thẻ thư viện đạt 80% [1].", **changes: Any) -> Answer:  # noqa: ANN401
    start = report.text.index("Cấp thẻ thư viện")
    quote = report.text[start : report.text.index("80%", start) + 3]
    citation = Citation(
        n=1,
        report_id=report.id,
        report_number=report.number,
        report_title=report.title,
        issuer=report.issuer,
        issued_on=date(2025, 5, 15),
        section="II.1.(1)",
        section_title="Dịch vụ công",
        footnote=None,
        quote=quote,
        url=f"/reports/{report.id}?trich={start}-{start + len(quote)}#muc-II.1.(1)",
    )
    values: dict[str, Any] = {
        "status": "answered",
        "text": text,
        "citations": (citation,),
        "computed": (Computed("80%", "40 / 50", "tính lại"),),
        "findings": (FindingNote("ratio", "Hai số không khớp.", "80%", "80,0%"),),
        "suggestions": ("Còn cấp phép biểu diễn?",),
        "state": {"subject": "thẻ thư viện", "kind": "ask_rate"},
    }
    return Answer(**(values | changes))


@dataclass
class TableAssistant:
    """Answers what its table holds, and remembers what it was asked."""

    report: Report
    answers: dict[str, Answer | Exception] = field(default_factory=dict)
    asked: list[tuple[str, Understanding | None, Mapping[str, object] | None]] = field(default_factory=list)

    def answer(
        self,
        text: str,
        *,
        understanding: Understanding | None = None,
        state: Mapping[str, object] | None = None,
    ) -> Answer:
        self.asked.append((text, understanding, state))
        found = self.answers.get(text, an_answer(self.report))
        if isinstance(found, Exception):
            raise found
        return found

    def reload_if_changed(self) -> bool:
        return False


@dataclass
class ScriptedRasa:
    """Says what the script says; an exception in the script is raised."""

    script: Callable[[str, str], Sequence[Mapping[str, Any]]]
    heard: list[tuple[str, str]] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)

    async def start_session(self, conversation_id: str, slots: Mapping[str, object]) -> None:
        self.begun.append(conversation_id)

    async def turn(self, conversation_id: str, text: str) -> Sequence[Mapping[str, Any]]:
        self.heard.append((conversation_id, text))
        return self.script(conversation_id, text)

    async def ready(self) -> bool:
        return True

    async def close(self) -> None:
        pass


def down(conversation_id: str, text: str) -> Sequence[Mapping[str, Any]]:
    raise RasaUnavailable("connection refused")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_folder=tmp_path / "var")


@pytest.fixture
def stored(settings: Settings, report: Report) -> Settings:
    """Settings whose store holds the invented report."""
    Store.open(settings.knowledge_path).add(report)
    return settings


@pytest.fixture
def assistant(report: Report) -> TableAssistant:
    return TableAssistant(report)


@pytest.fixture
def rasa() -> ScriptedRasa:
    return ScriptedRasa(down)


@pytest.fixture
def client(stored: Settings, assistant: TableAssistant, rasa: ScriptedRasa) -> Iterator[TestClient]:
    """The whole application over the table's assistant, as a browser on this machine reaches it."""
    app = create_app(stored, open_assistant=lambda _: assistant, rasa=rasa, normalise=str.strip)
    with TestClient(app, client=("127.0.0.1", 50_000), raise_server_exceptions=False) as client:
        yield client
