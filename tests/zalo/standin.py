"""The made-up Zalo in a thread of its own, for tests and benchmarks, and accounts to go with it."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Self, TypeVar

import httpx
import uvicorn
from pydantic import SecretStr

from bot.channels.zalo.account import Account
from bot.channels.zalo.simulation.faults import Faults, Rates
from bot.channels.zalo.simulation.oa import OfficialAccount
from bot.channels.zalo.simulation.server import create_server
from bot.channels.zalo.simulation.webhooks import Webhooks

T = TypeVar("T")
APP_ID, APP_SECRET, OA_KEY = "4001002003004005006", "app-secret-AbCdEf", "oa-key-GhIjKl"


def account_at(url: str, folder: Path) -> Account:
    return Account(APP_ID, SecretStr(APP_SECRET), SecretStr(OA_KEY), url, url, folder)


class StandIn:
    """Serves on a free port of this machine; what runs in its loop is started with `run`."""

    def __init__(self, folder: Path, *, rates: Rates | None = None, seed: int = 0, **oa: Any) -> None:  # noqa: ANN401
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.account = account_at(self.url, folder)
        self.oa = OfficialAccount(self.account, **oa)
        self.faults = Faults(rates or Rates(), seed=seed)
        config = uvicorn.Config(create_server(self.oa, self.faults), log_config=None, access_log=False)
        self._server, self._loop = uvicorn.Server(config), asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._server.started:
            threading.Event().wait(0.01)
        return self

    def __exit__(self, *exception: object) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._loop.close()
        self._socket.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def webhooks(self, service_url: str, http: httpx.AsyncClient, **more: Any) -> Webhooks:  # noqa: ANN401
        url = service_url + "/channels/zalo/webhook"
        return Webhooks(self.account, url, faults=self.faults, http=http, **more)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._server.serve(sockets=[self._socket]))
