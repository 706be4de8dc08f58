from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

Open = Callable[..., Page]
QUESTION = "tỷ lệ cấp lý lịch tư pháp tháng 3/2024?"
WIDTHS = [360, 768, 1440]


def ask(page: Page, question: str) -> Locator:
    """The bubble that answers."""
    before = page.locator(".turn.theirs").count()
    page.get_by_label("Câu hỏi").fill(question)
    page.keyboard.press("Enter")
    answer = page.locator(".turn.theirs").nth(before)
    answer.wait_for()
    return answer


def in_view(page: Page, locator: Locator) -> bool:
    box, size = locator.bounding_box(), page.viewport_size
    assert size is not None
    return box is not None and box["y"] >= 0 and box["y"] + min(box["height"], 20) <= size["height"]


def test_question_gets_its_answer_with_a_source(open_page: Open) -> None:
    page = open_page()
    answer = ask(page, QUESTION)
    expect(answer.locator(".words")).to_contain_text("58,31")
    expect(answer.locator(".sources .where")).to_contain_text(["331/BC-UBND, mục II.2.3"])
    expect(page.locator(".turn.mine .words")).to_have_text(QUESTION)
    expect(page.locator("#typing")).to_be_hidden()
    expect(page.get_by_label("Câu hỏi")).to_be_focused()


def test_citation_on_a_phone_lands_on_the_lit_words(open_page: Open) -> None:
    page = open_page(width=360, height=740)
    ask(page, QUESTION).locator(".sources a").first.click()
    page.wait_for_url("**/reports/**")
    words = page.locator("mark")
    expect(words).to_contain_text("919/1.576")
    expect(words).to_be_in_viewport()
    expect(page.locator(":target")).to_contain_text("58,31%")
    page.go_back()
    expect(page.locator(".turn.theirs .words")).to_contain_text(["58,31"])


def test_citation_on_a_desktop_opens_beside_the_chat_and_closes_with_escape(open_page: Open) -> None:
    page = open_page()
    link = ask(page, QUESTION).locator(".sources a").first
    link.click()
    words = page.frame_locator("#source-frame").locator("mark")
    expect(words).to_contain_text("919/1.576")
    expect(words).to_be_in_viewport()
    expect(page.locator("#source-title")).to_have_text("331/BC-UBND, mục II.2.3.(15)")
    expect(page.locator("#composer")).to_be_in_viewport()
    expect(link).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()
    expect(link).to_be_focused()


def test_marks_in_the_text_lead_where_their_sources_lead_and_nothing_is_said_twice(open_page: Open) -> None:
    citation = {
        "n": 1, "report_id": "r", "report_number": "45/BC-UBND", "report_title": "", "issuer": "",
        "issued_on": None, "section": "II.1", "section_title": "", "footnote": None, "quote": "80%",
        "url": "/reports/r#muc-II.1",
    }  # fmt: skip
    finding = {"kind": "ratio", "text": "In 80%, tính ra 90%.", "printed": "80%", "recomputed": "90%"}
    lines = ["Đạt 80% [1], không [2].", "Nguồn [1]: Báo cáo 45/BC-UBND.", f"⚠ Lưu ý: {finding['text']}"]
    reply = {
        "conversation_id": "c", "message_id": "m", "status": "answered", "text": "\n".join(lines),
        "citations": [citation], "findings": [finding], "suggestions": [], "chart": None,
        "computed": [{"value": "90%", "formula": "9 / 10", "why": finding["text"]}],
    }  # fmt: skip
    page = open_page()
    page.route("**/api/v1/chat", lambda route: route.fulfill(json=reply))
    answer = ask(page, "tỷ lệ?")
    expect(answer.locator(".words")).to_have_text("Đạt 80% 1, không [2].")
    expect(answer.locator(".cite")).to_have_attribute("href", "/reports/r#muc-II.1")
    expect(answer.locator(".sources a")).to_have_attribute("href", "/reports/r#muc-II.1")
    expect(answer.locator(".finding")).to_contain_text("Báo cáo in: 80%")
    expect(answer.locator(".computed")).to_have_count(0)


def test_choices_are_buttons_and_not_lines_of_the_text_as_well(open_page: Open) -> None:
    reply = {
        "conversation_id": "c", "message_id": "m", "status": "clarify", "citations": [], "findings": [],
        "text": "Nội dung nào?\n- Khai sinh\n- Khác", "suggestions": ["Khai sinh"], "computed": [],
        "chart": None,
    }  # fmt: skip
    page = open_page()
    page.route("**/api/v1/chat", lambda route: route.fulfill(json=reply))
    answer = ask(page, "tỷ lệ?")
    expect(answer.locator(".words")).to_have_text("Nội dung nào?\n- Khác", use_inner_text=True)
    expect(answer.locator(".choices button")).to_have_text(["Khai sinh"])


def test_suggestion_is_sent_by_a_click(open_page: Open) -> None:
    page = open_page()
    suggestion = page.locator(".choices button").first
    text = suggestion.inner_text()
    suggestion.click()
    expect(page.locator(".turn.mine .words")).to_have_text(text)
    expect(page.locator(".turn.theirs")).to_have_count(2)


def test_everything_can_be_done_with_the_keyboard(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến ô nhập câu hỏi")).to_be_focused()
    page.keyboard.press("Enter")
    first, second = QUESTION.split(" tháng ")
    page.keyboard.type(first)
    page.keyboard.press("Shift+Enter")
    page.keyboard.type(f"tháng {second}")
    page.keyboard.press("Enter")
    link = page.locator(".sources a").first
    link.wait_for()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if link.evaluate("node => node === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#source-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    expect(page.locator(".turn.mine .words")).to_have_text(f"{first}\ntháng {second}")


def test_conversation_survives_a_reload_and_a_new_one_starts_empty(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.reload()
    expect(page.locator(".turn.mine")).to_have_count(1)
    expect(page.locator(".turn.theirs .words")).to_contain_text(["58,31"])
    page.locator("#new-conversation").click()
    expect(page.locator(".turn.mine")).to_have_count(0)
    page.reload()
    expect(page.locator(".turn.mine")).to_have_count(0)


def test_turns_of_one_chat_share_their_conversation(open_page: Open) -> None:
    page = open_page()
    sent: list[dict[str, str]] = []
    page.on("request", lambda r: sent.append(r.post_data_json) if r.url.endswith("/chat") else None)
    ask(page, QUESTION)
    ask(page, "thế còn khai tử?")
    assert "conversation_id" not in sent[0]
    assert sent[1]["conversation_id"]


def test_message_that_failed_is_kept_and_sent_again(open_page: Open) -> None:
    page = open_page()
    page.route("**/api/v1/chat", lambda route: route.abort())
    page.get_by_label("Câu hỏi").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".fail")).to_contain_text("Không kết nối được với máy chủ")
    page.reload()
    page.unroute("**/api/v1/chat")
    page.get_by_role("button", name="Gửi lại").click()
    expect(page.locator(".turn.theirs .words")).to_contain_text(["58,31"])
    expect(page.locator(".turn.mine")).to_have_count(1)
    expect(page.locator(".fail")).to_have_count(0)


def test_verdict_is_stored_and_shown(open_page: Open) -> None:
    page = open_page()
    useful = ask(page, QUESTION).get_by_role("button", name="Hữu ích")
    with page.expect_response("**/api/v1/feedback") as response:
        useful.click()
    assert response.value.status == 204
    expect(useful).to_have_attribute("aria-pressed", "true")


def test_answer_is_copied_with_its_source(open_page: Open) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, QUESTION).get_by_role("button", name="Sao chép").click()
    expect(page.get_by_role("button", name="Đã sao chép")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "58,31" in copied
    assert "(theo Báo cáo số 331/BC-UBND, mục II.2.3.(15)" in copied
    assert "[1]" not in copied


@pytest.mark.parametrize("width", WIDTHS)
def test_chat_fits_its_screen(open_page: Open, width: int) -> None:
    page = open_page(width=width, height=740)
    answer = ask(page, "các huyện nào đã triển khai IOC?")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("document.documentElement.scrollHeight") == 740
    for part in (page.locator("#composer"), page.locator(".chat-head"), answer):
        assert in_view(page, part)
    assert page.locator("#log").evaluate("node => node.scrollWidth <= node.clientWidth")


def test_replies_are_announced_and_the_past_is_not(open_page: Open) -> None:
    page = open_page()
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log).to_have_accessible_name("Nội dung trò chuyện")
    expect(page.get_by_role("button", name="Gửi", exact=True)).to_be_disabled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(open_page: Open, scheme: str) -> None:
    page = open_page(color_scheme=scheme)
    ask(page, QUESTION)
    for selector in (
        ".theirs .words",
        ".mine .words",
        ".theirs time",
        ".mine time",
        ".sources q",
        ".tools button",
        ".sources .n",
    ):
        ratio = page.locator(selector).last.evaluate(CONTRAST)
        assert ratio >= 4.5, f"{selector} in {scheme}: {ratio:.2f}"


# WCAG 2.1's contrast of an element's text with the ground behind it, the colours mixed as the browser does.
CONTRAST = """node => {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const layers = [];
  for (let n = node; n; n = n.parentElement) layers.unshift(getComputedStyle(n).backgroundColor);
  const pixel = () => [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  const paint = (colour) => { pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1); };
  layers.forEach(paint);
  const ground = pixel();
  paint(getComputedStyle(node).color);
  const ink = pixel();
  const part = (c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const [low, high] = [light(ground), light(ink)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}"""
