from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from pydantic import SecretStr

from bot.app import create_app
from bot.masking import mask
from bot.settings import Settings
from knowledge.records import Report

# The fixture's own type: a module cannot import from conftest.
Assistant = Any
CHAT = "/api/v1/chat"


def problem(response: Response, status: int, slug: str) -> dict[str, Any]:
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert (response.status_code, body["status"], body["type"]) == (status, status, f"/problems/{slug}")
    assert body["title"]
    assert re.search(r"\(.*[a-z].*\)", body["detail"], re.DOTALL), (
        "the detail is in Vietnamese and in English"
    )
    return body


# chat


def test_chat_answers_in_the_contracts_shape(client: TestClient) -> None:
    reply = client.post(CHAT, json={"message": "tỷ lệ thẻ thư viện?"}).json()
    assert set(reply) == {
        "conversation_id", "message_id", "status", "text", "citations", "computed", "findings", "suggestions",
        "chart",
    }  # fmt: skip
    assert set(reply["citations"][0]) == {
        "n", "report_id", "report_number", "report_title", "issuer", "issued_on", "section", "section_title",
        "footnote", "quote", "url", "place", "period",
    }  # fmt: skip
    assert reply["citations"][0]["issued_on"] == "2025-05-15"
    assert set(reply["computed"][0]) == {"value", "formula", "why"}
    assert set(reply["findings"][0]) == {"kind", "text", "printed", "recomputed"}
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", reply["message_id"])


@pytest.mark.parametrize("message", ["", "   ", "\n\n", "\u200b", "\u0000"])
def test_blank_message_is_a_problem(client: TestClient, message: str) -> None:
    problem(client.post(CHAT, json={"message": message}), 422, "message-blank")


def test_long_message_is_a_problem_that_names_length_and_limit(client: TestClient) -> None:
    body = problem(client.post(CHAT, json={"message": "a" * 20_000}), 422, "message-too-long")
    assert (body["length"], body["max_length"]) == (20_000, 4000)


def test_huge_body_is_refused_announced_or_not(client: TestClient) -> None:
    huge = json.dumps({"message": "a" * 100_000}).encode()
    problem(client.post(CHAT, content=huge), 413, "body-too-large")
    problem(client.post(CHAT, content=iter([huge[:50_000], huge[50_000:]])), 413, "body-too-large")


@pytest.mark.parametrize(
    "body", [b"{", b"", b"not json", b'{"message": "a"', b"\xff\xfe", b'{"message": "\xc3("}']
)
def test_malformed_json_is_a_problem(client: TestClient, body: bytes) -> None:
    response = client.post(CHAT, content=body, headers={"Content-Type": "application/json"})
    assert response.json()["type"] in {"/problems/malformed-json", "/problems/invalid-request"}
    assert response.status_code in {400, 422}
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "message"),
        ({"message": 5}, "message"),
        ({"message": None}, "message"),
        ({"message": "x", "extra": 1}, "extra"),
        ({"message": "x", "conversation_id": 7}, "conversation_id"),
        ([], "body"),
    ],
)
def test_wrong_field_is_named(client: TestClient, body: object, field: str) -> None:
    errors = problem(client.post(CHAT, json=body), 422, "invalid-request")["errors"]
    assert errors[0]["field"] == field


def test_lone_surrogate_does_not_break_the_reply(client: TestClient) -> None:
    response = client.post(
        CHAT, content=b'{"message": "a\\ud800b"}', headers={"Content-Type": "application/json"}
    )
    assert response.status_code in {200, 422}


def test_unknown_conversation_id_starts_that_conversation(client: TestClient) -> None:
    reply = client.post(CHAT, json={"message": "tỷ lệ?", "conversation_id": "never-seen_1"})
    assert reply.json()["conversation_id"] == "never-seen_1"


def test_unsafe_conversation_id_is_a_problem(client: TestClient) -> None:
    problem(
        client.post(CHAT, json={"message": "x", "conversation_id": "../etc"}), 422, "conversation-id-invalid"
    )


def test_failure_of_the_core_is_a_problem_without_a_trace(client: TestClient, assistant: Assistant) -> None:
    assistant.answers["hỏng"] = RuntimeError("secret detail")
    response = client.post(CHAT, json={"message": "hỏng"})
    problem(response, 500, "internal-error")
    assert "secret" not in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]


# the action server


def action(text: str = "tỷ lệ?") -> dict[str, Any]:
    latest = {"text": text, "intent": {"name": "ask_rate", "confidence": 0.9}, "entities": []}
    return {"next_action": "action_answer", "tracker": {"latest_message": latest, "slots": {"subject": "cũ"}}}


def test_action_gets_answer_and_slots(client: TestClient, assistant: Assistant) -> None:
    said = client.post("/rasa/webhook", json=action()).json()
    (response,) = said["responses"]
    assert response["text"] == response["custom"]["text"] == "Cấp thẻ thư viện đạt 80% [1]."
    assert {e["name"]: e["value"] for e in said["events"] if e["value"]} == {
        "subject": "thẻ thư viện",
        "kind": "ask_rate",
    }
    ((_, understanding, state),) = assistant.asked
    assert (understanding.intent, state) == ("ask_rate", {"subject": "cũ"})


def test_action_goes_on_where_the_last_answer_stopped_even_if_rasa_forgot(
    client: TestClient, assistant: Assistant
) -> None:
    client.post(CHAT, json={"message": "tỷ lệ?", "conversation_id": "c9"})  # answered without Rasa
    forgetful = action("thế còn khai tử?")
    forgetful["tracker"] |= {"sender_id": "c9", "slots": {}}
    client.post("/rasa/webhook", json=forgetful)
    assert assistant.asked[-1][2] == {"subject": "thẻ thư viện", "kind": "ask_rate"}


def test_action_that_fails_says_so_politely(client: TestClient, assistant: Assistant) -> None:
    assistant.answers["hỏng"] = RuntimeError("secret detail")
    response = client.post("/rasa/webhook", json=action("hỏng"))
    assert response.status_code == 200
    assert response.json()["responses"][0]["custom"]["status"] == "not_found"
    assert "secret" not in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_action_server_refuses_what_a_proxy_passes_on(client: TestClient, header: str) -> None:
    problem(client.post("/rasa/webhook", json=action(), headers={header: "10.0.0.9"}), 403, "loopback-only")


@pytest.mark.parametrize("address", ["10.1.2.3", "2001:db8::1", "::ffff:10.1.2.3", "testclient", ""])
def test_action_server_refuses_other_machines(stored: Settings, assistant: Assistant, address: str) -> None:
    app = create_app(stored, open_assistant=lambda _: assistant, normalise=str.strip)
    with TestClient(app, client=(address, 1)) as client:
        problem(client.post("/rasa/webhook", json=action()), 403, "loopback-only")
    assert assistant.asked == []


# reports, facts, feedback


def test_reports_are_listed_and_shown(client: TestClient, report: Report) -> None:
    (line,) = client.get("/api/v1/reports").json()["reports"]
    assert (line["number"], line["issued_on"]) == ("45/BC-UBND", "2025-05-15")
    assert client.get(f"/api/v1/reports/{report.id}").json() == line
    problem(client.get("/api/v1/reports/none"), 404, "report-not-found")


def test_facts_are_filtered_with_and_without_diacritics(client: TestClient, report: Report) -> None:
    every = client.get("/api/v1/facts").json()
    assert every["total"] == len(report.facts) == len(every["facts"])
    (fact,) = client.get("/api/v1/facts", params={"q": "the thu vien"}).json()["facts"]
    assert (fact["printed"], fact["section"]) == (
        "40/50 hồ sơ, đạt tỷ lệ 80%",
        "II.1.(1)",
    ) or "40/50" in fact["clause"]
    assert client.get("/api/v1/facts", params={"section": "II.1"}).json()["total"] == 2
    assert client.get("/api/v1/facts", params={"report_id": "none"}).json() == {"total": 0, "facts": []}
    problem(client.get("/api/v1/facts", params={"limit": 0}), 422, "invalid-request")


def test_facts_as_csv_open_in_excel(client: TestClient, report: Report) -> None:
    response = client.get("/api/v1/facts.csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    head, *lines = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert (head[0], len(lines)) == ("Số báo cáo", len(report.facts))


def test_facts_as_workbook_hold_numbers(client: TestClient, report: Report) -> None:
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(client.get("/api/v1/facts.xlsx").content)).active
    assert sheet is not None
    head, *lines = sheet.iter_rows(values_only=True)
    values = [line[head.index("Giá trị")] for line in lines]
    assert len(lines) == len(report.facts)
    assert 80 in values


def test_feedback_needs_an_answer_that_was_given(client: TestClient) -> None:
    message_id = client.post(CHAT, json={"message": "tỷ lệ?"}).json()["message_id"]
    given = {"message_id": message_id, "verdict": "down", "reason": "sai kỳ"}
    assert client.post("/api/v1/feedback", json=given).status_code == 204
    unknown = given | {"message_id": "m"}
    problem(client.post("/api/v1/feedback", json=unknown), 404, "message-not-found")
    problem(client.post("/api/v1/feedback", json=given | {"verdict": "so-so"}), 422, "invalid-request")


def test_search_without_an_index_is_a_problem(client: TestClient) -> None:
    problem(client.get("/api/v1/search", params={"q": "thẻ"}), 503, "not-ready")


# changing reports

TOKEN = "a-token-for-tests-only"  # noqa: S105
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def test_uploads_are_off_without_a_token(client: TestClient, report: Report) -> None:
    problem(client.post("/api/v1/reports", files={"file": ("a.txt", b"x")}), 403, "uploads-off")
    problem(client.delete(f"/api/v1/reports/{report.id}"), 403, "uploads-off")


@pytest.fixture
def desk(stored: Settings, assistant: Assistant) -> Iterator[TestClient]:
    settings = stored.model_copy(update={"admin_token": SecretStr(TOKEN)})
    with TestClient(create_app(settings, open_assistant=lambda _: assistant, normalise=str.strip)) as client:
        yield client


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "ă"}])
def test_wrong_token_is_refused(desk: TestClient, headers: dict[str, str]) -> None:
    encoded = {name: value.encode() for name, value in headers.items()}
    problem(
        desk.post("/api/v1/reports", files={"file": ("a.txt", b"x")}, headers=encoded), 401, "token-required"
    )


def test_uploaded_report_is_found_at_once_and_gone_when_removed(desk: TestClient) -> None:
    text = (
        Path(__file__)
        .with_name("conftest.py")
        .read_text("utf-8")
        .split('REPORT_TEXT = """')[1]
        .split('"""')[0]
    )
    other = text.replace("45/BC-UBND", "46/BC-UBND").replace("thẻ thư viện", "giấy phép bến bãi")
    sent = {"file": ("../../bao-cao.txt", other.encode())}
    added = desk.post("/api/v1/reports", files=sent, headers=BEARER)
    assert (added.status_code, added.json()["status"]) == (201, "added")
    assert desk.post("/api/v1/reports", files=sent, headers=BEARER).json()["status"] == "unchanged"
    (hit, *_) = desk.get("/api/v1/search", params={"q": "bến bãi"}).json()["hits"]
    assert (hit["report_number"], hit["section"]) == ("46/BC-UBND", "II.1.(1)")
    report_id = added.json()["report"]["id"]
    assert desk.delete(f"/api/v1/reports/{report_id}", headers=BEARER).status_code == 204
    assert not [
        h
        for h in desk.get("/api/v1/search", params={"q": "bến bãi"}).json()["hits"]
        if "46/" in h["report_number"]
    ]


def test_search_lists_what_two_reports_say_once_and_keeps_to_its_filters(desk: TestClient) -> None:
    text = Path(__file__).with_name("conftest.py").read_text("utf-8").split('REPORT_TEXT = """')[1]
    other = text.split('"""')[0].replace("45/BC-UBND", "47/BC-UBND")
    added = desk.post("/api/v1/reports", files={"file": ("b.txt", other.encode())}, headers=BEARER).json()

    def found(**filters: str) -> list[dict[str, Any]]:
        hits: list[dict[str, Any]] = desk.get(
            "/api/v1/search", params={"q": "thẻ thư viện", "limit": "3", **filters}
        ).json()["hits"]
        return hits

    (hit, *_) = found()
    assert {hit["report_number"], *(same["report_number"] for same in hit["duplicates"])} == {
        "45/BC-UBND",
        "47/BC-UBND",
    }
    assert hit["sentence"] in hit["text"]
    new = added["report"]["id"]
    assert {one["report_id"] for one in found(report_id=new)} == {new}
    assert found(section="II.1")
    assert all(one["section"].startswith("II.1") for one in found(section="II.1"))
    assert not found(place="Nơi không có")
    assert not found(kind="loại không có")
    assert not found(until="1990-01-01")
    assert found(since="1990-01-01")
    assert desk.delete(f"/api/v1/reports/{new}", headers=BEARER).status_code == 204


@pytest.mark.parametrize(
    ("name", "content"), [("a.txt", b""), ("a.txt", b"\xff\xfe\x00"), ("a.exe", b"x"), ("a.txt", b"x")]
)
def test_unreadable_upload_changes_nothing(desk: TestClient, name: str, content: bytes) -> None:
    response = desk.post("/api/v1/reports", files={"file": (name, content)}, headers=BEARER)
    assert problem(response, 422, "report-unreadable")["reason"]
    assert len(desk.get("/api/v1/reports").json()["reports"]) == 1


# operation


def test_readiness_names_each_part(client: TestClient) -> None:
    response = client.get("/readyz")
    state = response.json()
    assert (response.status_code, state["ready"]) == (503, False)
    assert (state["store"]["ready"], state["index"]["ready"], state["rasa"]["ready"]) == (True, False, True)
    assert "hoidap ingest" in state["index"]["detail"]
    assert client.get("/healthz").json() == {"status": "ok"}


def test_metrics_count_turns_and_hold_no_words(client: TestClient) -> None:
    client.post(CHAT, json={"message": "chuyện riêng"})
    text = client.get("/metrics").text
    assert 'hoidap_turns_total{status="answered",via="direct"} 1.0' in text
    assert "hoidap_rasa_failures_total 1.0" in text
    assert "riêng" not in text


def test_openapi_describes_every_route_and_its_problems(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    chat = described["paths"][CHAT]["post"]["responses"]
    assert chat["200"]["content"]["application/json"]["schema"]["$ref"].endswith("/ChatReply")
    for status in ("400", "413", "422", "429", "500"):
        assert list(chat[status]["content"]) == ["application/problem+json"]
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            assert operation.get("summary"), f"{method} {path} has no summary"
            faults = operation["responses"].get("422", {})
            assert "HTTPValidationError" not in json.dumps(faults), (
                f"{method} {path} promises FastAPI's own error"
            )


# pages


def test_chat_page_lists_the_reports(client: TestClient) -> None:
    page = client.get("/").text
    assert "45/BC-UBND" in page
    assert 'lang="vi"' in page


def test_report_page_shows_hostile_text_as_text(client: TestClient, report: Report) -> None:
    page = client.get(f"/reports/{report.id}").text
    assert "&lt;script&gt;window.hacked" in page
    assert "<script>window" not in page


def test_citations_link_lands_on_its_place_with_its_words_lit(client: TestClient) -> None:
    url = client.post(CHAT, json={"message": "tỷ lệ?"}).json()["citations"][0]["url"]
    path, _, anchor = url.partition("#")
    page = client.get(path).text
    assert f'id="{anchor}"' in page
    assert "<mark>Cấp thẻ thư viện" in page.replace("\n", "") or "<mark" in page


def test_unknown_page_is_a_problem(client: TestClient) -> None:
    problem(client.get("/reports/none"), 404, "report-not-found")
    problem(client.get("/nothing"), 404, "not-found")
    problem(client.delete(CHAT), 405, "method-not-allowed")


def test_every_problem_type_has_a_page(client: TestClient) -> None:
    kind = problem(client.get("/nothing"), 404, "not-found")["type"]
    assert client.get(kind).status_code == 200
    problem(client.get("/problems/none"), 404, "not-found")


@pytest.mark.parametrize(
    "path", ["/", "/reports", "/static/x/base.css", "/widget.js", "/nothing", "/healthz"]
)
def test_every_response_carries_a_strict_policy_and_no_cookie(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers


def test_pages_load_nothing_from_elsewhere_and_hold_no_inline_script(
    client: TestClient, report: Report
) -> None:
    for path in ("/", "/reports", f"/reports/{report.id}"):
        page = client.get(path).text
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
        assert not re.findall(r"<script(?![^>]*src=)|\son\w+=|\sstyle=", page)


def test_scripts_never_write_markup() -> None:
    for script in (Path(__file__).parents[2] / "bot/web").glob("*/*.js"):
        text = re.sub(r"//.*", "", script.read_text("utf-8"))
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", text
        )


def test_masking_of_an_answer_changes_no_ordinary_figure(report: Report) -> None:
    assert mask(report.text) == report.text
