from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
MARKUP = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'


def hacked(page: Page) -> bool:
    page.wait_for_timeout(200)  # what would run, runs late
    return any(bool(frame.evaluate("window.hacked")) for frame in page.frames)


def send(page: Page, text: str) -> None:
    page.locator(".turn.welcome").wait_for()
    page.get_by_label("Câu hỏi").fill(text)
    page.keyboard.press("Enter")
    page.locator(".turn.theirs").nth(1).wait_for()


def test_markup_in_a_message_is_shown_as_typed(open_page: Open) -> None:
    page = open_page()
    send(page, MARKUP)
    expect(page.locator(".turn.mine .words")).to_have_text(MARKUP)
    page.reload()
    expect(page.locator(".turn.mine .words")).to_have_text(MARKUP)
    assert not hacked(page)


def test_markup_in_a_report_is_shown_as_printed(open_page: Open) -> None:
    page = open_page()
    send(page, "tỷ lệ cấp thẻ thư viện tháng 5/2025?")
    link = page.locator(".sources a").first
    expect(link.locator("q")).to_contain_text("<img src=x")
    link.click()
    expect(page.locator(".source mark").first).to_contain_text("thẻ thư viện")
    assert not hacked(page)


@pytest.mark.parametrize("path", ["/", "/reports", "/facts?q=img", "/search?q=img+onerror"])
def test_markup_in_a_title_is_shown_as_printed(open_page: Open, path: str) -> None:
    page = open_page(path)
    assert not hacked(page)


def test_report_page_shows_markup_everywhere_as_text(open_page: Open, service: str) -> None:
    page = open_page("/reports")
    page.get_by_role("link", name="66/BC-UBND").click()
    expect(page.locator(".text")).to_contain_text("<script>window.hacked=1</script>")
    expect(page.locator(".outline")).to_contain_text("<svg onload")
    assert not hacked(page)


def test_hostile_answer_cannot_run_or_lead_away(open_page: Open) -> None:
    citation = {
        "n": 1, "report_id": "x", "report_number": MARKUP, "report_title": MARKUP, "issuer": MARKUP,
        "issued_on": None, "section": MARKUP, "section_title": MARKUP, "footnote": MARKUP, "quote": MARKUP,
        "url": "javascript:window.hacked=1",
    }  # fmt: skip
    reply = {
        "conversation_id": "c", "message_id": "m", "status": "answered", "text": f"{MARKUP} [1]",
        "citations": [citation], "computed": [{"value": MARKUP, "formula": MARKUP, "why": MARKUP}],
        "findings": [{"kind": "ratio", "text": MARKUP, "printed": MARKUP, "recomputed": MARKUP}],
        "suggestions": [MARKUP], "chart": {
            "title": MARKUP, "alt": MARKUP, "columns": [MARKUP], "rows": [[MARKUP]], "source": MARKUP,
            "svg_url": "//elsewhere.example/x.svg", "png_url": "javascript:window.hacked=1",
        },
    }  # fmt: skip
    page = open_page()
    page.route("**/api/v1/chat", lambda route: route.fulfill(json=reply))
    send(page, "một câu hỏi")
    answer = page.locator(".turn.theirs").nth(1)
    assert answer.locator("a[href]").count() == 0
    answer.locator(".cite").click()
    answer.locator(".sources a").click()
    assert not hacked(page)


def test_spoilt_history_is_left_aside(open_page: Open) -> None:
    page = open_page()
    half = {"id": "x", "role": "assistant", "at": 1}
    broken = {"text": "", "citations": [5], "computed": [None], "findings": [1], "suggestions": [{}]}
    replies = [half | {"reply": {"text": 5}}, half | {"reply": broken}]
    spoilt = [[1], {"entries": "x"}, *({"entries": [reply]} for reply in replies)]
    for value in ["{", *map(json.dumps, spoilt)]:
        page.evaluate(
            "value => localStorage.setItem(`hoidap.chat.2:${location.origin}/`, value)", value
        )
        page.reload()
        expect(page.get_by_text("Xin chào!")).to_be_visible()
        expect(page.locator(".turn")).to_have_count(1)
