"""Every page: what Lighthouse calls best practices, and room for a finger, without Lighthouse."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Response

from bot.static_files import FOLDER as STATIC
from bot.widget_files import FOLDER as WIDGET
from tests.browser.chat import QUESTION, Open, ask
from tests.browser.test_desk import enter

PATHS = [
    "/",
    "/reports",
    "report",
    "/facts?q=khai+sinh",
    "/search?q=khai+sinh",
    "/desk",
    "/problems/not-found",
]
MEDIA_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "json": "application/json"}
# Everything that a finger may aim at, also in the chat: at least 24 px each way, except links within a line
# of text, and what has no other target nearer than that (WCAG 2.2, 2.5.8).
TOO_SMALL = """() => {
  const found = [];
  const aim = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) aim(node.shadowRoot);
      if (node.matches("a[href], button, input, select, textarea, summary, [tabindex='0'][role=button]")
        && node.checkVisibility({ visibilityProperty: true, opacityProperty: true })) found.push(node);
    }
  };
  aim(document);
  const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2];
  return found.filter((node) => {
    const box = node.getBoundingClientRect();
    if (box.width >= 24 && box.height >= 24 || box.width <= 1) return false;
    const around = [...node.parentNode.childNodes].filter((other) => other !== node);
    const inline = getComputedStyle(node).display.startsWith("inline");
    if (inline && around.some((other) => other.textContent.trim())) return false;
    const [x, y] = middle(box);
    return found.some((other) => {
      const [left, top] = middle(other.getBoundingClientRect());
      return other !== node && Math.hypot(left - x, top - y) < 24;
    });
  }).map((node) => node.outerHTML.slice(0, 120));
}"""


@pytest.fixture(params=PATHS)
def visited(request: pytest.FixtureRequest, open_page: Open) -> tuple[Page, list[Response], list[str]]:
    """A page that has been loaded, everything that came for it, and what the browser had to say of it."""
    page = open_page("about:blank", width=360, height=740)
    responses: list[Response] = []
    said: list[str] = []
    page.on("response", lambda response: responses.append(response))
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    browser = page.context.new_cdp_session(page)
    browser.on("Audits.issueAdded", lambda event: said.append(str(event["issue"])))
    browser.on("Log.entryAdded", lambda event: said.append(str(event["entry"])))
    browser.send("Audits.enable")
    browser.send("Log.enable")
    path: str = request.param
    if path == "report":
        path = "/reports/" + page.request.get("/api/v1/reports").json()["reports"][0]["id"]
    page.goto(path)
    if path == "/":
        ask(page, QUESTION)
    elif path == "/desk":
        enter(page)
    return page, responses, said


def test_page_loads_as_a_browser_likes_it(visited: tuple[Page, list[Response], list[str]]) -> None:
    page, responses, said = visited
    assert said == [], "no error, warning, deprecated API, mixed content or refused source"
    for response in responses:
        name = response.url.partition("?")[0].rpartition(".")[2]
        media_type = response.headers.get("content-type", "").partition(";")[0]
        assert response.status < 400, response.url
        assert media_type == MEDIA_TYPES.get(name, media_type), response.url
    document = next(r for r in responses if r.request.is_navigation_request())
    assert document.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in document.headers["content-security-policy"]
    html = document.text()
    assert html.startswith('<!doctype html>\n<html lang="vi">')
    assert '<meta charset="utf-8">' in html[:1024]
    told: dict[str, Any] = page.evaluate(
        """() => ({
          mode: document.compatMode, title: document.title,
          about: document.querySelector("meta[name=description]")?.content ?? "",
          viewport: document.querySelector("meta[name=viewport]").content,
          unsized: document.querySelectorAll("img:not([width][height])").length,
          nearby: new Set([...document.querySelectorAll("[id]")].map((node) => node.id)).size
            - document.querySelectorAll("[id]").length,
          names: document.querySelectorAll("h1").length,
        })"""
    )
    assert told["mode"] == "CSS1Compat"
    assert told["title"].strip()
    assert len(told["about"]) > 40
    assert not re.search(r"user-scalable|maximum-scale", told["viewport"]), "everybody may zoom"
    assert (told["unsized"], told["nearby"]) == (0, 0), "images with their size, no name given twice"


def test_what_is_tapped_has_room_for_a_finger(visited: tuple[Page, list[Response], list[str]]) -> None:
    page, _, _ = visited
    assert page.evaluate(TOO_SMALL) == []


def test_page_can_be_scrolled_to_its_end(visited: tuple[Page, list[Response], list[str]]) -> None:
    page, _, _ = visited
    missing = page.evaluate(
        """() => { const whole = document.scrollingElement; whole.scrollTop = whole.scrollHeight;
        return whole.scrollHeight - whole.clientHeight - Math.ceil(whole.scrollTop); }"""
    )
    assert missing <= 1


def test_no_script_does_what_browsers_give_up() -> None:
    given_up = r"unload\b|document\.write|eval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML"
    for script in (*WIDGET.glob("*.js"), *STATIC.glob("*.js")):
        assert not re.search(given_up, script.read_text("utf-8")), script.name
