"""`hoidap zalo simulate`: talk to the running service as over Zalo, without an account."""

from __future__ import annotations

import argparse
import asyncio
import sys
from typing import TYPE_CHECKING, Any

from bot.settings import Settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from bot.channels.zalo.simulation.oa import Received
    from bot.channels.zalo.simulation.stage import Stage

HELP = (
    "Gõ câu hỏi rồi Enter; gõ số của một nút để bấm nút đó. "
    "/anh, /sticker, /thoai, /tep: gửi ảnh, sticker, tin thoại, tệp; /theo-doi: quan tâm OA; "
    "/rut: rút đồng ý (xoá dữ liệu); /thoat: kết thúc."
)
_ATTACHMENTS = {
    "/anh": "user_send_image",
    "/sticker": "user_send_sticker",
    "/thoai": "user_send_audio",
    "/tep": "user_send_file",
}


def register(actions: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = actions.add_parser("simulate", help="talk to the service as over Zalo, without an account")
    parser.add_argument("question", nargs="*", help="ask these and end, instead of a conversation")
    parser.add_argument("--service", metavar="URL", help="the running service (default: this machine)")
    parser.add_argument(
        "--rough", action="store_true", help="duplicates, late events, failing and slow calls"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0 when every question got an answer."""
    return asyncio.run(_run(arguments, settings.model_copy(update={"zalo": "simulation"})))


async def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.channels.zalo.account import open_account
    from bot.channels.zalo.simulation.stage import stage

    url = arguments.service or f"http://127.0.0.1:{settings.port}"
    port = settings.zalo_simulation_port
    account = open_account(settings)
    async with stage(account, port=port, service_url=url, rough=arguments.rough) as on:
        return await (_asked(on, arguments.question) if arguments.question else _talk(on))


async def _asked(on: Stage, questions: list[str]) -> int:
    code = 0
    for question in questions:
        print(f"\nNgười dùng: {question}")
        got = await on.said(on.webhooks.text(on.user_id, question))
        _show(on, got)
        code = code if got else 1
    return code


async def _talk(on: Stage) -> int:
    print(HELP)
    buttons = _show(on, await on.said(on.webhooks.follow(on.user_id)))
    while True:
        print("\nNgười dùng: ", end="", flush=True)
        line = await asyncio.to_thread(sys.stdin.readline)
        text = line.strip()
        if not line or text == "/thoat":
            return 0
        if not text:
            continue
        if text.isdigit() and 0 < int(text) <= len(buttons):
            text = _tapped(buttons[int(text) - 1])
            if not text:
                continue
        if text == "/rut":
            await on.webhooks.deliver(on.webhooks.flat("user_withdraw", on.user_id))
            print("(đã gửi yêu cầu xoá dữ liệu)")
            continue
        buttons = _show(on, await on.said(_event(on, text)))


def _event(on: Stage, text: str) -> dict[str, Any]:
    if text == "/theo-doi":
        return on.webhooks.follow(on.user_id)
    if text in _ATTACHMENTS:
        return on.webhooks.message(_ATTACHMENTS[text], on.user_id, attachments=[{"type": text[1:]}])
    return on.webhooks.text(on.user_id, text)


def _tapped(button: dict[str, Any]) -> str:
    """What a tap says: a query's text; a link is printed instead of opened."""
    if button["type"] == "oa.open.url":
        print(f"(mở {button['payload']['url']})")
        return ""
    return str(button["payload"])


def _show(on: Stage, received: list[Received]) -> list[dict[str, Any]]:
    """Print what came, and return its buttons in the order of their numbers."""
    buttons: list[dict[str, Any]] = []
    for got in received:
        quoted = " (trả lời câu hỏi được trích)" if "quote_message_id" in got.message else ""
        if "text" in got.message:
            print(f"OA{quoted}: {got.message['text']}")
        if (picture := on.picture(got)) is not None:
            print(f"OA: [hình ảnh, {len(picture)} byte]")
        for button in got.message.get("attachment", {}).get("payload", {}).get("buttons", []):
            buttons.append(button)
            print(f"    [{len(buttons)}] {button['title']}")
    if not received:
        print("(không có câu trả lời nào)")
    return buttons
