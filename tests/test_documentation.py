"""What the documentation says is so: settings, commands, routes, printed answers, links, named tests."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from bot.answering.assistant import Assistant
from bot.app import create_app
from bot.cli import COMMANDS, build_parser
from bot.settings import Settings
from bot.understanding.message import normalise
from tests.documentation import README, ROOT, commands, prepare, rendered, settings_table

PAGES = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
PICTURES = sorted((ROOT / "docs/pictures").iterdir())
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)|\bsrc=\"([^\"]+)\"")
NAMED_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")
# The first column of the table of kinds of question holds what to know, the second questions in italics.
ASKED = re.compile(r"\*([^*|]+\?)\*")


def prose(page: Path) -> str:
    """The text of a page without its code blocks."""
    return FENCE.sub("", page.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the repository's own reports."""
    folder = tmp_path_factory.mktemp("documentation") / "var"
    prepare(folder)
    return folder


def test_readme_shows_what_the_program_prints(data: Path) -> None:
    text = README.read_text(encoding="utf-8")
    assert {arguments[0] for arguments in commands(text)} >= {"ask", "check"}
    assert rendered(text, data) == text, "run `python -m tests.documentation` and review the difference"


def test_every_setting_is_in_the_readme() -> None:
    assert settings_table() in README.read_text(encoding="utf-8"), "run `python -m tests.documentation`"


def test_example_questions_are_answered_with_a_source(data: Path) -> None:
    assistant = Assistant.open(Settings(data_folder=data))
    rows = prose(README).split("| Muốn biết |")[1].split("\n\n")[0]
    questions = ASKED.findall(rows)
    assert len(questions) > 12
    answers = {question: assistant.answer(normalise(question)) for question in questions}
    assert not {q: a.text for q, a in answers.items() if a.status != "answered" or not a.citations}


def test_every_command_is_in_the_readme() -> None:
    names = re.findall(r"^    ([a-z]+) ", build_parser().format_help(), re.MULTILINE)
    assert len(names) == len(COMMANDS)
    assert not [name for name in names if f"| `hoidap {name}" not in prose(README)]


def test_every_route_is_in_the_readme_and_no_other(tmp_path: Path) -> None:
    paths = create_app(Settings(data_folder=tmp_path)).openapi()["paths"]
    routes = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert set(re.findall(r"`((?:GET|POST|PUT|PATCH|DELETE) /[^`]*)`", prose(README))) == routes


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_to_files_and_headings_of_this_repository(page: Path) -> None:
    broken = []
    for link in (a or b for a, b in LINK.findall(prose(page))):
        if link.startswith("https://"):
            continue
        path, _, heading = unquote(link).partition("#")
        target = (page.parent / path) if path else page
        if not target.exists() or (heading and heading not in anchors(target)):
            broken.append(link)
    assert not broken


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_tests_that_a_page_names_exist(page: Path) -> None:
    missing = [
        f"{path}::{name}"
        for path, name in NAMED_TEST.findall(prose(page))
        if not (ROOT / path).is_file() or f"def {name}" not in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert not missing


@pytest.mark.parametrize("picture", PICTURES, ids=lambda p: p.name)
def test_pictures_are_small_and_shown(picture: Path) -> None:
    assert picture.stat().st_size <= 300_000
    assert any(f"pictures/{picture.name}" in page.read_text(encoding="utf-8") for page in PAGES)
