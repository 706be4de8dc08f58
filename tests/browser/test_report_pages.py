from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]


@pytest.fixture
def report(open_page: Open) -> Page:
    page = open_page("/reports")
    page.get_by_role("link", name="331/BC-UBND").click()
    page.wait_for_url("**/reports/*")
    return page


def test_outline_leads_to_its_section(report: Page) -> None:
    report.get_by_role("link", name="2.3 Kết quả tiếp nhận").click()
    target = report.locator(":target")
    expect(target).to_contain_text("2.3. Kết quả tiếp nhận")
    expect(target).to_be_in_viewport()
    box = target.bounding_box()
    assert box is not None
    assert box["y"] >= report.locator(".bar").bounding_box()["height"], "the bar does not cover the heading"  # type: ignore[index]


def test_footnote_leads_there_and_back(report: Page) -> None:
    report.locator(".text sup a").first.click()
    note = report.locator(":target")
    expect(note).to_have_class("footnote")
    expect(note.locator("b")).to_have_text(report.locator(".text sup a").first.inner_text())
    expect(note).to_be_in_viewport()
    note.get_by_role("link", name="Về chỗ đánh dấu").click()
    expect(report.locator("sup:target")).to_be_in_viewport()


def test_finding_leads_to_the_words_it_is_about(report: Page) -> None:
    line = report.locator(".findings li", has_text="0,14%")
    line.get_by_role("link").click()
    expect(report.locator("mark").first).to_contain_text("0,14%")
    expect(report.locator("mark").first).to_be_in_viewport()


def test_figure_of_the_table_leads_to_its_place(report: Page) -> None:
    report.locator("tr", has_text="58,31%").get_by_role("link").first.click()
    expect(report.locator("mark").first).to_contain_text("58,31%")


def test_ledger_is_downloaded(report: Page) -> None:
    with report.expect_download() as download:
        report.get_by_role("link", name="Tải Excel").click()
    assert download.value.suggested_filename == "so-lieu.xlsx"


@pytest.mark.parametrize("width", [360, 1440])
def test_pages_fit_their_screen(open_page: Open, width: int) -> None:
    page = open_page("/reports", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.locator("main h2 a").first.click()
    page.wait_for_url("**/reports/*")
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("path", ["/facts", "/facts?q=khai+sinh", "/search?q=khai+sinh"])
def test_pages_of_figures_fit_a_phone(open_page: Open, path: str) -> None:
    page = open_page(path, width=360, height=740)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_reports_figures_and_search_work_without_javascript(open_page: Open) -> None:
    page = open_page("/reports", java_script_enabled=False)
    page.get_by_label("Tìm trong tên").fill("an giang")
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator(".card h2")).to_have_text(["331/BC-UBND"])
    page.get_by_role("link", name="Số liệu", exact=True).click()
    page.get_by_label("Chỉ tiêu").fill("ly lich tu phap")
    page.get_by_role("button", name="Lọc").click()
    figure = page.locator(".ledger tr", has_text="58,31%")
    expect(figure).to_contain_text("tháng 3/2024")
    page.get_by_role("link", name="Tìm kiếm").click()
    page.get_by_label("Từ cần tìm").fill("khai tu")
    page.keyboard.press("Enter")
    expect(page.locator(".hits mark", has_text=re.compile("khai tử", re.IGNORECASE)).first).to_be_visible()
    page.locator(".hits a").first.click()
    expect(page.locator(".text mark").first).to_be_visible()


def test_finding_is_marked_where_it_stands_and_a_footnote_follows_its_mark(report: Page) -> None:
    note = report.locator(".text aside.finding", has_text="0,14%")
    before = note.locator("xpath=preceding-sibling::*[1]")
    expect(before.locator(".doubt").first).to_contain_text("0,14%")
    mark = report.locator(".text sup").first
    expect(mark.locator("xpath=../following-sibling::*[1]")).to_have_class("footnote")
