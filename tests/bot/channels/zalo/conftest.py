"""The application with its Zalo channel on, facing the made-up Zalo."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from bot.app import create_app
from bot.channels.zalo.signature import sign
from bot.channels.zalo.simulation.webhooks import Webhooks
from bot.channels.zalo.token_file import TokenFile, fresh
from bot.settings import Settings
from tests.zalo.standin import APP_ID, APP_SECRET, OA_KEY, StandIn


@pytest.fixture
def standin(tmp_path: Path) -> Iterator[StandIn]:
    with StandIn(tmp_path / "var" / "zalo") as standin:
        yield standin


@pytest.fixture
def zalo_settings(stored: Settings, standin: StandIn) -> Settings:
    return stored.model_copy(
        update={
            "zalo": "on",
            "zalo_app_id": APP_ID,
            "zalo_app_secret": SecretStr(APP_SECRET),
            "zalo_oa_secret_key": SecretStr(OA_KEY),
            "zalo_api_url": standin.url,
            "zalo_oauth_url": standin.url,
            "zalo_settle_seconds": 0.0,
            "zalo_timeout_seconds": 5.0,
            "public_url": "https://hoidap.example.vn",
        }
    )


class Channel:
    """The running application, and what a person of Zalo does and sees."""

    def __init__(self, client: TestClient, standin: StandIn, settings: Settings) -> None:
        self.client, self.standin, self.settings = client, standin, settings
        self.webhooks = Webhooks(standin.account, "", faults=standin.faults, http=httpx.AsyncClient())

    def post(self, event: Mapping[str, Any], **headers: str) -> httpx.Response:
        raw = json.dumps(event, ensure_ascii=False).encode()
        signature = sign(self.standin.account, raw, event["timestamp"])
        given = {"X-ZEvent-Signature": f"mac={signature}"} | headers
        return self.client.post("/channels/zalo/webhook", content=raw, headers=given)

    def ask(self, text: str, user_id: str = "77") -> str:
        """Send a text and return its msg_id."""
        event = self.webhooks.text(user_id, text)
        assert self.post(event).status_code == 200
        return str(event["message"]["msg_id"])

    def wait(self, what: Callable[[], object]) -> Any:  # noqa: ANN401
        for _ in range(3000):
            if found := what():
                return found
            time.sleep(0.01)
        raise AssertionError(f"waited in vain; got {self.standin.oa.received}, listed {self.undelivered()}")

    def received(self, count: int) -> list[Mapping[str, Any]]:
        """The first messages that people got, once there are so many."""
        self.wait(lambda: len(self.standin.oa.received) >= count)
        return [got.message for got in self.standin.oa.received]

    def undelivered(self) -> list[tuple[str, int | None, str]]:
        return self.rows(
            "SELECT state, error_code, error FROM messages WHERE state IN ('dead', 'uncertain') ORDER BY id"
        )

    def rows(self, query: str) -> list[Any]:
        connection = sqlite3.connect(self.settings.zalo_folder / "journal.sqlite")
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def metric(self, name: str, /, **labels: str) -> float:
        registry = self.client.app.state.service.metrics.registry  # type: ignore[attr-defined]
        return registry.get_sample_value(name, labels) or 0.0


@pytest.fixture
def logged_in(standin: StandIn, zalo_settings: Settings) -> None:
    zalo_settings.zalo_folder.mkdir(parents=True)
    TokenFile(zalo_settings.zalo_folder).save(fresh(standin.oa.log_in()))


@pytest.fixture
def channel(
    zalo_settings: Settings, standin: StandIn, logged_in: None, assistant: Any  # noqa: ANN401
) -> Iterator[Channel]:
    app = create_app(zalo_settings, open_assistant=lambda _: assistant, normalise=str.strip)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield Channel(client, standin, zalo_settings)
