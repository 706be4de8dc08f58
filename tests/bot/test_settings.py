from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, describe, load_settings


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, _, _ in describe():
        monkeypatch.delenv(name, raising=False)


def test_defaults_need_no_environment() -> None:
    assert load_settings({}).knowledge_path == Path("var/knowledge.sqlite")


def test_variable_sets_its_setting_and_an_argument_wins() -> None:
    environment = {"HOIDAP_PORT": "8123", "HOIDAP_DATA_FOLDER": "elsewhere", "OTHER": "x"}
    settings = load_settings(environment, port=9000, host=None)
    assert (settings.port, settings.index_folder, settings.host) == (
        9000,
        Path("elsewhere/index"),
        "127.0.0.1",
    )


def test_empty_variable_means_the_default() -> None:
    assert load_settings({"HOIDAP_PORT": ""}).port == 8000


def test_unknown_variable_stops_the_start_and_names_those_there_are() -> None:
    with pytest.raises(SettingsError, match=r"HOIDAP_PROT is not a setting; expected one of .*HOIDAP_PORT"):
        load_settings({"HOIDAP_PROT": "1"})


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "0"), ("PORT", "many"), ("RASA_URL", "rasa"), ("LOG_LEVEL", "LOUD"), ("RETENTION_DAYS", "0")],
)
def test_bad_value_is_named_with_its_setting(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"HOIDAP_{name}: .*found '{value}'"):
        load_settings({f"HOIDAP_{name}": value})


def test_origins_are_taken_as_browsers_send_them() -> None:
    given = "https://Cong.example.gov.vn:443/, http://10.0.0.7:8080 http://[::1]:80"
    settings = load_settings({"HOIDAP_EMBED_ORIGINS": given})
    assert settings.embed_origins == "https://cong.example.gov.vn http://10.0.0.7:8080 http://[::1]"


@pytest.mark.parametrize("origin", ["*", "https://*.gov.vn", "cong.gov.vn", "https://a.vn/x", "null"])
def test_what_is_no_origin_stops_the_start(origin: str) -> None:
    with pytest.raises(SettingsError, match=r"HOIDAP_FRAME_ORIGINS: .*expected origins such as"):
        load_settings({"HOIDAP_FRAME_ORIGINS": origin})


def test_token_never_shows() -> None:
    token = "a-secret-of-some-length"  # noqa: S105
    settings = load_settings({"HOIDAP_ADMIN_TOKEN": token})
    assert token not in repr(settings)
    with pytest.raises(SettingsError, match="hidden") as caught:
        load_settings({"HOIDAP_ADMIN_TOKEN": "short-secret"})
    assert "short-secret" not in str(caught.value)


def test_every_setting_has_a_sentence() -> None:
    described = describe()
    assert len(described) == len(Settings.model_fields)
    assert all(sentence.endswith(".") for _, _, sentence in described)
