from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from pydantic import SecretStr

from bot import administration
from bot.app import create_app
from bot.conversations import Conversations, Turn
from bot.editing import changes, runs
from bot.editing.desk_store import DeskStore
from bot.settings import Settings
from knowledge.records import Report
from knowledge.store import Store

TOKEN = "mot-ma-quan-tri-du-dai"  # noqa: S105
HEADERS = {"Authorization": f"Bearer {TOKEN}", "X-Editor": quote("Nguyễn Thị Hà")}
DESK = "/api/v1/desk"


@pytest.fixture
def stored(stored: Settings) -> Settings:
    return stored.model_copy(update={"admin_token": SecretStr(TOKEN)})


@pytest.fixture
def amended(report: Report) -> bytes:
    return report.text.replace("40/50 hồ sơ, đạt tỷ lệ 80%", "41/50 hồ sơ, đạt tỷ lệ 70%").encode()


def stage(client: TestClient, content: bytes, name: str = "bao-cao.txt") -> Any:  # noqa: ANN401
    response = client.post(f"{DESK}/staged", files={"file": (name, content)}, headers=HEADERS)
    assert response.status_code == 201, response.text
    return response.json()


def done(client: TestClient, method: str, path: str, **options: Any) -> Response:  # noqa: ANN401
    response = client.request(method, DESK + path, headers=HEADERS, **options)
    assert response.status_code < 300, response.text
    return response


def slug(response: Response) -> str:
    return str(response.json()["type"]).rpartition("/")[2]


def actions(client: TestClient) -> list[tuple[str, str]]:
    entries = done(client, "GET", "/log").json()["entries"]
    return [(entry["action"], entry["editor"]) for entry in reversed(entries)]


def test_preview_shows_what_was_read_and_what_would_change(client: TestClient, amended: bytes) -> None:
    preview = stage(client, amended, name="../../etc/bao-cao.txt")
    assert preview["staged"]["file_name"] == "bao-cao.txt"
    assert preview["staged"]["editor"] == "Nguyễn Thị Hà"
    assert preview["becomes"] == "replaces"
    assert [line["label"] for line in preview["outline"]][1:3] == ["I", "II"]
    assert any(finding["printed"] == "70%" for finding in preview["findings"])
    assert any("41/50" in one["after"] and "40/50" in one["before"] for one in preview["changed"])
    assert preview["facts"]
    assert "41/50" in preview["text"]
    again = done(client, "GET", f"/staged/{preview['staged']['id']}").json()
    assert again == preview


def test_what_could_not_be_recognised_is_told_before_it_is_published(client: TestClient) -> None:
    preview = stage(client, "Số: 9/BC-UBND\n\nBÁO CÁO\nKết quả\n\nKhông có gì.\n".encode())
    assert preview["becomes"] == "new"
    assert any("kỳ báo cáo" in words for words in preview["warnings"])
    assert any("số liệu" in words for words in preview["warnings"])


def test_nothing_staged_is_served(client: TestClient, report: Report, amended: bytes) -> None:
    before = [client.get(path).text for path in ("/api/v1/reports", "/api/v1/facts", f"/reports/{report.id}")]
    staged = stage(client, amended)
    after = [client.get(path).text for path in ("/api/v1/reports", "/api/v1/facts", f"/reports/{report.id}")]
    assert after == before
    assert client.get(f"/reports/{staged['staged']['id']}").status_code == 404


def test_report_is_published_rolled_back_removed_and_taken_back(
    client: TestClient, report: Report, amended: bytes
) -> None:
    staged = stage(client, amended)["staged"]["id"]
    assert done(client, "POST", f"/staged/{staged}/publish").json()["status"] == "replaced"
    assert "41/50" in client.get(f"/reports/{report.id}").text
    assert done(client, "GET", "/staged").json() == {"staged": []}
    done(client, "POST", f"/reports/{report.id}/rollback", json={"version": 1})
    assert "40/50" in client.get(f"/reports/{report.id}").text
    done(client, "DELETE", f"/reports/{report.id}")
    assert client.get(f"/api/v1/reports/{report.id}").status_code == 404
    (line,) = done(client, "GET", "/reports").json()["reports"]
    assert line["report"] is None
    assert [version["active"] for version in line["versions"]] == [False, False]
    done(client, "POST", f"/reports/{report.id}/rollback", json={"version": 2})
    assert client.get(f"/api/v1/reports/{report.id}").status_code == 200
    who = "Nguyễn Thị Hà"
    assert actions(client) == [
        ("staged", who), ("published", who), ("rolled-back", who), ("removed", who), ("rolled-back", who),
    ]  # fmt: skip


def test_staged_report_is_discarded(client: TestClient, amended: bytes) -> None:
    staged = stage(client, amended)["staged"]["id"]
    done(client, "DELETE", f"/staged/{staged}")
    for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/publish")):
        response = client.request(method, f"{DESK}/staged/{staged}{path}", headers=HEADERS)
        assert (response.status_code, slug(response)) == (404, "staged-not-found")


def test_what_cannot_be_done_is_a_problem_and_changes_nothing(client: TestClient, report: Report) -> None:
    unreadable = client.post(f"{DESK}/staged", files={"file": ("a.txt", b"\xff\xff")}, headers=HEADERS)
    assert (unreadable.status_code, slug(unreadable)) == (422, "report-unreadable")
    for method, path, body in (
        ("DELETE", "/reports/none", None),
        ("POST", "/reports/none/rollback", {"version": 1}),
        ("POST", f"/reports/{report.id}/rollback", {"version": 9}),
    ):
        response = client.request(method, DESK + path, headers=HEADERS, json=body)
        assert (response.status_code, slug(response)) == (404, "report-not-found")
    assert slug(client.get(f"{DESK}/runs/none", headers=HEADERS)) == "run-not-found"
    assert actions(client) == []


def test_failed_publication_takes_the_change_back(
    client: TestClient, report: Report, amended: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged = stage(client, amended)["staged"]["id"]

    def broken(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(changes, "publish_index", broken)
    assert client.post(f"{DESK}/staged/{staged}/publish", headers=HEADERS).status_code == 500
    assert "40/50" in client.get(f"/reports/{report.id}").text
    assert done(client, "GET", f"/staged/{staged}").json()["becomes"] == "replaces"
    assert actions(client) == [("staged", "Nguyễn Thị Hà")]


def test_killed_while_publishing_the_next_start_publishes_the_index(
    stored: Settings, report: Report, amended: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.uploads import read_upload

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    store, desk = Store.open(stored.knowledge_path), DeskStore.open(stored.desk_path)
    staged = desk.stage(read_upload("b.txt", amended), editor="", file_name="b.txt")
    with monkeypatch.context() as patch:
        patch.setattr(changes, "publish_index", killed)
        with pytest.raises(Killed):
            changes.Changes(store, desk, stored).publish(staged.id, editor="")
    desk.close()
    desk = DeskStore.open(stored.desk_path)
    assert desk.index_is_behind()
    built: list[Store] = []
    monkeypatch.setattr(changes, "publish_index", lambda store, _: built.append(store))
    assert changes.Changes(store, desk, stored).catch_up()
    assert built == [store]
    assert not desk.index_is_behind()
    assert not changes.Changes(store, desk, stored).catch_up()
    assert [s.id for s in desk.waiting()] == [staged.id]
    desk.close()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""), ("GET", "/staged"), ("POST", "/staged"), ("GET", "/staged/x"), ("DELETE", "/staged/x"),
        ("POST", "/staged/x/publish"), ("POST", "/staged/x/acceptance"), ("GET", "/runs/x"), ("GET", "/log"),
        ("GET", "/reports"), ("DELETE", "/reports/x"), ("POST", "/reports/x/rollback"), ("GET", "/questions"),
        ("GET", "/questions.csv"),
    ],
)  # fmt: skip
def test_nothing_of_the_desk_is_open_without_the_token(client: TestClient, method: str, path: str) -> None:
    body: dict[str, Any] = {"json": {"version": 1}} if path.endswith("rollback") else {}
    if (method, path) == ("POST", "/staged"):
        body = {"files": {"file": ("a.txt", b"a")}}
    response = client.request(method, DESK + path, **body)
    assert (response.status_code, slug(response)) == (401, "token-required")


def test_guessing_is_stopped_and_ends_by_waiting(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {"Authorization": "Bearer sai-ma-quan-tri-nay"}
    seen = [client.get(DESK, headers=wrong).status_code for _ in range(11)]
    assert seen == [401] * 10 + [429]
    assert client.get(DESK, headers=HEADERS).status_code == 429
    later = administration.time.monotonic() + 301
    monkeypatch.setattr(administration.time, "monotonic", lambda: later)
    assert client.get(DESK, headers=HEADERS).status_code == 204


def test_token_is_in_no_log(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    client.get(DESK, headers=HEADERS)
    client.get(DESK, headers={"Authorization": "Bearer sai-ma-quan-tri-nay"})
    assert TOKEN not in caplog.text
    assert "sai-ma-quan-tri-nay" not in caplog.text


@pytest.fixture
def asked(stored: Settings) -> None:
    conversations = Conversations.open(stored.conversations_path, retention_days=90)
    turns = [("tỷ lệ?", "answered"), ("=thời tiết?", "not_found"), ("bao nhiêu?", "clarify")]
    for number, (question, status) in enumerate([*turns, ("chào", "smalltalk")]):
        conversations.add(Turn(f"m{number}", "c", question, status, "đáp", (), "direct", 1.0))
    conversations.rate("m0", "down", "gọi 0912345678")
    conversations.close()


@pytest.mark.usefixtures("asked")
def test_questions_to_learn_from_are_listed_and_exported(client: TestClient) -> None:
    found = done(client, "GET", "/questions").json()
    assert [one["question"] for one in found["questions"]] == ["bao nhiêu?", "=thời tiết?", "tỷ lệ?"]
    (disliked,) = done(client, "GET", "/questions?kind=disliked").json()["questions"]
    assert (disliked["question"], disliked["reason"]) == ("tỷ lệ?", "gọi [điện thoại]")
    exported = done(client, "GET", "/questions.csv?kind=refused").content.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(exported)))
    assert table[1][1] == "'=thời tiết?", "no cell is a formula"
    assert client.get(f"{DESK}/questions?kind=other", headers=HEADERS).status_code == 422


@pytest.mark.usefixtures("asked")
def test_acceptance_run_goes_on_in_the_background_and_only_one_at_a_time(
    client: TestClient, amended: bytes
) -> None:
    service = client.app.state.service  # type: ignore[attr-defined]
    told: list[Any] = []

    def work(settings: Settings, report: Report, questions: list[Any], line: runs.Line) -> None:
        told.append((report.id, [one.turns for one in questions]))
        line({"step": ["before", 1, 1]})
        refused.append(client.post(f"{DESK}/staged/{staged}/acceptance", headers=HEADERS))
        line({"result": {"questions": 3, "changed": 0, "better": 0, "worse": 0, "changes": []}})

    refused: list[Response] = []
    service.runs._work = work
    staged = stage(client, amended)["staged"]["id"]
    started = done(client, "POST", f"/staged/{staged}/acceptance").json()
    service.runs.close()
    run = done(client, "GET", f"/runs/{started['id']}").json()
    assert (run["state"], run["total"], run["result"]["questions"]) == ("done", 3, 3)
    assert told[0][1] == [("tỷ lệ?", "=thời tiết?", "bao nhiêu?")]
    assert (refused[0].status_code, slug(refused[0])) == (409, "run-in-progress")


def test_run_without_questions_or_with_an_unreadable_file_is_a_problem(
    client: TestClient, amended: bytes
) -> None:
    staged = stage(client, amended)["staged"]["id"]
    path = f"{DESK}/staged/{staged}/acceptance"
    for files in (None, {"file": ("q.yml", b"a: [")}):
        response = client.post(path, files=files, headers=HEADERS)
        assert (response.status_code, slug(response)) == (422, "questions-unreadable")


def test_run_that_fails_says_so_and_a_cut_off_one_has_failed(
    client: TestClient, stored: Settings, amended: bytes
) -> None:
    service = client.app.state.service  # type: ignore[attr-defined]
    service.runs._work = lambda *_: None
    staged = stage(client, amended)["staged"]["id"]
    run = done(client, "POST", f"/staged/{staged}/acceptance", files={"file": ("q.txt", b"a?")}).json()
    service.runs.close()
    assert done(client, "GET", f"/runs/{run['id']}").json()["state"] == "failed"
    desk = DeskStore.open(stored.desk_path)
    cut_off = desk.start_run(editor="", staged=desk.waiting()[0], source="", total=1)
    desk.cut_off_runs()
    assert desk.run(cut_off.id).state == "failed"
    desk.close()


def test_page_says_how_to_switch_it_on(settings: Settings, assistant: Any, report: Report) -> None:  # noqa: ANN401
    Store.open(settings.knowledge_path).add(report)
    app = create_app(settings, open_assistant=lambda _: assistant, normalise=str.strip)
    with TestClient(app) as client:
        assert "HOIDAP_ADMIN_TOKEN" in client.get("/desk").text
        assert client.get(DESK, headers=HEADERS).status_code == 403
