"""Takes the pictures of the documentation from the running service: `make pictures`.

Run: ``python -m tests.browser.make_pictures [ADDRESS]``, after `hoidap ingest` and `hoidap train`. Without
the address of a running service it starts `hoidap serve` on free ports. It talks to it in Debian's chromium,
and writes the PNG files of ``docs/pictures``. The clock of the pages stands still, so that a picture changes
only where a page or an answer did.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, FilePayload, Page, ViewportSize, expect, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.portal import Portal, running_portal

Colours = Literal["light", "dark"]
ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs/pictures"
LARGEST_BYTES = 300_000
_NOW = "2025-01-06T08:30:00+07:00"
_ANSWER_MS, _READ_MS = 15_000, 120_000
_TOKEN = "HOIDAP_ADMIN_TOKEN"  # noqa: S105 - the name of the setting
_DESKTOP, _PHONE = ViewportSize(width=1440, height=840), ViewportSize(width=390, height=844)


def main(address: str | None) -> int:
    """0 when every picture is written, 1 where there is no chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("make pictures needs Debian's chromium: apt-get install chromium fonts-noto-core\n")
        return 1
    os.environ.setdefault(_TOKEN, secrets.token_urlsafe(24))
    PICTURES.mkdir(parents=True, exist_ok=True)
    with running_portal() as portal, sync_playwright() as playwright:
        running = nullcontext(address) if address else _service(portal)
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with running as chat:
            _take_all(browser, chat)
            if not address:  # a service that runs already does not know the portal
                _take_widget(browser, portal, chat)
        browser.close()
    return 0


def _take_all(browser: Browser, address: str) -> None:
    page = _open(browser, address, _DESKTOP)
    _ask(page, "tỷ lệ cấp lý lịch tư pháp tháng 3?", "thế còn khai tử?")
    source = page.locator(".turn.theirs .sources a").last
    source.click()
    expect(page.locator(".source mark").first).to_be_in_viewport(timeout=_ANSWER_MS)
    _save(page, "chat-desktop")
    # where the same citation leads as a page of its own
    report = _open(browser, source.get_attribute("href") or "", _DESKTOP)
    expect(report.locator("mark").first).to_be_in_viewport(timeout=_ANSWER_MS)
    _save(report, "report")
    page = _open(browser, address, _PHONE)
    _ask(page, "ty le tro cap that nghiep?")
    _save(page, "chat-phone")
    page.locator(".turn.theirs .sources a").last.click()
    expect(page.locator(".source mark").first).to_be_in_viewport(timeout=_ANSWER_MS)
    _save(page, "chat-phone-source")
    page = _open(browser, address, _PHONE, "dark")
    _ask(page, "huyện nào chưa có IOC?")
    _save(page, "chat-phone-dark")
    _take_desk(browser, address)


def _take_desk(browser: Browser, address: str) -> None:
    """The editor's desk with an amended report that is previewed, rehearsed, and discarded again."""
    page = _open(browser, address + "desk", ViewportSize(width=1100, height=1440))
    page.get_by_label("Tên người biên tập").fill("Nguyễn Thị Hà")
    page.get_by_label("Mã quản trị").fill(os.environ[_TOKEN])
    page.keyboard.press("Enter")
    report = next((ROOT / "knowledge/reports").glob("331-*.txt"))
    amended = report.read_text("utf-8").replace("919/1.576", "1.019/1.576").replace("58,31%", "64,66%")
    page.set_input_files("#files", files=_text(report.name, amended))
    page.get_by_role("button", name="Chạy thử bộ câu hỏi").click(timeout=_READ_MS)
    asked = "tỷ lệ cấp lý lịch tư pháp tháng 3?\ntỷ lệ khai sinh tháng 3?\n"
    page.set_input_files("#question-file", files=_text("cau-hoi.txt", asked))
    page.get_by_role("button", name="Chạy với tệp này").click()
    page.locator(".summary").wait_for(timeout=_READ_MS)
    page.locator(".becomes").evaluate("node => node.scrollIntoView()")
    page.evaluate("scrollBy(0, -110)")
    _save(page, "desk")
    page.get_by_role("button", name="Bỏ bản chờ").click()
    page.get_by_role("button", name="Đồng ý").click()
    expect(page.locator("#said")).to_contain_text("Đã bỏ", timeout=_READ_MS)


def _text(name: str, words: str) -> FilePayload:
    return FilePayload(name=name, mimeType="text/plain", buffer=words.encode())


def _take_widget(browser: Browser, portal: Portal, address: str) -> None:
    html = (Path(__file__).with_name("portal_page.html")).read_text("utf-8")
    url = portal.put("/", html.replace("SERVICE", address.rstrip("/")))
    page = _open(browser, url, _DESKTOP)
    page.locator(".launcher").click()
    _ask(page, "ty le tro cap that nghiep?")
    page.locator(".turn.theirs .sources a").last.click()
    expect(page.locator(".source mark").first).to_be_in_viewport(timeout=_ANSWER_MS)
    _save(page, "widget-portal")


def _open(browser: Browser, url: str, size: ViewportSize, colours: Colours = "light") -> Page:
    context = browser.new_context(
        viewport=size,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        color_scheme=colours,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.clock.set_fixed_time(_NOW)
    page.goto(url)
    return page


def _ask(page: Page, *questions: str) -> None:
    page.locator(".turn.welcome").wait_for(state="attached")
    for question in questions:
        answers = page.locator(".turn.theirs")
        before = answers.count()
        page.get_by_label("Câu hỏi").fill(question)
        page.keyboard.press("Enter")
        expect(answers).to_have_count(before + 1, timeout=_ANSWER_MS)


def _save(page: Page, name: str) -> None:
    path = PICTURES / f"{name}.png"
    page.mouse.move(0, 0)
    page.screenshot(path=path, caret="hide", animations="disabled")
    size = path.stat().st_size
    if size > LARGEST_BYTES:
        raise ValueError(f"{path}: {size} bytes, expected at most {LARGEST_BYTES}; take a smaller view")
    sys.stdout.write(f"{path.relative_to(ROOT)}: {size // 1000} kB\n")


@contextmanager
def _service(portal: Portal) -> Iterator[str]:
    """The address of `hoidap serve` with Rasa, on ports that nobody uses."""
    environment = os.environ | {
        "HOIDAP_EMBED_ORIGINS": portal.address,
        "HOIDAP_PORT": str(_free_port()),
        "HOIDAP_RASA_URL": f"http://127.0.0.1:{_free_port()}",
    }
    command = [Path(sys.executable).with_name("hoidap"), "serve"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield _announced(process)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _announced(process: subprocess.Popen[str]) -> str:
    """The address that the service prints once it is ready."""
    for line in process.stdout or ():
        if line.startswith("hoidap is ready: "):
            return line.split()[-1]
    raise RuntimeError(f"hoidap serve ended with exit code {process.wait()}; its message is above")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else None))
