"""A server as a child: started, ready, started anew, ended; with a stand-in for Rasa."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.rasa_process import RasaProcess, RasaStartFailed
from bot.rasa_project import RasaProject

ROOT = Path(__file__).parents[2]
STAND_IN = """
import http.server, json, os, pathlib, sys
here = pathlib.Path(__file__).parent
if (here / "broken").exists():
    sys.exit("ImportError: no module of that name")
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        loaded = not (here / "no_model").exists()
        self.send_response(200 if loaded else 409)
        self.end_headers()
        self.wfile.write(json.dumps({"model_id": "m"} if loaded else {}).encode())
port = int(sys.argv[sys.argv.index("--port") + 1])
print("listening with", os.environ["ACTION_URL"], flush=True)
http.server.HTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def process(tmp_path: Path, port: int) -> Iterator[RasaProcess]:
    (tmp_path / "start.py").write_text(STAND_IN)
    (tmp_path / "model.tar.gz").write_bytes(b"model")
    process = RasaProcess(
        model=tmp_path / "model.tar.gz",
        port=port,
        action_url="http://127.0.0.1:9/rasa/webhook",
        log_path=tmp_path / "log" / "rasa.log",
        project=RasaProject(folder=tmp_path, data=tmp_path, python=Path(sys.executable)),
    )
    yield process
    process.stop()


def eventually(holds: Callable[[], bool], seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return False


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_the_server_becomes_ready_and_ends_with_stop(process: RasaProcess, tmp_path: Path) -> None:
    process.start()
    process.wait_ready(20)
    pid = process.pid
    assert pid is not None
    process.stop()
    assert gone(pid)
    assert "http://127.0.0.1:9/rasa/webhook" in (tmp_path / "log" / "rasa.log").read_text()


def test_a_server_that_falls_is_started_anew(process: RasaProcess) -> None:
    process.start()
    process.wait_ready(20)
    first = process.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: process.pid not in (None, first))
    process.wait_ready(20)
    assert process.restarts == 1


def test_a_server_without_a_model_is_not_ready(process: RasaProcess, tmp_path: Path) -> None:
    (tmp_path / "no_model").touch()
    process.start()
    with pytest.raises(RasaStartFailed, match="not ready"):
        process.wait_ready(2)


def test_a_server_that_keeps_falling_is_reported_with_the_end_of_its_log(
    process: RasaProcess, tmp_path: Path
) -> None:
    (tmp_path / "broken").touch()
    process.start()
    with pytest.raises(RasaStartFailed, match="no module of that name"):
        process.wait_ready(20)


def test_a_taken_port_is_named(process: RasaProcess, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(RasaStartFailed, match=f"127.0.0.1:{port} is taken"):
            process.start()


def test_a_model_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a model file"):
        RasaProcess(model=tmp_path / "none", port=1, action_url="", log_path=tmp_path / "log")


def test_a_long_log_makes_room_for_a_new_one(process: RasaProcess, tmp_path: Path) -> None:
    log = tmp_path / "log" / "rasa.log"
    log.parent.mkdir()
    log.write_bytes(b"x" * 5_000_001)
    process.start()
    process.wait_ready(20)
    assert log.stat().st_size < 1000
    assert log.with_suffix(".old.log").exists()


def test_rasa_ends_when_the_service_is_gone(tmp_path: Path) -> None:
    """The real start script with a Rasa that never ends; a SIGKILL of the service closes the pipe, too."""
    (tmp_path / "rasa").mkdir()
    (tmp_path / "rasa" / "__init__.py").touch()
    (tmp_path / "rasa" / "__main__.py").write_text("import time\ndef main():\n    time.sleep(600)\n")
    with subprocess.Popen(
        [sys.executable, str(ROOT / "bot" / "rasa" / "start.py"), "run"],
        stdin=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "HOIDAP_CHILD": "1"},
    ) as child:
        assert child.stdin is not None
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(1)
        child.stdin.close()
        assert child.wait(10) == 0
