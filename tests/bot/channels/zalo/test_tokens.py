"""Tokens: single use, two processes, and a crash at each point of a renewal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.channels.zalo.errors import LoginNeeded, SecretsUnsafe, TokenUnavailable, ZaloError
from bot.channels.zalo.login import Login
from bot.channels.zalo.oauth import OAuth
from bot.channels.zalo.token_file import TokenFile, Tokens, fresh
from bot.channels.zalo.tokens import TokenKeeper
from bot.settings import Settings
from tests.zalo.standin import StandIn

pytestmark = pytest.mark.anyio


class Desk:
    """Makes keepers as processes have them: apart from each other, over one file."""

    def __init__(self, standin: StandIn, folder: Path, http: httpx.AsyncClient) -> None:
        self.standin, self.file, self._http = standin, TokenFile(folder), http

    def keeper(self) -> TokenKeeper:
        return TokenKeeper(TokenFile(self.file.path.parent), OAuth(self._http, self.standin.account))

    def save(self, **changes: Any) -> Tokens:  # noqa: ANN401
        tokens = replace(fresh(self.standin.oa.log_in()), **changes)
        self.file.save(tokens)
        return tokens


@pytest.fixture
async def desk(standin: StandIn, tmp_path: Path) -> AsyncIterator[Desk]:
    async with httpx.AsyncClient(trust_env=False) as http:
        yield Desk(standin, tmp_path, http)


async def test_token_is_renewed_before_it_expires_and_both_are_on_disk(desk: Desk) -> None:
    before = desk.save(expires_at=0.0)
    token = await desk.keeper().current()
    saved = desk.file.load()
    assert saved is not None
    assert (saved.access_token, saved.renewing_since) == (token, 0.0)
    assert saved.refresh_token != before.refresh_token
    assert desk.file.path.stat().st_mode & 0o777 == 0o600
    assert before.refresh_token not in repr(saved) + repr(before)


async def test_two_processes_renew_once(desk: Desk) -> None:
    refused = desk.save().access_token
    keepers = [desk.keeper() for _ in range(4)]
    tokens = await asyncio.gather(*(keeper.renew(refused=refused) for keeper in keepers))
    assert len(set(tokens)) == 1
    assert desk.standin.oa.renewals == 1


async def test_crash_before_zalo_heard_of_it_is_recovered(desk: Desk) -> None:
    desk.save(expires_at=0.0, renewing_since=1.0)
    assert await desk.keeper().current()
    saved = desk.file.load()
    assert saved is not None
    assert saved.renewing_since == 0.0


async def test_crash_after_zalo_gave_new_tokens_is_told_with_what_to_do(desk: Desk) -> None:
    desk.save(expires_at=0.0, renewing_since=1.0)
    desk.standin.oa.log_in()  # the tokens that were lost
    with pytest.raises(LoginNeeded, match=r"cut short.*hoidap zalo login"):
        await desk.keeper().current()
    with pytest.raises(LoginNeeded, match="cut short"):  # and Zalo is not asked again and again
        await desk.keeper().current()


async def test_revoked_refresh_token_asks_for_a_login(desk: Desk) -> None:
    tokens = desk.save()
    desk.standin.oa.log_in()
    with pytest.raises(LoginNeeded, match="revoked"):
        await desk.keeper().renew(refused=tokens.access_token)


async def test_login_of_another_process_is_taken_up(desk: Desk) -> None:
    keeper = desk.keeper()
    with pytest.raises(LoginNeeded, match="nobody has logged in"):
        await keeper.current()
    assert await keeper.current() if desk.save() else None


async def test_server_out_of_reach_keeps_the_living_token_in_use(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = desk.save()
    desk.file.save(replace(tokens, expires_at=tokens.expires_at - 89_000))
    keeper = desk.keeper()
    monkeypatch.setattr(desk.standin.oa, "renew", lambda *_: {"error": -32})
    assert await keeper.current() == tokens.access_token
    saved = desk.file.load()
    assert saved is not None
    assert saved.renewing_since == 0.0
    monkeypatch.setattr(desk.standin.oa, "renew", lambda *_: {"message": "odd"})
    with pytest.raises(TokenUnavailable, match="HTTP 200"):
        await keeper.renew(refused=tokens.access_token)


async def test_tokens_that_cannot_be_saved_are_not_used_but_kept(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = desk.save()
    keeper, saves, save = desk.keeper(), [], TokenFile.save

    def full(self: TokenFile, given: Tokens) -> None:
        saves.append(given)
        if len(saves) == 2:  # the intent still had room
            raise OSError(28, "No space left on device")
        save(self, given)

    monkeypatch.setattr(TokenFile, "save", full)
    with pytest.raises(TokenUnavailable, match=r"No space left.*memory"):
        await keeper.renew(refused=tokens.access_token)
    token = await keeper.renew(refused=tokens.access_token)
    saved = desk.file.load()
    assert saved is not None
    assert saved.access_token == token
    assert desk.standin.oa.renewals == 1


async def test_file_that_others_may_read_is_refused(desk: Desk) -> None:
    desk.save()
    desk.file.path.chmod(0o644)
    with pytest.raises(SecretsUnsafe, match=r"0644, expected 0600.*chmod"):
        desk.file.load()
    desk.file.path.chmod(0o600)
    desk.file.path.write_text("{")
    with pytest.raises(SecretsUnsafe, match="damaged"):
        desk.file.load()


async def test_login_with_a_refresh_token_spends_and_saves(
    desk: Desk, zalo_settings: Settings, standin: StandIn
) -> None:
    login = Login(zalo_settings, standin.account)
    zalo_settings.zalo_folder.mkdir(parents=True)
    given = standin.oa.log_in().refresh_token
    assert await login.with_refresh_token(f" {given}\n")
    assert TokenFile(zalo_settings.zalo_folder).load() is not None
    for refresh_token, words in ((given, "each works once"), (" ", "empty")):
        with pytest.raises(ZaloError, match=words):
            await login.with_refresh_token(refresh_token)


async def test_login_refuses_the_address_of_another_attempt(
    zalo_settings: Settings, standin: StandIn
) -> None:
    login = Login(zalo_settings, standin.account)
    assert "code_challenge=" in login.address("https://hoidap.example.vn")
    for landed, words in (("https://x.vn/", "no code"), ("https://x.vn/?code=1&state=2", "another attempt")):
        with pytest.raises(ZaloError, match=words):
            await login.with_code(landed)
