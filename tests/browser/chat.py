"""What tests of the chat share: asking it, and answers that a test makes up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page

Open = Callable[..., Page]
QUESTION = "tỷ lệ cấp lý lịch tư pháp tháng 3/2024?"
CITATION: dict[str, Any] = {
    "n": 1, "report_id": "r", "report_number": "45/BC-UBND", "report_title": "", "issuer": "",
    "issued_on": None, "section": "II.1", "section_title": "", "footnote": None, "quote": "80%",
    "url": "/reports/r#muc-II.1",
}  # fmt: skip
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
