"""What is kept, sent again, and shared between tabs."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from tests.browser.chat import FILL, QUESTION, Open, ask


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
    drawn = turns.count()
    assert drawn < 100
    page.locator(".log").evaluate("node => { node.scrollTop = 0; }")
    expect(turns).not_to_have_count(drawn)
    assert turns.count() < 500
