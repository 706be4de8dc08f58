"""`hoidap zalo …`: log in, look at the channel, see and resend what was not delivered, try it out."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.commands import zalo_simulate
from bot.errors import UsageError
from bot.settings import Settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from bot.channels.zalo.account import Account
    from bot.channels.zalo.journal import Journal


def register(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its own commands to the parser."""
    parser = commands.add_parser("zalo", help="the Zalo channel: login, status, dead, resend, simulate")
    actions = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    login = actions.add_parser("login", help="get the first tokens; once, and where status asks for it")
    login.add_argument(
        "--refresh-token", action="store_true", help="ask for a refresh token made in Zalo's API Explorer"
    )
    login.add_argument(
        "--redirect-url", default="", metavar="URL", help="the callback address set in Zalo's console"
    )
    login.set_defaults(run=_login)
    status = actions.add_parser("status", help="tokens, queue, undelivered; exit code 1 if it cannot send")
    status.set_defaults(run=_status)
    dead = actions.add_parser("dead", help="list messages that were not delivered, and why")
    dead.set_defaults(run=_dead)
    resend = actions.add_parser("resend", help="send undelivered messages again")
    resend.add_argument("number", nargs="*", type=int, help="numbers as `dead` lists them")
    resend.add_argument("--all", action="store_true", help="all that were refused or given up")
    resend.add_argument(
        "--uncertain", action="store_true", help="with --all: those too that may have been sent"
    )
    resend.set_defaults(run=_resend)
    zalo_simulate.register(actions)


def _login(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.channels.zalo.account import open_account
    from bot.channels.zalo.login import Login

    login = Login(settings, open_account(settings))
    if arguments.refresh_token:
        tokens = asyncio.run(login.with_refresh_token(_secret("Refresh token: ")))
    else:
        redirect = arguments.redirect_url or settings.public_url
        if not redirect:
            raise UsageError("no callback address; give --redirect-url, or set HOIDAP_PUBLIC_URL")
        print(f"1. Mở địa chỉ này bằng tài khoản quản trị OA và đồng ý:\n\n{login.address(redirect)}\n")
        landed_at = _secret("2. Dán toàn bộ địa chỉ mà trình duyệt được chuyển tới (không hiện ra): ")
        tokens = asyncio.run(login.with_code(landed_at))
    print(f"Đã lưu token; access token còn {tokens.left_seconds() / 3600:.0f} giờ, hệ thống sẽ tự làm mới.")
    return 0


def _secret(prompt: str) -> str:
    """What is typed without being shown; a line of standard input where that is no terminal."""
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline()


def _status(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.channels.zalo.status import can_send, lines

    with _journal(settings) as (account, journal):
        print("\n".join(lines(settings, account, journal)))
        return 0 if can_send(account) else 1


def _dead(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.channels.zalo import inbox, outbox
    from bot.channels.zalo.status import undelivered_line

    with _journal(settings) as (_, journal):
        secret = journal.wait_for(inbox.conversation_secret)
        messages = journal.wait_for(outbox.undelivered)
        for message in messages:
            print(undelivered_line(message, inbox.conversation_id(secret, message.user_id)[:13]))
    print(f"{len(messages)} messages" + (": `hoidap zalo resend NUMBER` sends one again" if messages else ""))
    return 0


def _resend(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.channels.zalo import outbox
    from bot.channels.zalo.delivery import now_ms

    if bool(arguments.number) == arguments.all:
        raise UsageError("give the numbers that `hoidap zalo dead` lists, or --all")
    with _journal(settings) as (_, journal):
        listed = journal.wait_for(outbox.undelivered)
        wanted = arguments.number or [m.id for m in listed if m.state == "dead" or arguments.uncertain]
        if stray := sorted(set(wanted) - {message.id for message in listed}):
            raise UsageError(f"{stray[0]} is not in the list of `hoidap zalo dead`; nothing was resent")
        at = now_ms()
        done = journal.wait_for(lambda c: sum(outbox.resend(c, number, now_ms=at) for number in wanted))
    print(f"{done} messages are planned again; the running service sends them within seconds")
    return 0


@contextmanager
def _journal(settings: Settings) -> Iterator[tuple[Account, Journal]]:
    from bot.channels.zalo.account import open_account
    from bot.channels.zalo.channel import JOURNAL_NAME
    from bot.channels.zalo.journal import Journal

    account = open_account(settings)
    journal = Journal(account.folder / JOURNAL_NAME)
    try:
        yield account, journal
    finally:
        journal.close()
