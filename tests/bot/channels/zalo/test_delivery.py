"""What becomes of a message after each thing that can go wrong with sending it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.answering.records import Chart
from bot.channels.zalo import delivery, inbox, lanes, outbox
from bot.channels.zalo.api_errors import MEANINGS, Treatment
from bot.channels.zalo.delivery import now_ms
from bot.channels.zalo.journal import Journal
from bot.channels.zalo.simulation.faults import Fault
from bot.channels.zalo.token_file import TokenFile, fresh

Channel = Any  # the fixture's own type: a module cannot import from conftest


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "_FIRST_BACK_OFF_SECONDS", 0.01)
    monkeypatch.setattr(lanes, "_WITHOUT_TOKEN_SECONDS", 0.05)
    monkeypatch.setattr("bot.channels.zalo.pace._FIRST_PAUSE_SECONDS", 0.05)


def failing_first(*faults: Fault) -> Callable[[], Fault]:
    """The faults in turn, then none."""
    left = list(faults)
    return lambda: left.pop(0) if left else "none"


@pytest.mark.parametrize(
    "code", [c for c, m in MEANINGS.items() if m.treatment in (Treatment.PERSON, Treatment.OPERATOR)]
)
def test_refusal_for_good_is_listed_at_once_and_not_tried_again(channel: Channel, code: int) -> None:
    channel.standin.oa.refuses["77"] = code
    channel.ask("tỷ lệ?", "77")
    channel.wait(channel.undelivered)
    assert channel.undelivered() == [("dead", code, f"Zalo's error {code}")]
    assert channel.standin.oa.calls == 1
    channel.ask("tỷ lệ?", "78")  # others are not kept waiting
    channel.received(1)


@pytest.mark.parametrize("fault", ["busy", "unavailable"])
def test_what_zalo_did_not_take_is_tried_again(channel: Channel, fault: Fault) -> None:
    channel.standin.faults.of_call = failing_first(fault, fault)
    first = channel.ask("tỷ lệ?")
    channel.ask("câu sau")
    messages = channel.received(2)
    assert messages[0]["quote_message_id"] == first  # the second one waits for the first
    assert channel.undelivered() == []


@pytest.mark.parametrize("faults", [["busy", "unavailable", "lost_after"], ["unavailable"] * 1000])
def test_picture_that_cannot_be_uploaded_is_tried_again_and_then_listed(
    channel: Channel, assistant: Any, faults: list[Fault]  # noqa: ANN401
) -> None:
    from dataclasses import replace
    from decimal import Decimal

    chart = Chart("bar", "Tỷ lệ", "%", ("A", "B"), (Decimal(80), Decimal(90)), ("80%", "90%"), "45/BC-UBND")
    assistant.answers["xếp hạng"] = replace(assistant.answer("x"), chart=chart)
    channel.client.app.state.zalo._lanes._delivery._retry_ms = 300
    channel.standin.faults.of_call = failing_first("none", *faults)  # the text goes well
    channel.ask("xếp hạng")
    channel.wait(lambda: len(channel.standin.oa.received) == 2 or channel.undelivered())
    assert len(channel.undelivered()) == (len(faults) > 3)


def test_unknown_error_is_tried_until_the_time_is_up(channel: Channel) -> None:
    channel.client.app.state.zalo._lanes._delivery._retry_ms = 100
    channel.standin.oa.refuses["77"] = -999
    channel.ask("tỷ lệ?")
    channel.wait(channel.undelivered)
    assert channel.undelivered() == [("dead", -999, "Zalo's error -999")]
    assert channel.standin.oa.calls > 1


@pytest.mark.parametrize(("fault", "sent"), [("lost_before", 0), ("lost_after", 1)])
def test_lost_reply_is_listed_as_uncertain_and_never_sent_twice(
    channel: Channel, fault: Fault, sent: int
) -> None:
    channel.standin.faults.of_call = failing_first(fault)
    channel.ask("tỷ lệ?")
    channel.ask("câu sau")
    channel.wait(channel.undelivered)
    channel.received(sent + 1)
    ((state, _, error),) = channel.undelivered()
    assert (state, "may have been sent" in error) == ("uncertain", True)


def test_no_answer_within_the_time_is_uncertain(channel: Channel) -> None:
    channel.client.app.state.zalo._http.timeout = 0.1
    channel.standin.faults.delay = lambda: 0.5
    channel.ask("tỷ lệ?")
    channel.wait(channel.undelivered)
    assert channel.undelivered()[0][0] == "uncertain"


def test_echo_of_an_uncertain_message_ends_the_doubt(channel: Channel) -> None:
    channel.standin.faults.of_call = failing_first("lost_after")
    channel.ask("tỷ lệ?")
    channel.wait(channel.undelivered)
    text = channel.received(1)[0]["text"]
    channel.post(channel.webhooks.echo("77", "another text"))
    assert len(channel.undelivered()) == 1
    channel.post(channel.webhooks.echo("77", text))
    assert channel.undelivered() == []
    assert channel.metric("hoidap_zalo_confirmed_total") == 1


def test_part_that_is_refused_takes_the_rest_of_its_answer_along(channel: Channel, assistant: Any) -> None:  # noqa: ANN401
    from dataclasses import replace

    assistant.answers["dài"] = replace(assistant.answer("x"), text="Một câu dài về số liệu. " * 200)
    channel.standin.oa.refuses["77"] = -230
    channel.ask("dài")
    channel.wait(lambda: len(channel.undelivered()) == 3)
    assert {state for state, _, _ in channel.undelivered()} == {"dead"}
    assert channel.standin.oa.calls == 1


@pytest.mark.parametrize("how", ["expire", "log_in"])
def test_refused_token_is_renewed_and_the_message_sent_once(channel: Channel, how: str) -> None:
    """-220 where it has expired; -216 where somebody else's login has made it void."""
    oa = channel.standin.oa
    if how == "expire":
        oa.expire()
    else:
        tokens = oa.log_in()
        TokenFile(channel.settings.zalo_folder).save(fresh(tokens))
    channel.ask("tỷ lệ?")
    assert len(channel.received(1)) == 1
    assert oa.renewals == (1 if how == "expire" else 0)


def test_without_tokens_messages_wait_for_a_login(channel: Channel) -> None:
    channel.standin.oa.log_in()  # our tokens are void now, the refresh token, too
    channel.ask("tỷ lệ?")
    channel.wait(lambda: channel.metric("hoidap_zalo_login_needed") == 1)
    assert channel.standin.oa.received == []
    TokenFile(channel.settings.zalo_folder).save(fresh(channel.standin.oa.log_in()))
    channel.received(1)
    assert channel.undelivered() == []
    channel.wait(lambda: channel.metric("hoidap_zalo_login_needed") == 0)


def test_what_a_crash_left_under_way_is_listed_and_the_rest_goes_on(zalo_settings: Any) -> None:  # noqa: ANN401
    zalo_settings.zalo_folder.mkdir(parents=True, exist_ok=True)
    journal = Journal(zalo_settings.zalo_folder / "journal.sqlite")
    try:
        journal.wait_for(lambda c: outbox.plan(c, "e1", "77", [{"text": "một"}, {"text": "hai"}], now_ms=1))
        first = journal.wait_for(lambda c: outbox.head(c, "77"))
        assert first is not None
        assert journal.wait_for(lambda c: outbox.sending(c, first.id, now_ms=2))
        assert journal.wait_for(lambda c: outbox.recover(c, now_ms=3)) == 1
        assert [m.state for m in journal.wait_for(outbox.undelivered)] == ["uncertain"]
        following = journal.wait_for(lambda c: outbox.head(c, "77"))
        assert following is not None
        assert following.body == {"text": "hai"}
        assert journal.wait_for(inbox.people_with_work) == ["77"]
        assert journal.wait_for(lambda c: outbox.resend(c, first.id, now_ms=now_ms()))
        assert journal.wait_for(outbox.undelivered) == []
    finally:
        journal.close()


def test_job_that_fails_leaves_nothing_and_harms_no_other(tmp_path: Any) -> None:  # noqa: ANN401
    journal = Journal(tmp_path / "journal.sqlite")

    def broken(connection: Any) -> None:  # noqa: ANN401
        outbox.plan(connection, "e1", "77", [{"text": "x"}], now_ms=1)
        raise ValueError("half-way")

    try:
        with pytest.raises(ValueError, match="half-way"):
            journal.wait_for(broken)
        assert journal.wait_for(outbox.counts)["planned"] == 0
        assert (tmp_path / "journal.sqlite").stat().st_mode & 0o077 == 0
    finally:
        journal.close()
