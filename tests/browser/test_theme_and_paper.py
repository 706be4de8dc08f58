"""Light, dark or as the system, chosen once for the chat and every page; and what Ctrl-P prints."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.chat import FILL, Open, a_reply, ask

DARK, LIGHT = "rgb(20, 28, 42)", "rgb(244, 247, 251)"
CHART = {
    "title": "Theo huyện", "alt": "A cao nhất", "columns": ["Huyện", "Tỷ lệ"], "rows": [["A", "90%"]],
    "svg_url": "/api/v1/charts/a.svg", "png_url": "/x.png", "source": "Báo cáo 45/BC-UBND",
}  # fmt: skip


def ground(page: Page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


def test_theme_chosen_in_the_chat_is_that_of_every_page_and_of_the_charts(open_page: Open) -> None:
    page = open_page(color_scheme="light")
    picture = {"content_type": "image/svg+xml", "body": '<svg xmlns="http://www.w3.org/2000/svg"/>'}
    page.route("**/charts/a.svg*", lambda route: route.fulfill(**picture))
    page.route("**/api/v1/chat", lambda route: route.fulfill(json=a_reply(chart=CHART)))
    chart = ask(page, "tỷ lệ?").locator(".chart img")
    expect(chart).to_have_attribute("src", f"{page.url}api/v1/charts/a.svg")
    page.get_by_role("button", name="Tuỳ chọn").click()
    page.get_by_role("button", name="Tối", exact=True).click()
    expect(page.locator(".root")).to_have_attribute("data-theme", "dark")
    expect(chart).to_have_attribute("src", f"{page.url}api/v1/charts/a.svg?theme=dark")
    page.goto("/facts")
    assert ground(page) == DARK
    page.locator(".bar").get_by_label("Giao diện").select_option("Sáng")
    assert ground(page) == LIGHT
    page.goto("/")
    expect(page.locator(".root")).to_have_attribute("data-theme", "light")


def test_without_a_choice_or_without_scripts_the_system_decides(open_page: Open) -> None:
    page = open_page("/facts", color_scheme="dark")
    assert ground(page) == DARK
    page.emulate_media(color_scheme="light")
    assert ground(page) == LIGHT
    assert ground(open_page("/facts", color_scheme="dark", java_script_enabled=False)) == DARK


def test_paper_gets_the_whole_conversation_in_light_colours(open_page: Open) -> None:
    page = open_page(color_scheme="dark", width=794, height=1123)
    page.locator(".turn.welcome").wait_for()
    page.evaluate(FILL, 60)
    page.reload()
    page.locator(".turn.mine").last.wait_for()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".turn.mine")).to_have_count(30)
    first, last = page.locator(".turn.mine").first, page.locator(".turn.theirs").last
    assert (last.bounding_box() or {})["y"] > 2000 > (first.bounding_box() or {})["y"], "nothing is cut off"
    expect(page.locator(".composer")).to_be_hidden()
    colour = first.locator(".bubble").evaluate("node => getComputedStyle(node).color")
    assert colour == "rgb(20, 33, 58)"


def test_paper_gets_a_report_without_what_is_only_clicked(open_page: Open) -> None:
    page = open_page("/reports", color_scheme="dark")
    page.get_by_role("link", name="331/BC-UBND").click()
    page.wait_for_url("**/reports/*")
    page.emulate_media(media="print")
    for hidden in (".bar", ".outline", ".filters", "table.ledger"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.locator(".text p").first.evaluate("node => getComputedStyle(node).color") == "rgb(0, 0, 0)"
