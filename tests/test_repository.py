"""The repository as a whole: what is committed, what a fresh clone needs, how files are named."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = [
    "requirements.lock",
    "requirements-dev.lock",
    "tests/bench/requirements.lock",
    "bot/rasa/requirements.lock",
]

# Written so that this file does not match itself.
MACHINE = {
    "a folder of one machine": r"(?<![\w.~])/(?:root|home|Users|opt|work)/[\w.-]",
    "a local file's address": r"file:/{2}/",
    "a package registry": r"python[h]osted\.org|py[p]i\.org/simple|registry\.npm[j]s\.org|py[t]orch\.org/whl",
    "a registry option": r"^\s*--(?:extra-)?index-url|^\s*--find-links",
    "a private key": r"-----BEGIN [A-Z ]*[P]RIVATE KEY-----",
}


def committed() -> list[Path]:
    """The files that are, or would be, in the repository."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode:
        pytest.skip("not a git checkout: what is committed cannot be told from what was built")
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def requirement_names(path: Path) -> list[str]:
    """The packages that a requirements file asks for itself, without their versions, as locks spell them."""
    lines = (line.split("#")[0].strip() for line in path.read_text().splitlines())
    return [re.split(r"[=<>~!\[; ]", line)[0].lower() for line in lines if line and not line.startswith("-")]


@pytest.fixture(scope="module")
def project() -> dict[str, dict[str, object]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.mark.parametrize("what", MACHINE)
def test_no_committed_file_names(what: str) -> None:
    pattern = re.compile(MACHINE[what], re.MULTILINE)
    found = []
    for path in committed():
        text = path.read_bytes().decode("utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in pattern.finditer(text)]
    assert not found, f"{what} is committed"


def test_committed_files_are_small_enough_to_review() -> None:
    sizes = {str(path.relative_to(ROOT)): path.stat().st_size for path in committed()}
    # The one model that comes with the index: without a network there is nowhere to take it from.
    model = "index/data/model/model.safetensors"
    large = {name: size for name, size in sizes.items() if size > 2_000_000 and name != model}
    assert not large, "models, indexes and fixtures of this size are built, not committed"
    assert sizes[model] <= 25_000_000


def test_modules_are_named_after_a_subject() -> None:
    vague = {"utils.py", "util.py", "helpers.py", "common.py", "misc.py", "manager.py"}
    assert not [str(path.relative_to(ROOT)) for path in committed() if path.name in vague]


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_pins_each_package_with_a_hash(lock: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text())
    loose = [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]
    # torch alone: its CPU wheel comes from another place than its hashes (see setup.sh).
    assert [name.split("==")[0] for name in loose] == ([] if "rasa" in lock else ["torch"])
    assert all(re.match(r"[a-z0-9][a-z0-9._-]*==[\w.!-]+(?:\s|$)", entry) for entry in entries)


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_what_its_requirements_ask_for(lock: str) -> None:
    locked = set(requirement_names(ROOT / lock))
    missing = [n for n in requirement_names((ROOT / lock).with_suffix(".in")) if n not in locked]
    assert not missing, "run `make lock`"


def test_test_lock_holds_the_same_versions_as_the_service_lock() -> None:
    def pins(lock: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9][^\s\\]*", (ROOT / lock).read_text(), re.MULTILINE))

    assert pins("requirements.lock") < pins("requirements-dev.lock")


def test_both_pythons_are_named_for_pyenv_and_uv() -> None:
    assert (ROOT / ".python-version").read_text().split() == ["3.11", "3.10"]
    assert sys.version_info[:2] == (3, 11)


def test_console_scripts_exist(project: dict[str, dict[str, object]]) -> None:
    scripts = project["project"]["scripts"]
    assert isinstance(scripts, dict)
    for name, target in scripts.items():
        module, _, function = target.partition(":")
        assert callable(getattr(importlib.import_module(module), function))
        assert os.access(Path(sys.executable).with_name(name), os.X_OK)


def test_console_script_says_what_it_can_do() -> None:
    script = Path(sys.executable).with_name("hoidap")
    help_text = subprocess.run([script, "--help"], capture_output=True, text=True, check=True).stdout
    for command in ("ingest", "check", "ask", "serve", "eval", "export"):
        assert command in help_text


def test_make_help_lists_each_target() -> None:
    makefile = (ROOT / "Makefile").read_text()
    phony = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split()
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.findall(r"^  make (\w+)", listed, re.MULTILINE) == phony


def test_ci_calls_make_test_and_nothing_else() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().splitlines()[1:] == ['cd "$(dirname "$0")/.." && exec make test']
