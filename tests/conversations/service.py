"""The real service for tests: `hoidap serve` with a real Rasa, on free ports, over its own data folder."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bot.rasa_training import ensure_model
from bot.settings import PREFIX
from tests.conversations.stored import ROOT, Stored

_PATIENCE_SECONDS = 240.0
_PAUSE_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Service:
    """A running service. `process` is `hoidap serve`, whose child is Rasa."""

    url: str
    rasa_url: str
    process: subprocess.Popen[bytes]
    http: httpx.Client

    def say(self, conversation_id: str, message: str) -> dict[str, Any]:
        """The reply to a message."""
        body = {"message": message, "conversation_id": conversation_id}
        reply = self.http.post("/api/v1/chat", json=body)
        reply.raise_for_status()
        found: dict[str, Any] = reply.json()
        return found

    def turns_by_way(self) -> dict[str, float]:
        """How many turns were answered by way of Rasa and directly, as the metrics tell."""
        counts: dict[str, float] = {"rasa": 0.0, "direct": 0.0}
        for line in self.http.get("/metrics").text.splitlines():
            m = re.fullmatch(r'\w*turns_total\{.*via="(\w+)".*\} ([\d.]+)', line)
            if m:
                counts[m[1]] = counts.get(m[1], 0.0) + float(m[2])
        return counts

    def rasa_pid(self) -> int:
        """The process id of the Rasa server."""
        main = self.process.pid
        children = [
            int(pid)
            for task in Path(f"/proc/{main}/task").iterdir()
            for pid in (task / "children").read_text().split()
        ]
        (rasa,) = [pid for pid in children if b"start.py" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        return rasa

    def rasa_ready(self) -> bool:
        """Whether Rasa has its model loaded."""
        try:
            with httpx.Client(trust_env=False, timeout=2.0) as http:
                return http.get(f"{self.rasa_url}/status").status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def wait_for_rasa(self) -> None:
        """Returns when Rasa has its model loaded."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not self.rasa_ready():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise TimeoutError(f"Rasa was not ready within {_PATIENCE_SECONDS:.0f} s")
            time.sleep(_PAUSE_SECONDS)


@contextmanager
def running(stored: Stored, *, log: Path) -> Iterator[Service]:
    """The service over the data folder, ready; ended afterwards. Its model is the one of `hoidap train`."""
    model = ensure_model(ROOT / "var" / "rasa" / "models").path
    models = stored.settings.rasa_models_folder
    models.mkdir(parents=True, exist_ok=True)
    (models / model.name).symlink_to(model.resolve())
    port, rasa_port = _free_ports()
    given = {
        "DATA_FOLDER": str(stored.settings.data_folder),
        "PORT": str(port),
        "RASA_URL": f"http://127.0.0.1:{rasa_port}",
        # A busy machine is no reason to leave Rasa out; one that fell is to be asked again soon.
        "RASA_TIMEOUT_SECONDS": "20",
        "RASA_RETRY_SECONDS": "1",
    }
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environment = {**inherited, **{PREFIX + name: value for name, value in given.items()}}
    command = [sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main())", "serve"]
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        ) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=30.0) as http,
    ):
        try:
            _await_ready(process, log)
            yield Service(str(http.base_url), given["RASA_URL"], process, http)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _await_ready(process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while b"hoidap is ready" not in log.read_bytes():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the service is not ready:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(_PAUSE_SECONDS)


def _free_ports() -> tuple[int, int]:
    # Both held at once, so that they differ.
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]
