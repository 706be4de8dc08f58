"""`hoidap zalo …` as an operator types it, beside a running service where it needs one."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.channels.zalo.token_file import TokenFile
from bot.cli import main
from tests.zalo.load import Service
from tests.zalo.standin import APP_ID, APP_SECRET, OA_KEY, StandIn

Channel = Any  # the fixture's own type: a module cannot import from conftest
Hoidap = Callable[..., tuple[int, str]]


@pytest.fixture
def hoidap(
    standin: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Hoidap:
    """Runs a command over the test's data folder: exit code and all that was printed."""
    for name in [name for name in os.environ if name.startswith("HOIDAP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOIDAP_ZALO", "on")
    monkeypatch.setenv("HOIDAP_ZALO_APP_ID", APP_ID)
    monkeypatch.setenv("HOIDAP_ZALO_APP_SECRET", APP_SECRET)
    monkeypatch.setenv("HOIDAP_ZALO_OA_SECRET_KEY", OA_KEY)
    monkeypatch.setenv("HOIDAP_ZALO_API_URL", standin.url)
    monkeypatch.setenv("HOIDAP_ZALO_OAUTH_URL", standin.url)

    def run(*arguments: str, typed: str = "") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main(["--data", str(tmp_path / "var"), "zalo", *arguments])
        captured = capsys.readouterr()
        return code, captured.out + captured.err

    return run


def test_login_then_status_shows_no_secret(hoidap: Hoidap, standin: StandIn, tmp_path: Path) -> None:
    code, said = hoidap("status")
    assert code == 1
    assert "hoidap zalo login" in said
    refresh_token = standin.oa.log_in().refresh_token
    code, login = hoidap("login", "--refresh-token", typed=refresh_token + "\n")
    assert code == 0
    code, said = hoidap("status")
    assert code == 0
    assert "access token for 25.0 h more; refresh token for 89 days more" in said
    tokens = TokenFile(tmp_path / "var" / "zalo").load()
    assert tokens is not None
    secret = (refresh_token, tokens.access_token, tokens.refresh_token, APP_SECRET, OA_KEY)
    assert not [word for word in secret if word in login + said]


def test_login_asks_for_consent_at_zalos_address(hoidap: Hoidap, standin: StandIn) -> None:
    code, said = hoidap("login")
    assert code == 2
    assert "HOIDAP_PUBLIC_URL" in said
    landed = "https://hoidap.example.vn/?code=1&state=another\n"
    code, said = hoidap("login", "--redirect-url", "https://hoidap.example.vn/", typed=landed)
    assert code == 1
    assert f"{standin.url}/v4/oa/permission?app_id={APP_ID}&redirect_uri=https%3A%2F%2Fhoidap" in said
    assert "another attempt" in said


def test_login_with_a_code_gets_and_saves_the_tokens(
    hoidap: Hoidap, standin: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is drawn anew for each attempt is known here, so that the browser's part can be played."""
    drawn = iter(("the-verifier", "the-state"))
    known = SimpleNamespace(token_urlsafe=lambda _: next(drawn))
    monkeypatch.setattr("bot.channels.zalo.login.secrets", known)
    code = standin.oa.consent("the-verifier")
    landed = f"https://hoidap.example.vn/?oa_id=2&code={code}&state=the-state\n"
    assert hoidap("login", "--redirect-url", "https://hoidap.example.vn/", typed=landed)[0] == 0
    assert TokenFile(tmp_path / "var" / "zalo").load() is not None


def test_undelivered_is_listed_and_sent_again_by_the_running_service(
    hoidap: Hoidap, channel: Channel, standin: StandIn
) -> None:
    standin.oa.refuses["7700112233445566"] = -211
    channel.ask("tỷ lệ?", "7700112233445566")
    channel.wait(channel.undelivered)
    code, said = hoidap("dead")
    assert code == 0
    assert "Zalo's error -211. OA đã dùng hết hạn mức" in said
    assert "“Cấp thẻ thư viện đạt 80% [1].”" in said
    assert "7700112233445566" not in said
    number = re.findall(r"^(\d+)  20", said, re.MULTILINE)[0]
    standin.oa.refuses.clear()
    assert "1 messages are planned again" in hoidap("resend", number)[1]
    channel.received(1)
    assert "0 messages" in hoidap("dead")[1]
    assert "undelivered: 0 refused or given up, 0 uncertain" in hoidap("status")[1]


def test_resend_all_leaves_what_may_have_been_sent(
    hoidap: Hoidap, channel: Channel, standin: StandIn
) -> None:
    standin.faults.of_call = lambda: "lost_after"  # type: ignore[method-assign]
    channel.ask("tỷ lệ?")
    channel.wait(channel.undelivered)
    assert "Không rõ Zalo đã gửi hay chưa" in hoidap("dead")[1]
    assert "0 messages are planned" in hoidap("resend", "--all")[1]
    assert "1 messages are planned" in hoidap("resend", "--all", "--uncertain")[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["resend"], "give the numbers"),
        (["resend", "--all", "1"], "give the numbers"),
        (["resend", "9"], "9 is not in the list"),
    ],
)
def test_resend_says_what_it_needs(hoidap: Hoidap, arguments: list[str], words: str) -> None:
    code, said = hoidap(*arguments)
    assert code == 2
    assert words in said


def test_simulation_needs_a_running_service(hoidap: Hoidap, monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = hoidap("simulate", "--service", "http://127.0.0.1:9", "tỷ lệ?")
    assert code == 1
    assert "HOIDAP_ZALO=simulation make run" in said


def test_conversation_in_the_terminal_without_an_account(
    hoidap: Hoidap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with StandIn(tmp_path) as spare:  # for a port that is free
        port = spare.url.rpartition(":")[2]
    monkeypatch.setattr("bot.channels.zalo.simulation.stage._QUIET_SECONDS", 0.2)
    monkeypatch.setenv("HOIDAP_ZALO_SIMULATION_PORT", port)
    (tmp_path / "var").mkdir()
    changes = {"HOIDAP_ZALO": "simulation", "HOIDAP_ZALO_SIMULATION_PORT": port}
    service = Service(tmp_path / "var", "", per_minute=4000, **changes)
    service.start()
    try:
        service.wait_ready()
        talk = ("1", "/sticker", "tỷ lệ khai sinh?", "/rut", "/thoat")
        code, said = hoidap("simulate", "--service", service.url, typed="\n".join(talk) + "\n")
        asked, reply = hoidap("simulate", "--service", service.url, "một câu")
    finally:
        service.stop()
    assert code == asked == 0
    for words in ("Xin chào!", "Trả lời: Hiện có những báo cáo nào?", "Cảm ơn anh/chị!", "[1] Còn gì nữa?"):
        assert words in said
    assert "OA (trả lời câu hỏi được trích): Trả lời: một câu" in reply
