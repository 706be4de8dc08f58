"""The trained model: made anew when its data changed, published whole, never half.

A model is named after the hash of all that it is made from: it is up to date when there is a file of that
name.
"""

from __future__ import annotations

import fcntl
import hashlib
import re
import subprocess
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BotError, NotReady
from bot.rasa_project import RasaProject, child_environment

Step = Callable[[str, int, int], None]

_STAGE = "training Rasa"
_DONE = re.compile(r"Finished training component '(\w+)'")
_NAMED = re.compile(r"^\s*-\s*name:", re.MULTILINE)
_KEPT_LINES = 40


class TrainingFailed(BotError):
    """Rasa could not be trained; `str()` holds the end of what it said."""


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model; `fresh` when it was made just now, which took `seconds`."""

    path: Path
    fresh: bool = False
    seconds: float = 0.0


def fingerprint(project: RasaProject) -> str:
    """The hash of what a model is made from: recipe, domain, components, examples, Rasa's versions."""
    folder = project.folder
    files = [folder / "config.yml", folder / "domain.yml", folder / "requirements.lock"]
    files += sorted((folder / "components").glob("*.py")) + sorted(project.data.rglob("*.yml"))
    digest = hashlib.sha256()
    for file in files:
        if file.exists():
            content = file.read_bytes()
            digest.update(f"{file.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]


def model_path(models: Path, project: RasaProject) -> Path:
    """Where the model of the present data is, or would be."""
    return models / f"hoidap-{fingerprint(project)}.tar.gz"


def trained_model(models: Path, *, project: RasaProject | None = None) -> Model:
    """The model of the present data.

    Raises:
        NotReady: it has not been trained.
    """
    path = model_path(models, project or RasaProject())
    if not path.is_file():
        raise NotReady(
            f"{path} is missing: the training data changed or nothing was trained; run `hoidap train`"
        )
    return Model(path)


def ensure_model(
    models: Path,
    *,
    project: RasaProject | None = None,
    step: Step | None = None,
    timeout_seconds: float = 1800,
) -> Model:
    """The model of the present data, trained now if it is not there.

    Args:
        models: the folder of models; older ones are removed after a training, but for the one before.
        project: the Rasa project.
        step: is told the stage, the trained components and their number.
        timeout_seconds: how long a training may take.

    Raises:
        TrainingFailed: Rasa found a fault in its data, or took too long.
        NotReady: Rasa's environment has not been set up.
    """
    project = project or RasaProject()
    models.mkdir(parents=True, exist_ok=True)
    with _alone(models):
        path = model_path(models, project)
        if path.is_file():
            return Model(path)
        started = time.monotonic()
        _train(path, project, step or (lambda *_: None), timeout_seconds)
        _forget_old(models, path)
        return Model(path, fresh=True, seconds=time.monotonic() - started)


@contextmanager
def _alone(models: Path) -> Iterator[None]:
    # Two trainings at once would make the same model twice; the second waits and finds it made.
    with (models / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _train(path: Path, project: RasaProject, step: Step, timeout_seconds: float) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".training-") as folder:
        command = project.command(
            *(
                "train",
                "--config",
                "config.yml",
                "--domain",
                "domain.yml",
                "--data",
                str(project.data.resolve()),
            ),
            *("--out", str(Path(folder).resolve()), "--fixed-model-name", "made"),
        )
        environment = child_environment(
            # The cache would keep every intermediate result of every training, up to a gigabyte.
            RASA_MAX_CACHE_SIZE="0",
            RASA_CACHE_DIRECTORY=str(Path(folder).resolve() / "cache"),
            HOIDAP_CHILD="1",
        )
        _run(
            command,
            environment=dict(environment),
            project=project,
            step=step,
            timeout_seconds=timeout_seconds,
        )
        made = Path(folder) / "made.tar.gz"
        if not made.is_file():
            raise TrainingFailed(f"Rasa ended without an error, but {made.name} is not there")
        made.replace(path)


def _run(
    command: list[str],
    *,
    environment: dict[str, str],
    project: RasaProject,
    step: Step,
    timeout_seconds: float,
) -> None:
    total = len(_NAMED.findall((project.folder / "config.yml").read_text(encoding="utf-8")))
    said: deque[str] = deque(maxlen=_KEPT_LINES)
    step(_STAGE, 0, total)
    with subprocess.Popen(  # noqa: S603 - our own command
        command,
        env=environment,
        stdin=subprocess.PIPE,  # its closing ends the training with us (see bot/rasa/start.py)
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as child:
        late = threading.Timer(timeout_seconds, child.kill)
        late.start()
        try:
            _follow(child.stdout or (), said, lambda done: step(_STAGE, min(done, total - 1), total))
            child.wait()
        finally:
            in_time = late.is_alive()
            late.cancel()
            child.kill()
    if not in_time:
        raise TrainingFailed(f"the training took more than {timeout_seconds:.0f} s\n{_tail(said)}")
    if child.returncode:
        raise TrainingFailed(f"Rasa ended with exit code {child.returncode}:\n{_tail(said)}")
    step(_STAGE, total, total)


def _follow(lines: Iterable[str], said: deque[str], tell: Callable[[int], None]) -> None:
    done = 0
    for line in lines:
        said.append(line.rstrip())
        if _DONE.search(line):
            done += 1
            tell(done)


def _tail(said: deque[str]) -> str:
    # Rasa's progress bars come as one line of thousands of characters.
    return "\n".join(line[:400] for line in said if line and not line.startswith("Processed "))


def _forget_old(models: Path, newest: Path) -> None:
    others = [path for path in models.glob("hoidap-*.tar.gz") if path != newest]
    for path in sorted(others, key=lambda path: path.stat().st_mtime)[:-1]:
        path.unlink(missing_ok=True)
