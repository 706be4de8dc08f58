"""What an answer shows beside its words, and what can be done with it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.chat import CITATION, QUESTION, Open, answering, ask


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
