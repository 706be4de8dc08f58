"""From the webhook to the person's phone and back, through the product's own HTTP on both sides."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest

from bot.answering.records import Chart
from bot.channels.zalo import wording
from bot.conversations import Conversations

Channel = Assistant = Any  # the fixtures' own types: a module cannot import from conftest


def test_signed_question_is_answered_once_with_quote_source_and_suggestion(channel: Channel) -> None:
    event = channel.webhooks.text("77", "Tỷ lệ cấp thẻ thư viện?")
    assert [channel.post(event).status_code for _ in range(3)] == [200, 200, 200]
    (message,) = channel.received(1)
    assert message["text"] == "Cấp thẻ thư viện đạt 80% [1]."
    assert message["quote_message_id"] == event["message"]["msg_id"]
    source, suggestion = message["attachment"]["payload"]["buttons"]
    assert source["title"] == "Nguồn [1]: 45/BC-UBND, mục II.1.(1)"
    assert source["payload"]["url"].startswith("https://hoidap.example.vn/reports/45-bc-ubnd")
    assert source["payload"]["url"].endswith("#muc-II.1.(1)")
    assert suggestion == {
        "title": "Còn cấp phép biểu diễn?",
        "type": "oa.query.show",
        "payload": "Còn cấp phép biểu diễn?",
    }
    channel.ask("Câu sau")
    assert [m["quote_message_id"] for m in channel.received(2)].count(event["message"]["msg_id"]) == 1
    assert channel.metric("hoidap_zalo_events_total", name="user_send_text", fate="duplicate") == 2


def test_message_goes_through_the_gateway_masked_under_a_hashed_conversation(
    channel: Channel, assistant: Assistant
) -> None:
    channel.ask("CCCD 089204001234 của tôi, tỷ lệ?", "7700112233445566")
    channel.received(1)
    ((asked, _, _),) = assistant.asked
    assert "0892" not in asked
    stored = Conversations.open(channel.settings.conversations_path, retention_days=30)
    ((conversation,),) = stored._connection.execute("SELECT DISTINCT conversation_id FROM turns").fetchall()
    stored.close()
    assert conversation.startswith("zalo-")
    assert "7700112233445566" not in conversation
    everything = b"".join(p.read_bytes() for p in channel.settings.data_folder.rglob("*.sqlite*"))
    assert b"089204001234" not in everything


def test_one_persons_messages_are_answered_in_the_order_written(
    channel: Channel, standin: Any, zalo_settings: Any  # noqa: ANN401
) -> None:
    channel.client.app.state.zalo._lanes._settle_ms = 300
    events = [channel.webhooks.text("77", f"câu {number}") for number in range(4)]
    for event in (events[2], events[0], events[3], events[1]):
        channel.post(event)
    quoted = [message["quote_message_id"] for message in channel.received(4)]
    assert quoted == [event["message"]["msg_id"] for event in events]


def test_chart_follows_its_text_as_an_uploaded_picture(channel: Channel, assistant: Assistant) -> None:
    from decimal import Decimal

    chart = Chart("bar", "Tỷ lệ", "%", ("A", "B"), (Decimal(80), Decimal(90)), ("80%", "90%"), "45/BC-UBND")
    assistant.answers["xếp hạng"] = replace(assistant.answer("x"), chart=chart)
    channel.ask("xếp hạng")
    text, picture = channel.received(2)
    assert "quote_message_id" in text
    (element,) = picture["attachment"]["payload"]["elements"]
    image = channel.standin.oa.images[element["attachment_id"]]
    assert image.startswith(b"\x89PNG")
    assert len(image) <= 900_000


@pytest.mark.parametrize(
    ("name", "sort"),
    [
        ("user_send_image", "image"),
        ("user_send_sticker", "sticker"),
        ("user_send_audio", "audio"),
        ("user_send_file", "file"),
        ("user_send_link", "link"),
        ("user_send_location", "location"),
    ],
)
def test_what_is_no_text_gets_a_friendly_answer(
    channel: Channel, assistant: Assistant, name: str, sort: str
) -> None:
    channel.post(channel.webhooks.message(name, "77", attachments=[{"type": sort, "payload": {}}]))
    (message,) = channel.received(1)
    assert message["text"] == wording.attachment(sort)
    assert assistant.asked == []


def test_words_under_a_picture_are_a_question(channel: Channel, assistant: Assistant) -> None:
    channel.post(channel.webhooks.message("user_send_image", "77", text="tỷ lệ?", attachments=[]))
    channel.received(1)
    assert [text for text, _, _ in assistant.asked] == ["tỷ lệ?"]


def test_blank_text_is_told_so_in_vietnamese(channel: Channel) -> None:
    channel.ask(" \u200b ")
    (message,) = channel.received(1)
    assert message["text"].startswith("Tin nhắn không có chữ nào")
    assert "(The" not in message["text"]


def test_follower_is_welcomed_once_with_suggestions(channel: Channel) -> None:
    channel.post(channel.webhooks.follow("77"))
    channel.post(channel.webhooks.flat("user_click_chatnow", "77"))
    (welcome,) = channel.received(1)
    buttons = welcome["attachment"]["payload"]["buttons"]
    assert [button["payload"] for button in buttons] == list(wording.STARTERS)
    channel.ask("tỷ lệ?")
    assert [message["text"] for message in channel.received(2)].count(wording.WELCOME) == 1


def test_withdrawal_deletes_the_persons_data_everywhere(channel: Channel, assistant: Assistant) -> None:
    channel.standin.oa.refuses["77"] = -213
    channel.ask("tỷ lệ?", "77")
    channel.wait(channel.undelivered)
    channel.post(channel.webhooks.flat("user_withdraw", "77"))
    channel.wait(lambda: not channel.rows("SELECT 1 FROM messages"))
    channel.wait(lambda: not channel.rows("SELECT 1 FROM events WHERE user_id = '77'"))
    stored = Conversations.open(channel.settings.conversations_path, retention_days=30)
    assert stored._connection.execute("SELECT count(*) FROM turns").fetchone() == (0,)
    stored.close()


@pytest.mark.parametrize(
    "body",
    [
        {"event_name": "user_seen_message", "sender": {"id": "1"}},
        {"event_name": "user_submit_info", "info": {"phone": "0912345678"}},
        {"event_name": "a_new_one"},
        {"event_name": "user_send_text"},
        {"event_name": "user_send_text", "sender": "77", "message": ["x"]},
        {"event_name": 7, "message": None},
        {},
    ],
)
def test_other_events_are_taken_counted_and_leave_nothing(channel: Channel, body: dict[str, Any]) -> None:
    timestamp = channel.webhooks.text("1", "x")["timestamp"]
    assert channel.post({**body, "timestamp": timestamp}).status_code == 200
    assert channel.rows("SELECT 1 FROM events") == []
    text = channel.client.get("/metrics").text
    assert 'fate="ignored"' in text
    assert "a_new_one" not in text


def test_signature_variants_are_taken_and_told_apart(channel: Channel) -> None:
    event = channel.webhooks.text("77", "tỷ lệ?")
    raw, stamp = json.dumps(event).encode(), "1" + event["timestamp"][1:]
    account = channel.standin.account

    def signed(timestamp: str) -> str:
        key = account.webhook_key.get_secret_value()
        return hashlib.sha256(account.app_id.encode() + raw + timestamp.encode() + key.encode()).hexdigest()

    header = str(int(stamp) - 1000)
    for headers in (
        {"X-ZEvent-Signature": f"mac={signed(stamp)}"},
        {"X-ZEvent-Signature": signed(stamp).upper()},
        {"X-ZEvent-Signature": f"mac={signed(header)}", "X-ZEvent-Timestamp": header},
    ):
        assert channel.client.post("/channels/zalo/webhook", content=raw, headers=headers).status_code == 200
    for variant in ("mac, timestamp of the body", "bare, timestamp of the body"):
        assert channel.metric("hoidap_zalo_signatures_total", variant=variant) == 1
    assert channel.metric("hoidap_zalo_signatures_total", variant="mac, timestamp of the header") == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda event: ({}, {"X-ZEvent-Signature": ""}), "unsigned"),
        (lambda event: ({}, {"X-ZEvent-Signature": "mac=" + "0" * 64}), "signature"),
        (lambda event: ({}, {"X-ZEvent-Signature": "mac=é"}), "signature"),
        (lambda event: ({"timestamp": str(int(event["timestamp"]) - 8_000_000)}, {}), "stale"),
        (lambda event: ({"timestamp": str(int(event["timestamp"]) + 900_000)}, {}), "stale"),
        (lambda event: ({"timestamp": "soon"}, {}), "stale"),
    ],
)
def test_what_zalo_did_not_sign_lately_is_refused(channel: Channel, change: Any, reason: str) -> None:  # noqa: ANN401
    event = channel.webhooks.text("77", "tỷ lệ?")
    members, headers = change(event)
    given = {name: value.encode("latin-1") for name, value in headers.items()}
    response = channel.post(event | members, **given)
    assert response.status_code == 403
    assert response.json()["type"] == "/problems/signature-refused"
    assert channel.metric("hoidap_zalo_refused_total", reason=reason) == 1
    assert channel.rows("SELECT 1 FROM events") == []


@pytest.mark.parametrize(("body", "status"), [(b"{}", 200), (b"{ }", 403), (b'{"a":1}', 403), (b"", 403)])
def test_only_the_consoles_probe_needs_no_signature(channel: Channel, body: bytes, status: int) -> None:
    assert channel.client.post("/channels/zalo/webhook", content=body).status_code == status


def test_answering_that_fails_is_tried_again_and_then_apologised_for(
    channel: Channel, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.zalo.lanes._AFTER_FAULT_SECONDS", 0.01)
    assistant.answers["hỏng"] = ValueError("a fault in the core")
    channel.ask("hỏng")
    channel.ask("tỷ lệ?")
    apology, answer = channel.received(2)
    assert apology["text"] == wording.FAILED
    assert answer["text"].startswith("Cấp thẻ thư viện")
    assert [text for text, _, _ in assistant.asked].count("hỏng") == 3
