from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ADMIN_TOKEN
from tests.browser.test_accessibility import faults, needs_axe
from tests.browser.test_hostile_text import MARKUP, hacked

Open = Callable[..., Page]
SLOW_MS = 60_000  # reading, and building an index, on a machine that has other work
REPORT = f"""Số: 77/BC-UBND

Sơn Trà, ngày 15 tháng 7 năm 2025

BÁO CÁO
Kết quả tháng 7/2025 {MARKUP}

I. KẾT QUẢ {MARKUP}

1. Dịch vụ công

- Cấp giấy phép bến bãi {MARKUP}: Đã tiếp nhận 40/50 hồ sơ, đạt tỷ lệ 80%.

- Cấp giấy phép quảng cáo: Đã tiếp nhận 9/10 hồ sơ, đạt tỷ lệ 95%.
"""
QUESTION = "tỷ lệ cấp giấy phép bến bãi của Sơn Trà tháng 7/2025?"


@pytest.fixture
def desk(open_page: Open) -> Page:
    page = open_page("/desk", reduced_motion="reduce")
    enter(page)
    return page


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bao-cao.txt"
    path.write_text(REPORT, "utf-8")
    return path


def enter(page: Page) -> None:
    page.get_by_label("Tên người biên tập").fill(f"Hà {MARKUP}")
    page.get_by_label("Mã quản trị").fill(ADMIN_TOKEN)
    page.keyboard.press("Enter")
    page.locator("#files").wait_for(state="attached")


def stage(page: Page, file: Path) -> None:
    page.set_input_files("#files", file)
    expect(page.get_by_role("heading", name="Xem trước: 77/BC-UBND")).to_be_focused(timeout=SLOW_MS)


def agree(page: Page, done: str) -> None:
    page.get_by_role("button", name="Đồng ý").click()
    expect(page.locator("#said")).to_contain_text(done, timeout=SLOW_MS)


def tab(page: Page, name: str) -> None:
    page.locator(".tabs").get_by_role("button", name=name).click()


def answer(page: Page) -> Any:  # noqa: ANN401
    return page.request.post("/api/v1/chat", data={"message": QUESTION}).json()


def test_upload_preview_rehearsal_publish_roll_back_and_remove(
    desk: Page, file: Path, tmp_path: Path
) -> None:
    stage(desk, file)
    expect(desk.locator(".becomes")).to_contain_text("Báo cáo mới")
    expect(desk.locator(".preview .finding", has_text="cần xem lại")).to_contain_text("95%")
    assert answer(desk)["status"] == "not_found", "what is staged answers nothing"
    desk.get_by_role("button", name="Đăng", exact=True).click()
    agree(desk, "Đã đăng 77/BC-UBND")
    assert "80%" in answer(desk)["text"]

    file.write_text(REPORT.replace("40/50 hồ sơ, đạt tỷ lệ 80%", "41/50 hồ sơ, đạt tỷ lệ 82%"), "utf-8")
    stage(desk, file)
    expect(desk.locator(".preview")).to_contain_text("1 số liệu đổi")
    desk.get_by_role("button", name="Chạy thử bộ câu hỏi").click()
    questions = tmp_path / "q.txt"
    questions.write_text(f"{QUESTION}\ntỷ lệ khai sinh tháng 3/2024?\n", "utf-8")
    desk.set_input_files("#question-file", questions)
    desk.get_by_role("button", name="Chạy với tệp này").click()
    expect(desk.locator(".summary")).to_contain_text("1 trong 2 câu trả lời sẽ đổi", timeout=2 * SLOW_MS)
    expect(desk.locator(".side-answer").last).to_contain_text("82%")
    assert "80%" in answer(desk)["text"], "a rehearsal changes nothing"
    desk.get_by_role("button", name="Đăng", exact=True).click()
    agree(desk, "Đã đăng 77/BC-UBND")
    assert "82%" in answer(desk)["text"]

    tab(desk, "Các báo cáo")
    desk.get_by_role("button", name="Dùng bản 1 của 77/BC-UBND").click()
    agree(desk, "Đang dùng bản 1 của 77/BC-UBND")
    assert "80%" in answer(desk)["text"]
    desk.get_by_role("button", name="Gỡ 77/BC-UBND").click()
    agree(desk, "Đã gỡ 77/BC-UBND")
    assert answer(desk)["status"] == "not_found"
    tab(desk, "Nhật ký")
    expect(desk.locator("#log tbody tr").first).to_contain_text("Gỡ")
    expect(desk.locator("#log tbody tr").first).to_contain_text(f"Hà {MARKUP}")
    tab(desk, "Câu hỏi cần xem")
    expect(desk.locator("#questions tbody")).to_contain_text(QUESTION)
    assert not hacked(desk)


def test_everything_at_the_desk_is_done_with_the_keyboard(open_page: Open, file: Path) -> None:
    page = open_page("/desk")
    page.locator("#name:focus").wait_for()
    page.keyboard.type("Hà")
    page.keyboard.press("Tab")
    page.keyboard.type(ADMIN_TOKEN)
    page.keyboard.press("Enter")
    expect(page.locator("#files")).to_be_focused()
    stage(page, file)
    expect(page.locator(".outline-lines")).to_be_hidden()
    press_until(page, page.locator("summary", has_text="Mục lục"))
    page.keyboard.press("Enter")
    expect(page.locator(".outline-lines")).to_be_visible()
    press_until(page, page.get_by_role("button", name="Bỏ bản chờ"), key="Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Bỏ bản chờ")).to_be_focused()
    page.keyboard.press("Enter")
    press_until(page, page.get_by_role("button", name="Đồng ý"))
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Đã bỏ")
    expect(page.locator(".preview")).to_be_empty()


def press_until(page: Page, wanted: Any, *, key: str = "Tab") -> None:  # noqa: ANN401
    for _ in range(20):
        page.keyboard.press(key)
        if wanted.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"{key} does not reach {wanted}")


def test_wrong_token_is_told_and_the_right_one_stays_in_the_tab(open_page: Open) -> None:
    page = open_page("/desk")
    page.get_by_label("Tên người biên tập").fill("Hà")
    page.get_by_label("Mã quản trị").fill("sai-ma-quan-tri-roi")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Mã quản trị không đúng")
    expect(page.get_by_label("Mã quản trị")).to_have_value("")
    enter(page)
    page.reload()
    expect(page.locator("#work")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0
    assert ADMIN_TOKEN not in page.url
    page.get_by_role("button", name="Thoát").click()
    expect(page.locator("#enter")).to_be_visible()
    assert ADMIN_TOKEN not in page.evaluate("JSON.stringify(sessionStorage)")


def test_unreadable_file_is_told_and_questions_are_downloaded(desk: Page, tmp_path: Path) -> None:
    broken = tmp_path / "hong.txt"
    broken.write_bytes(b"\xff\xfe\xff")
    desk.set_input_files("#files", broken)
    expect(desk.get_by_role("alert")).to_contain_text("Không đọc được tệp", timeout=SLOW_MS)
    tab(desk, "Câu hỏi cần xem")
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Tải CSV").click()
    assert download.value.suggested_filename == "cau-hoi-can-xem.csv"


@needs_axe
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
def test_axe_finds_nothing_at_the_desk(open_page: Open, file: Path, width: int, scheme: str) -> None:
    page = open_page("/desk", width=width, height=800, color_scheme=scheme, reduced_motion="reduce")
    assert faults(page) == []
    enter(page)
    stage(page, file)
    for summary in page.locator("summary").all():
        summary.click()
    page.get_by_role("button", name="Chạy thử bộ câu hỏi").click()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("button", name="Bỏ bản chờ").click()
    assert faults(page) == []
    agree(page, "Đã bỏ")
    for name in ("Các báo cáo", "Câu hỏi cần xem", "Nhật ký"):
        tab(page, name)
        page.locator("section:not([hidden]) > h2").wait_for()
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width


@needs_axe
@pytest.mark.parametrize(("scheme", "number"), [("light", "331/BC-UBND"), ("dark", "66/BC-UBND")])
def test_axe_finds_nothing_in_the_pages(open_page: Open, scheme: str, number: str) -> None:
    page = open_page("/reports", width=360, height=800, color_scheme=scheme, reduced_motion="reduce")
    report = page.get_by_role("link", name=number).get_attribute("href")
    for path in ("/reports", f"{report}?trich=120-140", "/facts?q=khai+sinh", "/search?q=khai+sinh"):
        page.goto(path)
        assert faults(page) == [], path
