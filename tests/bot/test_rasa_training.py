"""When a model is trained and how it is published, with a stand-in for Rasa's command line."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from bot.errors import NotReady
from bot.rasa_project import RasaProject, child_environment
from bot.rasa_training import TrainingFailed, ensure_model, fingerprint, trained_model

# Does what `rasa train --out FOLDER --fixed-model-name NAME` does, as far as the caller can see.
STAND_IN = """
import pathlib, sys
if pathlib.Path(__file__).with_name("broken").exists():
    print("YamlSyntaxException: nlu.yml, line 3", file=sys.stderr)
    sys.exit(1)
print("Starting to train component 'A'.\\nFinished training component 'A'.", flush=True)
out = pathlib.Path(sys.argv[sys.argv.index("--out") + 1])
name = sys.argv[sys.argv.index("--fixed-model-name") + 1]
(out / f"{name}.tar.gz").write_bytes(b"model")
"""


@pytest.fixture
def project(tmp_path: Path) -> RasaProject:
    folder, data = tmp_path / "rasa", tmp_path / "nlu_data"
    (folder / "components").mkdir(parents=True)
    data.mkdir()
    (folder / "config.yml").write_text("pipeline:\n  - name: A\n  - name: B\n")
    (folder / "domain.yml").write_text("intents: []\n")
    (folder / "components" / "tokenizer.py").write_text("x = 1\n")
    (folder / "start.py").write_text(STAND_IN)
    (data / "nlu.yml").write_text("nlu: []\n")
    return RasaProject(folder=folder, data=data, python=Path(sys.executable))


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "var" / "models"


def test_the_first_call_trains_and_the_second_finds_the_model(project: RasaProject, models: Path) -> None:
    first = ensure_model(models, project=project)
    second = ensure_model(models, project=project)
    assert first.fresh
    assert not second.fresh
    assert first.path == second.path == trained_model(models, project=project).path
    assert first.path.read_bytes() == b"model"


@pytest.mark.parametrize(
    "changed", ["rasa/config.yml", "rasa/domain.yml", "rasa/components/tokenizer.py", "nlu_data/nlu.yml"]
)
def test_a_change_of_any_source_trains_anew(
    project: RasaProject, models: Path, tmp_path: Path, changed: str
) -> None:
    before = ensure_model(models, project=project).path
    with (tmp_path / changed).open("a") as file:
        file.write("# changed\n")
    with pytest.raises(NotReady, match="run `hoidap train`"):
        trained_model(models, project=project)
    assert ensure_model(models, project=project).path != before


def test_a_new_file_of_examples_changes_the_fingerprint(project: RasaProject) -> None:
    before = fingerprint(project)
    (project.data / "more.yml").write_text("nlu: []\n")
    assert fingerprint(project) != before


def test_a_failed_training_says_what_rasa_said_and_publishes_nothing(
    project: RasaProject, models: Path
) -> None:
    (project.folder / "broken").touch()
    with pytest.raises(TrainingFailed, match=r"exit code 1:\n.*nlu.yml, line 3"):
        ensure_model(models, project=project)
    assert [path.name for path in models.iterdir()] == [".lock"]


def test_a_training_that_says_nothing_for_too_long_is_given_up(project: RasaProject, models: Path) -> None:
    (project.folder / "start.py").write_text("import time\nprint('x', flush=True)\ntime.sleep(60)\n")
    began = time.monotonic()
    with pytest.raises(TrainingFailed, match="more than 1 s"):
        ensure_model(models, project=project, timeout_seconds=1)
    assert time.monotonic() - began < 20


def test_progress_counts_the_components_of_the_recipe(project: RasaProject, models: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    ensure_model(models, project=project, step=lambda *step: steps.append(step))
    assert steps == [("training Rasa", 0, 2), ("training Rasa", 1, 2), ("training Rasa", 2, 2)]


def test_one_older_model_is_kept(project: RasaProject, models: Path) -> None:
    for number in range(4):
        (project.data / "nlu.yml").write_text(f"nlu: []  # {number}\n")
        newest = ensure_model(models, project=project).path
        os.utime(newest, (number, number))
    kept = {path.name for path in models.glob("*.tar.gz")}
    assert newest.name in kept
    assert len(kept) == 2


def test_a_missing_environment_is_named_with_its_remedy(
    project: RasaProject, models: Path, tmp_path: Path
) -> None:
    without = RasaProject(folder=project.folder, data=project.data, python=tmp_path / "none" / "python")
    with pytest.raises(NotReady, match="run `make setup`"):
        ensure_model(models, project=without)


def test_settings_and_secrets_of_the_service_do_not_reach_rasa(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOIDAP_ADMIN_TOKEN", "geheim")
    environment = child_environment(ACTION_URL="http://127.0.0.1:1/")
    assert "geheim" not in environment.values()
    assert environment["RASA_TELEMETRY_ENABLED"] == "false"
    assert environment["ACTION_URL"] == "http://127.0.0.1:1/"
