"""A demonstration without an account: the made-up Zalo on this machine and one person who writes."""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
import uvicorn

from bot.channels.zalo.account import Account
from bot.channels.zalo.errors import ZaloError
from bot.channels.zalo.signature import PROBE
from bot.channels.zalo.simulation.faults import Faults, Rates
from bot.channels.zalo.simulation.oa import OfficialAccount, Received
from bot.channels.zalo.simulation.server import create_server
from bot.channels.zalo.simulation.webhooks import Webhooks
from bot.channels.zalo.token_file import TokenFile, fresh

# As a bad day at Zalo may look.
ROUGH = Rates(busy=0.05, unavailable=0.1, slow=0.3, slow_seconds=1.5, duplicate=0.3, shuffle=0.5)
_FIRST_SECONDS, _QUIET_SECONDS, _LOOK_SECONDS = 30.0, 2.0, 0.05
START_IT = "start the service in another terminal: `HOIDAP_ZALO=simulation make run`"


class Stage:
    """One person's conversation with the running service."""

    def __init__(self, oa: OfficialAccount, webhooks: Webhooks) -> None:
        self._oa, self.webhooks = oa, webhooks
        self.user_id = "8" + "".join(secrets.choice("0123456789") for _ in range(18))
        self._shown = 0

    async def said(self, event: Mapping[str, Any]) -> list[Received]:
        """What the person gets for an event; empty where nothing comes in time."""
        if not await self.webhooks.deliver(event):
            raise ZaloError(f"the service did not accept the event; {START_IT}")
        waited = 0.0
        while len(self._oa.received) == self._shown and waited < _FIRST_SECONDS:
            await asyncio.sleep(_LOOK_SECONDS)
            waited += _LOOK_SECONDS
        seen, quiet = -1, 0.0
        while len(self._oa.received) != seen or quiet < _QUIET_SECONDS:
            quiet = quiet + _LOOK_SECONDS if len(self._oa.received) == seen else 0.0
            seen = len(self._oa.received)
            await asyncio.sleep(_LOOK_SECONDS)
        got, self._shown = self._oa.received[self._shown : seen], seen
        return got

    def picture(self, received: Received) -> bytes | None:
        """The picture in a message, if it is one."""
        payload = received.message.get("attachment", {}).get("payload", {})
        elements = payload.get("elements") or [{}]
        return self._oa.images.get(elements[0].get("attachment_id", ""))


@asynccontextmanager
async def stage(account: Account, *, port: int, service_url: str, rough: bool) -> AsyncIterator[Stage]:
    """The made-up Zalo, serving on this machine's `port`, and somebody to talk as.

    Raises:
        ZaloError: the service does not answer at `service_url`, or has no channel in simulation.
    """
    oa, faults = OfficialAccount(account), Faults(ROUGH if rough else Rates())
    server = uvicorn.Server(uvicorn.Config(create_server(oa, faults), log_config=None, access_log=False))
    async with httpx.AsyncClient(trust_env=False) as http:
        webhook = service_url.rstrip("/") + "/channels/zalo/webhook"
        await _probe(http, webhook)
        serving = asyncio.create_task(_served(server, _listener(port)))
        TokenFile(account.folder).save(fresh(oa.log_in()))
        try:
            yield Stage(oa, Webhooks(account, webhook, faults=faults, http=http, retry_seconds=(1.0, 5.0)))
        finally:
            server.should_exit = True
            await serving


def _listener(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise ZaloError(
            f"port {port} cannot be listened on ({error.strerror}); end the other simulation, or give it and "
            "the service another HOIDAP_ZALO_SIMULATION_PORT"
        ) from None


async def _served(server: uvicorn.Server, listener: socket.socket) -> None:
    """Serve without taking over the terminal's signals: Ctrl+C is the command's."""
    config = server.config
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listener])
    while not server.should_exit:
        await asyncio.sleep(0.05)
    await server.shutdown(sockets=[listener])


async def _probe(http: httpx.AsyncClient, webhook: str) -> None:
    try:
        status = (await http.post(webhook, content=PROBE)).status_code
    except httpx.HTTPError:
        raise ZaloError(f"nothing answers at {webhook}; {START_IT}") from None
    if status != httpx.codes.OK:
        raise ZaloError(f"{webhook} answers {status}, expected 200; {START_IT}")
