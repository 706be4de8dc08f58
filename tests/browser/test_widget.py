"""The widget in pages of others: strict, hostile, framed, on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from bot.widget_files import FOLDER
from tests.browser.portal import Portal

Open = Callable[..., Page]
QUESTION = "tỷ lệ cấp lý lịch tư pháp tháng 3/2024?"
# What docs/widget.md tells a portal to send, and as strict as a policy can be.
POLICY = (
    "default-src 'none'; script-src {0}; connect-src {0}; img-src {0}; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Cổng nội bộ</title>{head}</head>
<body><h1>Cổng nội bộ</h1><p class="bubble" id="mine">Nội dung của cổng</p>{body}</body></html>"""
RESETS = """<style>
  :root { font-size: 40%; --hd-ink: red; --hd-ground: red }
  * { all: unset !important; display: inline !important; color: red !important; font: 3px/1 serif !important;
      visibility: hidden !important; direction: rtl !important; letter-spacing: 1em !important }
  button, textarea, dialog, section, p { width: 5px !important; position: static !important; opacity: 0 }
  [hidden] { display: block !important }
</style>"""
# What libraries of 2008 did to every page, and what a polluted prototype does.
OLD_LIBRARY = """<script>
  Array.prototype.toJSON = function () { return "[broken]"; };
  String.prototype.toJSON = function () { return JSON.stringify("x" + this); };
  Array.prototype.each = function () {}; Array.prototype.remove = Array.prototype.clear = function () {};
  Object.prototype.body = "polluted"; Object.prototype.method = "PUT"; Object.prototype.text = "polluted";
  Object.prototype.extend = function () {}; Object.prototype.hidden = true; Object.prototype.first = 7;
  window.$ = window.element = window.api = function () { throw new Error("not mine"); };
  document.addEventListener("keydown", (event) => { if (event.key === "k") event.preventDefault(); });
</script>"""


def line(service: str, **data: str) -> str:
    extra = "".join(f' data-{name}="{value}"' for name, value in data.items())
    return f'<script src="{service}/widget.js"{extra} async></script>'


def ask(page: Page, question: str = QUESTION) -> None:
    page.get_by_label("Câu hỏi").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".turn.theirs").last.locator(".words")).to_contain_text("58,31")


@pytest.fixture
def embedded(open_page: Open, service: str, portal: Portal) -> Callable[..., Page]:
    def opened(*, head: str = "", policy: str = "", data: Any = None, **options: Any) -> Page:  # noqa: ANN401
        html = PAGE.format(head=head, body=line(service, **(data or {})))
        return open_page(portal.put("/", html, policy.format(service)), **options)

    return opened


def test_one_line_under_a_strict_policy_gives_a_chat_with_sources(embedded: Callable[..., Page]) -> None:
    page = embedded(policy=POLICY)
    launcher = page.get_by_role("button", name="Mở trợ lý báo cáo")
    launcher.click()
    ask(page)
    page.locator(".sources a").first.click()
    expect(page.locator(".source mark")).to_contain_text("919/1.576")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(launcher).to_be_focused()
    page.reload()
    launcher.click()
    expect(page.locator(".turn.mine")).to_have_count(1)


def test_page_that_resets_everything_changes_nothing_in_the_widget(embedded: Callable[..., Page]) -> None:
    page = embedded(head=RESETS)
    page.locator(".launcher").click()
    ask(page)
    words = page.locator(".turn.theirs .words").last
    looks = words.evaluate(
        """node => { const s = getComputedStyle(node);
        return [s.color, s.fontSize, s.visibility, s.direction, s.letterSpacing, s.display]; }"""
    )
    assert looks == ["rgb(20, 33, 58)", "16px", "visible", "ltr", "normal", "block"]
    box = page.locator(".panel").bounding_box()
    assert box is not None
    assert (round(box["width"]), round(box["x"] + box["width"])) == (400, 1420)
    # and the widget's own names mean nothing outside of it
    ground = page.locator("#mine").evaluate("node => getComputedStyle(node).backgroundColor")
    assert ground == "rgba(0, 0, 0, 0)"


def test_old_library_in_the_page_breaks_nothing(embedded: Callable[..., Page]) -> None:
    page = embedded(head=OLD_LIBRARY)
    page.locator(".launcher").click()
    sent: list[Any] = []
    page.on("request", lambda r: sent.append(r.post_data_json) if r.url.endswith("/chat") else None)
    ask(page)
    assert sent == [{"message": QUESTION}]
    page.locator(".sources a").first.click()
    expect(page.locator(".source mark")).to_contain_text("919/1.576")
    page.get_by_label("Câu hỏi").fill("")
    page.get_by_label("Câu hỏi").press_sequentially("kk")
    page.reload()
    expect(page.locator(".turn.mine .words")).to_have_text(QUESTION)


def test_page_keeps_its_globals_and_its_elements(embedded: Callable[..., Page]) -> None:
    page = embedded(data={"manual": ""})
    before = page.evaluate("Object.keys(window).sort()")
    page.evaluate("document.body.append(document.createElement('hoidap-chat'))")
    page.locator(".launcher").wait_for()
    assert page.evaluate("Object.keys(window).sort()") == before
    assert page.evaluate("document.head.querySelectorAll('style, link, script').length") == 0
    assert page.evaluate("[...document.body.children].map(n => n.localName)") == [
        "h1", "p", "script", "hoidap-chat",
    ]  # fmt: skip


def test_page_that_is_not_listed_gets_nothing(open_page: Open, service: str, portal: Portal) -> None:
    stranger = portal.address.replace("127.0.0.1", "localhost")
    portal.put("/stranger", PAGE.format(head="", body=line(service)))
    page = open_page()
    page.context.new_page()
    other = page.context.pages[-1]
    with other.expect_console_message(lambda message: "HOIDAP_EMBED_ORIGINS" in message.text):
        other.goto(f"{stranger}/stranger")
    assert other.locator("hoidap-chat").count() == 0


def test_chat_page_in_a_frame_of_the_portal(open_page: Open, service: str, portal: Portal) -> None:
    body = f'<iframe src="{service}/" width="380" height="640" title="Trợ lý"></iframe>'
    page = open_page(portal.put("/framed", PAGE.format(head="", body=body)))
    frame = page.frame_locator("iframe")
    frame.get_by_label("Câu hỏi").fill(QUESTION)
    frame.get_by_label("Câu hỏi").press("Enter")
    expect(frame.locator(".sources a")).to_be_visible()
    frame.locator(".sources a").click()
    expect(frame.locator(".source mark")).to_be_in_viewport()


def test_on_a_phone_it_is_the_whole_screen_and_keeps_the_focus(embedded: Callable[..., Page]) -> None:
    page = embedded(width=360, height=740, has_touch=True, reduced_motion="reduce")
    page.locator(".launcher").click()
    box = page.locator(".panel").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 360, "height": 740}
    ask(page)
    stops = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        stops.add(page.evaluate("document.activeElement.localName"))
    assert stops <= {"hoidap-chat", "body"}
    page.get_by_role("button", name="Thu nhỏ").click()
    expect(page.locator(".launcher")).to_be_focused()
    expect(page.locator(".panel")).to_be_hidden()


def test_answer_that_comes_while_the_chat_is_put_away_is_counted(embedded: Callable[..., Page]) -> None:
    page = embedded()
    page.locator(".launcher").click()
    page.get_by_label("Câu hỏi").fill(QUESTION)
    held: list[Route] = []
    page.route("**/api/v1/chat", lambda route: held.append(route))
    with page.expect_request("**/api/v1/chat"):
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Thu nhỏ").click()
    held[0].fallback()
    expect(page.locator(".badge")).to_have_text("1")
    opener = page.get_by_role("button", name="Mở trợ lý báo cáo (1 tin chưa đọc)")
    opener.click()
    page.get_by_role("button", name="Thu nhỏ").click()
    expect(page.locator(".badge")).to_be_hidden()


def test_english_words_theme_and_side_are_attributes(embedded: Callable[..., Page]) -> None:
    page = embedded(data={"lang": "en", "theme": "dark", "position": "left"})
    page.get_by_role("button", name="Open the report assistant").click()
    expect(page.get_by_label("Question")).to_be_focused()
    expect(page.locator(".root")).to_have_attribute("data-theme", "dark")
    box = page.locator(".panel").bounding_box()
    assert box is not None
    assert box["x"] == 20
    page.evaluate("document.querySelector('hoidap-chat').setAttribute('theme', 'light')")
    expect(page.locator(".root")).to_have_attribute("data-theme", "light")


def test_both_languages_have_the_same_words(open_page: Open) -> None:
    page = open_page()
    page.route("**/widget/source/*", lambda route: route.fulfill(path=FOLDER / Path(route.request.url).name))
    shapes = page.evaluate(
        """async () => Promise.all(["vi", "en"].map(async (language) => {
          const { strings } = await import(`/widget/source/strings.${language}.js`);
          return Object.entries(strings).map(([name, value]) => `${name} ${typeof value} ${value.length}`
            .replace(/ string \\d+$/, " string"));
        }))"""
    )
    assert shapes[0] == shapes[1]


def test_page_is_told_what_happens(embedded: Callable[..., Page]) -> None:
    page = embedded()
    page.locator(".launcher").wait_for()
    page.evaluate(
        """() => { window.told = []; for (const name of ["open", "answer", "close"])
        addEventListener(`hoidap-${name}`, (event) => told.push([name, event.detail?.status ?? null])); }"""
    )
    page.evaluate("question => document.querySelector('hoidap-chat').ask(question)", QUESTION)
    expect(page.locator(".turn.theirs").last.locator(".words")).to_contain_text("58,31")
    page.evaluate("document.querySelector('hoidap-chat').close()")
    assert page.evaluate("told") == [["open", None], ["answer", "answered"], ["close", None]]
