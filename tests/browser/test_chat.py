from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

Open = Callable[..., Page]
QUESTION = "tỷ lệ cấp lý lịch tư pháp tháng 3/2024?"
WIDTHS = [360, 768, 1440]
CITATION: dict[str, Any] = {
    "n": 1, "report_id": "r", "report_number": "45/BC-UBND", "report_title": "", "issuer": "",
    "issued_on": None, "section": "II.1", "section_title": "", "footnote": None, "quote": "80%",
    "url": "/reports/r#muc-II.1",
}  # fmt: skip


def a_reply(**changes: Any) -> dict[str, Any]:  # noqa: ANN401
    reply = {
        "conversation_id": "c", "message_id": "m", "status": "answered", "text": "Đạt 80% [1].",
        "citations": [CITATION], "computed": [], "findings": [], "suggestions": [], "chart": None,
    }  # fmt: skip
    return reply | changes


def ask(page: Page, question: str) -> Locator:
    """The turn that answers."""
    page.locator(".turn.welcome").wait_for(state="attached")
    before = page.locator(".turn.theirs").count()
    page.get_by_label("Câu hỏi").fill(question)
    page.keyboard.press("Enter")
    answer = page.locator(".turn.theirs").nth(before)
    answer.wait_for()
    return answer


def answering(page: Page, **changes: Any) -> Locator:  # noqa: ANN401
    """The turn with an answer that a test made up."""
    page.route("**/api/v1/chat", lambda route: route.fulfill(json=a_reply(**changes)))
    return ask(page, "tỷ lệ?")


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
    expect(page.locator(".turn.mine .meta")).to_contain_text("Đã nhận")
    expect(page.locator(".typing")).to_be_hidden()
    expect(page.get_by_label("Câu hỏi")).to_be_focused()
    expect(page.locator("[role=status].unseen")).to_contain_text("58,31")


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


def test_calculation_is_written_out(open_page: Open) -> None:
    computed = [{"value": "657", "formula": "1.576 - 919", "why": "phần còn lại"}]
    expect(answering(open_page(), computed=computed).locator(".formula")).to_have_text("1.576 - 919 = 657")


@pytest.mark.parametrize(("status", "label"), [("not_found", "Báo cáo không nêu"), ("clarify", "Cần làm rõ")])
def test_other_statuses_look_different(open_page: Open, status: str, label: str) -> None:
    answer = answering(open_page(), status=status, citations=[])
    expect(answer.locator(".status")).to_have_text(label)


def test_choices_are_buttons_and_not_lines_of_the_text_as_well(open_page: Open) -> None:
    page = open_page()
    text = "Nội dung nào?\n- Khai sinh\n- Khác"
    answer = answering(page, status="clarify", citations=[], text=text, suggestions=["Khai sinh"])
    expect(answer.locator(".words")).to_have_text("Nội dung nào?\nKhác", use_inner_text=True)
    expect(answer.locator(".choices button")).to_have_text(["Khai sinh"])


def test_chart_has_its_words_and_its_table_even_when_the_picture_is_missing(open_page: Open) -> None:
    chart = {
        "title": "Theo huyện", "alt": "A cao nhất", "columns": ["Huyện", "Tỷ lệ"], "rows": [["A", "90%"]],
        "svg_url": "/api/v1/charts/none.svg", "png_url": "/x.png", "source": "Báo cáo 45/BC-UBND",
    }  # fmt: skip
    page = open_page()
    picture = {"content_type": "image/svg+xml", "body": '<svg xmlns="http://www.w3.org/2000/svg"/>'}
    page.route("**/charts/none.svg", lambda route: route.fulfill(**picture))
    answer = answering(page, chart=chart)
    expect(answer.get_by_role("img", name="A cao nhất")).to_be_visible()
    answer.get_by_text("Bảng số liệu của biểu đồ").click()
    expect(answer.get_by_role("row")).to_have_text(["HuyệnTỷ lệ", "A90%"])
    page.unroute("**/charts/none.svg")
    page.reload()
    expect(answer.get_by_text("Không tải được hình biểu đồ")).to_be_visible()
    expect(answer.get_by_role("rowheader", name="A")).to_be_visible()


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


def test_conversation_survives_a_reload_and_a_new_one_starts_empty_but_can_be_undone(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.reload()
    expect(page.locator(".turn.mine")).to_have_count(1)
    expect(page.locator(".turn.theirs .words")).to_contain_text(["Xin chào", "58,31"])
    page.get_by_role("button", name="Cuộc trò chuyện mới").first.click()
    expect(page.locator(".turn.mine")).to_have_count(0)
    page.get_by_role("button", name="Khôi phục").click()
    expect(page.locator(".turn.mine")).to_have_count(1)
    page.get_by_role("button", name="Cuộc trò chuyện mới").first.click()
    page.reload()
    expect(page.locator(".turn.welcome")).to_be_visible()
    expect(page.locator(".turn.mine")).to_have_count(0)


def test_turns_of_one_chat_share_their_conversation_even_when_asked_at_once(open_page: Open) -> None:
    page = open_page()
    sent: list[dict[str, str]] = []
    page.on("request", lambda r: sent.append(r.post_data_json) if r.url.endswith("/chat") else None)
    held: list[Route] = []
    page.route("**/api/v1/chat", lambda route: route.fallback() if held else held.append(route))
    page.locator(".turn.welcome").wait_for()
    for question in (QUESTION, "thế còn khai tử?"):
        page.get_by_label("Câu hỏi").fill(question)
        page.keyboard.press("Enter")
    expect(page.locator(".turn.mine.sending")).to_have_count(2)
    held[0].continue_()
    expect(page.locator(".turn.theirs")).to_have_count(3)
    assert "conversation_id" not in sent[0]
    assert sent[1]["conversation_id"]
    # neither answer stands right below its question, so each says what it answers
    expect(page.locator(".asked")).to_have_text([QUESTION, "thế còn khai tử?"])


def test_message_that_failed_is_kept_and_sent_again(open_page: Open) -> None:
    page = open_page()
    page.route("**/api/v1/chat", lambda route: route.abort())
    page.get_by_label("Câu hỏi").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".fail")).to_contain_text("Không kết nối được với máy chủ")
    page.reload()
    page.unroute("**/api/v1/chat")
    page.get_by_role("button", name="Gửi lại").click()
    expect(page.locator(".turn.theirs .words")).to_contain_text(["Xin chào", "58,31"])
    expect(page.locator(".turn.mine")).to_have_count(1)
    expect(page.locator(".fail")).to_have_count(0)


def test_message_written_offline_is_sent_when_the_network_is_back(open_page: Open) -> None:
    page = open_page()
    page.locator(".turn.welcome").wait_for()
    page.context.set_offline(True)
    page.get_by_label("Câu hỏi").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".fail")).to_contain_text("Không có kết nối mạng")
    expect(page.locator(".banner")).to_have_text("Mất kết nối mạng")
    page.context.set_offline(False)
    expect(page.locator(".turn.theirs .words").last).to_contain_text("58,31")
    expect(page.locator(".banner")).to_be_hidden()
    expect(page.locator(".turn.mine")).to_have_count(1)


def test_refused_message_says_why_in_the_language_of_the_chat(open_page: Open) -> None:
    page = open_page()
    detail = "Tin nhắn dài quá. Hãy rút ngắn. (The message is too long.)"
    page.route("**/api/v1/chat", lambda route: route.fulfill(status=422, json={"detail": detail}))
    page.get_by_label("Câu hỏi").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".fail")).to_contain_text("Chưa gửi được. Tin nhắn dài quá. Hãy rút ngắn.")
    expect(page.locator(".fail")).not_to_contain_text("too long")


def test_two_tabs_are_one_conversation(open_page: Open) -> None:
    page = open_page()
    page.locator(".turn.welcome").wait_for()
    other = page.context.new_page()
    other.goto("/")
    other.locator(".turn.welcome").wait_for()
    ask(page, QUESTION)
    expect(other.locator(".turn.theirs .words")).to_contain_text(["Xin chào", "58,31"])
    ask(other, "khai tử tháng 3/2024?")
    expect(page.locator(".turn.mine")).to_have_count(2)
    page.get_by_role("button", name="Cuộc trò chuyện mới").first.click()
    expect(other.locator(".turn.mine")).to_have_count(0)


def test_long_history_is_drawn_as_it_is_scrolled_to(open_page: Open) -> None:
    page = open_page()
    page.locator(".turn.welcome").wait_for()
    page.evaluate(FILL, 500)
    page.reload()
    expect(page.locator(".turn").last).to_be_in_viewport()
    turns = page.locator(".turn:not(.welcome)")
    assert turns.count() == 40
    page.locator(".log").evaluate("node => { node.scrollTop = 0; }")
    expect(turns).not_to_have_count(40)
    assert turns.count() < 500


def test_long_answer_is_shown_from_its_beginning_and_folded(open_page: Open) -> None:
    page = open_page(width=360, height=740)
    ask(page, QUESTION)
    lines = "\n".join(f"- Huyện số {number}: 90% [1]" for number in range(40))
    answer = answering(page, text=f"Danh sách:\n{lines}", citations=[CITATION] * 6)
    expect(answer.get_by_text("Danh sách:")).to_be_in_viewport()
    expect(answer.get_by_text("Huyện số 39")).not_to_be_in_viewport()
    page.wait_for_timeout(200)  # nothing moves it away afterwards
    expect(answer.get_by_text("Danh sách:")).to_be_in_viewport()
    answer.get_by_role("button", name="Xem đầy đủ").click()
    expect(answer.get_by_role("button", name="Xem đầy đủ")).to_have_count(0)
    expect(answer.locator(".sources a:visible")).to_have_count(3)
    answer.get_by_role("button", name="Xem thêm 3 nguồn").click()
    expect(answer.locator(".sources a").nth(3)).to_be_focused()


def test_verdict_is_stored_with_its_reason(open_page: Open) -> None:
    page = open_page()
    answer = ask(page, QUESTION)
    useful, useless = (answer.get_by_role("button", name=name) for name in ("Hữu ích", "Chưa đúng"))
    with page.expect_response("**/api/v1/feedback") as response:
        useful.click()
    assert response.value.status == 204
    expect(useful).to_have_attribute("aria-pressed", "true")
    expect(answer.locator(".note")).to_contain_text("cảm ơn")
    useless.click()
    expect(useless).to_have_attribute("aria-pressed", "true")
    answer.get_by_role("button", name="Sai số liệu").click()
    answer.get_by_label("Góp ý thêm").fill("phải là quý II")
    with page.expect_response("**/api/v1/feedback") as response:
        answer.get_by_role("button", name="Gửi góp ý").click()
    assert response.value.request.post_data_json["reason"] == "Sai số liệu; phải là quý II"
    assert response.value.status == 204
    expect(useless).to_be_focused()


@pytest.mark.parametrize("secure", [True, False])
def test_answer_is_copied_with_its_citation(open_page: Open, secure: bool) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    answer = ask(page, QUESTION)
    if not secure:  # as over plain http, where the newer way is missing
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    answer.get_by_role("button", name="Sao chép").click()
    expect(page.get_by_role("button", name="Đã sao chép")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "58,31" in copied
    assert "(theo Báo cáo số 331/BC-UBND ngày 29/3/2024 của " in copied
    assert ", mục II.2.3.(15))" in copied
    assert "[1]" not in copied


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


# Fills the history with this many entries, as a long conversation would have.
FILL = """count => {
  const key = Object.keys(localStorage).find((name) => name.startsWith("hoidap.chat")) ??
    `hoidap.chat.2:${location.origin}/`;
  const entries = [];
  for (let i = 0; i < count; i++) {
    const at = Date.now() - (count - i) * 60000;
    entries.push(i % 2
      ? { id: `a${i}`, role: "assistant", at, reply: { conversation_id: "c", message_id: `m${i}`,
          status: "answered", text: `Cấp lý lịch tư pháp: ${i} hồ sơ [1].`, computed: [], findings: [],
          suggestions: ["Khai sinh"], citations: [{ n: 1, report_id: "r", report_number: "331/BC-UBND",
          report_title: "", issuer: "", issued_on: null, section: "II.2.3", section_title: "", footnote: null,
          quote: "Đã tiếp nhận 919/1.576 hồ sơ, đạt tỷ lệ 58,31%.", url: "/reports/r#muc-II.2.3" }] } }
      : { id: `q${i}`, role: "person", at, text: `tỷ lệ cấp lý lịch tư pháp lần ${i}?`, state: "sent" });
  }
  localStorage.setItem(key, JSON.stringify({ epoch: "e", conversationId: "c", readAt: Date.now(), entries }));
}"""
