"""axe-core (npm, development only) over every main state, in both themes; and the types of the scripts."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal import Portal

Open = Callable[..., Page]
HERE = Path(__file__).parent
AXE = HERE / "node_modules/axe-core/axe.min.js"
TSC = HERE / "node_modules/.bin/tsc"
QUESTION = "ty le tro cap that nghiep tinh An Giang thang 3/2024?"
REPORT = """async () => {
  const found = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
  });
  const places = (nodes) => nodes.map((node) => node.target.join(" ")).join(", ");
  return found.violations.map((fault) => `${fault.impact} ${fault.id}: ${places(fault.nodes)}`);
}"""
needs_axe = pytest.mark.skipif(not AXE.exists(), reason="needs axe-core, which `make test` installs with npm")


def faults(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(REPORT)
    return found


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing_in_a_conversation_with_an_open_source(
    open_page: Open, width: int, scheme: str
) -> None:
    page = open_page(width=width, height=800, color_scheme=scheme, reduced_motion="reduce")
    page.locator(".turn.welcome").wait_for()
    assert faults(page) == []
    page.get_by_label("Câu hỏi").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".finding")).to_be_visible()
    page.get_by_role("button", name="Chưa đúng").click()
    page.get_by_role("button", name="Tuỳ chọn").click()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.locator(".sources a").click()
    expect(page.locator(".source mark")).to_be_visible()
    assert faults(page) == []


@needs_axe
def test_axe_finds_nothing_in_the_widget_in_a_page(open_page: Open, service: str, portal: Portal) -> None:
    html = (
        '<!doctype html><html lang="vi"><head><title>Cổng</title></head><body><main><h1>Cổng</h1></main>'
        f'<script src="{service}/widget.js"></script></body></html>'
    )
    page = open_page(portal.put("/axe", html), reduced_motion="reduce")
    page.locator(".launcher").wait_for()
    assert faults(page) == []
    page.locator(".launcher").click()
    assert faults(page) == []


def test_scripts_hold_their_types() -> None:
    if not TSC.exists():
        pytest.skip("needs TypeScript, which `make test` installs with npm")
    checked = subprocess.run([TSC, "-p", HERE], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_nothing_moves_for_those_who_asked_for_that(open_page: Open) -> None:
    page = open_page(reduced_motion="reduce")
    page.locator(".turn.welcome").wait_for()
    moving = page.evaluate("document.querySelector('hoidap-chat').shadowRoot.getAnimations().length")
    assert moving == 0
