"""`hoidap serve`: start Rasa and the chat, and print the chat's address."""

from __future__ import annotations

import argparse
import ipaddress
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.errors import BotError, NotReady
from bot.settings import Settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    import uvicorn

    from bot.rasa_process import RasaProcess

_GRACE_SECONDS = 5


def register(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("serve", help="start Rasa and the chat")
    parser.add_argument("--host", help="address to listen on (default: HOIDAP_HOST or 127.0.0.1)")
    parser.add_argument("--port", type=_port, help="port to listen on (default: HOIDAP_PORT or 8000)")
    parser.add_argument("--no-rasa", action="store_true", help="without Rasa: no follow-up questions")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0 when the service was asked to end, 1 when it could not start."""
    given = {"host": arguments.host, "port": arguments.port}
    settings = settings.model_copy(update={k: v for k, v in given.items() if v is not None})
    _check_built(settings)
    # uvicorn raises the signal once more when it has ended: then we leave by way of the clean-up below
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with ExitStack() as stack:
        sockets = [stack.enter_context(listener) for listener in listeners(settings.host, settings.port)]
        rasa = None if arguments.no_rasa else stack.enter_context(_rasa(settings))
        server = _server(settings, with_rasa=rasa is not None)
        threading.Thread(target=_announce, args=(server, rasa, settings), daemon=True).start()
        server.run(sockets=sockets)
        return 0 if server.started else 1


def listeners(host: str, port: int) -> Iterator[socket.socket]:
    """Bound sockets: at the host, and on loopback where the host is another address, since Rasa calls there.

    Raises:
        BotError: the address cannot be listened on, or the port is taken.
    """
    yield _bind(host, port)
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return  # a name such as localhost: whatever it stands for
    if not address.is_loopback and not address.is_unspecified:
        yield _bind("127.0.0.1", port)


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio switches Nagle's algorithm off only where the protocol is named: a turn would wait 40 ms for it
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise BotError(
            f"{host}:{port} cannot be listened on ({error.strerror}); "
            "end what listens there, or choose another with --host and --port"
        ) from None
    return listener


def _check_built(settings: Settings) -> None:
    from index.publication import current_name

    if not settings.knowledge_path.exists():
        raise NotReady(f"{settings.knowledge_path}: no report is stored yet; run `hoidap ingest PATH` first")
    current_name(settings.index_folder)


@contextmanager
def _rasa(settings: Settings) -> Iterator[RasaProcess]:
    from bot.rasa_process import RasaProcess
    from bot.rasa_training import trained_model

    with RasaProcess(
        model=trained_model(settings.rasa_models_folder).path,
        port=urlsplit(settings.rasa_url).port or 5005,
        action_url=f"http://127.0.0.1:{settings.port}/rasa/webhook",
        log_path=settings.rasa_folder / "rasa.log",
    ) as process:
        yield process


def _server(settings: Settings, *, with_rasa: bool) -> uvicorn.Server:
    import uvicorn

    from bot.answering.assistant import Assistant
    from bot.app import create_app
    from bot.rasa_client import RasaClient

    assistant = Assistant.open(settings)  # here, so that what is wrong with the index is said in a sentence
    timeout = settings.rasa_timeout_seconds
    rasa = RasaClient(settings.rasa_url, timeout_seconds=timeout) if with_rasa else None
    config = uvicorn.Config(
        create_app(settings, open_assistant=lambda _: assistant, rasa=rasa),
        log_config=None,
        access_log=False,  # addresses of people are nobody's business, and metrics count the turns
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    return uvicorn.Server(config)


def _announce(server: uvicorn.Server, rasa: RasaProcess | None, settings: Settings) -> None:
    """Print the address once the chat answers and Rasa has loaded its model, or has failed to."""
    pause = threading.Event()
    while not server.started:
        if server.should_exit:
            return
        pause.wait(0.05)
    if rasa is not None:
        try:
            rasa.wait_ready(settings.rasa_start_timeout_seconds)
        except BotError as error:
            if server.should_exit:
                return
            print(f"hoidap: {error}; questions are answered one by one, without follow-ups", file=sys.stderr)
    print(f"hoidap is ready: {address(settings.host, settings.port)}", flush=True)


def address(host: str, port: int) -> str:
    """The address to type into a browser on this machine."""
    shown = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; expected 1 to 65535")
    return int(text)
