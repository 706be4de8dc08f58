"""Asking, by click and by key, at every size of screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.chat import CITATION, QUESTION, Open, answering, ask, in_view

WIDTHS = [360, 768, 1440]


def test_question_gets_its_answer_with_a_source(open_page: Open) -> None:
    page = open_page()
    answer = ask(page, QUESTION)
    expect(answer.locator(".words")).to_contain_text("58,31")
    expect(answer.locator(".sources .where")).to_contain_text(["331/BC-UBND, mục II.2.3"])
    expect(page.locator(".turn.mine .words")).to_have_text(QUESTION)
    expect(page.locator(".turn.mine .meta")).to_contain_text("Đã nhận")
    expect(page.locator(".typing")).to_be_hidden()
    expect(page.get_by_label("Câu hỏi")).to_be_focused()
    expect(page.locator("[role=status].unseen")).to_contain_text("58,31")


def test_suggestion_is_sent_by_a_click(open_page: Open) -> None:
    page = open_page()
    suggestion = page.locator(".choices button").first
    text = suggestion.inner_text()
    suggestion.click()
    expect(page.locator(".turn.mine .words")).to_have_text(text)
    expect(page.locator(".turn.theirs")).to_have_count(2)


def test_everything_can_be_done_with_the_keyboard(open_page: Open) -> None:
    page = open_page()
    expect(page.get_by_label("Câu hỏi")).to_be_focused()
    page.get_by_role("link", name="Đến ô nhập câu hỏi").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Câu hỏi")).to_be_focused()
    first, second = QUESTION.split(" tháng ")
    page.keyboard.type(first)
    page.keyboard.press("Shift+Enter")
    page.keyboard.type(f"tháng {second}")
    page.keyboard.press("Enter")
    link = page.locator(".sources a").first
    link.wait_for()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if link.evaluate("node => node === node.getRootNode().activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".source-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    expect(page.locator(".turn.mine .words")).to_have_text(f"{first}\ntháng {second}")
    page.get_by_role("button", name="Tuỳ chọn").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".menu button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Tuỳ chọn")).to_be_focused()


@pytest.mark.parametrize("width", WIDTHS)
def test_chat_fits_its_screen(open_page: Open, width: int) -> None:
    page = open_page(width=width, height=740)
    answer = ask(page, "các huyện nào đã triển khai IOC?")
    long = "x" * 500
    page.unroute_all()
    answering(page, text=f"{long} [1]\n- {long}", citations=[CITATION | {"quote": long, "section": long}])
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("document.documentElement.scrollHeight") == 740
    for part in (page.locator(".composer"), page.locator(".head")):
        assert in_view(page, part)
    assert page.locator(".log").evaluate("node => node.scrollWidth <= node.clientWidth")
    expect(answer).to_be_attached()


@pytest.mark.parametrize("width", [360, 1440])
def test_chat_can_be_used_at_twice_the_size(open_page: Open, width: int) -> None:
    # what zoom does to a page: half the room, and here the large text on top of it
    page = open_page(width=width // 2, height=370)
    page.get_by_role("button", name="Tuỳ chọn").click()
    page.get_by_role("button", name="Chữ lớn").click()
    page.keyboard.press("Escape")
    answer = ask(page, QUESTION)
    assert page.evaluate("document.documentElement.scrollWidth") == width // 2
    assert in_view(page, page.get_by_label("Câu hỏi"))
    answer.locator(".sources a").click()
    expect(page.locator(".source mark")).to_be_in_viewport()
    page.reload()
    expect(page.locator(".root")).to_have_attribute("data-text", "large")
