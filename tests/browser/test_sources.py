"""The source beside the chat: where it leads, what it shows, how it is left."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.chat import CITATION, QUESTION, Open, answering, ask


@pytest.mark.parametrize("width", [360, 1440])
def test_citation_opens_the_report_at_its_words_and_escape_leads_back(open_page: Open, width: int) -> None:
    page = open_page(width=width, height=740)
    link = ask(page, QUESTION).locator(".sources a").first
    link.click()
    source = page.locator(".source")
    words = source.locator("mark")
    expect(words).to_contain_text("919/1.576")
    expect(words).to_be_in_viewport()
    expect(source.locator(".source-title")).to_have_text("331/BC-UBND, mục II.2.3.(15)")
    expect(source.locator(".source-title")).to_be_focused()
    expect(source.locator(".path")).to_contain_text("2.3")
    expect(source.locator(".card")).to_contain_text("tháng 3/2024")
    page_link = source.get_by_role("link", name="Mở toàn văn")
    assert "/reports/" in (page_link.get_attribute("href") or "")
    # on a phone the source covers the chat, which then cannot be reached; beside it, it can
    assert page.locator(".chat").evaluate("node => node.inert") == (width == 360)
    page.keyboard.press("Escape")
    expect(source).to_be_hidden()
    expect(link).to_be_focused()


def test_excerpt_can_be_read_on_in_both_directions(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION).locator(".sources a").first.click()
    source = page.locator(".source")
    expect(source.locator("mark")).to_be_visible()
    paragraphs = source.locator(".text p")
    before = paragraphs.count()
    source.get_by_role("button", name="Xem phần trước").click()
    expect(paragraphs).not_to_have_count(before)
    after = paragraphs.count()
    source.get_by_role("button", name="Xem phần tiếp").click()
    expect(paragraphs).not_to_have_count(after)
    assert len(set(paragraphs.all_inner_texts())) > before


def test_source_that_is_gone_still_shows_the_quote(open_page: Open) -> None:
    page = open_page()
    answering(page).locator(".sources a").click()
    expect(page.locator(".source")).to_contain_text("Báo cáo này không còn trong hệ thống")
    expect(page.locator(".source mark")).to_have_text("80%")


def test_sources_of_one_answer_are_leafed_through(open_page: Open) -> None:
    page = open_page()
    second = CITATION | {"n": 2, "section": "II.2", "quote": "90%"}
    answering(page, citations=[CITATION, second]).locator(".sources a").first.click()
    expect(page.locator(".counter")).to_have_text("Nguồn 1/2")
    page.get_by_role("button", name="Nguồn sau").click()
    expect(page.locator(".source-title")).to_have_text("45/BC-UBND, mục II.2")
    expect(page.get_by_role("button", name="Nguồn sau")).to_be_disabled()


def test_marks_in_the_text_lead_where_their_sources_lead_and_nothing_is_said_twice(open_page: Open) -> None:
    finding = {"kind": "ratio", "text": "In 80%, tính ra 90%.", "printed": "80%", "recomputed": "90%"}
    lines = ["Đạt 80% [1], không [2].", "Nguồn [1]: Báo cáo 45/BC-UBND.", f"⚠ Lưu ý: {finding['text']}"]
    page = open_page()
    computed = [{"value": "90%", "formula": "9 / 10", "why": finding["text"]}]
    answer = answering(page, text="\n".join(lines), findings=[finding], computed=computed)
    expect(answer.locator(".words")).to_have_text("Đạt 80% 1, không [2].")
    for link in (answer.locator(".cite"), answer.locator(".sources a")):
        assert (link.get_attribute("href") or "").endswith("/reports/r#muc-II.1")
    expect(answer.locator(".finding dd")).to_have_text(["80%", "90%"])
    expect(answer.locator(".computed")).to_have_count(0)
