from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from bot.app import create_app
from bot.channels.zalo.account import open_account
from bot.channels.zalo.api_errors import MEANINGS
from bot.channels.zalo.errors import ChannelTaken, SecretsUnsafe
from bot.channels.zalo.pace import Pace
from bot.errors import SettingsError
from bot.settings import Settings, load_settings

SECRETS = "# two secrets\nHOIDAP_ZALO_APP_SECRET=from-the-file\n\nHOIDAP_ZALO_OA_SECRET_KEY=another\n"


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    path = tmp_path / "zalo-secrets"
    path.write_text(SECRETS)
    path.chmod(0o600)
    return path


@pytest.fixture
def on(settings: Settings, secrets: Path) -> Settings:
    return settings.model_copy(update={"zalo": "on", "zalo_app_id": "1", "zalo_secrets_file": secrets})


def test_secrets_come_from_a_private_file_and_show_in_no_repr(on: Settings) -> None:
    account = open_account(on)
    assert account.app_secret.get_secret_value() == "from-the-file"
    assert "from-the-file" not in repr(account) + repr(on)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_secrets_that_others_may_read_are_refused(on: Settings, secrets: Path, mode: int) -> None:
    secrets.chmod(mode)
    with pytest.raises(SecretsUnsafe, match=f"mode is {mode:04o}, expected 0600"):
        open_account(on)


@pytest.mark.parametrize("line", ["HOIDAP_ZALO_APP_SECRET", "OTHER=1", "HOIDAP_ZALO_APP_SECRET="])
def test_malformed_secrets_are_named_by_line_and_not_shown(on: Settings, secrets: Path, line: str) -> None:
    secrets.write_text(f"# x\n{line}\n")
    with pytest.raises(SecretsUnsafe, match=r"zalo-secrets:2: expected"):
        open_account(on)
    secrets.unlink()
    with pytest.raises(SecretsUnsafe, match="cannot be read"):
        open_account(on)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"zalo": "off"}, "the channel is off"),
        ({"zalo_app_id": ""}, "HOIDAP_ZALO_APP_ID is not set"),
        ({"zalo_secrets_file": None}, "HOIDAP_ZALO_APP_SECRET is not set"),
        (
            {"zalo_secrets_file": None, "zalo_app_secret": SecretStr("x")},
            "HOIDAP_ZALO_OA_SECRET_KEY is not set",
        ),
    ],
)
def test_missing_settings_are_named(on: Settings, changes: dict[str, object], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        open_account(on.model_copy(update=changes))


@pytest.mark.parametrize("value", ["http://hoidap.example.vn", "hoidap", "https://x.vn/?a=1", "ftp://x"])
def test_address_without_encryption_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="HOIDAP_ZALO_API_URL"):
        load_settings({"HOIDAP_ZALO_API_URL": value})
    with pytest.raises(SettingsError, match=r"HOIDAP_ZALO_APP_SECRET.*hidden|hidden"):
        load_settings({"HOIDAP_ZALO_APP_SECRET": "x", "HOIDAP_ZALO_OA_SECRET_KEY": "y"}, zalo_app_secret=[1])


def test_channel_is_off_unless_switched_on(
    stored: Settings, monkeypatch: pytest.MonkeyPatch, assistant: object
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection to Zalo was prepared although the channel is off")

    monkeypatch.setattr("bot.channels.zalo.channel.connections", refuse)
    app = create_app(stored, open_assistant=lambda _: assistant, normalise=str.strip)  # type: ignore[arg-type, return-value]
    with TestClient(app) as client:
        response = client.post("/channels/zalo/webhook", content=b"{}")
    assert response.status_code == 404
    assert response.json()["type"] == "/problems/channel-off"
    assert not stored.zalo_folder.exists()


def test_second_service_on_the_same_queue_is_refused(on: Settings, assistant: object) -> None:
    def app() -> TestClient:
        made = create_app(on, open_assistant=lambda _: assistant, normalise=str.strip)  # type: ignore[arg-type, return-value]
        return TestClient(made)

    with app(), pytest.raises(ChannelTaken, match="another service works on"), app():
        pass


def test_domain_is_proved_by_file_and_by_tag(stored: Settings, tmp_path: Path, assistant: object) -> None:
    path = tmp_path / "zalo_verifierAbC-1.html"
    path.write_text("<meta>")
    changed = {"zalo_verification_file": path, "zalo_verification_tag": 'a"b'}
    settings = stored.model_copy(update=changed)
    app = create_app(settings, open_assistant=lambda _: assistant, normalise=str.strip)  # type: ignore[arg-type, return-value]
    with TestClient(app) as client:
        assert client.get("/zalo_verifierAbC-1.html").text == "<meta>"
        assert client.get("/zalo_verifierOther.html").status_code == 404
        tag = '<meta name="zalo-platform-site-verification" content="a&#34;b">'
        assert tag in client.get("/").text


def test_calls_keep_to_the_limit_and_pauses_grow() -> None:
    now = 0.0
    pace = Pace(per_minute=60, now=lambda: now)
    asyncio.run(pace.turn())
    asyncio.run(pace.turn())
    asyncio.run(pace.turn())
    assert pace._wait() == pytest.approx(1.0)
    assert pace.pause() == 1.0
    assert pace.pause() == 1.0  # calls already under way say the same
    now = 1.0
    assert pace.pause() == 2.0
    now = 4.0
    pace.went_well()
    assert pace.pause() == 1.0


def test_each_error_is_explained_in_the_guide() -> None:
    guide = (Path(__file__).parents[4] / "docs/zalo.md").read_text("utf-8")
    assert not [code for code, meaning in MEANINGS.items() if f"| {code} | {meaning.what} |" not in guide]
