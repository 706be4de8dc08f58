"""The widget: its size, how soon it can be used, and whether 500 messages scroll without a stutter."""

from __future__ import annotations

import os
import shutil
import statistics
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bot.app import create_app
from bot.commands.serve import listeners
from bot.settings import Settings
from bot.widget_files import widget_files
from tests.bench.document import say, table, write_section
from tests.browser.chat import FILL
from tests.browser.conftest import FLAGS
from tests.browser.portal import running_portal

ROUNDS = 15
MESSAGES = 500
# Scrolls the whole log by a screen's third a frame, and hands back how long each frame took.
_SCROLL = """async () => {
  const log = document.querySelector("hoidap-chat").shadowRoot.querySelector(".log");
  const times = [];
  let last = performance.now();
  log.scrollTop = log.scrollHeight;
  for (let still = 0, frames = 0; still < 5 && frames < 1200; frames++) {
    const before = log.scrollTop;
    log.scrollTop -= log.clientHeight / 3;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    times.push(now - last);
    last = now;
    still = log.scrollTop === before ? still + 1 : 0;
  }
  return times.slice(2);
}"""
# Interactive: the field has been painted, takes a question, and Enter sends it. So the clock runs from the
# loader's last byte, over the frame that shows the field, to the call that sends what is typed in after it.
_TYPES_AND_SENDS = """
const sent = window.fetch;
window.interactive = new Promise((resolve) => {
  window.fetch = (address, ...rest) => {
    if (!String(address).endsWith("/api/v1/chat")) return sent.call(window, address, ...rest);
    const loader = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/widget.js"));
    resolve(performance.now() - loader.responseEnd);
    return new Promise(() => {});
  };
});
addEventListener("hoidap-ready", ({ target }) => requestAnimationFrame(() => {
  const painted = new MessageChannel();
  painted.port1.onmessage = () => {
    const chat = target.shadowRoot;
    chat.querySelector(".launcher")?.click();
    const field = chat.querySelector("textarea");
    field.value = "tỷ lệ khai sinh?";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  };
  painted.port2.postMessage(null);
}));
"""

_PORTAL = '<!doctype html><html lang="vi"><title>Cổng</title><body><script src="{}/widget.js" async></script>'


class _NoAnswers:
    def answer(self, text: str, **_: Any) -> Any:  # noqa: ANN401
        raise NotImplementedError(text)

    def reload_if_changed(self) -> bool:
        return False


def main() -> None:
    """Measure and write the section."""
    chromium = shutil.which("chromium")
    if chromium is None:
        say("widget: needs Debian's chromium; left out")
        return
    sizes = {name: len(file.gzipped) for name, file in widget_files().files.items()}
    with (
        running_portal() as portal,
        _service(portal.address) as address,
        sync_playwright() as playwright,
    ):
        embedded = portal.put("/", _PORTAL.format(address))
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        loads = (_Load(address), _Load(address, messages=MESSAGES), _Load(address, page=embedded))
        # one after the other in each round, so that what else the machine does meets all of them alike
        rounds = [[_interactive(browser, load) for load in loads] for _ in range(ROUNDS)]
        (empty, work), (full, work_full), (portal_time, portal_work) = (
            zip(*times, strict=True) for times in zip(*rounds, strict=True)
        )
        frames, frame_work = _frames(browser, address)
        browser.close()
    slow = sum(frame > 1000 / 60 * 1.5 for frame in frames)
    rows = [
        ("all files, gzipped", f"{sum(sizes.values()) / 1000:.1f} kB", "40 kB"),
        ("from the loader's last byte to interactive: the chat page, first visit", _ms(empty), "200 ms"),
        ("the page's own work for that (processor time)", _ms(work), ""),
        (f"the same with {MESSAGES} messages kept", _ms(full), "200 ms"),
        ("the page's own work for that (processor time)", _ms(work_full), ""),
        ("the same in another site's page, the click on the button included", _ms(portal_time), "200 ms"),
        ("the page's own work for that (processor time)", _ms(portal_work), ""),
        (f"the page's own work a frame, scrolling {MESSAGES} messages", f"{frame_work:.1f} ms", "16.7 ms"),
        (f"frames a second, scrolling {MESSAGES} messages", f"{_rate(frames):.0f}", "60"),
        (f"frames longer than 25 ms, of {len(frames)}", str(slow), "0"),
    ]
    load = f"{os.getloadavg()[0]:.0f} programs wanted its {os.cpu_count()} cores meanwhile (load average)."
    measured = table(("what", "measured", "bar"), rows)
    write_section("widget", "The widget in a browser", f"{_ABOUT} {load}", measured)


_ABOUT = (
    f"Debian's chromium without a GPU, on the machine that serves; medians of {ROUNDS} first loads. "
    "Interactive: the field is painted, takes a question, and Enter sends it. Processor time "
    "is what other programs on the machine do not change."
)


def _ms(times: Sequence[float]) -> str:
    return f"{statistics.median(times):.0f} ms"


def _rate(frames: Sequence[float]) -> float:
    return 1000 / statistics.mean(frames)


@dataclass(frozen=True, slots=True)
class _Load:
    """A load to time: the chat page of the service, or another `page`, with so many messages kept."""

    address: str
    messages: int = 0
    page: str = ""


def _opened(browser: Browser, load: _Load, *, script: str = "") -> tuple[Page, CDPSession]:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"{load.address}/healthz")
    if load.messages:
        page.evaluate(FILL, load.messages)
    page.add_init_script(script)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(load.page or load.address)
    return page, session


def _interactive(browser: Browser, load: _Load) -> tuple[float, float]:
    """Milliseconds until the chat was interactive, and of the page's own work for it."""
    page, session = _opened(browser, load, script=_TYPES_AND_SENDS)
    time: float = page.evaluate("window.interactive")
    work = _work(session)
    page.context.close()
    return time, work


def _work(session: CDPSession) -> float:
    """Milliseconds of processor time that the page's main thread has taken: other programs do not count."""
    metrics = {line["name"]: line["value"] for line in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]) * 1000


def _frames(browser: Browser, address: str) -> tuple[list[float], float]:
    """How long each frame took, and the milliseconds of work for one."""
    page, session = _opened(browser, _Load(address, messages=MESSAGES))
    page.locator(".turn.mine").last.wait_for()
    before = _work(session)
    frames: list[float] = page.evaluate(_SCROLL)
    work = (_work(session) - before) / len(frames)
    shown = page.locator(".turn:not(.welcome)").count()
    if shown != MESSAGES:
        raise RuntimeError(f"scrolled to the top, {shown} turns are drawn; expected {MESSAGES}")
    page.context.close()
    return frames, work


@contextmanager
def _service(embed_origins: str) -> Iterator[str]:
    """The address of a service without reports: nothing is asked of it here."""
    with TemporaryDirectory() as folder:
        settings = Settings(data_folder=Path(folder), embed_origins=embed_origins)
        (listener,) = listeners("127.0.0.1", 0)
        app = create_app(settings, open_assistant=lambda _: _NoAnswers(), normalise=str)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            thread.join(0.05)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
            listener.close()
