"""The real service over real reports and a hostile one, a portal elsewhere, and Debian's chromium."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from pydantic import SecretStr

from bot.app import create_app
from bot.commands.serve import listeners
from bot.ingestion import ingest, publish_index
from bot.settings import Settings
from tests.browser.portal import Portal, running_portal

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ADMIN_TOKEN = "ma-quan-tri-cua-kiem-thu"  # noqa: S105
HOSTILE = """Số: 66/BC-UBND

Hòa Lạc, ngày 15 tháng 5 năm 2025

BÁO CÁO
Kết quả <img src=x onerror=window.hacked=1> tháng 5/2025

I. KẾT QUẢ <script>window.hacked=1</script>

1. Dịch vụ công "><svg onload=window.hacked=1>

- Cấp thẻ thư viện <img src=x onerror="window.hacked=1">: Đã tiếp nhận 40/50 hồ sơ, đạt tỷ lệ 80%.
"""


@pytest.fixture(scope="package")
def portal() -> Iterator[Portal]:
    """A web server that the service knows as a place where its widget may be."""
    with running_portal() as portal:
        yield portal


@pytest.fixture(scope="package")
def service(tmp_path_factory: pytest.TempPathFactory, portal: Portal) -> Iterator[str]:
    """The address of a running service without Rasa."""
    folder = tmp_path_factory.mktemp("service")
    (folder / "hostile.txt").write_text(HOSTILE, "utf-8")
    settings = Settings(
        data_folder=folder / "var",
        embed_origins=portal.address,
        frame_origins=portal.address,
        admin_token=SecretStr(ADMIN_TOKEN),
    )
    paths = [ROOT / "knowledge/reports", folder / "hostile.txt"]
    store, results = ingest(paths, settings, done=lambda *_: None)
    assert {result.status for result in results} == {"added"}
    publish_index(store, settings)
    (listener,) = listeners("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(create_app(settings), log_config=None))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the service did not start"
        thread.join(0.05)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


# Of this folder, not of the session: while it runs, its event loop would stop other tests from having one.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("needs Debian's chromium; `make test` installs it where apt can")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, service: str, portal: Portal) -> Iterator[Callable[..., Page]]:
    """Opens a page of the service in a fresh profile; at the end, nothing may have gone wrong or gone out."""
    contexts: list[Any] = []
    faults: list[str] = []

    def opened(path: str = "/", *, width: int = 1440, height: int = 900, **options: Any) -> Page:  # noqa: ANN401
        size = ViewportSize(width=width, height=height)
        context = browser.new_context(base_url=service, viewport=size, locale="vi-VN", **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        page: Page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        known = (service, portal.address)
        page.on("request", lambda r: None if r.url.startswith(known) else faults.append(f"request: {r.url}"))
        page.on(
            "console", lambda m: faults.append(f"console: {m.text}") if "Content Security" in m.text else None
        )
        page.goto(path)
        return page

    yield opened
    cookies = [cookie for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    assert faults == []
    assert cookies == []
